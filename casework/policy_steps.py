"""Which steps of the ladder another policy would make come due at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.alerts import alert_of
from casework.policy_effect import StepAtOnce
from casework.refolding import Refolded
from domain.diff import facts_of
from domain.ladder.due import DueStep, Subject, due_steps
from domain.ladder.over import over
from domain.ladder.standing import (
    EpisodeAt,
    InterviewAt,
    carried,
    standing_of_episodes,
    standing_of_interview,
    subject_of_push,
)
from schemas.ladder_policy import LadderPolicy
from store import alerts, chasing
from store.chasing import ChasedInterview
from store.database import Transaction

Episodes = Mapping[UUID, Mapping[UUID, Sequence[EpisodeAt]]]


@dataclass(frozen=True, slots=True)
class _Watched:
    """What may be late: interviews, episodes by child, and pushes."""

    interviews: Sequence[ChasedInterview]
    children: Episodes
    pushes: Sequence[Subject]

    def subjects(self, ladder: LadderPolicy) -> Iterator[Subject]:
        for one in self.interviews:
            history = standing_of_interview(one.values)
            yield Subject(one.id, one.child_id, history, interview_id=one.id)
        for child_id, values in self.children.items():
            for id_, history in standing_of_episodes(values, ladder).items():
                yield Subject(id_, child_id, history, episode_id=id_)
        yield from self.pushes


async def steps_at_once(
    tx: Transaction, was: LadderPolicy, becomes: LadderPolicy, found: Sequence[Refolded], now: datetime
) -> list[StepAtOnce]:
    """Return what would come due and still stand, and would not have without the change."""
    seen = await _watched(tx, found, now)
    before = set(_due(tx.authority, seen, was, now))
    after = _due(tx.authority, _changed(seen, found, now), becomes, now)
    raised = await alerts.known(tx, after.keys() - before)
    return [
        StepAtOnce(
            one.subject.child_id, one.step.id, one.due_at, one.subject.interview_id, one.subject.episode_id
        )
        for id_, one in after.items()
        if id_ not in before | raised and over(one.step, one.due_at, one.subject, decided=False) is None
    ]


async def _watched(tx: Transaction, found: Iterable[Refolded], now: datetime) -> _Watched:
    """Return what is open, and what would change."""
    changed = [each.change for each in found]
    interviews = [one.id for each in changed for one in each.new_interviews]
    episodes = [one.id for each in changed for one in each.new_episodes]
    episodes += [id_ for each in changed for id_ in each.superseded_by]
    return _Watched(
        await chasing.interviews(tx, now, interviews),
        await chasing.children(tx, now, episodes),
        [subject_of_push(push) for push in await chasing.pushes(tx, now, ())],
    )


def _due(authority: str, seen: _Watched, ladder: LadderPolicy, now: datetime) -> dict[UUID, DueStep]:
    """Return the steps that came due, each by the id that its alert has."""
    return {
        alert_of(authority, one, now).id: one
        for subject in seen.subjects(ladder)
        for one in due_steps(subject, ladder, now)
    }


def _changed(seen: _Watched, found: Iterable[Refolded], now: datetime) -> _Watched:
    """Return the same with what would be known from now on."""
    interviews = {one.id: one for one in seen.interviews}
    children: dict[UUID, dict[UUID, Sequence[EpisodeAt]]] = defaultdict(
        dict, {child_id: dict(values) for child_id, values in seen.children.items()}
    )
    for each in found:
        for one in each.change.new_interviews:
            was = interviews.get(one.id)
            values = (*(was.values if was else ()), InterviewAt(now, one.stage, one.due_at))
            told = tuple(carried(values))
            interviews[one.id] = ChasedInterview(one.id, one.child_id, None, told)
        for id_, child_id, value in _episodes(each, now):
            children[child_id][id_] = (*children[child_id].get(id_, ()), value)
    return _Watched(list(interviews.values()), children, seen.pushes)


def _episodes(found: Refolded, now: datetime) -> Iterator[tuple[UUID, UUID, EpisodeAt]]:
    for one in found.change.new_episodes:
        facts = facts_of(one.episode)
        value = EpisodeAt(now, facts.status, facts.started_at, facts.located_at, facts.returned_at)
        yield one.id, one.child_id, value
    for row in found.episodes:
        if row.remembered.id in found.change.superseded_by:
            yield row.remembered.id, row.child_id, EpisodeAt(now, None)
