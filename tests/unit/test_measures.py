"""What came of the interviews of a month: never one thing for another, each with its moment and reason."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.figures import MEANS, PARTS, Figure
from domain.measures import Counted, Measured, Measures, measure
from domain.spread import BANDS, DELAY_MEANS, SPREADS, Delay
from schemas.words import Stage

BACK = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DUE = BACK + timedelta(hours=72)
MARCH, APRIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 10, tzinfo=UTC)
AMARA, BILAL = UUID(int=1001), UUID(int=1002)
HOUR = timedelta(hours=1)


def one(number: int = 1, stage: Stage = Stage.DUE, child_id: UUID = AMARA, **facts: Any) -> Measured:
    told: dict[str, Any] = {"clock_started_at": BACK, "due_at": DUE, "provisional_due": False}
    return Measured(UUID(int=number), child_id, stage, **(told | facts))


def held(number: int = 1, at: datetime = DUE, stage: Stage = Stage.HELD, **facts: Any) -> Measured:
    asked: dict[str, Any] = {
        "attempts": 1,
        "attempted_at": BACK + HOUR,
        "offered_at": BACK + HOUR,
        "accepted": True,
    }
    return one(number, stage, **(asked | {"held_at": at} | facts))


def of(*rows: Measured, as_of: datetime = NOW) -> Measures:
    return measure(rows, MARCH, APRIL, as_of)


def counting(measures: Measures, number: int = 1) -> set[Figure]:
    return {name for name, each in measures.figures.items() if UUID(int=number) in {c.id for c in each}}


ALWAYS = {Figure.KNOWN, Figure.INTERVIEWS, Figure.MISSING_ONCE}
F = Figure


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        (one(), {F.NEVER_ASKED, F.OVERDUE}),
        (
            one(stage=Stage.ALLOCATED, attempts=2, attempted_at=BACK),
            {F.ATTEMPTED, F.NOBODY_REACHED, F.OVERDUE},
        ),
        (
            one(stage=Stage.OFFERED, attempts=1, offered_at=BACK),
            {F.ATTEMPTED, F.OFFERED, F.UNDECIDED, F.OVERDUE},
        ),
        (one(stage=Stage.DECLINED, declined_at=BACK), {F.DECLINED, F.DECLINED_UNASKED}),
        (
            one(stage=Stage.DECLINED, attempts=1, offered_at=BACK, accepted=False, declined_at=BACK),
            {F.ATTEMPTED, F.OFFERED, F.OFFER_DECLINED, F.DECLINED},
        ),
        (one(stage=Stage.NOT_POSSIBLE), {F.NOT_POSSIBLE, F.NOT_POSSIBLE_UNASKED}),
        (
            one(stage=Stage.NOT_POSSIBLE, attempts=3, attempted_at=BACK),
            {F.ATTEMPTED, F.NOBODY_REACHED, F.NOT_POSSIBLE},
        ),
    ],
)
def test_what_was_asked_and_answered_is_never_taken_for_another(row: Measured, figures: set[Figure]) -> None:
    assert counting(of(row)) == ALWAYS | figures


ASKED = {F.ATTEMPTED, F.OFFERED, F.ACCEPTED}
TALKED = {F.COVERED, F.OWN_CONVERSATION, F.HELD}


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        (held(at=DUE), {F.IN_TIME, F.RECORD_AWAITED}),
        (held(at=DUE + timedelta(seconds=1)), {F.LATE, F.RECORD_AWAITED}),
        (held(sent_back_at=NOW), {F.IN_TIME, F.SENT_BACK}),
        (held(stage=Stage.SUBMITTED, submitted_at=NOW), {F.IN_TIME, F.SUBMITTED, F.WITH_MANAGER}),
        (
            held(stage=Stage.APPROVED, submitted_at=NOW, approved_at=NOW, sent_back_at=BACK),
            {F.IN_TIME, F.SUBMITTED, F.APPROVED},
        ),
        (held(provisional_due=True), {F.PROVISIONAL, F.PROVISIONAL_COVERED, F.RECORD_AWAITED}),
    ],
)
def test_a_conversation_is_judged_by_its_deadline_and_its_record_by_itself(
    row: Measured, figures: set[Figure]
) -> None:
    assert counting(of(row)) == ALWAYS | ASKED | TALKED | figures


def test_who_is_not_held_yet_waits_until_the_deadline_and_is_overdue_after_it() -> None:
    assert F.WAITING in counting(of(one(), as_of=DUE))
    assert F.OVERDUE in counting(of(one(), as_of=DUE + timedelta(seconds=1)))


def test_a_clock_that_no_return_confirms_is_neither_in_time_nor_late() -> None:
    assert counting(of(one(provisional_due=True))) == ALWAYS | {
        F.NEVER_ASKED,
        F.PROVISIONAL,
        F.PROVISIONAL_OPEN,
    }


def test_what_is_voided_is_known_with_its_reason_and_counted_nowhere_else() -> None:
    found = of(held(stage=Stage.VOIDED, voided_reason="cancelled"))
    assert counting(found) == {F.KNOWN, F.VOIDED}
    assert found.figures[F.VOIDED] == (Counted(UUID(int=1), DUE, "cancelled"),)


def test_one_conversation_for_three_episodes_is_three_covered_and_one_held() -> None:
    first = UUID(int=1)
    found = of(held(1), held(2, covered_by=first), held(3, covered_by=first))
    assert (found.count(F.COVERED), found.count(F.HELD)) == (3, 1)
    assert (found.count(F.OWN_CONVERSATION), found.count(F.SHARED_CONVERSATION)) == (1, 2)


def test_a_conversation_counts_by_the_interview_that_has_it_though_that_is_due_in_another_month() -> None:
    found = of(held(2, covered_by=UUID(int=1)), held(1, due_at=APRIL))
    assert found.figures[F.HELD] == (Counted(UUID(int=1), DUE),)
    assert found.count(F.COVERED) == 1


def test_a_child_with_two_interviews_is_missing_again() -> None:
    found = of(one(1), one(2), one(3, child_id=BILAL), one(4, Stage.VOIDED, child_id=BILAL))
    assert (found.count(F.MISSING_AGAIN), found.count(F.MISSING_ONCE)) == (2, 1)


def test_a_figure_tells_the_moment_for_which_it_counts_and_the_reason() -> None:
    row = one(stage=Stage.DECLINED, declined_at=BACK + HOUR, closed_reason="Has talked enough")
    assert of(row).figures[F.DECLINED] == (Counted(UUID(int=1), BACK + HOUR, "Has talked enough"),)
    assert of(row).figures[F.INTERVIEWS] == (Counted(UUID(int=1), DUE),)


def test_the_period_holds_its_first_moment_and_not_its_last() -> None:
    assert of(one(1, due_at=MARCH), one(2, due_at=APRIL)).figures[F.KNOWN] == (Counted(UUID(int=1), MARCH),)


def test_a_share_says_of_what_it_is() -> None:
    found = of(held(1), held(2, DUE + HOUR), one(3), one(4, Stage.DECLINED), one(5, provisional_due=True))
    shares = {each.name: (each.counts, each.of) for each in found.shares()}
    assert shares["in_time_of_due"] == (1, 4)
    assert shares["in_time_of_conversations"] == (1, 2)
    assert shares["offered"] == (2, 5)


def test_a_share_of_nothing_is_none() -> None:
    assert [each.share for each in of().shares()] == [None] * 5
    assert of(held()).shares()[0].share == 1.0


def test_delays_are_spread_in_bands_with_their_median() -> None:
    found = of(held(1, BACK + 24 * HOUR), held(2, BACK + 25 * HOUR), held(3, BACK + 200 * HOUR))
    spread = found.delays[Delay.RETURN_TO_HELD]
    assert (spread.count, spread.median_hours, spread.longest_hours) == (3, 25.0, 200.0)
    assert spread.bands == (1, 1, 0, 0, 0, 1)


def test_from_a_return_that_is_not_confirmed_no_hours_are_counted() -> None:
    found = of(held(provisional_due=True, submitted_at=DUE + 2 * HOUR, stage=Stage.SUBMITTED))
    assert found.delays[Delay.RETURN_TO_HELD].count == 0
    assert found.delays[Delay.RETURN_TO_HELD].median_hours is None
    assert found.delays[Delay.HELD_TO_SUBMITTED].median_hours == 2.0


def test_every_step_is_measured_between_its_two_moments() -> None:
    row = held(
        stage=Stage.APPROVED,
        allocated_at=BACK + 2 * HOUR,
        offered_at=BACK + 3 * HOUR,
        submitted_at=DUE + 5 * HOUR,
        approved_at=DUE + 12 * HOUR,
    )
    assert [each.median_hours for each in of(row).delays.values()] == [2.0, 3.0, 72.0, 5.0, 7.0]


def test_everything_that_is_counted_is_explained() -> None:
    assert set(MEANS) == set(Figure)
    assert set(DELAY_MEANS) == set(SPREADS) == set(Delay)
    assert len({part for parts in PARTS.values() for part in parts}) == sum(map(len, PARTS.values()))
    assert list(BANDS) == sorted(BANDS)


def test_every_figure_and_every_delay_stands_in_the_reference_as_it_is_told() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/measures.md").read_text(encoding="utf-8")
    assert [figure for figure in Figure if f"| `{figure}` | {MEANS[figure]} |" not in page] == []
    assert [delay for delay in Delay if f"| `{delay}` | " not in page] == []
