"""What `homeward doctor` asks of the mailbox: does it answer over TLS, let us in, and have the folder."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from cli.finding import Finding, fail, ok
from cli.mailbox_where import where_of
from cli.settings import Settings
from connectors.mailbox.imap import FAILURES, Box, NoFolder, NotLetIn, NoToken, Where
from connectors.mailbox.tokens import keys_for

ANSWER_SECONDS: Final = 10.0
MENDS: Final = (
    (FileNotFoundError, "correct HOMEWARD_MAILBOX_CA: there is no such file"),
    (
        ssl.SSLCertVerificationError,
        "set HOMEWARD_MAILBOX_CA to who signed its certificate, HOMEWARD_MAILBOX_HOST to the name in it",
    ),
    (ssl.SSLError, "HOMEWARD_MAILBOX_PORT must be one with TLS from the start, such as 993"),
    (socket.gaierror, "correct HOMEWARD_MAILBOX_HOST: nothing has that name"),
)
"""How to mend what a connection fails of, the narrower before the wider."""
OTHERWISE: Final = "start it, or correct HOMEWARD_MAILBOX_HOST and _PORT; mail stays there meanwhile"


def mailbox(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the mailbox, if there is one."""
    if where := where_of(settings):
        yield _look(where)


def _look(where: Where) -> Finding:
    try:
        token = asyncio.run(_token(where))
    except NoToken as error:
        return _not_let_in(error, where.client.token_url if where.client else where.host)
    box, place = Box(where, ANSWER_SECONDS), f"{where.host}:{where.port}"
    try:
        waiting = box.look(token)
    except (NotLetIn, NoToken) as error:
        return _not_let_in(error, place)
    except NoFolder:
        return fail("mailbox", f"{place} has no folder {where.folder}", "correct HOMEWARD_MAILBOX_FOLDER")
    except FAILURES as error:
        mend = next((told for kind, told in MENDS if isinstance(error, kind)), OTHERWISE)
        return fail("mailbox", f"{place} does not answer as it should ({type(error).__name__})", mend)
    finally:
        box.close()
    return ok("mailbox", f"{place} lets us in over TLS; {waiting} mails wait in {where.folder}")


def _not_let_in(error: NotLetIn | NoToken, place: str) -> Finding:
    problem, _, mend = str(error).partition(": ")
    return fail("mailbox", f"{problem} ({place})", mend)


async def _token(where: Where) -> str | None:
    async with keys_for(where) as keys:
        return await keys.valid()
