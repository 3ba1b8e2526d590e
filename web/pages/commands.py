"""What a worker does to an interview: one form for each act, that does it once and loses nothing typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from casework import conduct, offering
from casework.conduct import Asked
from casework.deeds import read_command
from casework.possible import Possible, possible
from casework.refusals import BadInput, Conflict, NotAllowed
from casework.views import interview as views
from casework.views.deadlines import hours_left
from schemas.reading import Problem, Unreadable
from store import conduct as kept
from store import staff
from store.conduct import Conducted, Given
from store.database import Transaction
from store.views.children import Child
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.audit_words import actor
from web.pages.command_forms import at_first, offered
from web.pages.command_reading import BUTTON, on_the_form, read_body
from web.pages.command_words import ACTS, ANSWERS, CONTACTS, HAPPENED, SPOKEN
from web.pages.interview_answer import filled_in
from web.pages.reading import Visit
from web.pages.rendering import page
from web.pages.seeing import PurposeNeeded, see
from web.pages.terms import CHANGES, STAGES, term
from web.pages.times import moment
from web.state import Here, State

router = APIRouter(include_in_schema=False)
PATH = "/interviews/{interview_id}/do/{command}"
Doing = Literal["offer", "arrange", "hold", "decline", "not-possible", "void", "reinstate", "cover"]
NOT_STAFF = (
    "Nothing was recorded: your account is not linked to your entry in the directory of staff. Ask your"
    " administrator to put your staff number into your account"
)
SENT_BEFORE = (
    "This form was recorded before, and you have changed it since. To record it once more, as it stands now,"
    " send it again"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """One form before one person. `sent`: they have sent it, so that what they typed stays."""

    request: Request
    here: State
    who: Who
    interview_id: UUID
    command: Doing
    typed: Typed = field(default_factory=dict)
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why nothing was recorded: what is wrong by field, and whether the interview changed meanwhile."""

    errors: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    changed: bool = False


async def opened(request: Request, here: Here, who: Signed, interview_id: UUID, command: Doing) -> Desk:
    """Return the form that an address names."""
    return Desk(request, here, who, interview_id, command)


Opened = Annotated[Desk, Depends(opened)]


@router.get(PATH)
async def asked(desk: Opened) -> Response:
    """Show the form of one command, with what is known already filled in."""
    return await _show(desk, Wrong())


@router.post(PATH)
async def sent(desk: Opened, form: Form) -> Response:
    """Do what the form says, once; else show it again with what is wrong."""
    desk = replace(desk, typed=form, sent=True)
    body, errors = read_body(desk.command, form)
    if desk.who.staff_id is None:
        errors = {**errors, BUTTON: NOT_STAFF}
    wrong = Wrong(errors) if errors else await _do(desk, body)
    if wrong is None:
        done = f"/interviews/{desk.interview_id}?done={desk.command}"
        return RedirectResponse(done, HTTPStatus.SEE_OTHER)
    return await _show(desk, wrong)


async def _do(desk: Desk, body: Mapping[str, Any]) -> Wrong | None:
    """Give the command; return what is wrong with it."""
    here, who = desk.here, desk.who
    async with here.store.transaction(who.authority, person=who.id) as tx:
        policy = await here.policy(tx)
    try:
        command = read_command(desk.command, {"by": who.by, **body})
        asked = Asked(command, _key(desk.typed), _version(desk.typed))
        await conduct.act(
            here.store, who.authority, desk.interview_id, asked,
            person=who.id, policy=policy, now=here.clock(),
        )  # fmt: skip
    except (Unreadable, BadInput) as error:
        return Wrong(problems=error.problems)
    except (Conflict, NotAllowed):
        return Wrong(changed=True)
    return None


async def _show(desk: Desk, wrong: Wrong) -> Response:
    """Show the form as things stand now."""
    here, who, now = desk.here, desk.who, desk.here.clock()
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(desk.request, here, who, tx, now)
        found, child = await views.subject(tx, desk.interview_id)
        named = await _saw(desk, visit, child)
        people = {each.id: each for each in await staff.all_of(tx)}
        names = {id_: member.name for id_, member in people.items()}
        can = await possible(tx, found, people.get(who.staff_id or ""))
        key, changed = _key(desk.typed), ""
        if wrong.changed:
            given = await kept.given_to(tx, desk.interview_id)
            used = any(each.key == key and each.actor == who.id for each in given)
            changed = SENT_BEFORE if used else _since(given, _version(desk.typed), names)
            key = str(uuid4()) if used else key
        choices = await offered(tx, desk.command, found, now)
        known = await _known(tx, desk, found, now)
    why_not = _why_not(desk, found, can)
    errors = {**wrong.errors, **on_the_form(wrong.problems, names)}
    if changed or (why_not and desk.sent):
        errors = {BUTTON: why_not or changed, **errors}
    return page(
        desk.request,
        "interview/command.html",
        now=now,
        found=found,
        child=child if named else None,
        left=hours_left(found.interview.due_at, found.interview.stage.value, now),
        command=desk.command,
        title=ACTS[desk.command],
        why_not=why_not,
        changed=changed,
        instead=can.instead,
        sent=desk.sent,
        typed=desk.typed if desk.sent else known,
        errors=errors,
        key=key,
        choices=choices,
        CONTACTS=CONTACTS,
        SPOKEN=SPOKEN,
        ANSWERS=ANSWERS,
    )


async def _known(tx: Transaction, desk: Desk, found: Conducted, now: datetime) -> Typed:
    """Return what stands in the form before anybody typed, also of what the child answered since."""
    given = await kept.given_to(tx, desk.interview_id)
    since = max((each.at for each in given if each.name == "offer"), default=None)
    answers = await offering.answers(tx, desk.interview_id)
    return {**at_first(desk.command, found, now), **filled_in(desk.command, answers, since)}


async def _saw(desk: Desk, visit: Visit, child: Child) -> bool:
    """Write down that the child was seen; return whether the form may name the child.

    Who sends a form that was opened in an earlier session is not led away from it to give a purpose: it
    comes back without the name.
    """
    try:
        await see(visit, child.id, "interview")
    except PurposeNeeded:
        if not desk.sent:
            raise
        return False
    return True


def _why_not(desk: Desk, found: Conducted, can: Possible) -> str:
    """Return why this cannot be done now, or not by this person; nothing where it can."""
    if desk.who.staff_id is None:
        return "" if desk.sent else NOT_STAFF.removeprefix("Nothing was recorded: ")
    if desk.command in can.commands:
        return ""
    if can.instead:
        return "It is held in the conversation of another interview of this child: record it there"
    if desk.command in can.by_managers:
        return "Only a manager of the directory of staff can do this"
    stage = term(found.interview.stage, STAGES)
    return f"The interview stands at “{stage}”: this cannot be recorded now"


def _since(given: list[Given], seen: int, names: Mapping[str, str]) -> str:
    """Return what happened to the interview since a form was opened."""
    since = [each for each in given if each.answer["version"] > seen]
    if not since:
        return "What is known of this absence changed while you wrote. Look again, then send it once more"
    told = [
        f"{term(HAPPENED.get(each.name, each.name), CHANGES)}, by {actor(each.by, names)}, {moment(each.at)}"
        for each in since
    ]
    return f"Since you opened this form: {'; '.join(told)}. Nothing of yours was recorded yet"


def _version(form: Typed) -> int:
    """Return the version that was seen; 0, which no interview has, for none that can be read."""
    text = form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else 0


def _key(form: Typed) -> str:
    try:
        return str(UUID(form.get("key", "")))
    except ValueError:
        return str(uuid4())
