"""One year in several ways: with the same children, staff and luck, without Homeward and with it.

The arms share how interviewers try to reach children, meet them and write. What differs stands in `Without`,
`Allocated` and `With` alone: who gets an interview and when, what is tried first, what is forgotten, and who
is reminded.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bench._year_course import AFTERWARDS, DAY, OPEN, TO_REACH, Arm, Case
from bench._year_world import AUTHORITY, BEGINS, HOUR, YEAR, World
from domain.allocation.batch import suggest
from domain.allocation.facts import Need
from domain.allocation.working import free_spans
from domain.ladder.due import DueStep, Subject, due_steps
from domain.ladder.standing import standing_of_interview
from domain.ladder.tell import next_role
from domain.working_time import CLOSES, LONDON, OPENS, is_working_day, next_working_moment
from schemas.alerts_policy import When
from schemas.ladder_policy import Audience, LadderStep
from schemas.words import Stage

CHASED_EVERY = HOUR


class Without(Arm):
    """A mailbox and a list: first come first served, in rotation, and nobody is reminded but once a week."""

    name = "without Homeward"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._looks, self._turn = 0, 0

    def is_asked(self, case: Case) -> bool:
        return not self.world.happens("never_asked", case.number)

    def in_turn(self, cases: Sequence[Case]) -> Sequence[Case]:
        return cases

    def carries(self, case: Case) -> bool:
        return self.world.happens("carried_by_hand", case.number)

    def look(self, at: datetime) -> None:
        self._looks += 1
        there = [each for each in self.world.staff if not each.is_on_leave(at.astimezone(LONDON).date())]
        for case in list(self.waiting):
            if there and not self.world.happens("overlooked", case.number, self._looks):
                self.allocate(case, there[self._turn % len(there)].id, at)
                self._turn += 1


class Allocated(Arm):
    """Homeward's list and its suggestion, but nobody is reminded but once a week."""

    name = "its allocation alone"

    def is_asked(self, case: Case) -> bool:
        return True

    def in_turn(self, cases: Sequence[Case]) -> Sequence[Case]:
        return sorted(cases, key=lambda case: (case.episode.due_at, case.number))

    def carries(self, case: Case) -> bool:
        return True

    def look(self, at: datetime) -> None:
        self.suggested(self.waiting, at)

    def suggested(self, cases: Iterable[Case], at: datetime) -> None:
        """Give interviews to whom Homeward suggests."""
        by_id = {case.episode.interview_id: case for case in cases}
        needs = [Need(id_, case.episode.due_at) for id_, case in by_id.items()]
        loads = {each.id: self.load(each.id) for each in self.world.staff}
        policy = self.policy.allocation
        found = suggest(needs, self.world.staff, AUTHORITY, policy, at, loads=loads)
        for each in found.placements:
            self.allocate(by_id[each.need.interview_id], each.candidate.member.id, at)


class With(Allocated):
    """That, and the ladder: each alert is answered, or climbs."""

    name = "with Homeward"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.raised: dict[tuple[int, str, datetime], datetime] = {}
        """When each alert was raised, by the interview's number, the step and its instant."""

    def run(self) -> Sequence[Case]:
        for hour in range((YEAR + AFTERWARDS) // CHASED_EVERY):
            self.at(BEGINS + hour * CHASED_EVERY, self._chase)
        return super().run()

    def _chase(self, at: datetime) -> None:
        for case in self.cases:
            if case.stage in OPEN:
                self._chase_one(case, at)

    def _chase_one(self, case: Case, at: datetime) -> None:
        id_ = case.episode.interview_id
        subject = Subject(id_, id_, standing_of_interview(case.history), interview_id=id_)
        for due in due_steps(subject, self.policy.ladder, at):
            key = (case.number, due.step.id, due.due_at)
            if key not in self.raised:
                self.raised[key] = at
                self._tell(case, due, due.step.tells, at)

    def _tell(self, case: Case, due: DueStep, roles: Sequence[Audience], at: datetime) -> None:
        """Tell some roles: the first who answers acts; where nobody does, the next role is told."""
        step = due.step
        told_at = at if step.when is When.ANY_HOUR else next_working_moment(at)
        answers = [
            told_at + step.answer_within * self.world.chance("how soon", *of)
            for role in roles
            for of in [(case.number, step.id, due.due_at, role)]
            if self.world.chance("answers", *of) < self._willing(told_at)
        ]
        if answers:
            self.at(min(answers), lambda then: self._act(case, step, then))
        elif (above := next_role(roles)) is not None:
            late = told_at + step.answer_within
            self.at(late, lambda then: self._climb(case, due, above, then))

    def _climb(self, case: Case, due: DueStep, role: Audience, at: datetime) -> None:
        if self._is_undone(case, due.step):
            self._tell(case, due, (role,), at)

    def _willing(self, at: datetime) -> float:
        there = at.astimezone(LONDON)
        working = is_working_day(there.date()) and OPENS <= there.time() < CLOSES
        share: float = self.world.number("answered_in_working_hours" if working else "answered_out_of_hours")
        return share

    def _is_undone(self, case: Case, step: LadderStep) -> bool:
        return step.watches in standing_of_interview(case.history)[-1].undone

    def _act(self, case: Case, step: LadderStep, at: datetime) -> None:
        """Do what the alert expects, unless it was done meanwhile."""
        if not self._is_undone(case, step):
            return
        match case.stage:
            case Stage.DUE:
                self.suggested([case], at)
            case Stage.HELD:
                self.at(next_working_moment(at) + HOUR, lambda then: self.submit(case, then))
            case Stage.SUBMITTED:
                self.at(next_working_moment(at), lambda then: self.approve(case, then))
        if case.stage in TO_REACH:
            self._hasten(case, at)

    def _hasten(self, case: Case, at: datetime) -> None:
        """Have it tried at once by its interviewer; by somebody else who has time before the deadline."""
        case.slipped = False
        soonest = self._next_at_work(case, at)
        if soonest > case.episode.due_at >= at:
            self.suggested([case], at)
            soonest = self._next_at_work(case, at)
        self.at(soonest, lambda then: self._again(case, then))

    def _next_at_work(self, case: Case, at: datetime) -> datetime:
        member = self.member(case.interviewer or "")
        spans = free_spans(member, self.policy.allocation, at, at + 30 * DAY)
        return next(begins for begins, _ in spans)

    def _again(self, case: Case, at: datetime) -> None:
        if case.stage in TO_REACH:
            self.attempt(case, at)
