"""Bearer tokens: made, listed and revoked. The secret is told once and never stored."""

import secrets
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from schemas.scalars import Name
from store import ledger, tokens
from store.database import Store
from store.tokens import Token

PREFIX = "hw_"
RANDOM_BYTES = 32


class TokenError(Exception):
    """A token cannot be made or revoked; one sentence says why and how to mend it."""


class Scope(StrEnum):
    """What a bearer may do: send a force's notifications, read everything, or also give commands."""

    NOTIFY = "notify"
    READ = "read"
    WORK = "work"


async def create(
    store: Store,
    authority: str,
    name: str,
    scope: Scope,
    source: str | None = None,
    *,
    served: Collection[str],
    person: str,
    now: datetime,
) -> str:
    """Make a token and return its secret, which nobody can ask for again.

    Raises:
        TokenError: the authority is not served here, the name is in use, or scope and source do not fit.
    """
    _check(authority, name, scope, source, served)
    secret = f"{PREFIX}{secrets.token_urlsafe(RANDOM_BYTES)}"
    async with store.transaction(authority, person, exclusive=True) as tx:
        if any(token.name == name and token.revoked_at is None for token in await tokens.listed(tx)):
            raise TokenError(f"there is a token {name} already: revoke it first, or choose another name")
        await tokens.add(tx, Token(uuid4(), authority, name, scope.value, source, now, None), secret)
        told = {"name": name, "scope": scope.value, "source": source}
        await ledger.write(tx, [ledger.Entry("token.created", f"token/{name}", told)], now)
    return secret


async def listed(store: Store, authority: str, person: str) -> list[Token]:
    """Return the authority's tokens, revoked ones too, the latest first."""
    async with store.transaction(authority, person) as tx:
        return await tokens.listed(tx)


async def revoke(store: Store, authority: str, name: str, person: str, now: datetime) -> None:
    """Let nobody in any more who shows this token.

    Raises:
        TokenError: the authority has no such token that is not revoked.
    """
    async with store.transaction(authority, person) as tx:
        if not await tokens.revoke(tx, name, now):
            raise TokenError(f"{authority} has no live token {name}: look with homeward tokens list")
        await ledger.write(tx, [ledger.Entry("token.revoked", f"token/{name}", {"name": name})], now)


def _check(authority: str, name: str, scope: Scope, source: str | None, served: Collection[str]) -> None:
    if authority not in served:
        raise TokenError(f"{authority} is not served here: use one of {', '.join(served)}")
    for what, value in (("name", name), ("source", source)):
        try:
            TypeAdapter[str](Name).validate_python(value or "-")
        except ValidationError as error:
            raise TokenError(f"the {what} is not one: use 1 to 200 plain characters") from error
    if scope is Scope.NOTIFY and (not source or any(map(str.isspace, source))):
        raise TokenError("a token to notify is of one force: give its --source, as in its messages")
    if scope is not Scope.NOTIFY and source:
        raise TokenError(f"--source is for tokens to notify, not to {scope}: leave it out")
