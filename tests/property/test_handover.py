"""Whatever is offered and answered in whatever order: exactly one authority is responsible at any time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.handover import Handover, is_open, responsible, why_not_answered, why_not_offered
from schemas.handover import HandoverAnswer
from schemas.words import Stage

NOTTINGHAM = "E06000018"
HOSTS = ("E06000015", "E08000035", "E10000024")
BEGUN = datetime(2026, 3, 28, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.integers(1, 20),
        st.one_of(st.tuples(st.sampled_from(HOSTS), st.integers(1, 40)), st.sampled_from(HandoverAnswer)),
    ),
    max_size=25,
)
Step = tuple[int, tuple[str, int] | HandoverAnswer]


def played(steps: list[Step]) -> tuple[list[Handover], list[tuple[datetime, str]]]:
    """Do each step that is allowed; return the hand-overs, and who became responsible when."""
    now, kept = BEGUN, list[Handover]()
    since = [(BEGUN, NOTTINGHAM)]
    for hours, step in steps:
        now += timedelta(hours=hours)
        match step:
            case HandoverAnswer():
                if kept and why_not_answered(kept[-1], now) is None and step is not HandoverAnswer.LAPSED:
                    kept[-1] = replace(kept[-1], answer=step, answered_at=now)
                    since += [(now, kept[-1].host)] if step is HandoverAnswer.ACCEPTED else []
            case (host, until):
                if why_not_offered(Stage.DUE, kept, now) is None:
                    id_ = UUID(int=len(kept) + 1)
                    accept_by = now + timedelta(hours=until)
                    kept.append(Handover(id_, NOTTINGHAM, host, UUID(int=0), now, accept_by))
    return kept, since


def moments() -> st.SearchStrategy[datetime]:
    return st.integers(0, 600).map(lambda hours: BEGUN + timedelta(hours=hours))


@given(STEPS, moments())
def test_one_authority_is_responsible_and_it_is_whoever_took_it_on_last(
    steps: list[Step], at: datetime
) -> None:
    kept, since = played(steps)
    assert responsible(kept, NOTTINGHAM, at) == [who for when, who in since if when <= at][-1]


@given(STEPS, moments())
def test_whether_a_lapse_was_noted_and_the_order_of_rows_make_no_difference(
    steps: list[Step], at: datetime
) -> None:
    kept, _ = played(steps)
    noted = [
        each
        if each.answer
        else replace(
            each, answer=HandoverAnswer.LAPSED, answered_at=each.accept_by + timedelta(microseconds=1)
        )
        for each in reversed(kept)
    ]
    assert responsible(noted, NOTTINGHAM, at) == responsible(kept, NOTTINGHAM, at)


@given(STEPS, moments())
def test_at_most_one_offer_can_be_answered_at_a_time(steps: list[Step], at: datetime) -> None:
    kept, _ = played(steps)
    assert sum(each.offered_at <= at and is_open(each, at) for each in kept) <= 1


@given(STEPS)
def test_what_a_host_took_on_is_offered_to_nobody_else(steps: list[Step]) -> None:
    kept, since = played(steps)
    assert len(since) <= 2
    assert len(since) == 1 or kept[-1].answer is HandoverAnswer.ACCEPTED
