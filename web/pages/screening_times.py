"""Times that do not fit together: who told what, which is right, or that it stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casework import settling
from casework.refusals import Refusal, Unknown
from casework.settling import Doubted
from schemas.access import Duty, Purpose
from schemas.decisions import SettleTimes
from schemas.reading import Unreadable, read_as
from store.views import children
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages import local_time
from web.pages.local_time import NotATime, read_moment
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.screening_words import named
from web.pages.seeing import see
from web.pages.times import moment
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)
PATH = "/screening/times/{episode_id}"
OTHER_RETURN, OTHER_START, KEEP = "return-other", "start-other", "keep"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was typed, and what is wrong with it."""

    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@router.get(PATH)
async def shown(visit: Visiting, episode_id: UUID) -> Response:
    """Show what was told of an episode's times, by whom and when."""
    return await _show(visit, episode_id, Shown())


@router.post(PATH)
async def settled(request: Request, here: Here, who: Signed, episode_id: UUID, form: Form) -> Response:
    """Enter what is right, or that it stays as it is."""
    decision, errors = _read(episode_id, form)
    try:
        if decision is not None:
            await settling.settle(
                here.store, who.authority, decision, key=form.get("key") or str(uuid4()), person=who.id,
                by=who.by, policy=here.site.policy, now=here.clock(),
            )  # fmt: skip
            return RedirectResponse("/screening?done=settled", HTTPStatus.SEE_OTHER)
    except Refusal as refusal:
        errors = {"right": f"Nothing was changed: {refusal}"}
    async with here.store.transaction(who.authority, person=who.id) as tx:
        return await _show(Visit(request, here, who, tx, here.clock()), episode_id, Shown(form, errors))


def _read(episode_id: UUID, form: Typed) -> tuple[SettleTimes | None, dict[str, str]]:
    """Return what is decided, or what is wrong by field."""
    errors: dict[str, str] = {}
    told: dict[str, object] = {"episode": episode_id, "reason": form.get("reason", "")}
    right = form.get("right", "")
    if right in {OTHER_RETURN, OTHER_START}:
        try:
            at = read_moment(_typed(form))
            told["returned_at" if right == OTHER_RETURN else "last_seen_at"] = at.isoformat()
        except NotATime as error:
            errors[error.field] = error.message
    elif right.startswith("return-"):
        told["returned_at"] = right.removeprefix("return-")
    elif right != KEEP:
        errors["right"] = "Choose which is right, or that it stays as it is"
    if not form.get("reason", "").strip():
        errors["reason"] = "Say why"
    if errors:
        return None, errors
    try:
        return read_as(SettleTimes, told), {}
    except Unreadable as error:
        return None, {
            "reason" if problem.field == "reason" else "right": problem.message for problem in error.problems
        }


def _typed(form: Typed) -> local_time.Typed:
    day, month, year = (form.get(f"day-{part}", "") for part in ("day", "month", "year"))
    return local_time.Typed(day, month, year, form.get("time", ""), form.get("which", ""))


async def _show(visit: Visit, episode_id: UUID, shown: Shown) -> Response:
    try:
        found = await settling.doubted(visit.tx, episode_id, await visit.here.policy(visit.tx))
    except Unknown as error:
        raise not_found("episode") from error
    child = await children.find(visit.tx, found.child_id)
    if child is None:
        raise not_found("episode")
    await see(visit, child.id, "screening", because=Purpose.SCREENING)
    return page(
        visit.request,
        "screening/times.html",
        now=visit.now,
        child=child,
        episode_id=episode_id,
        name=named(child.facts),
        episode=found.episode,
        incidents=found.incidents,
        choices=_choices(found, visit.now),
        may_decide=Duty.SCREENER in visit.who.duties,
        typed={"reason": "", "right": "", "time": "", "which": "", "key": str(uuid4()), **shown.typed},
        errors=shown.errors,
    )


def _choices(found: Doubted, now: datetime) -> Sequence[tuple[str, str, str]]:
    told = sorted({one.returned.counted_at for one in found.incidents if one.returned})
    returns = [
        (f"return-{at.isoformat()}", f"The child came back: {moment(at, now)}", "The deadline follows")
        for at in told
    ]
    return (
        *returns,
        (OTHER_RETURN, "The child was back at another time", "Enter it below"),
        (OTHER_START, "The child was last seen at another time", "Enter it below"),
        (KEEP, "It stays as it is", "Nobody can say better. No deadline moves"),
    )
