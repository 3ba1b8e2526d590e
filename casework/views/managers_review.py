"""A record that was handed in, with what the gate says of it and the child's other records beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import drafts
from casework.refusals import Unknown
from schemas.commands import SendBack
from schemas.record import InterviewRecord
from store import conduct, staff
from store.conduct import Conducted, Given
from store.database import Transaction
from store.views import managers_board, managers_records
from store.views.managers_board import Waiting
from store.views.managers_records import HandedIn

__all__ = ["HandedIn", "Judged", "Review", "review"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding of the gate, and why the interviewer says that it does not hold.

    `copied_from` is another interview whose record may be seen; `of_child`: it is of the same child.
    """

    place: str
    words: str
    blocks: bool
    asks: str
    mend: str
    answer: str | None
    copied_from: UUID | None
    of_child: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What a manager reads before they decide. `findings` are by section; `others` the latest first."""

    found: Conducted
    about: Waiting
    record: InterviewRecord
    findings: Mapping[str, Sequence[Judged]]
    examined_at: datetime | None
    others: Sequence[HandedIn]
    sent_back: Sequence[Given]
    interviewer: str | None


async def review(tx: Transaction, interview_id: UUID) -> Review:
    """Return a record for its review.

    Raises:
        Unknown: there is no such interview, it may not be seen, or nothing was written of it.
    """
    found = await conduct.find(tx, interview_id)
    about = (await managers_board.waiting(tx, [interview_id])).get(interview_id)
    if found is None or about is None:
        raise Unknown("there is no such interview, or it may not be seen")
    others = await managers_records.others(tx, found.interview.child_id, _own(found))
    given = await conduct.given_to(tx, interview_id)
    interviewer = found.progress.interviewer
    people = await staff.found(tx, [interviewer] if interviewer else [])
    examined_at = found.quality.get("examined_at")
    return Review(
        found=found,
        about=about,
        record=await _record(tx, found),
        findings=_by_section(found.quality, {each.interview_id for each in others}),
        examined_at=datetime.fromisoformat(examined_at) if examined_at else None,
        others=others,
        sent_back=[each for each in given if each.name == SendBack.name],
        interviewer=people[interviewer].name if interviewer in people else interviewer,
    )


def _own(found: Conducted) -> UUID:
    return found.progress.covered_by or found.interview.id


async def _record(tx: Transaction, found: Conducted) -> InterviewRecord:
    """Return the record as it was handed in; before that, as it stands."""
    if found.progress.record_no is not None:
        return await drafts.submitted(tx, found)
    return (await drafts.as_it_stands(tx, found))[1]


def _by_section(quality: Mapping[str, Any], of_child: set[UUID]) -> dict[str, list[Judged]]:
    answers: Mapping[str, str] = quality.get("answers", {})
    found: dict[str, list[Judged]] = {}
    for each in quality.get("findings", []):
        copied = UUID(each["copied_from"]) if each.get("copied_from") else None
        judged = Judged(
            place=each["place"],
            words=each.get("words") or "",
            blocks=each["blocks"],
            asks=each["asks"],
            mend=each["mend"],
            answer=answers.get(each["id"]),
            copied_from=copied,
            of_child=copied in of_child,
        )
        found.setdefault(each["section"], []).append(judged)
    return {section: sorted(judged, key=lambda one: not one.blocks) for section, judged in found.items()}
