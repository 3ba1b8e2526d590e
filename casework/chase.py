"""Chasing: each step of the ladder that came due is raised once, climbs unanswered, and ends when it is done.

It may run at any moment, twice at once, or after days of silence, and be killed anywhere: which steps are
raised depends on what was known when, not on when this ran.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final
from uuid import UUID

from casework.alerts import (
    CHASE,
    Noted,
    alert_of,
    flow_subject,
    raise_failure_within,
    surroundings,
    tell_of,
    write_down,
)
from casework.climb import climb
from casework.policy_in_force import policy_of
from domain.ladder.due import DueStep, Subject, due_steps
from domain.ladder.over import over
from domain.ladder.standing import standing_of_episodes, standing_of_interview, subject_of_push
from domain.ladder.tell import Around, Told, tell
from schemas.ladder_policy import LadderStep, Watch
from schemas.policy import Policy
from store import alerts, beats, chasing
from store.alerts import Alert
from store.database import Store, Transaction

SETTLED: Final = timedelta(seconds=15)
"""How far a chase stays behind the present: what happened meanwhile may not be in the database yet."""
OVERLAP: Final = timedelta(minutes=1)
"""How far a chase looks back behind the end of the one before."""
WELL_AGAIN: Final = "it went well again"
OUTCOMES: Final = frozenset({Watch.OUTCOMES_STUCK, Watch.OUTCOMES_NOT_CONFIRMED})


@dataclass(frozen=True, slots=True)
class Chased:
    """What one chase did for one authority."""

    authority: str
    as_of: datetime
    raised: tuple[Alert, ...] = ()
    closed: tuple[Alert, ...] = ()
    climbed: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one moment: all that may be late, and the alerts that are open."""

    open: Sequence[Alert]
    interviews: Mapping[UUID, Subject]
    episodes: Mapping[UUID, Subject]
    pushes: Mapping[UUID, Sequence[Subject]] = field(default_factory=dict)

    @property
    def interviewers(self) -> dict[UUID, str | None]:
        return {id_: subject.interviewer for id_, subject in self.interviews.items()}

    def all(self) -> Iterator[Subject]:
        yield from self.interviews.values()
        yield from self.episodes.values()
        yield from chain.from_iterable(self.pushes.values())

    def of(self, alert: Alert, step: LadderStep | None) -> Sequence[Subject]:
        """Return what an alert is about: several where outcomes go to several systems, none if it is gone."""
        if step and step.watches in OUTCOMES:
            return self.pushes.get(alert.subject_id, ())
        found = self.interviews.get(alert.subject_id) or self.episodes.get(alert.subject_id)
        return (found,) if found else ()


async def chase(store: Store, authority: str, policy: Policy, as_of: datetime) -> Chased:
    """Raise every step of one authority that came due by `as_of`; end and lift the alerts that are open.

    `policy` is the configured one: it counts until the authority has accepted one of its own.

    Raises:
        DatabaseUnavailable: nothing was raised; chasing again does no harm.
    """
    policy = await policy_of(store, authority, policy)
    seen, due = await _look(store, authority, policy, as_of)
    async with store.transaction(authority, CHASE, exclusive=True) as tx:
        closed = await _close(tx, policy, seen, as_of)
        raised = await _raise(tx, policy, due, as_of)
        await _flows(tx, policy, as_of)
        climbed = await climb(tx, policy, seen.interviewers, as_of)
        await beats.reach(tx, _mark(authority), as_of)
    return Chased(authority, as_of, tuple(raised), tuple(closed), tuple(climbed))


async def rehearse(store: Store, authority: str, policy: Policy, as_of: datetime) -> Chased:
    """Return what a chase would raise, and raise nothing."""
    _, due = await _look(store, authority, await policy_of(store, authority, policy), as_of)
    return Chased(authority, as_of, tuple(alert_of(authority, one, as_of) for one in due))


async def _look(store: Store, authority: str, policy: Policy, as_of: datetime) -> tuple[Seen, list[DueStep]]:
    """Return what may be late, and the steps that came due and were not raised yet."""
    async with store.transaction(authority, CHASE, snapshot=True) as tx:
        seen = await _seen(tx, policy)
        due = {
            alert_of(authority, one, as_of).id: one
            for subject in seen.all()
            for one in due_steps(subject, policy.ladder, as_of)
        }
        known = await alerts.known(tx, due)
    return seen, [one for id_, one in due.items() if id_ not in known]


