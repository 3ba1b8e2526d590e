"""E-mails (.eml): their head, the lines and tables of their text, and what is attached, e-mails too.

Where a mail says the same as text and as HTML, the HTML is read: only there a table is still one.
"""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Final

from connectors.documents.encodings import decode
from connectors.documents.found import Found, plain_name, storable, within
from connectors.documents.limits import DEEPEST, MOST_PARTS
from connectors.documents.mail_heads import (
    PARSER,
    TOO_LONG,
    head_of,
    is_too_long,
    or_nothing,
    why_not_parsed,
)
from connectors.documents.pages import read_html
from connectors.documents.parts import Mail

Attached = Callable[[bytes, str, str], None]
"""Reads an attachment: its content, its name, and the place where it is."""
ENCRYPTED: Final = "is encrypted: send it without, by a way that is itself secure"
OUTLOOKS_OWN: Final = "is in Outlook’s own form: have the sender’s Outlook send HTML or plain text"
NOT_READ: Final = {
    "multipart/encrypted": ENCRYPTED,
    "application/pkcs7-mime": ENCRYPTED,
    "application/x-pkcs7-mime": ENCRYPTED,
    "application/ms-tnef": OUTLOOKS_OWN,
    "application/vnd.ms-tnef": OUTLOOKS_OWN,
}
TOO_MANY: Final = f"has more than {MOST_PARTS} parts: the rest was left out; send fewer in one mail"
SIGNATURES: Final = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)


def read_mail(content: bytes, place: str, found: Found, depth: int, attached: Attached) -> Mail | None:
    """Read a mail, and give what is attached to `attached`; `depth` tells in how many mails it lies."""
    if refused := why_not_parsed(content):
        found.fault(place, refused)
        return None
    return _read(PARSER.parsebytes(content), place, found, depth, attached)


def _read(message: EmailMessage, place: str, found: Found, depth: int, attached: Attached) -> Mail | None:
    if depth > DEEPEST:
        found.fault(place, f"lies in more than {DEEPEST} e-mails: send it by itself")
        return None
    mail = None if is_too_long(message) else head_of(message, place, found)
    _Parts(place, found, depth, attached).read(message)
    return mail


class _Parts:
    """Goes through the parts of one mail."""

    def __init__(self, place: str, found: Found, depth: int, attached: Attached) -> None:
        self._place = place
        self._found = found
        self._depth = depth
        self._attached = attached

    def read(self, part: EmailMessage) -> None:
        """Read a part and what it holds."""
        self._found.parts += 1
        if self._found.parts > MOST_PARTS:
            if self._found.parts == MOST_PARTS + 1:
                self._found.fault(self._place, TOO_MANY)
            return
        kind = or_nothing(part.get_content_type, "application/octet-stream")
        if refused := TOO_LONG if is_too_long(part) else NOT_READ.get(kind):
            self._found.fault(self._at(part, "attachment"), refused)
        elif kind == "multipart/alternative":
            self._alternative(list(_under(part)))
        elif part.is_multipart() and kind != "message/rfc822":
            for each in _under(part):
                self.read(each)
        elif kind not in SIGNATURES:
            self._leaf(part, kind)

    def _leaf(self, part: EmailMessage, kind: str) -> None:
        if kind == "message/rfc822":
            for inner in _under(part):
                _read(inner, self._at(part, "mail"), self._found, self._depth + 1, self._attached)
        elif _is_text(part, kind):
            self._text(part, kind)
        elif not _is_decoration(part, kind):
            self._attached(content_of(part), _name(part), self._at(part, "attachment"))

    def _alternative(self, parts: list[EmailMessage]) -> None:
        """Read the richest of the alternatives that says anything: the last one first (RFC 2046, 5.1.4)."""
        for part in reversed(parts):
            before = len(self._found.tables), len(self._found.lines)
            self.read(part)
            if before != (len(self._found.tables), len(self._found.lines)):
                return

    def _text(self, part: EmailMessage, kind: str) -> None:
        decoded = decode(content_of(part), _parameter(part, "charset"))
        if decoded.doubt:
            self._found.fault(within(self._place, "text"), decoded.doubt)
        if kind == "text/html":
            read_html(storable(decoded.text), self._place, self._found)
        else:
            flowed = _parameter(part, "format").lower() == "flowed"
            text = _unflowed(decoded.text) if flowed else decoded.text
            self._found.text(within(self._place, "text"), storable(text).replace("\r\n", "\n"))

    def _at(self, part: EmailMessage, what: str) -> str:
        return within(self._place, f"{what} {_name(part)}".strip())


def _under(part: EmailMessage) -> Iterator[EmailMessage]:
    payload = part.get_payload()
    yield from (
        (each for each in payload if isinstance(each, EmailMessage)) if isinstance(payload, list) else ()
    )


def content_of(part: EmailMessage) -> bytes:
    """Return what a part holds, decoded."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _parameter(part: EmailMessage, name: str) -> str:
    return or_nothing(lambda: str(part.get_param(name, "") or ""), "")


def _name(part: EmailMessage) -> str:
    return plain_name(or_nothing(lambda: part.get_filename("") or "", ""))


def _disposition(part: EmailMessage) -> str:
    return or_nothing(lambda: part.get_content_disposition() or "", "")


def _is_text(part: EmailMessage, kind: str) -> bool:
    return kind in {"text/plain", "text/html"} and _disposition(part) != "attachment" and not _name(part)


def _is_decoration(part: EmailMessage, kind: str) -> bool:
    """Tell a picture within the text, such as a crest, from one that was sent for itself."""
    return kind.startswith("image/") and (_disposition(part) != "attachment" or "Content-ID" in part)


def _unflowed(text: str) -> str:
    """Join the lines that a mail program broke (RFC 3676)."""
    return re.sub(r"(?<!-- )(?<=[^\n] )\r?\n(?!>)", "", text)
