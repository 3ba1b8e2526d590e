"""What a file is: by its content first, by its name only where the content leaves it open."""

import re
from enum import Enum
from typing import Final

from connectors.documents import archives
from connectors.documents.delimited import looks_delimited


class Kind(Enum):
    """What can be read, as the media type that it is told by."""

    MAIL = "message/rfc822"
    PAGE = "text/html"
    TABLE = "text/csv"
    LINES = "text/plain"
    TREE = "application/json"
    WORKBOOK = archives.XLSX
    WORD = archives.DOCX
    PDF = "application/pdf"
    UNKNOWN = "application/octet-stream"


OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE: Final = "EncryptedPackage".encode("utf-16-le")
FOREIGN: Final = (
    (b"\x89PNG\r\n", "is a picture, which nobody reads by machine: look at it yourself, or ask for the text"),
    (
        b"\xff\xd8\xff",
        "is a picture, which nobody reads by machine: look at it yourself, or ask for the text",
    ),
    (b"GIF8", "is a picture, which nobody reads by machine: look at it yourself, or ask for the text"),
    (b"Rar!", "is a packed archive: send the files in it themselves"),
    (b"7z\xbc\xaf", "is a packed archive: send the files in it themselves"),
    (b"\x1f\x8b", "is a packed archive: send the files in it themselves"),
    (b"{\\rtf", "is RTF, which is not read: save it as .docx and send that"),
    (b"\x78\x9f\x3e\x22", "is in Outlook’s own form: have the sender’s Outlook send HTML or plain text"),
)
PDF_WITHIN: Final = 1024
HEADER: Final = re.compile(r"(?i)^(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
OF_MAIL: Final = re.compile(
    r"(?im)^(?:message-id|mime-version|received|return-path|delivered-to|dkim-signature):"
)
PAGE_TAG: Final = re.compile(
    r"(?i)\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|table|meta|div|p)\b", re.DOTALL
)
HEAD: Final = 20_000


def of_bytes(content: bytes) -> Kind | None:
    """Return the kind of a file that is not text; None where it may be.

    Raises:
        Refused: it is of a kind that is not read, or may not be.
    """
    if not content:
        raise archives.Refused("is empty: send it again")
    if b"%PDF-" in content[:PDF_WITHIN]:
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(content)
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED_OFFICE in content:
            raise archives.Refused("is encrypted: send it without a password, by a way that is itself secure")
        raise archives.Refused(
            "is of an old Office or Outlook: save it as .xlsx, .docx or .eml and send that"
        )
    for start, why in FOREIGN:
        if content.startswith(start):
            raise archives.Refused(why)
    return None


def of_text(text: str, name: str) -> Kind:
    """Return the kind of a text."""
    ending = name.lower().rpartition(".")[2]
    begin = text.lstrip()
    if is_mail(text) or ending == "eml":
        return Kind.MAIL
    if PAGE_TAG.match(begin[:HEAD]) or ending in {"htm", "html"}:
        return Kind.PAGE
    if begin.startswith("<?xml"):
        raise archives.Refused("is XML, which is not read: send CSV, JSON or a spreadsheet")
    if ending == "json" or (begin.startswith(("{", "[")) and begin.rstrip().endswith(("}", "]"))):
        return Kind.TREE
    if ending in {"csv", "tsv"} or (ending != "txt" and looks_delimited(text)):
        return Kind.TABLE
    return Kind.LINES


def is_mail(text: str) -> bool:
    """Tell whether this begins like an e-mail: headers, one of which only mail has."""
    head = HEADER.match(text[:HEAD].replace("\r\n", "\n"))
    return bool(head and OF_MAIL.search(head[0]))


def _of_zip(content: bytes) -> Kind:
    kind = archives.kind_of(content)
    if kind == archives.ZIP:
        raise archives.Refused("is a zip: send the files in it themselves")
    return Kind(kind)
