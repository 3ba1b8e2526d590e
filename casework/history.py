"""Importing an authority's past: its episodes by way of the inbox, its interviews as they ended there.

Children are imported a few hundred rows at a time, each part whole or not at all, so that what comes in
meanwhile never waits for long. The same file again changes nothing, also after an import that was broken off.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from casework.apply import CHANGED, apply_within
from casework.csv_rows import refusal
from casework.history_conflicts import conflicts, unreadable
from casework.history_interviews import Outcome, bring_along
from casework.history_messages import messages
from casework.history_overlaps import overlaps
from casework.history_rows import PastEpisode, PastFile
from casework.index_rows import RowProblem
from casework.intake import Batch, Incoming, Sender, Verdict, put_in
from casework.policy_in_force import in_force, policy_of
from schemas.notification import staff_source
from schemas.policy import Policy
from store.database import Store, Transaction

VIA: Final = "history"
PART: Final = 250
"""About how many rows are imported in one transaction."""
OWED_FOR: Final = timedelta(days=14)


class HistoryRefused(Exception):
    """The past was not imported; `problems` says what is wrong in which line."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(refusal(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class How:
    """How to import: pass over rows that are wrong, only say what would come of it, and how long after its
    deadline an interview of which nothing is known is still owed.
    """

    keep_going: bool = False
    dry_run: bool = False
    owed_for: timedelta = OWED_FOR


@dataclass(slots=True)
class Report:
    """What an import did: rows, interviews by what came of them, rows passed over, and what to know."""

    rows: Counter[str] = field(default_factory=Counter)
    interviews: Counter[Outcome] = field(default_factory=Counter)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)

    def note(self, notes: Iterable[RowProblem]) -> None:
        """Add notes, of one child or one person each sentence once."""
        told = {(note.child, note.message) for note in self.notes}
        for note in notes:
            if (note.child, note.message) not in told:
                told.add((note.child, note.message))
                self.notes.append(note)


class _Rehearsed(Exception):
    """Nothing of this part is kept."""


async def import_history(
    store: Store,
    authority: str,
    file: PastFile,
    policy: Policy,
    how: How,
    *,
    person: str,
    clock: Callable[[], datetime],
) -> Report:
    """Import the rows of a file; `policy` is the configured one, `clock` gives the present moment in UTC.

    Raises:
        HistoryRefused: something is wrong, and `how` does not say to pass over those rows.
        DatabaseUnavailable: a part was not imported, nor what comes after it; the same again does the rest.
    """
    rules = await policy_of(store, authority, policy)
    report = Report(problems=[*file.problems, *overlaps(file.rows, rules.episode.merge_gap)])
    report.problems += unreadable(file.rows, authority)
    good = _without(file.rows, report.problems)
    for part in _parts(good):
        async with store.transaction(authority, person) as tx:
            report.problems += await conflicts(tx, part)
    report.problems.sort()
    if report.problems and not how.keep_going:
        raise HistoryRefused(report.problems)
    for part in _parts(_without(good, report.problems)):
        try:
            async with store.transaction(authority, person, exclusive=True) as tx:
                await _import(tx, part, policy, how, report, now=clock())
                _keep_or_not(how)
        except _Rehearsed:
            continue
    return report


def _keep_or_not(how: How) -> None:
    if how.dry_run:
        raise _Rehearsed


def _without(rows: Sequence[PastEpisode], problems: Sequence[RowProblem]) -> list[PastEpisode]:
    wrong = {problem.line for problem in problems}
    return [row for row in rows if row.line not in wrong]


def _parts(rows: Sequence[PastEpisode]) -> Iterator[list[PastEpisode]]:
    """Yield the rows a few hundred at a time, all of one child together."""
    of_child: dict[str, list[PastEpisode]] = {}
    for row in rows:
        of_child.setdefault(row.child_key, []).append(row)
    part: list[PastEpisode] = []
    for each in of_child.values():
        part += each
        if len(part) >= PART:
            yield part
            part = []
    if part:
        yield part


async def _import(
    tx: Transaction, part: Sequence[PastEpisode], policy: Policy, how: How, report: Report, *, now: datetime
) -> None:
    refused = await conflicts(tx, part)  # again: what is imported by somebody else meanwhile
    report.problems += refused
    rows = _without(part, refused)
    rules = await in_force(tx, policy)
    told = [(row, message) for row in rows for message in messages(row, tx.authority)]
    batch = Batch(Sender(VIA, tx.person, (tx.authority,), tx.authority, staff_source(tx.authority)), now)
    for place, (_, message) in enumerate(told):
        batch.sort(place, Incoming(message))
    await put_in(tx, batch, batch.arrivals[tx.authority])
    new = {place for place, receipt in batch.receipts.items() if receipt.verdict is Verdict.ACCEPTED}
    await apply_within(tx, [key for place in sorted(new) if (key := batch.receipts[place].key)], rules, now)
    changed = {told[place][0].line for place in new}
    brought = await bring_along(tx, rows, changed, how.owed_for, now)
    await tx.tell(CHANGED)
    report.note(brought.notes)
    report.interviews.update(brought.outcomes)
    touched = changed | brought.lines
    known = {row.line for place, (row, _) in enumerate(told) if place not in new}
    report.rows.update(_what(row, touched, known) for row in rows)


def _what(row: PastEpisode, touched: set[int], known: set[int]) -> str:
    if row.line not in touched:
        return "unchanged"
    return "added to" if row.line in known else "new"