async def _seen(tx: Transaction, policy: Policy) -> Seen:
    done = await beats.reached(tx, _mark(tx.authority))
    since = done - OVERLAP if done else None
    still = await alerts.still_open(tx)
    of_interviews = [one.interview_id for one in still if one.interview_id]
    interviews = await chasing.interviews(tx, since, of_interviews)
    children = await chasing.children(tx, since, [one.episode_id for one in still if one.episode_id])
    pushes: dict[UUID, list[Subject]] = defaultdict(list)
    for push in await chasing.pushes(tx, since, of_interviews):
        pushes[push.interview_id].append(subject_of_push(push))
    episodes = {
        id_: Subject(id_, child_id, history, episode_id=id_)
        for child_id, values in children.items()
        for id_, history in standing_of_episodes(values, policy.ladder).items()
    }
    return Seen(still, {one.id: _subject(one) for one in interviews}, episodes, pushes)


def _subject(one: chasing.ChasedInterview) -> Subject:
    history = standing_of_interview(one.values)
    return Subject(one.id, one.child_id, history, interview_id=one.id, interviewer=one.interviewer)


async def _close(tx: Transaction, policy: Policy, seen: Seen, as_of: datetime) -> list[Alert]:
    whys = {alert.id: why for alert in seen.open if (why := _why_over(alert, policy, seen))}
    closed = await alerts.close_all(tx, whys, as_of)
    children = await alerts.children_of(tx, closed)
    done = [
        replace(alert, closed_at=as_of, closed_why=whys[alert.id])
        for alert in seen.open
        if alert.id in closed
    ]
    noted: list[Noted] = [
        (alert, children.get(alert.id), "closed", {"reason": alert.closed_why}) for alert in done
    ]
    await write_down(tx, noted, as_of)
    return done


def _why_over(alert: Alert, policy: Policy, seen: Seen) -> str | None:
    if _is_of_a_flow(alert):
        return None
    step = policy.ladder.step(alert.step)
    return _over(alert, step, seen.of(alert, step))


def _over(alert: Alert, step: LadderStep | None, subjects: Sequence[Subject]) -> str | None:
    decided = alert.acknowledged_at is not None
    whys = [over(step, alert.due_at, subject, decided) for subject in subjects or (None,)]
    return None if None in whys else whys[0]


async def _raise(tx: Transaction, policy: Policy, due: Sequence[DueStep], as_of: datetime) -> list[Alert]:
    """Raise what came due; what was done meanwhile is raised too, as evidence, and is over at once."""
    made = {alert.id: (alert, one) for one in due for alert in [alert_of(tx.authority, one, as_of)]}
    new = await alerts.raise_(tx, [alert for alert, _ in made.values()])
    around = await surroundings(tx, policy, as_of)
    raised = [_Raised.of(*made[id_], around) for id_ in made if id_ in new]
    await tell_of(tx, [(one.alert, one.people) for one in raised], as_of)
    await alerts.climb(tx, [one.alert for one in raised if one.alert.level])
    await alerts.close_all(tx, {one.alert.id: one.why for one in raised if one.why}, as_of)
    await write_down(tx, chain.from_iterable(one.noted() for one in raised), as_of)
    return [one.alert for one in raised]


@dataclass(frozen=True, slots=True)
class _Raised:
    """An alert as it goes out: to whom, how far up at once, and why it is over already, if it is."""

    alert: Alert
    child_id: UUID
    people: tuple[Told, ...]
    why: str | None

    @classmethod
    def of(cls, alert: Alert, due: DueStep, around: Around) -> "_Raised":
        why = over(due.step, due.due_at, due.subject, decided=False)
        people = tell(due.step, due.step.tells, around, due.subject.interviewer, quietly=why is not None)
        level = max((each.level for each in people), default=0)
        return cls(replace(alert, level=level), due.subject.child_id, people, why)

    def noted(self) -> Iterator[Noted]:
        yield self.alert, self.child_id, "raised", {"expected_by": self.alert.expected_by}
        if self.why:
            yield self.alert, self.child_id, "closed", {"reason": self.why}


async def _flows(tx: Transaction, policy: Policy, as_of: datetime) -> None:
    """Raise an alert for work that last failed, and end it once that went well again."""
    still = {alert.subject_id: alert for alert in await alerts.still_open(tx) if _is_of_a_flow(alert)}
    for beat in await beats.every(tx):
        open_one = still.get(flow_subject(beat.name))
        if beat.ended_at is None:
            continue
        if beat.failed_why is not None:
            await raise_failure_within(tx, policy, beat.name, beat.ended_at, now=as_of)
        elif open_one and beat.ended_at > open_one.due_at:
            await alerts.close(tx, open_one.id, WELL_AGAIN, as_of)
            await write_down(tx, [(open_one, None, "closed", {"reason": WELL_AGAIN})], as_of)


def _is_of_a_flow(alert: Alert) -> bool:
    return alert.interview_id is None and alert.episode_id is None


def _mark(authority: str) -> str:
    """Return the name under which it is kept up to when an authority was chased."""
    return f"chased/{authority}"
