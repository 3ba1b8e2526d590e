"""A file as single messages, each with its place and its bytes; what can never be one with the reason."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final

from cli.sources import DOCUMENT, Source
from schemas.reading import Problem, Unreadable, canonical, parse_json

MESSAGE_BYTES: Final = 1_000_000
DOCUMENT_BYTES: Final = 100_000_000
BATCH: Final = 500
BATCH_BYTES: Final = 8_000_000
BOM: Final = b"\xef\xbb\xbf"


class TooLarge(ValueError):
    """A JSON document is too large to be read as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: `raw` is what is written when it is rejected, as one line.

    With a `fault` it is rejected unasked; `rest` is then what of a line of any length is not in `raw`.
    """

    place: str
    raw: bytes
    message: Any = None
    fault: Problem | None = None
    rest: IO[bytes] | None = None


def pieces(source: Source, file: IO[bytes]) -> Iterator[Piece]:
    """Yield the messages of an open file: of each line one, or those of one JSON document.

    Raises:
        TooLarge: a document of more than 100 MB.
    """
    if source.path is None:
        yield from _of_stream(file)
    elif source.suffix == DOCUMENT:
        yield from _of_document(_whole(file))
    else:
        yield from _of_lines(file)


def batches(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Gather pieces into batches, bounded by number and by bytes."""
    batch: list[Piece] = []
    size = 0
    for piece in found:
        batch.append(piece)
        size += len(piece.raw)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _of_stream(file: IO[bytes]) -> Iterator[Piece]:
    """Read lines, unless the first that is not blank is no whole object: then it begins a document."""
    begin = b""
    while not begin.strip() and (line := file.readline(MESSAGE_BYTES + 1)):
        begin += line
    if _is_object(begin):
        yield from _of_lines(_Joined(begin, file))
        return
    content = begin + file.read(DOCUMENT_BYTES - len(begin))
    try:
        parse_json(content)
    except Unreadable:
        yield from _of_lines(_Joined(content, file))
    else:
        yield from _of_document(content)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except Unreadable:
        return False


class _Joined:
    """What was read already, and then the rest of the file."""

    def __init__(self, begin: bytes, file: IO[bytes]) -> None:
        self._files = [BytesIO(begin), file]

    def readline(self, limit: int) -> bytes:
        line = b""
        while self._files and len(line) < limit and not line.endswith(b"\n"):
            more = self._files[0].readline(limit - len(line))
            line += more
            if not more:
                self._files.pop(0)
        return line


def _of_lines(file: "IO[bytes] | _Joined") -> Iterator[Piece]:
    number = 0
    while line := file.readline(MESSAGE_BYTES + 2):
        number += 1
        if number == 1:
            line = line.removeprefix(BOM)
        if not line.endswith(b"\n") and len(line) > MESSAGE_BYTES:
            yield _too_long(str(number), line, _rest_of_line(file))
        elif line.strip():
            raw = line.removesuffix(b"\n")
            yield Piece(str(number), raw, raw.rstrip(b"\r"))


def _rest_of_line(file: "IO[bytes] | _Joined") -> IO[bytes]:
    """Put the rest of a line on disk: it may be of any length."""
    rest = tempfile.TemporaryFile()  # noqa: SIM115  # it goes when the piece does
    while (part := file.readline(MESSAGE_BYTES)) and not part.endswith(b"\n"):
        rest.write(part)
    rest.write(part.removesuffix(b"\n"))
    rest.seek(0)
    return rest


def _too_long(place: str, raw: bytes, rest: IO[bytes] | None = None) -> Piece:
    message = f"is longer than {MESSAGE_BYTES:,} bytes: no notification is; look for a lost line break"
    return Piece(place, raw, fault=Problem("", message), rest=rest)


def _whole(file: IO[bytes]) -> bytes:
    content = file.read(DOCUMENT_BYTES + 1)
    if len(content) > DOCUMENT_BYTES:
        raise TooLarge(f"is larger than {DOCUMENT_BYTES:,} bytes: write it as .jsonl, one event per line")
    return content


def _of_document(content: bytes) -> Iterator[Piece]:
    if not content.removeprefix(BOM).strip():
        return
    try:
        parsed = parse_json(content)
    except Unreadable as error:
        raw = content.replace(b"\r\n", b" ").replace(b"\n", b" ")  # no line break means anything in JSON
        fault = error.problems[0] if len(content) > MESSAGE_BYTES else None
        yield Piece("1", raw, content, fault)
        return
    if not isinstance(parsed, list):
        yield _item("1", parsed)
        return
    for number, each in enumerate(parsed, start=1):
        yield _item(f"item {number}", each)


def _item(place: str, parsed: Any) -> Piece:
    raw = canonical(parsed)
    return _too_long(place, raw) if len(raw) > MESSAGE_BYTES else Piece(place, raw, parsed)


def copy(piece: Piece, to: IO[bytes]) -> None:
    """Write a piece as one line, exactly as it came."""
    to.write(piece.raw)
    if piece.rest:
        with piece.rest as rest:
            shutil.copyfileobj(rest, to)
    to.write(b"\n")
