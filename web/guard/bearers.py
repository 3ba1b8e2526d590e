"""Who calls the API, and what they may do: one bearer token, shown with every request."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from store.tokens import Token
from web.problems import Refused
from web.state import State, state_of


class Scope(StrEnum):
    """What a token is for."""

    NOTIFY = "notify"
    READ = "read"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Bearer:
    """A caller whose token is known."""

    token: Token

    @property
    def authority(self) -> str:
        return self.token.authority

    @property
    def person(self) -> str:
        """On whose behalf the database is asked, so that restricted children stay hidden."""
        return f"token:{self.token.name}"


scheme = HTTPBearer(auto_error=False, description="A token made with `homeward tokens create`.")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(scheme)]


def bearer_with(*scopes: Scope) -> Callable[[Request, Shown], Awaitable[Bearer]]:
    """Return a dependency that lets in bearers of one of these scopes."""

    async def allowed(request: Request, shown: Shown) -> Bearer:
        here = state_of(request)
        token = await _token(here, request, shown.credentials if shown else None)
        _check(token, scopes, here)
        await here.rates.count_request(str(token.id))
        return Bearer(token)

    return allowed


async def _token(here: State, request: Request, secret: str | None) -> Token:
    if secret is None:
        raise _unauthorised("There is no bearer token: send `Authorization: Bearer …`.")
    token = await here.tokens.ask(secret, None)
    if token is None:
        await here.rates.count_failure(request.client.host if request.client else "unknown")
        raise _unauthorised("The token is not known, or it was revoked: ask for a new one.")
    return token


def _check(token: Token, scopes: tuple[Scope, ...], here: State) -> None:
    if token.authority not in here.site.authorities:
        raise Refused(HTTPStatus.FORBIDDEN, f"The token is for {token.authority}, which is not served here.")
    if token.scope not in scopes:
        may = " or ".join(scopes)
        raise Refused(
            HTTPStatus.FORBIDDEN,
            f"This takes a token of scope {may}; this one has the scope {token.scope}. Use another token.",
        )


def _unauthorised(detail: str) -> Refused:
    return Refused(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": 'Bearer realm="homeward"'})
