"""The steps by which lateness is chased: each with who is told when, and what is expected of them."""

from collections import Counter
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from schemas.alerts_policy import Channel, When
from schemas.scalars import Name
from schemas.section import Section

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Watch(StrEnum):
    """What a step looks at, and from which moment its time counts."""

    NOT_ALLOCATED = "not_allocated"
    """An interview that nobody has; from its deadline."""
    NOT_ARRANGED = "not_arranged"
    """An interview with neither time nor place; from its deadline."""
    NOT_HELD = "not_held"
    """An interview that was neither held nor settled in another way; from its deadline."""
    RECORD_NOT_SUBMITTED = "record_not_submitted"
    """A conversation without a record; from when it was held, or when the record was sent back."""
    RECORD_NOT_APPROVED = "record_not_approved"
    """A record that no manager decided on; from when it was submitted."""
    RETURN_NOT_CONFIRMED = "return_not_confirmed"
    """A child who was found and of whom no return was told; from when the child was found."""
    STILL_MISSING = "still_missing"
    """A child who is missing; from the start of the episode."""
    REPEATEDLY_MISSING = "repeatedly_missing"
    """A child with several episodes in a short time; from the start of the one that makes it so many."""
    OUTCOMES_STUCK = "outcomes_stuck"
    """Outcomes that another system does not take; from when they were first to be sent."""
    OUTCOMES_NOT_CONFIRMED = "outcomes_not_confirmed"
    """Outcomes that another system has not shown to have; from when they were first to be sent."""
    FLOW_FAILED = "flow_failed"
    """Work done by the clock that failed; from when it failed."""


DEADLINE = frozenset({Watch.NOT_ALLOCATED, Watch.NOT_ARRANGED, Watch.NOT_HELD})
"""What counts from an interview's deadline."""


class Audience(StrEnum):
    """Who is told: `worker` is the interview's interviewer, `duty_desk` the policy's duty team."""

    WORKER = "worker"
    DUTY_DESK = "duty_desk"
    TEAM_MANAGER = "team_manager"
    SERVICE_MANAGER = "service_manager"
    HEAD_OF_SERVICE = "head_of_service"
    SENIOR_MANAGER = "senior_manager"
    DIRECTOR = "director"


class LadderStep(Section):
    """One step.

    It comes due `after` (negative: before) the moment that `watches` counts from, or that many
    `working_days` after it; then again every `repeats_every` while nothing is done. An answer, which is an
    acknowledgement with a decision, is expected within `answer_within` of being told; without one the
    next role up is told.
    """

    id: Name
    watches: Watch
    after: Annotated[timedelta, Field(ge=-30 * DAY, le=365 * DAY)] = timedelta(0)
    working_days: Annotated[int, Field(ge=1, le=60)] | None = None
    repeats_every: Annotated[timedelta, Field(ge=HOUR, le=365 * DAY)] | None = None
    tells: Annotated[tuple[Audience, ...], Field(min_length=1)]
    expects: Words
    answer_within: Annotated[timedelta, Field(ge=timedelta(minutes=5), le=30 * DAY)] = DAY
    when: When = When.WORKING_HOURS
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)] = (Channel.INBOX, Channel.EMAIL)

    @model_validator(mode="after")
    def _one_measure(self) -> "LadderStep":
        if self.working_days is not None and self.after:
            raise ValueError("has both after and working_days: keep one of them")
        if self.watches is Watch.FLOW_FAILED and (self.after or self.working_days or self.repeats_every):
            raise ValueError("watches flow_failed, which is told at once and once: leave the times out")
        return self


_WORKER, _TEAM, _SENIOR = Audience.WORKER, Audience.TEAM_MANAGER, Audience.SENIOR_MANAGER
_NOW = When.ANY_HOUR
_LOUD = (Channel.INBOX, Channel.EMAIL, Channel.TEXT)

