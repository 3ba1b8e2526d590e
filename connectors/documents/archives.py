"""Zips, and what is a zip inside: looked at by their directory before anything is opened."""

import io
import zipfile
from typing import Final

from connectors.documents.limits import MOST_INFLATED, MOST_RATIO, MOST_ZIP_ENTRIES, RATIO_MATTERS

ENCRYPTED: Final = 0x1
PLAIN_WAYS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP: Final = "application/zip"
DECLARES: Final = (b"<!DOCTYPE", b"<!ENTITY")


class Refused(Exception):
    """A file is not opened; its words say why, and how to mend it."""


class TooLarge(Refused):
    """It would be far too large when opened: a zip bomb, or as good as one."""


def kind_of(content: bytes) -> str:
    """Return what a zip holds by its directory: a spreadsheet, a text document, or files.

    Raises:
        Refused: it is damaged, encrypted, holds macros, or would be far too large when opened.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("is a zip or an Office document that is damaged: send it again") from error
    _check(entries, len(content))
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    kind = _office(names)
    if kind and any(name.rpartition("/")[2] in MACROS for name in names):
        raise Refused("holds macros: save it without them, as .xlsx or .docx, and send that")
    return kind or ZIP


def refuse_declarations(content: bytes) -> None:
    """Look through an Office document for XML that declares entities, which grow without end when read.

    Raises:
        Refused: it has some; no office program writes any.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                part = archive.read(entry)
                if any(one in part or one in part.replace(b"\0", b"") for one in DECLARES):
                    raise Refused(
                        "declares XML entities, which no office program does: save it anew and send that"
                    )


def _office(names: list[str]) -> str | None:
    if "[content_types].xml" not in names:
        return None
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return DOCX if any(name.startswith("word/") for name in names) else None


def _check(entries: list[zipfile.ZipInfo], size_bytes: int) -> None:
    inflated = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused("is encrypted: send it without a password, by a way that is itself secure")
    too_large = inflated > MOST_INFLATED or len(entries) > MOST_ZIP_ENTRIES
    if too_large or inflated > max(RATIO_MATTERS, MOST_RATIO * size_bytes):
        raise TooLarge(
            f"would be {inflated // 1_000_000} MB in {len(entries)} files when opened, which is not done:"
            " send less in one file"
        )
    if any(entry.compress_type not in PLAIN_WAYS for entry in entries):
        raise Refused("is packed in an unusual way: save it anew and send that")
