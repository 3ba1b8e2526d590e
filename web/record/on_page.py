"""What a section's page shows: the record, or what this person typed last and the record could not take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import drafts
from schemas.reading import Problem, Unreadable, read_as
from schemas.record import InterviewRecord
from store import drafts as stored
from store.database import Transaction
from store.views import drafts as views
from store.views.drafts import Version
from web.record.desk import Desk
from web.record.filling import fields_of
from web.record.from_offer import from_the_offer
from web.record.merging import Differing, both
from web.record.question import Section
from web.record.reading import read_section, with_problems


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else changed the section: who, when, and where both wrote something."""

    by: str
    at: datetime
    theirs: Any
    mine: Any
    differing: Sequence[Differing]


@dataclass(frozen=True, slots=True)
class OnPage:
    """A section's form. `kept` is the draft in which what was not taken over is kept, if it is shown."""

    fields: Mapping[str, str]
    errors: Mapping[str, str]
    based_on: int
    kept: Version | None = None
    meanwhile: Meanwhile | None = None
    from_offer: bool = False
    """Whether it begins with what the interview's history tells, of which nothing is stored yet."""


async def on_page(tx: Transaction, desk: Desk, section: Section) -> OnPage:
    """Return what the page of a section shows to the person of this transaction."""
    value = desk.record[section.name]
    version = desk.waiting.get(section.name)
    told = await from_the_offer(tx, desk, section) if version is None else {}
    if told:
        return OnPage(told, {}, desk.no, from_offer=True)
    if version is None or not desk.writable:
        return OnPage(fields_of(section, value), {}, desk.no, version)
    mine = version.sent[section.name]
    if is_stale(version, section):
        meanwhile = await _meanwhile(tx, desk, section, version)
        merged = both(section, await seen(tx, desk.id, version.based_on, section), mine, value).merged
        return OnPage(fields_of(section, merged), {}, desk.no, version, meanwhile)
    fields = fields_of(section, mine)
    if read_section(section, fields).value != mine:  # of another program, and not to be shown as a form
        return OnPage(fields_of(section, value), {}, desk.no, version)
    problems = tuple(Problem(each["field"], each["message"]) for each in version.problems)
    errors = with_problems(section, read_section(section, fields), problems)
    return OnPage(fields, errors, version.based_on, version)


def is_stale(version: Version, section: Section) -> bool:
    """Whether a draft was not taken over since somebody else changed the section meanwhile."""
    return any(each.get("stale") and each["field"] == section.name for each in version.problems)


def normal(section: Section, value: Any) -> Any:
    """Return a section's value as the record would have it; as it is where it cannot be read."""
    try:
        read = read_as(InterviewRecord, {section.name: value})
    except Unreadable:
        return value
    return read.model_dump(mode="json")[section.name]


async def seen(tx: Transaction, interview_id: UUID, no: int, section: Section) -> Any:
    """Return a section as it was in the record on which somebody typed."""
    draft = await stored.find(tx, interview_id, no) if no else None
    while draft is not None and draft.record is None:
        draft = await stored.find(tx, interview_id, draft.based_on) if draft.based_on else None
    return drafts.record_of(draft).model_dump(mode="json")[section.name]


async def changed_since(tx: Transaction, interview_id: UUID, no: int, section: Section) -> list[Version]:
    """Return the drafts after number `no` that became the record and held this section, in order."""
    later = await views.versions(tx, interview_id, since=no)
    return [each for each in later if each.taken and section.name in each.sent]


async def _meanwhile(tx: Transaction, desk: Desk, section: Section, version: Version) -> Meanwhile:
    changed = await changed_since(tx, desk.id, version.based_on, section)
    last = changed[-1] if changed else version
    theirs, mine = desk.record[section.name], normal(section, version.sent[section.name])
    before = await seen(tx, desk.id, version.based_on, section)
    return Meanwhile(last.by, last.saved_at, theirs, mine, both(section, before, mine, theirs).differing)
