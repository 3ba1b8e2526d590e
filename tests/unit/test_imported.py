"""What a former system knew of an interview: what comes of it here, and that nobody's deed is lost to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.figures import Figure
from domain.imported import NO_REASON, NOT_KNOWN, NOTHING, Imported, Past, imported
from domain.lifecycle import NOT_YET, NotAllowed, Progress, after, progress_of
from domain.measures import Measured, measure
from schemas.commands import Allocate, Offer
from schemas.record import Contact
from schemas.words import Stage

RETURNED = datetime(2025, 11, 4, 2, tzinfo=UTC)
DUE = RETURNED + timedelta(hours=72)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFERED = Past(attempted_at=RETURNED + 14 * HOUR, offered_at=RETURNED + 14 * HOUR)
HELD = replace(OFFERED, accepted=True, held_at=RETURNED + 32 * HOUR)


def comes(past: Past, as_of: datetime, *, provisional: bool = False) -> Imported | None:
    return imported(past, DUE, provisional=provisional, as_of=as_of, owed_for=14 * DAY)


@pytest.mark.parametrize(
    ("past", "after_due", "stage", "reason"),
    [
        (HELD, 400 * DAY, Stage.APPROVED, None),
        (HELD, -HOUR, Stage.APPROVED, None),
        (Past(closed_as=Stage.DECLINED), DAY, Stage.DECLINED, NO_REASON),
        (Past(closed_as=Stage.NOT_POSSIBLE, reason="Moved"), DAY, Stage.NOT_POSSIBLE, "Moved"),
        (replace(OFFERED, accepted=False), DAY, Stage.DECLINED, NO_REASON),
        (replace(OFFERED, accepted=False), -HOUR, Stage.DUE, None),
        (OFFERED, DAY, Stage.DUE, None),
        (OFFERED, 15 * DAY, Stage.NOT_POSSIBLE, NOT_KNOWN),
        (NOTHING, 15 * DAY, Stage.NOT_POSSIBLE, NOT_KNOWN),
    ],
)
def test_what_ended_there_has_ended_and_what_is_owed_runs_on(
    past: Past, after_due: timedelta, stage: Stage, reason: str | None
) -> None:
    deed = comes(past, DUE + after_due)
    assert deed is not None
    assert (deed.stage, deed.reason) == (stage, reason)


def test_of_what_nothing_is_known_nothing_is_done_while_it_is_owed() -> None:
    assert comes(NOTHING, DUE + DAY) is None
    assert comes(NOTHING, DUE + 400 * DAY, provisional=True) is None


def test_an_interview_is_imported_with_its_own_times_and_without_a_record() -> None:
    deed = comes(HELD, DUE)
    assert deed is not None
    got = after(NOT_YET, deed, DUE + 400 * DAY)
    assert (got.stage, got.held_at, got.attempts) == (Stage.APPROVED, HELD.held_at, 1)
    assert (got.submitted_at, got.approved_at, got.record_no) == (None, None, None)


@pytest.mark.parametrize(
    ("past", "was_accepted"),
    [
        (replace(HELD, accepted=None), True),
        (Past(closed_as=Stage.DECLINED), False),
        (Past(closed_as=Stage.NOT_POSSIBLE), None),
    ],
)
def test_an_answer_that_nobody_told_follows_from_the_end_and_is_not_kept_as_told(
    past: Past, was_accepted: bool | None
) -> None:
    deed = comes(past, DUE)
    assert deed is not None
    assert (deed.accepted, after(NOT_YET, deed, DUE).accepted) == (None, was_accepted)


def test_what_was_tried_before_counts_when_it_is_offered_again_here() -> None:
    still_due = Imported(Stage.DUE, attempted_at=OFFERED.attempted_at, offered_at=OFFERED.offered_at)
    offer = Offer(by="W-1", at=DUE, how=Contact.VISIT, answer="accepted")
    got = progress_of([(still_due, DUE), (Allocate(by="M-1", interviewer="W-1"), DUE), (offer, DUE)])
    assert (got.attempts, got.offered_at) == (2, OFFERED.offered_at)


@pytest.mark.parametrize(
    "progress", [replace(NOT_YET, stage=Stage.ALLOCATED), replace(NOT_YET, covered_by=UUID(int=1))]
)
def test_nothing_is_imported_over_what_was_done_here(progress: Progress) -> None:
    with pytest.raises(NotAllowed, match="cannot be imported"):
        after(progress, Imported(Stage.DECLINED), DUE)


def test_an_interview_cannot_be_imported_half_done() -> None:
    with pytest.raises(ValueError, match="cannot be imported as held"):
        Imported(Stage.HELD)


def test_its_record_is_counted_as_being_elsewhere() -> None:
    row = Measured(
        UUID(int=1), UUID(int=2), Stage.APPROVED, RETURNED, DUE, provisional_due=False, held_at=HELD.held_at
    )
    found = measure([row], RETURNED, DUE + DAY, DUE + DAY)
    assert found.count(Figure.IN_TIME) == found.count(Figure.RECORD_ELSEWHERE) == 1
    assert {each.name: each.of for each in found.shares()}["approved"] == 0
