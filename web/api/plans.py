"""Children's safety plans: their versions, and what changed between them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from casework.views import plans
from casework.views.plans import Action, Change, Plan, Source, Version
from schemas.plan import Done, Passage, State, Superseded
from web.api.lists import Instant
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading
from web.state import Here

router = APIRouter(prefix="/api/v1/plans", tags=["plans"], responses=REFUSALS | NOT_FOUND)


class SourceOut(BaseModel):
    """An approved outcome that an action comes from, as it was recorded, with the child's own words."""

    interview_id: UUID
    outcome: Annotated[int, Field(description="Its number in the record, from 1")]
    told_on: date
    approved_by: str
    what: str
    why: str
    owner: str
    due_on: date | None
    measure: str
    words: list[Passage]


class EndOut(BaseModel):
    """How an action ended: what was seen, or why it is not done or was replaced."""

    at: Instant
    by: str
    words: str
    superseded_by: UUID | None


class ActionOut(BaseModel):
    """One thing that will change for the child. Each approved outcome is a source of exactly one action."""

    id: UUID
    what: str
    owner: str
    due_on: date | None
    measure: str
    state: State
    overdue: bool
    ended: EndOut | None
    sources: list[SourceOut]


class VersionOut(BaseModel):
    """What made a version, and what it changed, in plain words."""

    number: int
    at: Instant
    by: str
    cause: str
    interview_id: UUID
    review_on: date
    changes: list[str]


class PlanOut(BaseModel):
    """A plan as it was in `version`; 0 before anything was approved. `versions` are all that there are."""

    authority: str
    child_id: UUID
    version: int
    review_on: date | None
    actions: list[ActionOut]
    versions: list[VersionOut]


class ChangeOut(BaseModel):
    """One difference. `action_id` is null where it is about the whole plan."""

    kind: str
    action_id: UUID | None
    text: str


class ChangesOut(BaseModel):
    """What version `to` has that version `from` had not."""

    model_config = ConfigDict(populate_by_name=True)

    child_id: UUID
    from_version: Annotated[int, Field(serialization_alias="from")]
    to_version: Annotated[int, Field(serialization_alias="to")]
    changes: list[ChangeOut]


class PlanQuery(BaseModel):
    """Which version."""

    model_config = ConfigDict(extra="forbid")
    version: Annotated[int | None, Field(description="Without it, the newest")] = None


class ChangesQuery(BaseModel):
    """Between which versions; 0 is the plan before its first one."""

    model_config = ConfigDict(extra="forbid")
    from_version: Annotated[int | None, Field(alias="from", description="Without it, the one before")] = None
    to_version: Annotated[int | None, Field(alias="to", description="Without it, the newest")] = None


@router.get("/{child_id}", summary="A child's safety plan, with every version that it had")
async def one(tx: Reading, here: Here, child_id: Key, query: Annotated[PlanQuery, Query()]) -> PlanOut:
    """Give it with the outcome, the interview and the child's words that each action comes from.

    `child_id` is our id, or the authority's own.
    """
    found, plan = await plans.find_plan(tx, child_id, (await here.policy(tx)).plan)
    shown = plans.version_of(plan, query.version)
    return PlanOut(
        authority=tx.authority,
        child_id=found,
        version=shown.number if shown else 0,
        review_on=shown.review_on if shown else None,
        actions=[_action(each, here.clock()) for each in shown.actions] if shown else [],
        versions=[_version(plan, each) for each in plan.versions],
    )


@router.get("/{child_id}/changes", summary="The difference between two versions of a plan, in plain words")
async def difference(
    tx: Reading, here: Here, child_id: Key, query: Annotated[ChangesQuery, Query()]
) -> ChangesOut:
    """Give one sentence per difference."""
    found, plan = await plans.find_plan(tx, child_id, (await here.policy(tx)).plan)
    until = plan.number if query.to_version is None else query.to_version
    since = max(until - 1, 0) if query.from_version is None else query.from_version
    told = plans.changes_of(plan, since, until)
    return ChangesOut(
        child_id=found, from_version=since, to_version=until, changes=[_change(each) for each in told]
    )


def _action(action: Action, now: datetime) -> ActionOut:
    return ActionOut(
        id=action.id,
        what=action.what,
        owner=action.owner,
        due_on=action.due_on,
        measure=action.measure,
        state=action.state,
        overdue=action.is_overdue(plans.day_of(now)),
        ended=_end(action),
        sources=[_source(each) for each in action.sources],
    )


def _end(action: Action) -> EndOut | None:
    if action.closing is None:
        return None
    step = action.closing.step
    return EndOut(
        at=action.closing.at,
        by=action.closing.by,
        words=step.seen if isinstance(step, Done) else step.reason,
        superseded_by=step.superseded_by if isinstance(step, Superseded) else None,
    )


def _source(source: Source) -> SourceOut:
    outcome = source.outcome
    return SourceOut(
        interview_id=source.interview_id,
        outcome=source.number,
        told_on=source.told_on,
        approved_by=source.by,
        what=outcome.what,
        why=outcome.why,
        owner=outcome.owner,
        due_on=outcome.due_on,
        measure=outcome.measure,
        words=list(outcome.words),
    )


def _version(plan: Plan, version: Version) -> VersionOut:
    entry = version.entry
    return VersionOut(
        number=version.number,
        at=entry.at,
        by=entry.by,
        cause=entry.step.kind,
        interview_id=entry.interview_id,
        review_on=version.review_on,
        changes=[each.text for each in plans.changes_of(plan, version.number - 1, version.number)],
    )


def _change(change: Change) -> ChangeOut:
    return ChangeOut(kind=change.kind, action_id=change.action_id, text=change.text)
