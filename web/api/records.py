"""The interview record while it is written, and what the quality gate says of it."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, TypeAdapter, ValidationError, WithJsonSchema

from casework import drafts, gate
from casework.drafts import Saved, Typed
from schemas.reading import Problem, shown
from schemas.record import InterviewRecord
from schemas.scalars import Name
from store import conduct
from store import drafts as stored
from store.conduct import Conducted
from store.database import Transaction
from store.drafts import Draft
from web.api.lists import Instant
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reader, Reading, id_of
from web.api.working import CHANGED_MEANWHILE, Command, described, wrong
from web.problems import FieldError, Refused, not_found
from web.state import Here

router = APIRouter(prefix="/api/v1/interviews", tags=["records"], responses=REFUSALS | NOT_FOUND)
_NAME: Final[TypeAdapter[str]] = TypeAdapter(Name)
SAVE: Final = {
    "type": "object",
    "required": ["by", "based_on", "sections"],
    "additionalProperties": False,
    "properties": {
        "by": {"type": "string", "description": "Who writes, as the directory has them"},
        "based_on": {
            "type": "integer",
            "minimum": 0,
            "description": "The number of the draft that you saw; 0 of none",
        },
        "sections": {
            "type": "object",
            "description": "The sections that you changed, by name, each whole, as in InterviewRecord",
        },
    },
}


class SavedOut(BaseModel):
    """A draft as it is kept. `latest` is the number of the draft that is the record now."""

    draft: int
    latest: int


AsWritten = Annotated[
    InterviewRecord,
    WithJsonSchema(
        {
            "type": "object",
            "description": "Sections as in InterviewRecord; what nobody has written yet is empty or null",
        },
        mode="serialization",
    ),
]
"""A record on its way: it keeps to its own rules only once it is whole."""


class RecordOut(BaseModel):
    """The record as it stands; `draft` is the number to base the next one on, 0 for none."""

    draft: int
    record: AsWritten


class DraftLine(BaseModel):
    """One draft from the outside."""

    draft: int
    based_on: int
    by: str
    saved_at: Instant
    errors: list[FieldError]


class DraftOut(DraftLine):
    """One draft as it was sent, and the record that it made."""

    sent: dict[str, Any]
    record: AsWritten | None


class FindingOut(BaseModel):
    """One thing that a fair practice manager would say of the record. `id` is what `submit` answers by."""

    id: str
    rule: str
    section: str
    place: str
    words: str
    blocks: bool
    asks: str
    matters: str
    source: str
    mend: str
    copied_from: str | None


@router.post(
    "/{id}/record",
    summary="Save sections of the record as a draft",
    responses=CHANGED_MEANWHILE,
    openapi_extra=described(SAVE),
)
async def save(id: Key, sent: Command, here: Here) -> SavedOut:  # noqa: A002 - its name in the address
    """Keep whatever came. What cannot be read, or was changed by somebody else meanwhile, is kept beside the
    record, and the answer says so with 422 or 409 and the number of the draft.
    """
    interview_id = id_of(id, "interview")
    based_on = sent.take("based_on")
    typed = _typed(sent.body, based_on, sent.key)
    saved = await drafts.save(
        here.store, sent.authority, interview_id, typed, person=sent.person, now=here.clock()
    )
    if saved.problems:
        raise _kept(saved)
    return SavedOut(draft=saved.no, latest=saved.latest)


@router.get("/{id}/record", summary="The record as it stands")
async def record(tx: Reading, id: Key) -> RecordOut:  # noqa: A002 - its name in the address
    """Give the last draft that could be taken over, with the manager's decision once there is one."""
    draft, record = await drafts.as_it_stands(tx, await _found(tx, id))
    return RecordOut(draft=draft, record=record)


@router.get("/{id}/drafts", summary="Every draft of the record, in order")
async def listed(tx: Reading, id: Key) -> list[DraftLine]:  # noqa: A002 - its name in the address
    """Give who saved what on top of which, also what could not be taken over."""
    found = await _found(tx, id)
    return [DraftLine(**_line(draft)) for draft in await stored.all_of(tx, found.interview.id)]


@router.get("/{id}/drafts/{draft}", summary="One draft as it was sent")
async def one(tx: Reading, id: Key, draft: Annotated[int, Path(ge=1, lt=2**31)]) -> DraftOut:  # noqa: A002
    """Give what was typed, word for word, and the record that it made; none where it has errors."""
    found = await stored.find(tx, (await _found(tx, id)).interview.id, draft)
    if found is None:
        raise not_found("draft")
    made = drafts.record_of(found) if found.record else None
    return DraftOut(**_line(found), sent=dict(found.sent), record=made)


@router.get("/{id}/findings", summary="What the quality gate says of the record as it stands")
async def findings(bearer: Reader, here: Here, id: Key) -> list[FindingOut]:  # noqa: A002
    """Give every finding with its reason, source and mend; none means that it can be submitted as it is."""
    interview_id = id_of(id, "interview")
    said = await gate.findings(
        here.store, bearer.authority, interview_id, person=bearer.person, now=here.clock()
    )
    return [FindingOut(**each) for each in said]


async def _found(tx: Transaction, id_: str) -> Conducted:
    found = await conduct.find(tx, id_of(id_, "interview"))
    if found is None:
        raise not_found("interview")
    return found


def _typed(body: dict[str, Any], based_on: int, key: str) -> Typed:
    by, sections = body.pop("by", None), body.pop("sections", None)
    problems = [Problem(shown(name)[:100], "is not known here: leave it out") for name in body]
    try:
        by = _NAME.validate_python(by)
    except ValidationError:
        problems.append(Problem("by", "must say who writes, as the directory of staff has them"))
    if not isinstance(sections, dict) or not sections:
        problems.append(Problem("sections", 'must be an object of sections, such as {"account": {…}}'))
    if problems:
        raise wrong(*problems)
    return Typed(sections=sections or {}, based_on=based_on, by=by, key=key)


def _kept(saved: Saved) -> Refused:
    told = "; ".join(map(str, saved.problems))
    return Refused(
        HTTPStatus.CONFLICT if saved.stale else HTTPStatus.UNPROCESSABLE_ENTITY,
        f"The record is as it was before; what you sent is kept as draft {saved.no}. {told}.",
        errors=saved.problems,
        draft=saved.no,
        latest=saved.latest,
    )


def _line(draft: Draft) -> dict[str, Any]:
    return {
        "draft": draft.no,
        "based_on": draft.based_on,
        "by": draft.by,
        "saved_at": draft.saved_at,
        "errors": [FieldError(field=each["field"], message=each["message"]) for each in draft.problems],
    }
