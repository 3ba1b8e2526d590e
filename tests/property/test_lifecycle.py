"""Whatever people send in whatever order: the interview is in a lawful state, each moment with its reason."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.lifecycle import MOVES, NOT_YET, Deed, NotAllowed, Progress, after, progress_of
from schemas.words import Stage
from tests.unit import conduct

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
DEEDS = st.sampled_from(
    [value for name, value in vars(conduct).items() if name.isupper() and hasattr(value, "by")]
)


def walk(deeds: list[Deed]) -> tuple[Progress, list[tuple[Deed, datetime]]]:
    """Do each deed that is allowed; return where that leads, and what was done."""
    progress, done = NOT_YET, list[tuple[Deed, datetime]]()
    for number, deed in enumerate(deeds):
        at = NOW + timedelta(hours=number)
        try:
            progress = after(progress, deed, at)
        except NotAllowed:
            continue
        done.append((deed, at))
    return progress, done


@given(st.lists(DEEDS, max_size=30))
def test_every_stage_is_reached_by_moves_of_the_table(deeds: list[Deed]) -> None:
    _, done = walk(deeds)
    progress = NOT_YET
    for deed, at in done:
        then = after(progress, deed, at)
        lawful = {MOVES.get((progress.stage, type(deed))), progress.stage, progress.struck_from}  # type: ignore[arg-type]
        assert then.stage in lawful
        progress = then


@given(st.lists(DEEDS, max_size=30))
def test_the_same_deeds_always_lead_to_the_same_progress(deeds: list[Deed]) -> None:
    progress, done = walk(deeds)
    assert progress_of(done) == progress


@given(st.lists(DEEDS, max_size=30))
def test_a_stage_has_the_moments_that_it_rests_on(deeds: list[Deed]) -> None:
    progress, _ = walk(deeds)
    held = progress.stage in {Stage.HELD, Stage.SUBMITTED, Stage.APPROVED}
    assert not held or (progress.held_at is not None and progress.interviewer is not None)
    assert (progress.stage in {Stage.SUBMITTED, Stage.APPROVED}) <= (progress.submitted_at is not None)
    assert (progress.stage is Stage.APPROVED) == (progress.approved_at is not None)
    assert (progress.stage is Stage.DECLINED) == (progress.declined_at is not None)
    assert (progress.offered_at is None) or progress.attempts > 0


@given(st.lists(DEEDS, max_size=30))
def test_nothing_follows_an_approval(deeds: list[Deed]) -> None:
    stages = []
    progress = NOT_YET
    for deed, at in walk(deeds)[1]:
        stages.append(progress.stage)
        progress = after(progress, deed, at)
    assert Stage.APPROVED not in stages
