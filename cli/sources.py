"""What the paths of `homeward ingest` name: files to read, in order, and what cannot be or is not read."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cli.errors import shown

STDIN: Final = "-"
LINES, DOCUMENT = ".jsonl", ".json"
AS_SENT: Final = (".csv", ".tsv", ".eml", ".xlsx", ".xlsm", ".pdf", ".docx", ".docm", ".html", ".htm")
"""What forces send: understood by the formats of the policy."""
READ: Final = (LINES, DOCUMENT, *AS_SENT)
REJECTED: Final = ".rejected.jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or stdin where `path` is None; `found` in a folder, not named."""

    path: Path | None
    size_bytes: int | None = None
    found: bool = False

    @property
    def shown(self) -> str:
        return shown(self.path) if self.path else "stdin"

    @property
    def name(self) -> str:
        """What the file is called in the inbox and among the dead letters."""
        return shown(self.path.name) if self.path else "stdin"

    @property
    def suffix(self) -> str:
        """What kind of file its name says it is."""
        return self.path.suffix.lower() if self.path else ""

    @property
    def rejected(self) -> Path:
        """Where its rejected lines go: beside it; those of stdin in the working directory."""
        return Path(f"{self.path or 'stdin'}{REJECTED}")


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that is not read, and why. Passed over: by design, and no fault."""

    message: str
    passed_over: bool = False


def sources(paths: Iterable[str]) -> Iterator[Source | Unread]:
    """Yield every file that the paths name; those in folders sorted, what ingest itself left there not."""
    for path in paths:
        if path == STDIN:
            yield Source(None)
        elif os.path.isdir(path):
            yield from _in_folder(Path(path))
        else:
            yield _named(Path(path))


def _in_folder(folder: Path) -> Iterator[Source | Unread]:
    failed: list[OSError] = []
    found = 0
    for directory, folders, names in os.walk(folder, onerror=failed.append):
        folders.sort()
        for path in (Path(directory) / name for name in sorted(names)):
            if path.suffix.lower() in READ and not path.name.endswith(REJECTED):
                found += 1
                each = _named(path)
                yield replace(each, found=True) if isinstance(each, Source) else each
    yield from (
        Unread(f"{shown(error.filename)}: {error.strerror}: let this user read it") for error in failed
    )
    if not found and not failed:
        yield Unread(
            f"{shown(folder)}: has no {LINES}, {DOCUMENT} or other file of notifications: correct the path"
        )


def _named(path: Path) -> Source | Unread:
    try:
        about = path.stat()
    except (OSError, ValueError) as error:
        return Unread(f"{shown(path)}: {getattr(error, 'strerror', None) or error}: correct the path")
    if not stat.S_ISREG(about.st_mode):
        return Unread(f"{shown(path)}: is not a file: give its content to homeward ingest -")
    if path.suffix.lower() not in READ:
        return Unread(f"{shown(path)}: is none of {', '.join(READ)}: rename it, or use homeward ingest -")
    return Source(path, about.st_size)
