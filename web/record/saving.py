"""Saving a section that was typed: each version once, and never over what somebody else wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from casework import drafts
from casework.drafts import Saved, Typed
from casework.refusals import Conflict
from store import drafts as stored
from store.views import drafts as views
from store.views.drafts import Version
from web.pages.reading import Visit
from web.record.on_page import changed_since, is_stale, normal, seen
from web.record.question import Section
from web.record.reading import Read, read_section, with_problems

PAGE, TURN, BASED_ON = "page", "turn", "based_on"
"""The fields by which a form says of which visit to its page it is, which of its sendings, and on what."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending of a section's form."""

    interview_id: UUID
    section: Section
    read: Read
    page: str
    turn: str
    based_on: int

    @property
    def value(self) -> Any:
        return self.read.value

    @property
    def key(self) -> str:
        return f"{self.page}/{self.turn}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it: `errors` by field, `stale` if somebody else changed the section meanwhile.

    `based_on` is the number of the draft that the page has now; `no` that of the draft kept, 0 for none.
    """

    no: int
    based_on: int
    errors: Mapping[str, str]
    stale: bool = False
    by: str = ""
    """Who changed it meanwhile."""


def sent_from(interview_id: UUID, section: Section, form: Mapping[str, str]) -> Sent:
    """Return what a form sends."""
    page, turn = (id_in(form.get(name, "")) for name in (PAGE, TURN))
    return Sent(interview_id, section, read_section(section, form), page, turn, number(form, BASED_ON))


def sending_of(form: Mapping[str, str]) -> tuple[str, int]:
    """Return the key of a form's sending, and the number of the draft on which it was made."""
    return f"{id_in(form.get(PAGE, ''))}/{id_in(form.get(TURN, ''))}", number(form, BASED_ON)


def number(form: Mapping[str, str], name: str) -> int:
    """Return the whole number of a hidden field; 0 for anything else."""
    typed = form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("9999999999") else 0


async def look_first(visit: Visit, sent: Sent) -> Kept | int:
    """Return what is so without saving anything: the section is as the record has it, or nobody typed.

    Else the number of the draft on which it was typed: past this page's own ones whose answer was lost.
    """
    latest = await stored.latest(visit.tx, sent.interview_id)
    no = latest.no if latest else 0
    mine = normal(sent.section, sent.value)
    theirs = drafts.record_of(latest).model_dump(mode="json")[sent.section.name]
    changed = await changed_since(visit.tx, sent.interview_id, sent.based_on, sent.section)
    untaken = (await views.untaken(visit.tx, sent.interview_id)).get(sent.section.name)
    if untaken is not None and mine != theirs and _is_again(sent, untaken):
        stale = is_stale(untaken, sent.section)
        return Kept(untaken.no, sent.based_on, {} if stale else sent.read.errors, stale)
    if untaken is None:
        if mine == theirs:
            return Kept(0, no, {})
        if changed and mine == await seen(visit.tx, sent.interview_id, sent.based_on, sent.section):
            return Kept(0, sent.based_on, {}, stale=True, by=changed[-1].by)
    own = changed and all(each.key.startswith(f"{sent.page}/") for each in changed)
    return no if own else sent.based_on


async def save(visit: Visit, sent: Sent, based_on: int) -> Kept:
    """Save a section, after the transaction of the visit. A sending that came before is known again.

    Raises:
        Refusal: there is no such interview, or it is held in another one's conversation.
    """
    turn = sent.turn
    for _ in range(TRIES):
        typed = Typed({sent.section.name: sent.value}, based_on, visit.who.by, f"{sent.page}/{turn}")
        saved = await _save(visit, sent.interview_id, typed)
        if saved is not None and (saved.problems or _is_record(sent, saved)):
            return _kept(sent, saved, based_on)
        turn = str(uuid4())  # the key was of something else, or of the same before something else
    raise Conflict("it was changed again and again while it was saved: look at it, and save it again")


def _is_again(sent: Sent, untaken: Version) -> bool:
    """Whether the same was sent before, and nothing has changed why it did not become the record."""
    same = (untaken.based_on, untaken.sent[sent.section.name]) == (sent.based_on, sent.value)
    return same and (bool(sent.read.errors) or is_stale(untaken, sent.section))


async def _save(visit: Visit, interview_id: UUID, typed: Typed) -> Saved | None:
    here, who = visit.here, visit.who
    try:
        return await drafts.save(
            here.store, who.authority, interview_id, typed, person=who.id, now=here.clock()
        )
    except Conflict:
        return None


def _is_record(sent: Sent, saved: Saved) -> bool:
    name = sent.section.name
    return bool(saved.record.model_dump(mode="json")[name] == normal(sent.section, sent.value))


def _kept(sent: Sent, saved: Saved, based_on: int) -> Kept:
    stale = saved.stale and any(each.field == sent.section.name for each in saved.problems)
    errors = {} if stale else with_problems(sent.section, sent.read, saved.problems)
    return Kept(saved.no, based_on if saved.problems else saved.latest, errors, stale)


def id_in(text: str) -> str:
    """Return the id that a hidden field holds; a new one for anything else."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())
