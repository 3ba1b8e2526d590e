"""An SMTP server for this machine's own mail server to hand mail to: 250 means that it is durable."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from connectors.documents.limits import MOST_BYTES
from connectors.mailbox.taking import NotNow, Take

LOOPBACK: Final = "127.0.0.1"
AT_ONCE: Final = 4
"""How many mails are read at the same time; the others wait."""
TAKEN: Final = "250 2.0.0 kept"
NOT_NOW: Final = "451 4.3.0 cannot be kept now: send it again later"
log = structlog.get_logger()


class _Server(SMTP):
    """Takes longer lines than RFC 5321 allows: some mail servers pass them on, and no mail is lost."""

    line_length_limit = 1_000_000


class Door:
    """What the server does with a mail that has come whole."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail, and only then acknowledge it."""
        assert isinstance(envelope.content, bytes)
        try:
            async with self._at_once:
                answer = await self._take(envelope.content)
        except NotNow:
            return NOT_NOW
        return f"554 5.7.1 {_in_ascii(answer.refused)}" if answer.refused else TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Have the other side keep what nobody foresaw."""
        log.error("a mail was not taken", error=type(error).__name__)
        return NOT_NOW


@asynccontextmanager
async def receiving(port: int, take: Take) -> AsyncIterator[int]:
    """Serve on loopback while the block lasts; yield the port."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # it logs what is said, addresses too
    door = Door(take)

    def session() -> SMTP:
        return _Server(
            door, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, ident="Homeward", hostname="localhost"
        )

    server = await asyncio.get_running_loop().create_server(session, LOOPBACK, port)
    async with server:
        yield server.sockets[0].getsockname()[1]


def _in_ascii(text: str) -> str:
    return " ".join(text.split()).encode("ascii", "replace").decode()[:400]