DEFAULT: tuple[LadderStep, ...] = (
    LadderStep(
        id="not_allocated_48h_before",
        watches=Watch.NOT_ALLOCATED,
        after=-48 * HOUR,
        tells=(_TEAM,),
        expects="Allocate the interview to an interviewer.",
        answer_within=4 * HOUR,
        when=_NOW,
    ),
    LadderStep(
        id="not_arranged_24h_before",
        watches=Watch.NOT_ARRANGED,
        after=-24 * HOUR,
        tells=(_WORKER, _TEAM),
        expects="Agree on a time and a place with the child, before the deadline.",
        answer_within=4 * HOUR,
        when=_NOW,
    ),
    LadderStep(
        id="not_held_at_deadline",
        watches=Watch.NOT_HELD,
        tells=(_WORKER, _TEAM),
        expects="Hold the interview today, or record why it cannot be held and what is done instead.",
        answer_within=8 * HOUR,
        when=_NOW,
    ),
    LadderStep(
        id="not_held_24h_after",
        watches=Watch.NOT_HELD,
        after=24 * HOUR,
        tells=(Audience.SERVICE_MANAGER,),
        expects="Decide with the team manager how the interview is held within 24 hours.",
        when=_NOW,
    ),
    LadderStep(
        id="not_held_72h_after",
        watches=Watch.NOT_HELD,
        after=72 * HOUR,
        tells=(Audience.HEAD_OF_SERVICE,),
        expects="Decide who holds the interview now, and how the child is kept safe until then.",
    ),
    LadderStep(
        id="not_held_weekly",
        watches=Watch.NOT_HELD,
        after=10 * DAY,
        repeats_every=7 * DAY,
        tells=(Audience.DIRECTOR,),
        expects="Decide what is done about an interview that is more than a week late.",
        answer_within=2 * DAY,
    ),
    LadderStep(
        id="record_not_submitted",
        watches=Watch.RECORD_NOT_SUBMITTED,
        working_days=3,
        tells=(_WORKER, _TEAM),
        expects="Write down what the child said, and submit the record.",
    ),
    LadderStep(
        id="record_not_approved",
        watches=Watch.RECORD_NOT_APPROVED,
        working_days=2,
        tells=(_TEAM,),
        expects="Approve the record, or send it back with what has to be better.",
    ),
    LadderStep(
        id="return_not_confirmed_12h",
        watches=Watch.RETURN_NOT_CONFIRMED,
        after=12 * HOUR,
        tells=(_TEAM, Audience.DUTY_DESK),
        expects="Find out whether the child is back, and record the return.",
        answer_within=4 * HOUR,
        when=_NOW,
    ),
    LadderStep(
        id="missing_24h",
        watches=Watch.STILL_MISSING,
        after=24 * HOUR,
        tells=(_SENIOR,),
        expects="Make sure that everything is done to find the child, and agree on what comes next.",
        answer_within=2 * HOUR,
        when=_NOW,
        channels=_LOUD,
    ),
    LadderStep(
        id="repeatedly_missing",
        watches=Watch.REPEATEDLY_MISSING,
        tells=(_TEAM, _SENIOR),
        expects="Consider a strategy discussion, and record what was decided and why.",
        answer_within=2 * DAY,
    ),
    LadderStep(
        id="outcomes_stuck",
        watches=Watch.OUTCOMES_STUCK,
        tells=(_TEAM,),
        expects="See why the case-management system does not take the outcomes, and have it mended.",
    ),
    LadderStep(
        id="outcomes_not_confirmed_24h",
        watches=Watch.OUTCOMES_NOT_CONFIRMED,
        after=24 * HOUR,
        tells=(_TEAM,),
        expects="See that the outcomes are in the case-management system, and enter them by hand if need be.",
    ),
    LadderStep(
        id="flow_failed",
        watches=Watch.FLOW_FAILED,
        tells=(_TEAM,),
        expects="Tell those who run Homeward: work that is done by the clock has failed.",
        answer_within=4 * HOUR,
        when=_NOW,
    ),
)


class LadderPolicy(Section):
    """The steps by which lateness is chased."""

    steps: tuple[LadderStep, ...] = DEFAULT
    looks_back: Annotated[timedelta, Field(ge=timedelta(0), le=365 * DAY)] = 28 * DAY
    """Steps that were past already when something was first told of come due then, if not older than this."""
    repeat_count: Annotated[int, Field(ge=2, le=50)] = 3
    """How many episodes make a child repeatedly missing."""
    repeat_within: Annotated[timedelta, Field(ge=DAY, le=365 * DAY)] = 90 * DAY
    """Within which time they start."""

    @model_validator(mode="after")
    def _each_once(self) -> "LadderPolicy":
        twice = [id_ for id_, count in Counter(step.id for step in self.steps).items() if count > 1]
        if twice:
            raise ValueError(f"has the step {twice[0]} twice: give each an id of its own")
        return self

    def step(self, id_: str) -> LadderStep | None:
        """Return a step by its id; None where the policy no longer has it."""
        return next((step for step in self.steps if step.id == id_), None)

    def of(self, *watches: Watch) -> tuple[str, ...]:
        """Return the ids of the steps that watch any of these."""
        return tuple(step.id for step in self.steps if step.watches in watches)
