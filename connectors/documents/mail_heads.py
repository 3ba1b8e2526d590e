"""The head of an e-mail, and whether a mail is one that can be parsed in good time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from connectors.documents.found import Found, storable, within
from connectors.documents.limits import MOST_BOUNDARIES, MOST_COMPARED, MOST_HEADER, MOST_HEADERS
from connectors.documents.parts import Mail

T = TypeVar("T")
KINDS: Final = re.compile(
    rb"(?i)(?:^|[\r\n])content-[a-z]+(?:-[a-z]+)*:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*"
)
_READ: Final = (
    "from subject date message-id mime-version content-type content-disposition content-transfer-encoding"
    " authentication-results list-id auto-submitted precedence return-path"
)
READ: Final = frozenset(_READ.split())
"""The headers that are read."""
TOO_LONG: Final = "has a header too long to be read: send it again in a new mail"
PARSER: Final = BytesParser(EmailMessage, policy=policy.default)


def parsed(content: bytes, *, head_only: bool = False) -> EmailMessage | None:
    """Return a mail's parts; None where it is made so that its parser would take too long, or fails."""
    if why_not_parsed(content):
        return None
    return or_nothing(lambda: PARSER.parsebytes(content, headersonly=head_only), None)


def read_head(content: bytes) -> Mail | None:
    """Return the head of a mail; None where it cannot be read."""
    message = parsed(content, head_only=True)
    return None if message is None or is_too_long(message) else head_of(message, "", Found())


def addresses_no_person(content: bytes) -> bool:
    """Tell whether a machine made a mail, so that answers might go on without end (RFC 3834)."""
    message = parsed(content, head_only=True)
    if message is None or _said(message, "List-Id"):
        return True
    told = {name: "".join(_said(message, name)).strip().lower() for name in ("Auto-Submitted", "Precedence")}
    empty = [path.strip() for path in _said(message, "Return-Path")] == ["<>"]
    return empty or told["Auto-Submitted"] not in {"", "no"} or told["Precedence"] in {"bulk", "list", "junk"}


def why_not_parsed(content: bytes) -> str | None:
    """Return why a mail is not parsed; None where it is."""
    boundaries = content.lower().count(b"boundary=")
    if boundaries > MOST_BOUNDARIES or boundaries * content.count(b"\n") > MOST_COMPARED:
        return "has parts nested too deeply to be read: send the text and its attachments in a new mail"
    lengths = [len(kind[0]) for kind in KINDS.finditer(content)]
    if sum(lengths) > MOST_HEADERS:
        return "has far too many parts to be read: send fewer in one mail"
    return TOO_LONG if max(lengths, default=0) > MOST_HEADER else None


def is_too_long(part: EmailMessage) -> bool:
    """Tell whether one of the headers that are read is longer than is read."""
    return any(len(str(value)) > MOST_HEADER for name, value in part.raw_items() if name.lower() in READ)


def head_of(message: EmailMessage, place: str, found: Found) -> Mail:
    """Return the head of a mail; one that names no sender, or several, has none."""
    senders = _addresses(message, "From")
    if len(senders) != 1 or len(_said(message, "From")) != 1:
        found.fault(within(place, "From"), "does not name one sender: send it again from one address")
        senders = ()
    return Mail(
        message_id="".join(_said(message, "Message-ID")[:1]).strip().strip("<>").strip(),
        sender="".join(senders),
        recipients=_addresses(message, "To") + _addresses(message, "Cc"),
        subject=" ".join("".join(_said(message, "Subject")[:1]).split()),
        sent_at=_sent_at(message),
        authentication=tuple(" ".join(told.split()) for told in _said(message, "Authentication-Results")),
    )


def _said(message: EmailMessage, name: str) -> list[str]:
    return or_nothing(lambda: [storable(str(value)) for value in message.get_all(name, [])], [])


def _addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    """Return the addresses themselves: what is only shown with one may look like another."""
    told = [str(value) for header, value in message.raw_items() if header.lower() == name.lower()]
    if not told or len(told[0]) > MOST_HEADER:
        return ()
    header: object = or_nothing(lambda: message.get(name), None)
    return tuple(storable(one.addr_spec) for one in getattr(header, "addresses", ()) if one.domain)


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime("".join(_said(message, "Date")[:1]))
        # at the ends of the calendar there is no such moment, and nothing could keep it
        known = sent_at.utcoffset() is not None and sent_at.astimezone(UTC) is not None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent_at if known else None


def or_nothing(ask: Callable[[], T], nothing: T) -> T:
    """Ask the parser for something in a header: on purpose-made ones it raises what it likes."""
    try:
        return ask()
    except Exception:
        return nothing
