"""A mailbox that takes no password but tokens of an issuer; without one nothing is lost."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from connectors.mailbox.imap import NoToken, Where
from connectors.mailbox.tokens import keys_for
from connectors.mailbox.watching import Watch
from connectors.oauth import Client
from tests.connectors.dovecot import Server, running
from tests.connectors.issuer import CLIENT, MAILBOX, SCOPE, SECRET, Issuer, issuing
from tests.connectors.test_mailbox import MAIL, Kept, put


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as started:
        yield started


@pytest.fixture(scope="module")
def server(issuer: Issuer) -> Iterator[Server]:
    with running(issuer.url) as started:
        yield started


@pytest.fixture
def where(server: Server, issuer: Issuer) -> Where:
    client = Client(issuer.token_url, CLIENT, SECRET, SCOPE)
    return replace(server.where(MAILBOX, ""), client=client)


async def test_one_token_opens_it_until_it_is_refused_and_then_another(
    server: Server, issuer: Issuer, where: Where
) -> None:
    kept = Kept()
    before = len(issuer.given)
    async with keys_for(where) as keys:
        watch = Watch(where, kept.take, kept.refuse, keys)
        for number in (1, 2):
            put(server, MAILBOX, MAIL % number)
            await watch.once()
        assert (kept.contents, len(issuer.given) - before) == ([MAIL % 1, MAIL % 2], 1)
        issuer.revoke()
        put(server, MAILBOX, MAIL % 3)
        with pytest.raises(NoToken, match=r"IMAP\.AccessAsApp") as told:
            await watch.once()
        assert issuer.given[-1] not in str(told.value)
        assert server.folders(MAILBOX)["INBOX"] == [MAIL % 3]
        await watch.once()
    assert (kept.contents[-1], len(issuer.given) - before) == (MAIL % 3, 2)


async def test_while_no_token_is_given_mail_stays_and_the_log_says_how_to_mend_it(
    server: Server, issuer: Issuer, where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.mailbox.watching.AGAIN_AFTER_SECONDS", (0.05,))
    issuer.is_away = True
    put(server, MAILBOX, MAIL % 4)
    kept = Kept()
    async with keys_for(where) as keys:
        watch = Watch(where, kept.take, kept.refuse, keys)
        with capture_logs() as logs:
            going_on = asyncio.create_task(watch.run())
            async with asyncio.timeout(20):
                while not logs:
                    await asyncio.sleep(0.01)
        assert logs[0]["why"].startswith(
            "the sign-in service answers 503: correct HOMEWARD_MAILBOX_TOKEN_URL"
        )
        assert server.folders(MAILBOX)["INBOX"] == [MAIL % 4]
        issuer.is_away = False
        async with asyncio.timeout(20):
            await kept.came.wait()
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)
    assert kept.contents == [MAIL % 4]


async def test_a_wrong_secret_is_told_without_it(where: Where) -> None:
    assert where.client
    wrong = replace(where, client=replace(where.client, secret="another"))
    async with keys_for(wrong) as keys:
        with pytest.raises(NoToken, match=r"\(invalid_client\): correct HOMEWARD_MAILBOX_CLIENT_ID") as told:
            await keys.valid()
    assert "another" not in repr(wrong)
    assert "Basic" not in str(told.value)
