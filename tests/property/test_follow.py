"""The interview follows the facts, and what people did to it stands."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.interview import FURTHEST, RULES, SETTLED, Interview, follow
from schemas.policy import Policy
from schemas.words import Stage
from tests.property.casefile import Casefile, Step, check_interviews, steps
from tests.property.telling_strategies import policies

FEWER = settings(max_examples=settings().max_examples // 3)


@st.composite
def acted(draw: st.DrawFn, interview: Interview, *, may_void: bool) -> Interview:
    """Return an interview as people may have left it: further, or voided for a reason of their own."""
    if interview.stage is Stage.VOIDED:
        return interview
    if may_void and draw(st.integers(0, 3)) == 0:
        return replace(interview, stage=Stage.VOIDED, voided_reason="moved to Leeds")
    further = FURTHEST[FURTHEST.index(interview.stage) :]
    return replace(interview, stage=draw(st.sampled_from(further)))


@FEWER
@given(steps(), policies, st.data())
def test_what_people_did_stands_whatever_the_facts(
    told: list[Step], policy: Policy, data: st.DataObject
) -> None:
    file = Casefile(policy)
    for child_id, tellings in told:
        before = dict(file.interviews)
        file.tell(child_id, *tellings)
        check_interviews(file)
        for id_, was in before.items():
            now = file.interviews[id_]
            assert now.stage in (was.stage, was.voided_from) or now.voided_from is was.stage
            assert was.stage not in SETTLED or now.due_at == was.due_at or was.stage is Stage.VOIDED
        for interview in list(file.interviews.values()):
            file.act(data.draw(acted(interview, may_void=False)))
    assert file.change().events == ()


@FEWER
@given(steps(), policies, st.data())
def test_only_a_person_leaves_a_clock_without_a_live_interview(
    told: list[Step], policy: Policy, data: st.DataObject
) -> None:
    file = Casefile(policy)
    for child_id, tellings in told:
        file.tell(child_id, *tellings)
        for id_, one in file.placed.items():
            by_people = [i for i in file.interviews.values() if i.episode_id == id_ and i.stage == "voided"]
            lives = len(file.live(id_))
            assert lives == 1 or not one.episode.clock or any(i.voided_reason not in RULES for i in by_people)
        for interview in list(file.interviews.values()):
            file.act(data.draw(acted(interview, may_void=True)))


@FEWER
@given(steps(), policies, st.data())
def test_neither_order_nor_repetition_matters(told: list[Step], policy: Policy, data: st.DataObject) -> None:
    file = Casefile(policy)
    for child_id, tellings in told:
        file.tell(child_id, *tellings)
        for interview in list(file.interviews.values()):
            file.act(data.draw(acted(interview, may_void=True)))
    placed, within = tuple(file.placed.values()), policy.interview.within
    once = follow(tuple(file.interviews.values()), placed, within)
    shuffled = follow(data.draw(st.permutations(list(file.interviews.values()))), placed[::-1], within)
    assert set(shuffled) == set(once) == set(follow(once, placed, within))
