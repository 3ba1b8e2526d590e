"""What the paths of `homeward ingest` name: files to read, in order, and what cannot be or is not read."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cli.errors import shown

STDIN: Final = "-"
LINES, DOCUMENT = ".jsonl", ".json"
NOT_YET: Final = (".csv", ".eml")
REJECTED: Final = ".rejected.jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or stdin where `path` is None."""

    path: Path | None
    size_bytes: int | None = None

    @property
    def shown(self) -> str:
        return shown(self.path) if self.path else "stdin"

    @property
    def name(self) -> str:
        """What the file is called in the inbox and among the dead letters."""
        return shown(self.path.name) if self.path else "stdin"

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
            if path.suffix in NOT_YET:
                yield Unread(f"{shown(path)}: {path.suffix} is not read yet: passed over", passed_over=True)
            elif path.suffix in {LINES, DOCUMENT} and not path.name.endswith(REJECTED):
                found += 1
                yield _named(path)
    yield from (
        Unread(f"{shown(error.filename)}: {error.strerror}: let this user read it") for error in failed
    )
    if not found and not failed:
        yield Unread(f"{shown(folder)}: has no {LINES} or {DOCUMENT} file: correct the path")


def _named(path: Path) -> Source | Unread:
    try:
        about = path.stat()
    except (OSError, ValueError) as error:
        return Unread(f"{shown(path)}: {getattr(error, 'strerror', None) or error}: correct the path")
    if path.suffix in NOT_YET:
        return Unread(f"{shown(path)}: {path.suffix} is not read yet: send it as {LINES} or {DOCUMENT}")
    if not stat.S_ISREG(about.st_mode):
        return Unread(f"{shown(path)}: is not a file: give its content to homeward ingest -")
    if path.suffix not in {LINES, DOCUMENT}:
        return Unread(
            f"{shown(path)}: is neither {LINES} nor {DOCUMENT}: rename it, or use homeward ingest -"
        )
    return Source(path, about.st_size)
