"""A plan as the child reads it: what was said, what will be done, what was done, and whom to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.views.plans import Action, Source, plan_of
from domain.plan.fold import day_of
from schemas.plan import Outcomes, Passage, State, When
from schemas.plan_policy import PlanPolicy
from store import plans, staff
from store.database import Transaction
from store.views import children


@dataclass(frozen=True, slots=True)
class Said:
    """What the child said in one conversation, word for word: of before it, of then, and of since."""

    on: date
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the child can ask."""

    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ChildsPlan:
    """One page. `to_do` is in the order of its days; `review_on` is None where there is no plan yet."""

    said: Sequence[Said]
    to_do: Sequence[Action]
    done: Sequence[Action]
    dropped: Sequence[Action]
    review_on: date | None
    today: date
    worker: Person | None
    social_worker: Person | None

    def what(self, id_: UUID) -> str:
        """Return the words of the action that took another one's place; none if the child reads none."""
        every = (*self.to_do, *self.done, *self.dropped)
        found = (each for each in every if any(source.id == id_ for source in each.sources))
        return next((each.for_child or "" for each in found), "")


async def childs_plan(tx: Transaction, child_id: UUID, policy: PlanPolicy, now: datetime) -> ChildsPlan:
    """Return a child's plan as it is now, without what is kept back from the child."""
    plan = await plan_of(tx, child_id, policy)
    actions = [each for each in plan.actions if each.for_child is not None]
    told = [each.entry.interview_id for each in plan.versions if isinstance(each.entry.step, Outcomes)]
    ended = (State.NOT_DONE, State.SUPERSEDED)
    return ChildsPlan(
        said=list(_said(source for action in actions for source in action.sources)),
        to_do=sorted((each for each in actions if each.is_open()), key=_by_day),
        done=[each for each in actions if each.state is State.DONE],
        dropped=[each for each in actions if each.state in ended],
        review_on=plan.versions[-1].review_on if plan.versions else None,
        today=day_of(now),
        worker=await _worker(tx, told[-1], day_of(now)) if told else None,
        social_worker=await _social_worker(tx, child_id, day_of(now)),
    )


def _by_day(action: Action) -> tuple[bool, date]:
    return action.due_on is None, action.due_on or date.max


def _said(sources: Iterable[Source]) -> Iterable[Said]:
    """Yield each conversation's words once, though several actions come from them."""
    heard: dict[date, list[Passage]] = {}
    for source in sources:
        heard.setdefault(source.told_on, []).extend(source.outcome.words)
    for on, passages in sorted(heard.items()):
        in_order = sorted(passages, key=lambda passage: list(When).index(passage.when))
        if words := list(dict.fromkeys(passage.text for passage in in_order)):
            yield Said(on, words)


async def _worker(tx: Transaction, interview_id: UUID, on: date) -> Person | None:
    """Return who held the conversation that the plan last heard of, while that person works here."""
    interviewer = await plans.interviewer_of(tx, interview_id)
    if interviewer is None:
        return None
    found = (await staff.found(tx, [interviewer])).get(interviewer)
    return Person(found.name, found.phone) if found and found.works_here_on(on) else None


async def _social_worker(tx: Transaction, child_id: UUID, on: date) -> Person | None:
    now = (each for each in await children.care(tx, child_id) if each.to_on is None or each.to_on > on)
    return next((Person(each.social_worker) for each in now if each.social_worker), None)
