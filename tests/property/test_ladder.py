"""However often, whenever and by however many it is asked: the steps are those of one run at the end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.ladder.due import Subject, due_steps
from domain.ladder.standing import (
    EpisodeAt,
    InterviewAt,
    carried,
    standing_of_episodes,
    standing_of_interview,
)
from schemas.ladder_policy import LadderPolicy
from schemas.words import EpisodeStatus, Stage

POLICY = LadderPolicy()
START = datetime(2026, 3, 20, 12, tzinfo=UTC)
END = START + timedelta(days=40)
HOURS = st.integers(0, 40 * 24).map(lambda hours: START + timedelta(hours=hours))
Key = tuple[UUID, str, datetime]


@st.composite
def interviews(draw: st.DrawFn) -> list[InterviewAt]:
    """Any values in any order of stages: what people and forces may ever tell, and worse."""
    sinces = sorted(draw(st.lists(HOURS, min_size=1, max_size=8)))
    return [
        InterviewAt(
            since,
            draw(st.sampled_from(Stage)),
            draw(HOURS),
            draw(st.none() | HOURS),
            draw(st.none() | HOURS),
        )
        for since in sinces
    ]


@st.composite
def children(draw: st.DrawFn) -> dict[UUID, list[EpisodeAt]]:
    told: dict[UUID, list[EpisodeAt]] = {}
    for number in range(draw(st.integers(1, 5))):
        sinces = sorted(draw(st.lists(HOURS, min_size=1, max_size=4)))
        told[UUID(int=number)] = [
            EpisodeAt(
                since,
                draw(st.none() | st.sampled_from(EpisodeStatus)),
                draw(st.none() | HOURS),
                draw(st.none() | HOURS),
                draw(st.none() | HOURS),
            )
            for since in sinces
        ]
    return told


def of_interview(values: Sequence[InterviewAt], as_of: datetime) -> set[Key]:
    """Return the steps that a run at `as_of` finds: it sees what was told by then, and nothing later."""
    seen = [value for value in values if value.since <= as_of]
    subject = Subject(UUID(int=1), UUID(int=2), standing_of_interview(carried(seen)))
    return {(subject.id, one.step.id, one.due_at) for one in due_steps(subject, POLICY, as_of)}


def of_child(told: dict[UUID, list[EpisodeAt]], as_of: datetime) -> set[Key]:
    seen = {id_: [value for value in values if value.since <= as_of] for id_, values in told.items()}
    return {
        (id_, one.step.id, one.due_at)
        for id_, history in standing_of_episodes(seen, POLICY).items()
        for one in due_steps(Subject(id_, UUID(int=2), history), POLICY, as_of)
    }


@given(interviews(), st.lists(HOURS, max_size=6))
def test_any_runs_at_any_instants_raise_what_one_run_at_the_end_raises(
    values: list[InterviewAt], runs: list[datetime]
) -> None:
    raised = set[Key]().union(*(of_interview(values, as_of) for as_of in [*runs, END]))
    assert raised == of_interview(values, END)


@given(children(), st.lists(HOURS, max_size=6))
def test_and_so_it_is_with_episodes(told: dict[UUID, list[EpisodeAt]], runs: list[datetime]) -> None:
    raised = set[Key]().union(*(of_child(told, as_of) for as_of in [*runs, END]))
    assert raised == of_child(told, END)


@given(interviews(), HOURS)
def test_no_step_is_due_before_its_instant(values: list[InterviewAt], as_of: datetime) -> None:
    assert all(due_at <= as_of for _, _, due_at in of_interview(values, as_of))


@given(HOURS, st.integers(1, 30 * 24))
def test_an_interview_that_nobody_ever_touches_is_chased_at_every_step_that_comes(
    due_at: datetime, hours: int
) -> None:
    told_at = due_at - timedelta(hours=72)
    as_of = due_at + timedelta(hours=hours)
    raised = of_interview([InterviewAt(told_at, Stage.DUE, due_at)], as_of)
    expected = sum(after <= hours for after in (-48, -24, 0, 24, 72, *(240 + 168 * n for n in range(4))))
    assert len(raised) == expected
