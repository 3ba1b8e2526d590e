"""What a former system knew of interviews, brought to those that the past episodes gave here."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.apply import entry_of
from casework.deeds import body_of, name_of
from casework.history_conflicts import key_of
from casework.history_messages import message_id
from casework.history_rows import PastEpisode
from casework.index_rows import RowProblem
from casework.keeping import after
from casework.moves import event_of
from domain.imported import NOT_KNOWN, Imported, imported
from domain.lifecycle import PLAIN
from schemas.notification import staff_source
from schemas.reading import digest
from schemas.staff import StaffMember
from schemas.words import EpisodeStatus, Kind, Stage
from store import conduct, ledger, outbox, staff
from store import imported as stored
from store.conduct import Conducted, Given
from store.database import Transaction
from store.imported import Standing


class Outcome(StrEnum):
    """What came of a row's interview."""

    HELD = "held"
    DECLINED = "declined"
    NOT_POSSIBLE = "not possible"
    NOT_KNOWN = "not known to the former system"
    TO_DO = "still to be done"


_ENDS: Final[Mapping[Stage, Outcome]] = {
    Stage.APPROVED: Outcome.HELD,
    Stage.DECLINED: Outcome.DECLINED,
    Stage.NOT_POSSIBLE: Outcome.NOT_POSSIBLE,
    Stage.DUE: Outcome.TO_DO,
}


@dataclass(slots=True)
class Brought:
    """What was done: outcomes, the lines of the rows that did something, and what to know of others."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    lines: set[int] = field(default_factory=set)
    notes: list[RowProblem] = field(default_factory=list)

    def note(self, row: PastEpisode, message: str, about: str | None = None) -> None:
        """Note something of a row's child, or of what it is `about`: the same of that is told once."""
        self.notes.append(RowProblem(row.line, row.child_key if about is None else about, message))


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of a part meet: where their messages are, interviews, keys given before, staff."""

    places: Mapping[int, Standing]
    interviews: Mapping[UUID, Conducted]
    known: frozenset[str]
    staff: Mapping[str, str]

    def interview_of(self, row: PastEpisode) -> Conducted | None:
        place = self.places.get(row.line)
        return self.interviews.get(place.interview_id) if place and place.interview_id else None

    def interviewer(self, name: str | None) -> str | None:
        """Return who that is by the directory, where a number or a name is somebody's alone."""
        return self.staff.get((name or "").casefold())


@dataclass(frozen=True, slots=True)
class _Deed:
    row: PastEpisode
    found: Conducted
    deed: Imported


async def bring_along(
    tx: Transaction, rows: Sequence[PastEpisode], changed: Collection[int], owed_for: timedelta, now: datetime
) -> Brought:
    """Import what the rows say of interviews; `changed` are lines of which something was new just now.

    `tx` holds the authority's lock, and the rows' messages were applied in it at this moment: an interview
    that ended long ago never waits for anybody, not even for an instant.
    """
    around = await _around(tx, rows)
    brought, deeds = Brought(), dict[UUID, _Deed]()
    for row in rows:
        found = around.interview_of(row)
        if row.line in changed:
            _say_who(brought, row, around.places.get(row.line))
        if found is None:
            _say_none(brought, row, around.places.get(row.line), is_new=row.line in changed)
        elif key_of(row) not in around.known and (row.line in changed or row.tells_of_interview):
            if why := _why_not(found, deeds.get(found.interview.id)):
                brought.note(row, why)
            elif deed := _deed(brought, row, found, around, owed_for, now=now):
                deeds[found.interview.id] = deed
    await _keep(tx, list(deeds.values()), now)
    brought.lines |= {each.row.line for each in deeds.values()}
    return brought


async def _around(tx: Transaction, rows: Sequence[PastEpisode]) -> _Around:
    lines = {message_id(row, Kind.REPORTED): row.line for row in rows}
    places = await stored.standing(tx, staff_source(tx.authority), list(lines))
    ids = [one.interview_id for one in places if one.interview_id]
    return _Around(
        {lines[one.message_id]: one for one in places},
        await conduct.several(tx, ids),
        frozenset(each.key for each in await stored.before(tx, [row.id for row in rows])),
        _by_name(await staff.all_of(tx)),
    )


