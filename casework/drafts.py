"""The interview record while it is written: section by section, and nothing that was typed is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from casework.covering import on_its_own
from casework.refusals import Conflict, NotAllowed, Unknown
from domain.lifecycle import PLAIN
from schemas.commands import Approve
from schemas.reading import Problem, Unreadable, digest, read_as, shown
from schemas.record import SECTIONS, Decision, InterviewRecord
from schemas.words import Stage
from store import conduct, drafts, ledger, staff
from store.conduct import Conducted
from store.database import Store, Transaction
from store.drafts import Draft

WRITTEN_AT: Final = frozenset({Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED, Stage.HELD})
"""While it is prepared, and until it is submitted."""
BY_PRODUCT: Final = "decision"
"""The manager's section, which comes with `approve`."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: some sections, on top of draft number `based_on` (0: of none)."""

    sections: Mapping[str, Any]
    based_on: int
    by: str
    key: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is kept now. With `problems` the record is as it was before; `latest` is its number.

    `stale`: nothing is wrong with it but that somebody else changed the same meanwhile.
    """

    no: int
    latest: int
    problems: tuple[Problem, ...]
    record: InterviewRecord
    stale: bool


async def save(
    store: Store, authority: str, interview_id: UUID, typed: Typed, *, person: str, now: datetime
) -> Saved:
    """Keep what was typed, and make it the record where it can be read and nobody else changed the same.

    Whatever came is kept as a draft of its own, also what cannot be taken over.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
        Conflict: the key was used for something else.
    """
    async with store.transaction(authority, person, exclusive=True) as tx:
        found = await conduct.find(tx, interview_id)
        if found is None:
            raise Unknown("there is no such interview, or it may not be seen")
        latest = await drafts.latest(tx, interview_id)
        if draft := await drafts.with_key(tx, typed.key):
            return _again(draft, interview_id, typed, latest)
        found, late = await _writable(tx, found, typed, now)
        latest = await drafts.latest(tx, interview_id)
        wrong = [*await _of_sender(tx, typed), *_of_sections(typed), *await _of_base(tx, found, typed)]
        stale = late or ([] if wrong else await _of_others(tx, typed, latest))
        merged = None if wrong or stale else _merged(typed, latest)
        problems = [*map(asdict, wrong), *({**asdict(each), "stale": True} for each in stale)]
        draft = _draft(found, typed, await drafts.last_no(tx, interview_id) + 1, person, now)
        draft = replace(draft, problems=problems, record=merged)
        await _keep(tx, found, draft)
    return _saved(draft, latest)


async def submitted(tx: Transaction, found: Conducted) -> InterviewRecord:
    """Return the record that was submitted of an interview, also of one held in another's conversation."""
    holder = found.progress.covered_by or found.interview.id
    assert found.progress.record_no is not None
    draft = await drafts.find(tx, holder, found.progress.record_no)
    assert draft is not None
    return record_of(draft)


async def as_it_stands(tx: Transaction, found: Conducted) -> tuple[int, InterviewRecord]:
    """Return the record and its draft's number, 0 for none; once approved, with the manager's decision."""
    latest = await drafts.latest(tx, found.progress.covered_by or found.interview.id)
    record = record_of(latest)
    if found.progress.approved_at is not None:
        given = [each for each in await conduct.given_to(tx, found.interview.id) if each.name == Approve.name]
        told = Decision(decision=given[-1].body["decision"], by=given[-1].by, decided_at=given[-1].at)
        record = record.model_copy(update={BY_PRODUCT: told})
    return (latest.no if latest else 0), record


def record_of(draft: Draft | None) -> InterviewRecord:
    """Return the record of a draft; an empty one of none."""
    return InterviewRecord.model_validate(draft.record) if draft and draft.record else InterviewRecord()


async def _writable(
    tx: Transaction, found: Conducted, typed: Typed, now: datetime
) -> tuple[Conducted, list[Problem]]:
    """Return the interview, and why its record cannot be written at this stage, if so."""
    try:
        found = await on_its_own(tx, found, typed.key, typed.by, now)
    except NotAllowed as error:
        return found, [Problem("", str(error))]
    if found.interview.stage in WRITTEN_AT:
        return found, []
    plain = PLAIN[found.interview.stage]
    return found, [Problem("", f"the record cannot be written, since the interview is {plain}")]


