"""The laws of a change: whatever batches and moves, every clock has its one interview, and none is lost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from casework.change import Change
from domain.clock import interview_due_at
from domain.continuity import NAMESPACE
from domain.interview import FURTHEST, RULES, SETTLED, Interview, Placed
from domain.telling import Telling
from schemas.policy import Policy
from schemas.words import Stage
from tests.property.casefile import Casefile
from tests.property.telling_strategies import policies, tellings_of_one_child

AMARA, LEO, ZOFIA = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo", "Zofia"))
MOVES = st.lists(
    st.tuples(st.sampled_from([AMARA, AMARA, LEO, ZOFIA]), st.integers(1, 2**12 - 1)), max_size=5
)
Step = tuple[UUID, tuple[Telling, ...]]


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Return, step by step, some messages and whose they are said to be; they may be said to move later."""
    tellings = draw(tellings_of_one_child)
    chosen = [
        (child_id, tuple(t for place, t in enumerate(tellings) if bits >> place & 1))
        for child_id, bits in draw(MOVES)
    ]
    return [*chosen, (draw(st.sampled_from([AMARA, LEO])), tellings)][: len(chosen) + draw(st.integers(0, 1))]


def check_interviews(file: Casefile) -> None:
    """Each clock has one live interview, due when it says; without a clock only what is settled lives."""
    for id_, one in file.placed.items():
        clock, live = one.episode.clock, file.live(id_)
        assert len(live) == 1 if clock else all(i.stage in SETTLED for i in live)
        assert all(i.child_id == one.child_id for i in live)
        if clock and live[0].stage not in SETTLED:
            due_at = interview_due_at(clock.starts_at, file.policy.interview.within)
            told = (live[0].clock_started_at, live[0].due_at, live[0].provisional_due)
            assert told == (clock.starts_at, due_at, one.episode.provisional_due)
    homeless = [i for i in file.interviews.values() if i.episode_id not in file.placed]
    assert all(i.stage in SETTLED for i in homeless)


def check_continuity(before: Mapping[UUID, Placed], changed: Change) -> None:
    """An episode of the same messages keeps its id; none lives and is superseded."""
    known = {frozenset(one.episode.notifications): id_ for id_, one in before.items()}
    for one in changed.placed:
        assert known.get(frozenset(one.episode.notifications), one.id) == one.id
    ids = {one.id for one in changed.placed}
    assert len(ids) == len(changed.placed)
    assert changed.superseded_by.keys().isdisjoint(ids)


def shape(file: Casefile) -> Counter[object]:
    """Return the episodes with their live interviews, ids aside."""
    return Counter(
        (one.child_id, one.episode, *((i.stage, i.due_at, i.provisional_due) for i in file.live(id_)))
        for id_, one in file.placed.items()
    )


def walk(told: Sequence[Step], policy: Policy) -> Casefile:
    """Change a file step by step and check it after each."""
    file = Casefile(policy)
    for child_id, tellings in told:
        before, interviews = dict(file.placed), set(file.interviews)
        check_continuity(before, file.tell(child_id, *tellings))
        check_interviews(file)
        assert interviews <= file.interviews.keys()
        assert file.change({child_id}).events == ()
    return file


@given(steps(), policies)
def test_any_batches_and_moves_give_what_one_batch_gives(told: list[Step], policy: Policy) -> None:
    file, once = walk(told, policy), Casefile(policy)
    for child_id in (AMARA, LEO, ZOFIA):
        once.tell(child_id, *file.of(child_id))
    assert shape(file) == shape(once)
    assert file.change().events == ()


@given(steps(), policies)
def test_the_last_events_tell_what_is_stored(told: list[Step], policy: Policy) -> None:
    file = Casefile(policy)
    said: dict[UUID, dict[str, object]] = {}
    for child_id, tellings in told:
        said |= {event.subject_id: event.model_dump() for event in file.tell(child_id, *tellings).events}
    for id_, one in file.placed.items():
        assert (said[id_]["child_id"], said[id_]["status"]) == (one.child_id, one.episode.status)
    for id_, row in file.episodes.items():
        assert row.remembered.superseded == ("superseded_by" in said[id_])
    for id_, i in file.interviews.items():
        assert (said[id_]["due_at"], said[id_]["episode_id"]) == (i.due_at, i.episode_id)
        assert (said[id_]["status"], said[id_]["reason"]) == (i.stage, i.voided_reason)


@st.composite
def acted(draw: st.DrawFn, interview: Interview, *, may_void: bool) -> Interview:
    """Return an interview as people may have left it: further, or voided for a reason of their own."""
    if interview.stage is Stage.VOIDED:
        return interview
    if may_void and draw(st.integers(0, 3)) == 0:
        return replace(interview, stage=Stage.VOIDED, voided_reason="moved to Leeds")
    further = FURTHEST[FURTHEST.index(interview.stage) :]
    return replace(interview, stage=draw(st.sampled_from(further)))


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
