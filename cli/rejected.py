"""The rejected lines of one file, beside it: whole or not at all, and only where there are any."""

import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cli.pieces import Piece, copy


class Rejected:
    """Collects rejected pieces; leaving the block without an error puts them in their place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self.failed: OSError | None = None
        """Why the lines could not be written, if so."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        with self._file as file:
            try:
                if error is None and self.failed is None:
                    file.flush()
                    os.fsync(file.fileno())
                    Path(file.name).replace(self._path)
                    return
            except OSError as failure:
                self.failed = failure
        Path(file.name).unlink(missing_ok=True)

    def add(self, piece: Piece) -> None:
        """Add one piece."""
        if self.failed:
            return
        try:
            if self._file is None:
                self._file = tempfile.NamedTemporaryFile(  # noqa: SIM115  # closed on leaving
                    dir=self._path.parent, prefix=f".{self._path.name[:100]}.", suffix=".part", delete=False
                )
            copy(piece, self._file)
        except OSError as error:
            self.failed = error
