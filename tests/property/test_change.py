"""The laws of a change: whatever batches and moves, every clock has its one interview, and none is lost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from hypothesis import given, settings

from casework.change import Change
from domain.interview import Placed
from schemas.policy import Policy
from tests.property.casefile import AMARA, LEO, ZOFIA, Casefile, Step, check_interviews, steps
from tests.property.telling_strategies import policies

FEWER = settings(max_examples=settings().max_examples // 2)


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
        again = file.change({child_id})
        assert (again.events, again.new_episodes, again.new_interviews) == ((), (), ())
    return file


@given(steps(), policies)
def test_any_batches_and_moves_give_what_one_batch_gives(told: list[Step], policy: Policy) -> None:
    file, once = walk(told, policy), Casefile(policy)
    for child_id in (AMARA, LEO, ZOFIA):
        once.tell(child_id, *file.of(child_id))
    assert shape(file) == shape(once)
    assert file.change().events == ()


@FEWER
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
