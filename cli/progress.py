"""How far a long piece of work is, on stderr, where a person is watching."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from cli.errors import shown


class Shown:
    """A progress bar in bytes, and lines said meanwhile; without a terminal only the lines."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
            self._bar = Progress(
                *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
            )
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, what: str, total: int | None) -> None:
        """Show another piece of work; `total` None: nobody knows how much there is."""
        if self._bar:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(what, total=total)

    def at(self, done: int) -> None:
        """Show how much of it is done."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=done)

    def say(self, line: str) -> None:
        """Say something on a line of its own."""
        if self._bar:
            self._bar.console.print(shown(line), markup=False, highlight=False, soft_wrap=True)
        else:
            print(shown(line), file=sys.stderr)
