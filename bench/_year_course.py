"""What happens to interviews in every arm of the simulated year, one moment after the other."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count

from bench._year_world import BEGINS, HOUR, YEAR, Episode, World
from domain.allocation.facts import Load
from domain.allocation.working import free_spans
from domain.ladder.standing import InterviewAt
from domain.measures import Measured
from domain.working_time import LONDON, is_working_day, next_working_moment
from schemas.policy import Policy
from schemas.staff import StaffMember
from schemas.words import Stage

DAY = timedelta(days=1)
AFTERWARDS = timedelta(days=90)
"""How long the arms go on after the year, so that what is late comes to an end."""
WEDNESDAY = 2
TO_REACH = (Stage.ALLOCATED, Stage.OFFERED)
OPEN = (*TO_REACH, Stage.DUE, Stage.ARRANGED, Stage.HELD, Stage.SUBMITTED)


@dataclass(slots=True)
class Case:
    """One interview in one arm. `slipped`: its interviewer lets it lie; `lying`: its record waits."""

    episode: Episode
    stage: Stage = Stage.DUE
    interviewer: str | None = None
    slipped: bool = False
    lying: bool = False
    missed: int = 0
    """Conversations to which the child did not come."""
    attempts: int = 0
    allocated_at: datetime | None = None
    attempted_at: datetime | None = None
    offered_at: datetime | None = None
    accepted: bool | None = None
    arranged: tuple[datetime, datetime] | None = None
    held_at: datetime | None = None
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    declined_at: datetime | None = None
    history: list[InterviewAt] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.episode.number

    def measured(self) -> Measured:
        """Return it as the measures count it."""
        names = (
            "stage", "allocated_at", "attempts", "attempted_at", "offered_at", "accepted", "held_at",
            "submitted_at", "approved_at", "declined_at",
        )  # fmt: skip
        return Measured(
            id=self.episode.interview_id,
            child_id=self.episode.interview_id.__class__(int=self.episode.child),
            clock_started_at=self.episode.returned_at,
            due_at=self.episode.due_at,
            provisional_due=False,
            **{name: getattr(self, name) for name in names},
        )


class Arm:
    """What happens in both arms, one moment after the other."""

    name = ""

    def __init__(self, world: World) -> None:
        self.world, self.policy = world, Policy()
        self.cases: list[Case] = []
        self.waiting: list[Case] = []
        self.hands: dict[str, list[Case]] = defaultdict(list)
        self._to_do: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()

    def run(self) -> Sequence[Case]:
        """Play the year and return every interview as it ended."""
        until = BEGINS + YEAR + AFTERWARDS
        for episode in self.world.episodes:
            self.at(episode.told_at, lambda at, told=episode: self._told(Case(told), at))  # type: ignore[misc]
        for day in range((until - BEGINS).days):
            self._plan_day(BEGINS + day * DAY)
        while self._to_do:
            at, _, do = heappop(self._to_do)
            if at > until:
                break
            do(at)
        return self.cases

    def at(self, moment: datetime, do: Callable[[datetime], None]) -> None:
        heappush(self._to_do, (moment, next(self._order), do))

    def _plan_day(self, begins: datetime) -> None:
        day = begins.astimezone(LONDON).date()
        if is_working_day(day):
            looks = time.fromisoformat(self.world.number("manager_looks_at"))
            self.at(datetime.combine(day, looks, LONDON), self.look)
            if day.weekday() == WEDNESDAY:
                self.at(datetime.combine(day, time(11), LONDON), self._meet)
        for member in self.world.staff:
            for span in free_spans(member, self.policy.allocation, begins, begins + DAY):
                for moment in (span[0], span[1] - HOUR):
                    self.at(moment, lambda at, who=member: self._round(who, at))  # type: ignore[misc]

    def _told(self, case: Case, at: datetime) -> None:
        self.cases.append(case)
        self.note(case, at)
        if self.is_asked(case):
            self.waiting.append(case)

    def note(self, case: Case, at: datetime) -> None:
        """Write down where an interview stands, as the ladder reads it."""
        due_at = case.episode.due_at
        case.history.append(InterviewAt(at, case.stage, due_at, case.held_at, case.submitted_at))

    def move(self, case: Case, stage: Stage, at: datetime) -> None:
        case.stage = stage
        self.note(case, at)

    def allocate(self, case: Case, member_id: str, at: datetime) -> None:
        """Give an interview to somebody, or to somebody else."""
        if case.interviewer:
            self.hands[case.interviewer].remove(case)
        else:
            self.waiting.remove(case)
            case.slipped = self.world.happens("slipped", case.number)
        case.interviewer, case.allocated_at = member_id, case.allocated_at or at
        self.hands[member_id].append(case)
        if case.stage is Stage.DUE:
            self.move(case, Stage.ALLOCATED, at)

    def _round(self, member: StaffMember, at: datetime) -> None:
        """Let an interviewer try to reach those whose turn it is."""
        mine = [case for case in self.hands[member.id] if case.stage in TO_REACH and not case.slipped]
        for case in self.in_turn(mine)[: self.world.number("most_attempts_a_round")]:
            self.attempt(case, at)

    def attempt(self, case: Case, at: datetime) -> None:
        """Try to reach child or carer once."""
        number, missing = case.attempts, self.world.is_missing(case.episode.child, at)
        case.attempts += 1
        case.attempted_at = case.attempted_at or at
        if missing or not self.world.happens("reached", case.number, number):
            if case.attempts >= self.world.number("attempts_before_closing") and case.offered_at is None:
                self._close(case, Stage.NOT_POSSIBLE, at)
            return
        case.offered_at = case.offered_at or at
        if self.world.happens("declined", case.number):
            case.accepted, case.declined_at = False, at
            self._close(case, Stage.DECLINED, at)
            return
        case.accepted = True
        self._arrange(case, at)

    def _close(self, case: Case, stage: Stage, at: datetime) -> None:
        self.hands[case.interviewer or ""].remove(case)
        self.move(case, stage, at)

    def _arrange(self, case: Case, at: datetime) -> None:
        member = self.member(case.interviewer or "")
        from_at = at + self.world.hours("hours_until_child_can", case.number, case.missed)
        begins = self.first_free(member, from_at)
        case.arranged = (begins, begins + self.world.number("hours_to_meet") * HOUR)
        self.move(case, Stage.ARRANGED, at)
        self.at(begins + HOUR, lambda then: self._hold(case, then))

    def first_free(self, member: StaffMember, from_at: datetime) -> datetime:
        """Return when somebody first has time for one interview without a break."""
        needed = self.world.number("hours_to_meet") * HOUR
        spans = free_spans(member, self.policy.allocation, from_at, from_at + 60 * DAY, self.load(member.id))
        return next(begins for begins, ends in spans if ends - begins >= needed)

    def _hold(self, case: Case, at: datetime) -> None:
        missing = self.world.is_missing(case.episode.child, at)
        if missing or self.world.happens("did_not_come", case.number, case.missed):
            case.missed += 1
            case.arranged = None
            self.move(case, Stage.OFFERED, at)
            return
        case.held_at = at
        case.lying = self.world.happens("record_left_lying", case.number)
        self.move(case, Stage.HELD, at)
        if not case.lying:
            self.at(
                at + self.world.hours("hours_to_write", case.number), lambda then: self.submit(case, then)
            )

    def submit(self, case: Case, at: datetime) -> None:
        """Hand in the record, if it was not yet."""
        if case.stage is not Stage.HELD:
            return
        case.submitted_at = at
        self.hands[case.interviewer or ""].remove(case)
        self.move(case, Stage.SUBMITTED, at)
        decided_at = next_working_moment(at + self.world.hours("hours_to_approve", case.number))
        self.at(decided_at, lambda then: self.approve(case, then))

    def approve(self, case: Case, at: datetime) -> None:
        """Approve the record, if it was not yet."""
        if case.stage is Stage.SUBMITTED:
            case.approved_at = at
            self.move(case, Stage.APPROVED, at)

    def _meet(self, at: datetime) -> None:
        """Remind interviewers, once a week, of what lies: the team's meeting, in both arms."""
        for case in [each for mine in self.hands.values() for each in mine]:
            case.slipped = False
            if case.lying and case.stage is Stage.HELD:
                case.lying = False
                self.at(at + HOUR, lambda then, late=case: self.submit(late, then))  # type: ignore[misc]

    def member(self, id_: str) -> StaffMember:
        return next(each for each in self.world.staff if each.id == id_)

    def load(self, member_id: str) -> Load:
        """Return what somebody has in hand."""
        mine = self.hands[member_id]
        slots = sorted(case.arranged for case in mine if case.stage is Stage.ARRANGED and case.arranged)
        return Load(len(mine), sum(case.stage in TO_REACH for case in mine), tuple(slots))

    def look(self, at: datetime) -> None:
        """Let the manager look at what waits, and give it to somebody."""
        raise NotImplementedError

    def is_asked(self, case: Case) -> bool:
        raise NotImplementedError

    def in_turn(self, cases: Sequence[Case]) -> Sequence[Case]:
        raise NotImplementedError

    def carries(self, case: Case) -> bool:
        """Whether an approved record's outcomes come into the plan."""
        raise NotImplementedError
