"""`homeward ingest`: notifications from files, folders and stdin."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Annotated

import typer

from casework.intake import Receipt, Sender, Verdict, receive
from cli import as_sent
from cli.acting import now_utc
from cli.carrying import carry_what_waits
from cli.database import with_store
from cli.errors import shown
from cli.pieces import Piece, TooLarge, batches, pieces
from cli.progress import Shown
from cli.rejected import Rejected
from cli.settings import Settings, read_settings
from cli.sources import Source, sources
from schemas.formats_policy import ForceFormat
from schemas.police_lists_policy import ListFormat
from schemas.reading import Problem
from store.database import Store

TAKEN = (Verdict.ACCEPTED, Verdict.DUPLICATE)
NOTHING_READ = 2
MEND = "add the format to the policy, or name a policy that has it in HOMEWARD_POLICY"


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for stdin.", show_default=False)
    ],
) -> None:
    """Take notifications in: .jsonl (an event per line), .json (an event or a list), and what forces send
    (.csv, .eml, .xlsx, .pdf, .docx, .html, .json) where the policy has a format for it; folders of these.

    What cannot be taken is told on stderr with line and field, kept among the dead letters, and written
    beside the input as PATH.rejected.jsonl. Sending the same again does no harm. The last line counts what
    was accepted, known already and rejected. Ends with 0; with 1 if anything was rejected or not read; with
    2 if nothing could be read.

    \b
    Examples:
      homeward ingest morning.jsonl
      homeward ingest folder/ other.json
      zcat morning.jsonl.gz | homeward ingest -
    """
    settings = read_settings()
    with Shown() as progress:
        found, unread = _found(paths, progress)
        ingesting = _Ingesting(settings, progress, unread)
        if found:
            policy = settings.read_policy()

            async def work(store: Store) -> None:
                ingesting.formats = await as_sent.formats_in_force(store, settings.authorities, policy)
                ingesting.lists = await as_sent.lists_in_force(store, settings.authorities, policy)
                for source in found:
                    await ingesting.take(store, source)
                progress.begin("applying", None)
                await carry_what_waits(store, settings, policy)

            with_store(settings, work)
    counts = ingesting.counts
    typer.echo(", ".join(f"{name} {counts[name]}" for name in ("accepted", "duplicate", "rejected")))
    raise typer.Exit(ingesting.code)


def _found(paths: list[str], progress: Shown) -> tuple[list[Source], int]:
    """Return what to read, and how much of what was asked for cannot be."""
    found, unread = list[Source](), 0
    for each in sources(paths):
        if isinstance(each, Source):
            found.append(each)
        else:
            progress.say(each.message)
            unread += not each.passed_over
    return found, unread


class _Ingesting:
    """Takes files in, one after the other, and counts what became of their messages."""

    def __init__(self, settings: Settings, progress: Shown, unread: int) -> None:
        self._settings = settings
        self._progress = progress
        self._unread = unread
        self._read = 0
        self.formats: Sequence[ForceFormat] = ()
        self.lists: Sequence[ListFormat] = ()
        self.counts: Counter[str] = Counter()

    @property
    def code(self) -> int:
        if not self._read:
            return NOTHING_READ
        return 1 if self._unread or self.counts["rejected"] else 0

    async def take(self, store: Store, source: Source) -> None:
        """Take one file in; one that cannot be read does not stop the others."""
        self._progress.begin(source.name, source.size_bytes)
        try:
            with _opened(source) as file, Rejected(source.rejected) as rejected:
                await self._take(store, source, file, rejected)
            self._read += 1
        except as_sent.NoFormat as why:
            self._no_format(source, why)
            return
        except as_sent.IsList as why:
            self._progress.say(f"{source.shown}: {why}")
            self._unread += not source.found
            return
        except (TooLarge, _CannotRead) as error:
            self._progress.say(f"{source.shown}: {error}")
            self._unread += 1
            return
        if rejected.failed:
            self._progress.say(
                f"{shown(source.rejected)}: cannot be written ({rejected.failed.strerror}):"
                " the rejected lines are among the dead letters"
            )

    async def _take(self, store: Store, source: Source, file: IO[bytes], rejected: Rejected) -> None:
        sender = Sender("file", source.name, self._settings.authorities)
        if sent := as_sent.understand(source, file, self.formats, self.lists):
            for taken in await as_sent.take(store, sender, *sent):
                self._count(source, taken.piece, taken.receipt, rejected)
            return
        if source.path:
            file.seek(0)
        for batch in batches(_readable(source, file)):
            asked = [piece for piece in batch if piece.fault is None]
            receipts = iter(await receive(store, sender, [piece.message for piece in asked], now_utc()))
            for piece in batch:
                self._count(source, piece, _refused(piece.fault) if piece.fault else next(receipts), rejected)
            if source.size_bytes:
                self._progress.at(file.tell())

    def _count(self, source: Source, piece: Piece, receipt: Receipt, rejected: Rejected) -> None:
        if receipt.verdict in TAKEN:
            self.counts[receipt.verdict.value] += 1
            return
        self.counts["rejected"] += 1
        rejected.add(piece)
        for problem in receipt.problems:
            self._progress.say(f"{':'.join(filter(None, (source.shown, piece.place)))}: {problem}")

    def _no_format(self, source: Source, why: as_sent.NoFormat) -> None:
        """Pass over what nobody can understand here; where it was named, that is a fault."""
        then = f"passed over; to have it read, {MEND}" if source.found else MEND
        self._progress.say(f"{source.shown}: {why}: {then}")
        self._unread += not source.found


class _CannotRead(Exception):
    """A file is there, but its bytes do not come."""


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if source.path is None:
        yield sys.stdin.buffer
        return
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise _CannotRead(f"{error.strerror}: let this user read it") from error
    with file:
        yield file


def _readable(source: Source, file: IO[bytes]) -> Iterator[Piece]:
    """Yield the pieces of a file; a disk that fails midway is told as such."""
    try:
        yield from pieces(source, file)
    except OSError as error:
        raise _CannotRead(
            f"cannot be read to its end ({error.strerror}): mend that, then ingest it again"
        ) from error


def _refused(fault: Problem) -> Receipt:
    return Receipt(Verdict.REJECTED, None, None, (fault,))
