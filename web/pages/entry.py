"""The desk: what staff are told by telephone or on paper becomes a notification like any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import intake
from casework.intake import Receipt, Sender
from casework.views.find_child import find_child
from schemas.notification import staff_source
from schemas.reading import Problem, Unreadable, read_notification
from schemas.words import Category, MissingFrom, RiskLevel
from store.database import DatabaseUnavailable, Transaction
from store.views import children, episodes, messages
from store.views.children import Child
from store.views.episodes import Episode
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages.entry_form import KINDS, Draft, read_form, reference_of
from web.pages.entry_message import DIGEST, message_of
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.state import Here, State, state_of

router = APIRouter(include_in_schema=False)
FIELDS = {
    "subject": "reference",
    "data.child.authority_child_id": "authority_child_id",
    "data.child.date_of_birth": "dob-day",
}
"""Where on the form a problem of the message is shown; any other stands at the top."""


@router.get("/notifications/new")
async def blank(request: Request, visit: Visiting, child: UUID | None = None) -> HTMLResponse:
    """Show an empty form, or one about a known child."""
    form = {"child": str(child)} if child else {}
    return _show(request, await _desk(visit.tx, form))


@router.post("/notifications/new")
async def sent(request: Request, here: Here, who: Signed, form: Form) -> Response:
    """Find a child, choose one, or record what was typed. Whatever is wrong, nothing typed is lost."""
    desk = Desk(who.authority, _chosen(form))
    try:
        async with here.store.transaction(who.authority, person=who.id) as tx:
            desk = await _desk(tx, desk.form)
            known = await _is_known(tx, reference_of(form))
        if "record" not in form:
            return _show(request, desk)
        draft = read_form(form, desk.child, known, here.clock())
        if not isinstance(draft, Draft):
            return _show(request, desk, draft)
        return await _record(request, desk, draft)
    except DatabaseUnavailable:
        return _show(request, desk, {"record": NOT_NOW}, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before whoever types: the form so far, and what is known that may help."""

    authority: str
    form: Typed
    child: Child | None = None
    away: Sequence[Episode] = ()
    """Episodes of that child in which the child is not home."""
    found: Sequence[Child] | None = None
    """Children that may be meant, if somebody asked."""


async def _desk(tx: Transaction, form: Typed) -> Desk:
    child = await _child(tx, form.get("child", ""))
    away = await episodes.of_child(tx, child.id) if child else []
    asked = " ".join(form.get(name, "") for name in ("given_names", "family_name")).strip()
    found = None
    if "find" in form and child is None:
        found = await find_child(tx, form.get("authority_child_id", "").strip() or asked)
    return Desk(tx.authority, form, child, [one for one in away if one.status in {"open", "located"}], found)


async def _is_known(tx: Transaction, reference: str | None) -> bool:
    """Whether a report was recorded here under this reference."""
    return reference is not None and await messages.is_known(tx, staff_source(tx.authority), reference)


async def _child(tx: Transaction, chosen: str) -> Child | None:
    child_id = await children.resolve(tx, chosen) if chosen else None
    return await children.find(tx, child_id) if child_id else None


def _chosen(form: Typed) -> Typed:
    """Return the form with the child that a button chose, or with none."""
    if "choose" in form:
        return {**form, "child": form["choose"]}
    return {**form, "child": ""} if "other" in form else form


async def _record(request: Request, desk: Desk, draft: Draft) -> Response:
    here, authority = state_of(request), desk.authority
    form_id = _form_id(desk.form)
    now = here.clock()
    message = message_of(draft, desk.form, form_id, authority, now)
    try:
        read_notification(message)
    except Unreadable as error:
        return _show(request, desk, _on_the_form(error.problems))
    async with here.desk:  # pressed twice, it is recorded once
        before = await _sent_before(here, authority, form_id)
        if before is None:
            receipt = await _receive(here, authority, message)
            if receipt.problems:
                return _show(request, desk, _on_the_form(receipt.problems))
        elif before.get(DIGEST) != message[DIGEST]:
            anew = replace(desk, form={**desk.form, "form_id": ""})
            return _show(request, anew, {"record": ALREADY.format(reference=before["subject"])})
    return RedirectResponse(f"/notifications/{form_id}", HTTPStatus.SEE_OTHER)


NOT_NOW = "This could not be recorded just now. What you typed is still here: choose Record again in a minute"
ALREADY = (
    "This form was recorded before, under the reference {reference}, and you have changed it since."
    " To record it once more, as it stands now, choose Record again"
)


async def _receive(here: State, authority: str, message: Mapping[str, Any]) -> Receipt:
    sender = Sender("staff", "local", here.site.authorities, authority, staff_source(authority))
    receipt = (await intake.receive(here.store, sender, [message], here.clock()))[0]
    here.metrics.received.labels(sender.via, receipt.verdict.value).inc()
    return receipt


async def _sent_before(here: State, authority: str, form_id: UUID) -> Mapping[str, Any] | None:
    async with here.store.transaction(authority) as tx:
        message = await messages.find(tx, staff_source(authority), str(form_id))
    return message.payload if message else None


def _on_the_form(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {FIELDS.get(p.field, "record"): f"{p.field}: {p.message}" for p in problems}


def _form_id(form: Typed) -> UUID:
    try:
        return UUID(form.get("form_id", ""))
    except ValueError:
        return uuid4()


def _show(
    request: Request,
    desk: Desk,
    errors: Mapping[str, str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    return page(
        request,
        "entry/form.html",
        status=status,
        desk=desk,
        typed=lambda name: desk.form.get(name, ""),
        errors=dict(errors or {}),
        form_id=_form_id(desk.form),
        kinds=KINDS,
        choices={
            "risk_level": list(RiskLevel),
            "category": list(Category),
            "missing_from": list(MissingFrom),
        },
    )
