"""Signing in by OpenID Connect: the authorization code flow with PKCE, state and nonce.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9700 (what is safe to do today); OWASP ASVS
5.0, 10.
"""

import secrets
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

with warnings.catch_warnings():
    import authlib.deprecate  # noqa: F401 - it asks to be heard always: before we say not here

    warnings.simplefilter("ignore")  # Authlib says that another client than httpx will follow
    from authlib.integrations.base_client.errors import OAuthError
    from authlib.integrations.httpx_client import AsyncOAuth2Client

SCOPE: Final = "openid profile email"
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by keys of the provider's alone; `none` and shared secrets are not among them."""
LEEWAY_SECONDS: Final = 60
TIMEOUT_SECONDS: Final = 10.0
METADATA_HOLDS: Final = timedelta(hours=1)
NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
LOOPBACK: Final = ("http://127.0.0.1", "http://localhost", "http://[::1]")


class ProviderAway(Exception):
    """The sign-in service does not answer, or answers nonsense; nobody can sign in just now."""


class SignInFailed(Exception):
    """The sign-in service, or what came back from it, did not let somebody in; one sentence says why."""


@dataclass(frozen=True, slots=True)
class Client:
    """How we are known to the sign-in service, and what its claims mean here.

    `redirect_to` is our address to which it sends people back.
    """

    issuer: str
    id: str
    secret: str
    redirect_to: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way: where to send the browser, and what is kept here until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass
class Provider:
    """One sign-in service. What it publishes of itself is asked for when it is first needed."""

    client: Client
    _metadata: Mapping[str, Any] | None = None
    _keys: KeySet | None = None
    _asked_at: datetime | None = field(default=None)

    async def begin(self, *, again: bool = False) -> Begun:
        """Return how to send somebody there; `again`: they have to show who they are, signed in or not.

        Raises:
            ProviderAway: it does not answer.
        """
        metadata = await self._known()
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        anew = {"prompt": "login", "max_age": "0"} if again else {}
        async with self._session() as session:
            address, _ = session.create_authorization_url(
                metadata["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce, **anew
            )
        return Begun(address, state, nonce, verifier)

    async def finish(self, code: str, begun: Mapping[str, str], now: datetime) -> Mapping[str, Any]:
        """Return the claims of who came back with a code.

        Raises:
            ProviderAway: it does not answer.
            SignInFailed: the code is not good, or the claims are not ours, or not of now.
        """
        metadata = await self._known()
        try:
            async with self._session() as session:
                token = await session.fetch_token(
                    metadata["token_endpoint"], code=code, code_verifier=begun["verifier"]
                )
        except OAuthError as error:
            raise SignInFailed("the sign-in service did not take the code") from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway("the sign-in service did not answer") from error
        return await self._claims(str(token.get("id_token", "")), begun["nonce"], now)

    async def _claims(self, id_token: str, nonce: str, now: datetime) -> Mapping[str, Any]:
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.client.issuer},
            aud={"essential": True, "value": self.client.id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = (await self._decoded(id_token)).claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInFailed("what the sign-in service said of you does not hold") from error
        if claims.get("azp", self.client.id) != self.client.id or not isinstance(claims["sub"], str):
            raise SignInFailed("what the sign-in service said is meant for somebody else")
        return claims

    async def _decoded(self, id_token: str) -> jwt.Token:
        """Return a token whose signature holds; keys that have changed are asked for once more."""
        keys = self._keys
        assert keys is not None
        try:
            return jwt.decode(id_token, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            await self._ask()
            return jwt.decode(id_token, self._keys or keys, algorithms=ALGORITHMS)

    async def _known(self) -> Mapping[str, Any]:
        fresh = self._asked_at and datetime.now(UTC) - self._asked_at < METADATA_HOLDS
        if self._metadata is None or not fresh:
            await self._ask()
        assert self._metadata is not None
        return self._metadata

    async def _ask(self) -> None:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as http:
                told = await _json(http, f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration")
                self._check(told)
                self._keys = KeySet.import_key_set(await _json(http, told["jwks_uri"]))  # type: ignore[arg-type]
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderAway("the sign-in service did not answer, or not as such a service does") from error
        self._metadata, self._asked_at = told, datetime.now(UTC)

    def _check(self, told: Mapping[str, Any]) -> None:
        """Raise ValueError where a service does not tell what is needed, or is another than it should be."""
        if (
            any(not isinstance(told.get(name), str) for name in NEEDED)
            or told["issuer"] != self.client.issuer
        ):
            raise ValueError("this is not the configured service")
        for name in NEEDED[1:]:
            if not told[name].startswith(("https://", *LOOPBACK)):
                raise ValueError("it is not reached by https")

    def _session(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self.client.id,
            client_secret=self.client.secret,
            scope=SCOPE,
            redirect_uri=self.client.redirect_to,
            code_challenge_method="S256",
            timeout=TIMEOUT_SECONDS,
        )


async def _json(http: httpx.AsyncClient, address: str) -> Mapping[str, Any]:
    answer = await http.get(address)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise TypeError
    return told
