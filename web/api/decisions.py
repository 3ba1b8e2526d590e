"""What screeners decide about who a child is, for other systems."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, create_model

from casework import deciding, settling
from schemas.decisions import DECISIONS, AnyDecision, SettleTimes
from schemas.reading import Problem, Unreadable, read_as
from schemas.scalars import Name
from store.views import decisions
from store.views.decisions import Made
from web.api.lists import Instant, Page, after_number, page
from web.api.parameters import ListQuery
from web.api.reading import NOT_FOUND, REFUSALS, Reading
from web.api.working import CHANGED_MEANWHILE, Command, Sent, described, wrong
from web.state import Here

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"], responses=REFUSALS)


class DecisionOut(BaseModel):
    """One decision, by whom, when and why, and what undid it.

    `body` says whom it is about: `child`, `other`, and for a split `messages` and `references`.
    """

    id: UUID
    kind: str
    children: list[UUID]
    body: dict[str, Any]
    undoes: UUID | None
    reason: str
    by: str
    at: Instant
    undone_by: UUID | None
    undone_at: Instant | None


class DecidedOut(BaseModel):
    """The decision, and the children whom it concerns. `repeated`: it was made before, with the same key.

    Settled times make no decision about a child: `id` is null, and the notifications say it.
    """

    id: UUID | None
    children: list[UUID]
    repeated: bool


REF: Final = "#/components/schemas/"


class _By(BaseModel):
    by: Name


def _sent(kind: type[AnyDecision | SettleTimes]) -> Any:
    """Return a decision as it is sent: with who decides."""
    return create_model(kind.__name__, __base__=(kind, _By), __doc__=kind.__doc__)


SENT: Mapping[str, Any] = {name: _sent(kind) for name, kind in DECISIONS.items()}


@router.get("", summary="List decisions, the latest first")
async def listed(tx: Reading, query: Annotated[ListQuery, Query()]) -> Page[DecisionOut]:
    """Give those about children who may be seen; also those that were undone."""
    before = after_number(query.cursor)
    rows = await decisions.listed(tx, before=before or None, limit=query.limit + 1)
    return page(rows, query.limit, _out, lambda row: [row.no])


@router.post(
    "",
    summary="Decide who a child is, or which times are right",
    responses=CHANGED_MEANWHILE | NOT_FOUND,
    openapi_extra=described({"oneOf": [{"$ref": f"{REF}{kind.__name__}"} for kind in SENT.values()]}),
)
async def made(sent: Command, here: Here) -> DecidedOut:
    """Do it once per key; `kind` says what, `by` who decides. Nothing that was told is edited."""
    told = _read(sent)
    decision = told.decision
    given: dict[str, Any] = {
        "key": sent.key,
        "person": sent.person,
        "by": told.by,
        "policy": here.site.policy,
        "now": here.clock(),
    }
    if isinstance(decision, SettleTimes):
        await settling.settle(here.store, sent.authority, decision, **given)
        return DecidedOut(id=None, children=[], repeated=False)
    done = await deciding.decide(here.store, sent.authority, decision, **given)
    return DecidedOut(id=done.id, children=list(done.children), repeated=done.repeated)


@dataclass(frozen=True, slots=True)
class _Told:
    decision: AnyDecision | SettleTimes
    by: str


def _read(sent: Sent) -> _Told:
    kind = SENT.get(str(sent.body.get("kind")))
    if kind is None:
        raise wrong(Problem("kind", f"must be one of {', '.join(SENT)}"))
    try:
        told = read_as(kind, sent.body)
    except Unreadable as error:
        raise wrong(*error.problems) from error
    plain = {name: value for name, value in sent.body.items() if name != "by"}
    return _Told(read_as(DECISIONS[told.kind], plain), told.by)


def _out(row: Made) -> DecisionOut:
    told = {name: getattr(row, name) for name in DecisionOut.model_fields if name != "children"}
    return DecisionOut(children=list(row.child_ids), **told)
