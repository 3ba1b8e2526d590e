"""One file or e-mail, and what is attached to it, read by what each is."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Final

from connectors.documents.apart import read_apart
from connectors.documents.archives import Refused
from connectors.documents.delimited import read_delimited
from connectors.documents.encodings import decode, is_binary
from connectors.documents.found import Found, plain_name, storable
from connectors.documents.kinds import Kind, of_bytes, of_text
from connectors.documents.limits import MOST_BYTES
from connectors.documents.mails import read_mail
from connectors.documents.pages import read_html
from connectors.documents.parts import Document, Mail
from connectors.documents.trees import read_json

UNREADABLE: Final = "cannot be read: it is damaged, or made in an unusual way; save it anew and send that"
NOTHING: Final = "holds nothing to read: check that it is the right file"


@dataclass(frozen=True, slots=True)
class Hints:
    """What a force's format says of its files: the character that parts cells, and the encoding."""

    delimiter: str | None = None
    encoding: str | None = None


NO_HINTS: Final = Hints()


def read(content: bytes, name: str, hints: Hints = NO_HINTS) -> Document:
    """Return all that a file holds; what cannot be read is told as a fault, and nothing is raised."""
    found = Found()
    kind, mail = _Reading(found, hints).read(content, name, "", 0)
    if not found.found_anything():
        found.fault("", NOTHING)
    return Document(
        name=plain_name(name),
        media=kind.value,
        mail=mail,
        tables=tuple(found.tables),
        lines=tuple(found.lines),
        trees=tuple(found.trees),
        faults=tuple(found.faults),
        digest=sha256(content).hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    found: Found
    hints: Hints

    def read(self, content: bytes, name: str, place: str, depth: int) -> tuple[Kind, Mail | None]:
        """Read a file, or an attachment in its place; return what it is, and its head if it is a mail."""
        if len(content) > MOST_BYTES:
            self.found.fault(place, f"is larger than {MOST_BYTES // 1_000_000} MB: send it in parts")
            return Kind.UNKNOWN, None
        try:
            return self._by_kind(content, name, place, depth)
        except Refused as refused:
            self.found.fault(place, str(refused))
        except Exception:  # whatever a purpose-made file does, it stops nothing
            self.found.fault(place, UNREADABLE)
        return Kind.UNKNOWN, None

    def _by_kind(self, content: bytes, name: str, place: str, depth: int) -> tuple[Kind, Mail | None]:
        if kind := of_bytes(content):
            read_apart(kind, content, place, self.found)
            return kind, None
        decoded = decode(content, self.hints.encoding)
        if is_binary(decoded.text):
            raise Refused(
                "is of no kind that is read: send CSV, .xlsx, .docx, a PDF with text, JSON or an e-mail"
            )
        kind = of_text(decoded.text, name)
        if kind is Kind.MAIL:
            attached = partial(self._attached, depth=depth + 1)
            return kind, read_mail(content, place, self.found, depth, attached)
        if decoded.doubt:
            self.found.fault(place, decoded.doubt)
        self._text(kind, storable(decoded.text), place)
        return kind, None

    def _attached(self, content: bytes, name: str, place: str, depth: int) -> None:
        self.read(content, name, place, depth)

    def _text(self, kind: Kind, text: str, place: str) -> None:
        match kind:
            case Kind.PAGE:
                read_html(text, place, self.found)
            case Kind.TREE:
                read_json(text, place, self.found)
            case Kind.TABLE:
                read_delimited(text, place, self.found, self.hints.delimiter)
            case _:
                self.found.text(place, text)
