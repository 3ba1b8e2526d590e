"""Whatever people did: each question has one answer per interview, and its figures add up to the whole."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.figures import PARTS, Figure
from domain.lifecycle import BY_PERSON, Covered, Deed, Progress
from domain.measures import Measured, Measures, measure
from schemas.words import Stage
from tests.property.test_lifecycle import DEEDS, walk

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
FROM, UNTIL = NOW - timedelta(days=5), NOW + timedelta(days=5)


def measured(number: int, progress: Progress, due_in_hours: int, provisional: bool) -> Measured:
    due_at = NOW + timedelta(hours=due_in_hours)
    return Measured(
        id=UUID(int=number),
        child_id=UUID(int=1000 + number % 3),
        stage=progress.stage,
        clock_started_at=due_at - timedelta(hours=72),
        due_at=due_at,
        provisional_due=provisional,
        voided_reason=BY_PERSON if progress.stage is Stage.VOIDED else None,
        **{
            name: getattr(progress, name)
            for name in (
                "allocated_at", "attempts", "attempted_at", "offered_at", "accepted", "held_at",
                "submitted_at", "sent_back_at", "approved_at", "declined_at", "closed_reason", "covered_by",
            )
        },
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> list[Measured]:
    """Return interviews on which people did what they may, some of them covered by another's conversation."""
    given_to = st.tuples(st.lists(DEEDS, max_size=12), st.integers(-150, 150), st.booleans(), st.booleans())
    first: Progress | None = None
    found = []
    for number, (deeds, due, provisional, covered) in enumerate(draw(st.lists(given_to, max_size=6))):
        cover: list[Deed] = [Covered(UUID(int=0), first)] if first and covered else []
        progress, _ = walk([*cover, *deeds])
        first = first or progress
        found.append(measured(number, progress, due, provisional))
    return found


def of(rows: list[Measured]) -> Measures:
    return measure(rows, FROM, UNTIL, NOW)


def ids(measures: Measures, figure: Figure) -> list[UUID]:
    return [each.id for each in measures.figures[figure]]


@given(cases())
def test_the_figures_of_a_question_are_exclusive_and_add_up_to_the_whole(rows: list[Measured]) -> None:
    found = of(rows)
    for (whole, _), parts in PARTS.items():
        counted = Counter(id_ for part in parts for id_ in ids(found, part))
        assert counted == Counter(ids(found, whole))


@given(cases())
def test_no_figure_counts_an_interview_twice(rows: list[Measured]) -> None:
    found = of(rows)
    assert all(len(set(ids(found, figure))) == found.count(figure) for figure in Figure)


@given(cases())
def test_every_interview_of_the_period_is_known_and_no_other(rows: list[Measured]) -> None:
    assert set(ids(of(rows), Figure.KNOWN)) == {row.id for row in rows if FROM <= row.due_at < UNTIL}


@given(cases())
def test_there_are_never_more_conversations_than_interviews_covered(rows: list[Measured]) -> None:
    found = of(rows)
    assert found.count(Figure.HELD) <= found.count(Figure.COVERED)
    assert (found.count(Figure.HELD) == 0) == (found.count(Figure.COVERED) == 0)


@given(cases())
def test_the_order_in_which_interviews_come_does_not_matter(rows: list[Measured]) -> None:
    assert of(rows) == of(rows[::-1])
