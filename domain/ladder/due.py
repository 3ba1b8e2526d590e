"""Which steps of the ladder came due: judged from what was known at each step's own instant.

What is known of an interview or an episode is a history of standings, each in force until the next one.
A step is due when its instant lies where the standing says that the thing is not done. Whoever asks later
sees more of the history and nothing else of what lies before: however often and whenever it is asked, the
steps are the same as if it had been asked once, at the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from domain.working_time import add_working_days
from schemas.ladder_policy import LadderPolicy, LadderStep, Watch


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from `since` on, until the next one.

    `anchors` are the moments from which steps count, of what is under watch; `undone` says which of these
    things are still to be done; `stands` says in plain words how far it is.
    """

    since: datetime
    anchors: Mapping[Watch, datetime]
    undone: frozenset[Watch]
    stands: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What may be late: an interview or an episode, with its history, the oldest first."""

    id: UUID
    child_id: UUID
    history: tuple[Known, ...]
    interview_id: UUID | None = None
    episode_id: UUID | None = None
    interviewer: str | None = None

    @property
    def now(self) -> Known:
        return self.history[-1]


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that came due. `(subject, step, due_at)` is its identity."""

    subject: Subject
    step: LadderStep
    due_at: datetime


def due_steps(subject: Subject, policy: LadderPolicy, as_of: datetime) -> tuple[DueStep, ...]:
    """Return every step that came due by `as_of`, in the policy's order, each once.

    Where something is first told of, or comes under watch again, the steps that are past already come due
    then, unless they are older than the policy looks back. Where its deadline only moved they stay silent.
    """
    spans = list(_spans(subject.history, as_of))
    return tuple(
        DueStep(subject, step, instant)
        for step in policy.steps
        for instant in dict.fromkeys(_instants(step, spans, policy.looks_back))
    )


def instants(step: LadderStep, anchor: datetime, until: datetime) -> Iterator[datetime]:
    """Yield when a step that counts from `anchor` comes due, up to and including `until`."""
    due_at = add_working_days(anchor, step.working_days) if step.working_days else anchor + step.after
    while due_at <= until:
        yield due_at
        if step.repeats_every is None:
            return
        due_at += step.repeats_every


@dataclass(frozen=True, slots=True)
class _Span:
    known: Known
    until: datetime
    last: bool
    """In the last span `until` itself counts, in the others it belongs to the next one."""

    def holds(self, instant: datetime) -> bool:
        return instant <= self.until if self.last else instant < self.until


def _spans(history: Sequence[Known], as_of: datetime) -> Iterator[_Span]:
    seen = [known for known in history if known.since <= as_of]
    for known, after in pairwise(seen):
        if known.since < after.since:  # what was put right in the same moment was never so
            yield _Span(known, after.since, last=False)
    if seen:
        yield _Span(seen[-1], as_of, last=True)


def _instants(step: LadderStep, spans: Sequence[_Span], looks_back: timedelta) -> Iterator[datetime]:
    was: datetime | None = None
    for span in spans:
        since, anchor = span.known.since, span.known.anchors.get(step.watches)
        if anchor is not None and step.watches in span.known.undone:
            begins = since if was is not None else since - looks_back
            yield from (at for at in instants(step, anchor, span.until) if begins <= at and span.holds(at))
        was = anchor