async def _of_base(tx: Transaction, found: Conducted, typed: Typed) -> list[Problem]:
    if typed.based_on <= await drafts.last_no(tx, found.interview.id):
        return []
    return [Problem("based_on", f"there is no draft {typed.based_on}: give the number that you saw, or 0")]


async def _of_sender(tx: Transaction, typed: Typed) -> list[Problem]:
    known = await staff.found(tx, [typed.by])
    mend = "correct it, or import the directory with homeward interviewers import"
    return [] if known else [Problem("by", f"{typed.by} is not in the directory of staff: {mend}")]


def _of_sections(typed: Typed) -> Iterator[Problem]:
    """Yield what cannot be read, section by section."""
    for name, value in typed.sections.items():
        if name not in SECTIONS:
            yield Problem(shown(name)[:100], f"is no section: use {', '.join(SECTIONS)}")
        elif name == BY_PRODUCT:
            yield Problem(name, "is written when a manager approves: leave it out")
        else:
            try:
                read_as(InterviewRecord, {name: value})
            except Unreadable as error:
                yield from error.problems


async def _of_others(tx: Transaction, typed: Typed, latest: Draft | None) -> list[Problem]:
    """Return the sections that somebody else changed since the draft on which this was typed."""
    if latest is None:
        return []
    seen = await _seen(tx, latest.interview_id, typed.based_on)
    before, after = _as_json(seen), _as_json(latest)
    return [
        Problem(name, f"was changed by {latest.by} since draft {typed.based_on}: look at draft {latest.no}")
        for name, value in typed.sections.items()
        if before.get(name) != after.get(name) and value != after.get(name)
    ]


async def _seen(tx: Transaction, interview_id: UUID, no: int) -> Draft | None:
    """Return the record on which somebody typed: below a draft that was not taken over, the one before it."""
    draft = await drafts.find(tx, interview_id, no) if no else None
    while draft is not None and draft.record is None:
        no = draft.based_on
        draft = await drafts.find(tx, interview_id, no) if no else None
    return draft


def _as_json(draft: Draft | None) -> dict[str, Any]:
    return record_of(draft).model_dump(mode="json")


def _merged(typed: Typed, latest: Draft | None) -> dict[str, Any]:
    before = _as_json(latest)
    return read_as(InterviewRecord, before | dict(typed.sections)).model_dump(mode="json")


def _draft(found: Conducted, typed: Typed, no: int, actor: str, now: datetime) -> Draft:
    return Draft(
        interview_id=found.interview.id,
        no=no,
        key=typed.key,
        based_on=typed.based_on,
        by=typed.by,
        actor=actor,
        saved_at=now,
        sent=typed.sections,
        problems=(),
        record=None,
    )


async def _keep(tx: Transaction, found: Conducted, draft: Draft) -> None:
    if not await drafts.add(tx, draft):
        raise Conflict(f"the key {draft.key} was used for something else: send this with a new key")
    told = {
        "draft": draft.no,
        "by": draft.by,
        "digest": digest(draft.record).hex(),
        "problems": len(draft.problems),
    }
    entry = ledger.Entry("record.saved", f"record/{draft.interview_id}", told, found.interview.child_id)
    await ledger.write(tx, [entry], draft.saved_at)


def _saved(draft: Draft, before: Draft | None) -> Saved:
    problems = tuple(Problem(each["field"], each["message"]) for each in draft.problems)
    latest = before if problems or (before and before.no > draft.no) else draft
    stale = any("stale" in each for each in draft.problems)
    return Saved(draft.no, latest.no if latest else 0, problems, record_of(latest), stale)


def _again(draft: Draft, interview_id: UUID, typed: Typed, latest: Draft | None) -> Saved:
    if (draft.interview_id, digest(draft.sent)) != (interview_id, digest(typed.sections)):
        raise Conflict(f"the key {draft.key} was used for something else: send this with a new key")
    return _saved(draft, latest)