def _by_name(people: Sequence[StaffMember]) -> dict[str, str]:
    names = Counter(each.name.casefold() for each in people)
    found = {each.name.casefold(): each.id for each in people if names[each.name.casefold()] == 1}
    return found | {each.id.casefold(): each.id for each in people}


def _say_who(brought: Brought, row: PastEpisode, place: Standing | None) -> None:
    if place is None:
        brought.note(row, "could not be applied: look at the dead letters")
    elif place.provisional:
        brought.note(row, "the child is not known: a screener is asked who it is")
    elif not place.indexed:
        brought.note(row, "the child is not in the index: import that first, with homeward children import")


def _say_none(brought: Brought, row: PastEpisode, place: Standing | None, *, is_new: bool) -> None:
    """Say so where an episode has no interview: it is open, or somebody took it off the list."""
    if place is None or not (is_new or row.tells_of_interview):
        return
    if place.episode_status == EpisodeStatus.OPEN:
        brought.note(row, "the child is still missing by this row: fill returned_at if that is past")
    else:
        brought.note(row, "there is no interview here to which it belongs: it was taken off the list")


def _why_not(found: Conducted, other: _Deed | None) -> str | None:
    """Return why nothing is imported of an interview: what was done here counts."""
    if other is not None:
        return f"is one absence with line {other.row.line}: only the interview of that line counts"
    if found.interview.stage is not Stage.DUE or found.progress.covered_by:
        return f"its interview is {PLAIN[found.interview.stage]} here: that stays as it is"
    return None


def _deed(
    brought: Brought,
    row: PastEpisode,
    found: Conducted,
    around: _Around,
    owed_for: timedelta,
    *,
    now: datetime,
) -> _Deed | None:
    interview, past = found.interview, row.interview
    deed = imported(
        past, interview.due_at, provisional=interview.provisional_due, as_of=now, owed_for=owed_for
    )
    outcome = (
        Outcome.NOT_KNOWN if deed and deed.reason == NOT_KNOWN else _ENDS[deed.stage if deed else Stage.DUE]
    )
    brought.outcomes[outcome] += 1
    if outcome is Outcome.TO_DO:
        late = "overdue since" if interview.due_at <= now else "due by"
        brought.note(row, f"its interview is still to be done, {late} {interview.due_at:%Y-%m-%dT%H:%MZ}")
    if deed is None:
        return None
    interviewer = around.interviewer(deed.held_by) if deed.held_at else None
    if deed.held_at and deed.held_by and interviewer is None:
        why = "is nobody in the directory: kept as written, and nobody is preferred for having held it"
        brought.note(row, f"held_by: {deed.held_by} {why}", about=deed.held_by)
    return _Deed(row, found, replace(deed, interviewer=interviewer))


async def _keep(tx: Transaction, deeds: Sequence[_Deed], now: datetime) -> None:
    """Write all of them down at once: each as one command, one line of the ledger and one event."""
    numbers = await stored.last_numbers(tx, [each.found.interview.id for each in deeds])
    kept = [
        (
            after(each.found, each.deed, now),
            _given(tx, each, numbers.get(each.found.interview.id, 0) + 1, now),
        )
        for each in deeds
    ]
    await stored.keep(tx, kept, now)
    events = [
        event_of(tx.authority, after_it, each.deed, given)
        for each, (after_it, given) in zip(deeds, kept, strict=True)
    ]
    await ledger.write(tx, [entry_of(event) for event in events], now)
    await outbox.add(tx, events, now)


def _given(tx: Transaction, each: _Deed, no: int, now: datetime) -> Given:
    name, body = name_of(each.deed), body_of(each.deed)
    return Given(
        interview_id=each.found.interview.id,
        no=no,
        key=key_of(each.row),
        name=name,
        body=body,
        digest=digest({"name": name, "body": body}),
        by=tx.person,
        actor=tx.person,
        at=now,
        answer={"version": each.found.version + 1, "status": each.deed.stage.value},
    )
