"""Tokens: the secret is printed once, alone; who bears it is known until it is revoked."""

from collections.abc import Callable

import pytest

from store import tokens
from store.database import Store
from tests.cli.console import Console, Said
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE


async def bearer_of(store: Store, secret: str) -> tokens.Token | None:
    async with store.transaction("", token_digest=tokens.digest_of(secret).hex()) as tx:
        return await tokens.find(tx, secret)


async def test_a_token_opens_until_it_is_revoked(console: Console, store: Store) -> None:
    options = ("--authority", NOTTINGHAM, "--scope", "notify", "--source", NOTTINGHAMSHIRE)
    made = console.run("tokens", "create", "notts", *options)
    secret = made.out.removesuffix("\n")
    bearer = await bearer_of(store, secret)
    assert bearer is not None
    assert (bearer.name, bearer.scope, bearer.source) == ("notts", "notify", NOTTINGHAMSHIRE)
    assert secret.startswith("hw_")
    assert secret not in made.err
    listed = console.run("tokens", "list")
    assert "notts  notify urn:police:nottinghamshire" in listed.out
    assert secret not in listed.out
    assert console.run("tokens", "revoke", "notts").code == 0
    assert await bearer_of(store, secret) is None


async def test_the_ledger_says_who_made_and_revoked_it(homeward: Callable[..., Said], store: Store) -> None:
    homeward("tokens", "create", "board", "--scope", "read")
    homeward("tokens", "revoke", "board")
    async with store.transaction(NOTTINGHAM) as tx:
        rows = await tx.all("SELECT action, actor LIKE 'system:cli:%' AS by_cli FROM ledger ORDER BY no")
    assert [tuple(row) for row in rows] == [("token.created", True), ("token.revoked", True)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("create feed --scope notify", "a token to notify is of one force"),
        ("create feed --scope read --source urn:police:x", "--source is for tokens to notify"),
        ("create feed --scope read --authority E10000024", "E10000024 is not served here"),
        ("revoke feed", "E06000018 has no live token feed"),
    ],
)
def test_what_does_not_fit_is_told(arguments: str, says: str, homeward: Callable[..., Said]) -> None:
    said = homeward("tokens", *arguments.split())
    assert (said.code, said.out) == (1, "")
    assert says in said.err


def test_a_name_is_of_one_live_token(homeward: Callable[..., Said]) -> None:
    assert homeward("tokens", "create", "board", "--scope", "read").code == 0
    assert "there is a token board already" in homeward("tokens", "create", "board", "--scope", "work").err
    homeward("tokens", "revoke", "board")
    assert homeward("tokens", "create", "board", "--scope", "work").code == 0


def test_with_several_authorities_one_has_to_be_named(
    homeward: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMEWARD_AUTHORITIES", "E06000018,E06000015")
    said = homeward("tokens", "create", "board", "--scope", "read")
    assert (said.code, "choose --authority E06000018 or E06000015" in said.err) == (2, True)
    assert homeward("tokens", "create", "board", "--scope", "read", "--authority", "E06000015").code == 0
    assert homeward("tokens", "list").out.startswith("E06000015  board  read")
