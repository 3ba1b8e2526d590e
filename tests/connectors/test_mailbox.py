"""A mailbox on a real server: nothing is moved before it is kept, and nothing is lost."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.documents.limits import MOST_BYTES
from connectors.mailbox.imap import Box, NotLetIn
from connectors.mailbox.taking import Answer, NotNow
from connectors.mailbox.watching import Watch
from tests.connectors.dovecot import Server, running

MAIL = b"From: missing@northshire.example\r\nMessage-ID: <%d@x>\r\n\r\nReference: NP-26-004211\r\n"


class Kept:
    """Stands where mail is kept; what it is told to do goes first."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.refused: list[tuple[bytes, str]] = []
        self.fails: list[Exception] = []
        self.answer = Answer()
        self.came = asyncio.Event()

    async def take(self, content: bytes) -> Answer:
        self.came.set()
        if self.fails:
            raise self.fails.pop(0)
        self.contents.append(content)
        return self.answer

    async def refuse(self, content: bytes, why: str) -> None:
        self.refused.append((content, why))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return f"mailbox{abs(hash(request.node.name))}"


def put(server: Server, user: str, *mails: bytes) -> None:
    with server.mailbox(user) as client:
        for mail in mails:
            client.append("INBOX", mail)


async def test_what_is_kept_is_moved_also_what_somebody_has_read(server: Server, user: str) -> None:
    put(server, user, MAIL % 1, MAIL % 2)
    with server.mailbox(user) as person:
        person.select_folder("INBOX")
        person.add_flags(person.search("ALL")[:1], [b"\\Seen"])
    kept = Kept()
    await Watch(server.where(user), kept.take, kept.refuse).once()
    assert kept.contents == [MAIL % 1, MAIL % 2]
    assert server.folders(user) == {
        "INBOX": [],
        "Homeward taken": [MAIL % 1, MAIL % 2],
        "Homeward refused": [],
    }


async def test_what_cannot_be_kept_now_stays(server: Server, user: str) -> None:
    put(server, user, MAIL % 1)
    kept = Kept()
    kept.fails = [NotNow()]
    with pytest.raises(NotNow):
        await Watch(server.where(user), kept.take, kept.refuse).once()
    assert server.folders(user)["INBOX"] == [MAIL % 1]


async def test_one_that_nobody_foresaw_stays_and_stops_no_other(server: Server, user: str) -> None:
    put(server, user, MAIL % 1, MAIL % 2)
    kept = Kept()
    kept.fails = [ZeroDivisionError()]
    watch = Watch(server.where(user), kept.take, kept.refuse)
    await watch.once()
    assert (watch.counts, server.folders(user)["INBOX"]) == ({"left": 1, "taken": 1}, [MAIL % 1])


async def test_a_mail_that_is_too_large_is_refused_without_being_fetched(server: Server, user: str) -> None:
    put(server, user, MAIL % 1 + b"x" * MOST_BYTES)
    kept = Kept()
    await Watch(server.where(user), kept.take, kept.refuse).once()
    (head, why), *_ = kept.refused
    assert (head, why) == ((MAIL % 1).partition(b"Ref")[0], "is larger than 30 MB")
    found = {folder: len(mails) for folder, mails in server.folders(user).items()}
    assert found == {"INBOX": 0, "Homeward taken": 0, "Homeward refused": 1}
    assert kept.contents == []


async def test_what_is_refused_goes_into_a_folder_of_its_own(server: Server, user: str) -> None:
    put(server, user, MAIL % 1)
    kept = Kept()
    kept.answer = Answer("is a zip bomb")
    await Watch(server.where(user), kept.take, kept.refuse).once()
    assert kept.refused == [(MAIL % 1, "is a zip bomb")]
    assert server.folders(user)["Homeward refused"] == [MAIL % 1]


async def test_a_mail_that_comes_is_taken_at_once(server: Server, user: str) -> None:
    put(server, user, MAIL % 1)
    kept = Kept()
    going_on = asyncio.create_task(Watch(server.where(user), kept.take, kept.refuse).run())
    for number in (1, 2):
        async with asyncio.timeout(20):  # the server is listened to: it is not asked for a minute
            await kept.came.wait()
        kept.came.clear()
        if number == 1:
            await asyncio.to_thread(put, server, user, MAIL % 2)
    going_on.cancel()
    await asyncio.gather(going_on, return_exceptions=True)
    assert kept.contents == [MAIL % 1, MAIL % 2]


async def test_a_server_that_was_away_is_asked_again(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.mailbox.watching.AGAIN_AFTER_SECONDS", (0.1,))
    kept = Kept()
    with running() as own:
        put(own, user, MAIL % 1)
        going_on = asyncio.create_task(Watch(own.where(user), kept.take, kept.refuse).run())
        for number in (1, 2):
            async with asyncio.timeout(20):
                await kept.came.wait()
            kept.came.clear()
            if number == 1:
                await asyncio.to_thread(own.restart)
                await asyncio.to_thread(put, own, user, MAIL % 2)
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)
    assert kept.contents[-1] == MAIL % 2


async def test_a_wrong_password_is_told_without_it(server: Server, user: str) -> None:
    kept = Kept()
    with pytest.raises(NotLetIn, match=r"does not accept HOMEWARD_MAILBOX_USER") as told:
        await Watch(server.where(user, "wrong"), kept.take, kept.refuse).once()
    assert "wrong" not in str(told.value)


def test_a_certificate_of_somebody_else_is_not_trusted(server: Server, user: str) -> None:
    box = Box(replace(server.where(user), ca=None))
    with pytest.raises(ssl.SSLCertVerificationError):
        box.open()
