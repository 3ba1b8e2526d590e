"""A mailbox by IMAP over TLS: what is in its folder was not taken yet, what was is moved to another."""

import select
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from imapclient import DELETED, SEEN, IMAPClient  # type: ignore[import-untyped]  # it ships no types
from imapclient.exceptions import IMAPClientError, LoginError  # type: ignore[import-untyped]

from connectors.oauth import Client

FAILURES: Final = (IMAPClientError, OSError)
"""What a server that is away, or does not do as it should, makes the library raise."""
HEAD_BYTES: Final = 100_000
TIMEOUT_SECONDS: Final = 60.0
NOT_LET_IN: Final = "the mail server does not accept HOMEWARD_MAILBOX_USER and _PASSWORD: correct them"
NO_ACCESS: Final = (
    "the mail server does not accept the token for HOMEWARD_MAILBOX_USER: give the application the permission"
    " IMAP.AccessAsApp and its service principal access to that mailbox, and correct HOMEWARD_MAILBOX_SCOPE"
)
"""Said as Exchange Online has it, which is the one that asks for tokens."""


class NotLetIn(Exception):
    """The mail server does not accept who we say we are."""


class NoToken(Exception):
    """No token is given with which the mail server lets us in; asked again it may be. Says how to mend it."""


class NoFolder(Exception):
    """The mailbox has no folder of the name from which mail is to be taken."""


@dataclass(frozen=True, slots=True)
class Where:
    """The mailbox, and the folders in it. `client`: who asks for tokens, where it takes no password."""

    host: str
    user: str
    password: str = field(default="", repr=False)
    port: int = 993
    ca: Path | None = None
    folder: str = "INBOX"
    taken: str = "Homeward taken"
    refused: str = "Homeward refused"
    client: Client | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail in the folder."""

    uid: int
    size_bytes: int


class Box:
    """One connection to it. Its methods block, and one at a time may be under way."""

    def __init__(self, where: Where, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._where = where
        self._timeout_seconds = timeout_seconds
        self._client: Any = None

    def open(self, token: str | None = None) -> None:
        """Connect, sign in, and make the folders that are not there.

        Raises:
            NotLetIn: the server does not accept the name or the password.
            NoToken: the server does not accept the token.
        """
        self._sign_in(token)
        for folder in (self._where.taken, self._where.refused):
            if not self._client.folder_exists(folder):
                self._client.create_folder(folder)
        self._client.select_folder(self._where.folder)

    def look(self, token: str | None = None) -> int:
        """Connect, sign in, and return how many mails wait; nothing is changed there.

        Raises:
            NotLetIn: the server does not accept the name or the password.
            NoToken: the server does not accept the token.
            NoFolder: the folder is not there.
        """
        self._sign_in(token)
        if not self._client.folder_exists(self._where.folder):
            raise NoFolder
        return int(self._client.select_folder(self._where.folder, readonly=True)[b"EXISTS"])

    def _sign_in(self, token: str | None) -> None:
        where = self._where
        context = ssl.create_default_context(cafile=where.ca)
        self._client = IMAPClient(
            where.host, port=where.port, ssl=True, ssl_context=context, timeout=self._timeout_seconds
        )
        try:
            self._prove(token)
        except LoginError as error:
            if "UNAVAILABLE" in str(error):  # RFC 5530: for now
                raise
            raise (NotLetIn(NOT_LET_IN) if token is None else NoToken(NO_ACCESS)) from None
            # its own words may hold them

    def _prove(self, token: str | None) -> None:
        """Say who we are: by the password, or by a token (SASL XOAUTH2)."""
        if token is None:
            self._client.login(self._where.user, self._where.password)
        else:
            self._client.oauth2_login(self._where.user, token)

    def close(self) -> None:
        """Sign off, if there is anybody to hear it."""
        if self._client is not None:
            try:
                self._client.logout()
            except FAILURES:
                self._client.shutdown()

    def waiting(self) -> list[Waiting]:
        """Return the mails in the folder, whether or not somebody has read them, the oldest first."""
        uids = self._client.search("ALL")
        told = self._client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
        return [Waiting(uid, about[b"RFC822.SIZE"]) for uid, about in sorted(told.items())]

    def content(self, uid: int) -> bytes | None:
        """Return a mail as it came; None where it has gone."""
        return self._fetched(uid, "BODY.PEEK[]", b"BODY[]")

    def head(self, uid: int) -> bytes | None:
        """Return the beginning of its headers; None where it has gone."""
        return self._fetched(uid, f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>", b"BODY[HEADER]<0>")

    def settle(self, uid: int, *, refused: bool) -> None:
        """Move a mail out of the way: it is taken, or refused."""
        folder = self._where.refused if refused else self._where.taken
        self._client.add_flags([uid], [SEEN], silent=True)
        if self._client.has_capability("MOVE"):
            self._client.move([uid], folder)
            return
        self._client.copy([uid], folder)
        self._client.add_flags([uid], [DELETED], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge([uid])
        else:
            self._client.expunge()

    @property
    def tells(self) -> bool:
        """Whether the server tells of new mail by itself (IDLE, RFC 2177)."""
        return bool(self._client.has_capability("IDLE"))

    def listen(self) -> None:
        """Have the server tell."""
        self._client.idle()

    def heard(self, seconds: float) -> bool:
        """Wait a little, and say whether the server told of anything.

        Raises:
            OSError: it has gone.
        """
        told = self._told(seconds)
        if not told and self._has_ended():
            raise ConnectionResetError
        return any(len(one) > 1 and one[1] in {b"EXISTS", b"RECENT"} for one in told)

    def stop_listening(self) -> None:
        """Have the server take questions again."""
        self._client.idle_done()

    def _told(self, seconds: float) -> list[tuple[Any, ...]]:
        return [told for told in self._client.idle_check(timeout=seconds) if isinstance(told, tuple)]

    def _has_ended(self) -> bool:
        """Say whether there is something to read, though nothing was told: then that is the end."""
        looking = select.poll()
        looking.register(self._client.socket(), select.POLLIN)
        return bool(looking.poll(0))

    def _fetched(self, uid: int, asked: str, told: bytes) -> bytes | None:
        content = self._client.fetch([uid], [asked]).get(uid, {}).get(told)
        return content if isinstance(content, bytes) else None
