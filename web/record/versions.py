"""The versions of a record, as people look through them: savings of one visit to a page are one group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from casework import drafts
from store import drafts as stored
from store.database import Transaction
from store.views import drafts as views
from store.views.drafts import Version
from web.record.question import Section
from web.record.reading import label_at
from web.record.sections import ASKED
from web.record.showing import changed_lines

MOST_TITLES: Final = 8
"""Of more changed answers only the sections are named."""


@dataclass(frozen=True, slots=True)
class Group:
    """Versions that follow one another, of one person, one visit and the same sections; `changed` by them."""

    versions: Sequence[Version]
    changed: Sequence[str]

    @property
    def first(self) -> Version:
        return self.versions[0]

    @property
    def last(self) -> Version:
        return self.versions[-1]


def grouped(versions: Sequence[Version]) -> Sequence[Sequence[Version]]:
    """Return the versions in groups, the newest group first."""
    return [tuple(group) for _, group in groupby(versions, _belonging)][::-1]


async def told(tx: Transaction, interview_id: UUID, groups: Sequence[Sequence[Version]]) -> list[Group]:
    """Return groups with what each changed, as the titles of sections and of their questions."""
    return [Group(group, await _changed(tx, interview_id, group)) for group in groups]


async def record_before(tx: Transaction, interview_id: UUID, version: Version) -> Mapping[str, Any]:
    """Return the record as it was before a version; of one not taken over, as it was when it was typed."""
    before = version.no if version.taken else version.based_on + 1
    number = await views.taken_before(tx, interview_id, before)
    draft = await stored.find(tx, interview_id, number) if number else None
    return drafts.record_of(draft).model_dump(mode="json")


def sections_in(version: Version) -> list[Section]:
    """Return the sections that a draft holds and that are asked for."""
    return [section for name, section in ASKED.items() if name in version.sent]


async def _changed(tx: Transaction, interview_id: UUID, group: Sequence[Version]) -> list[str]:
    before = await record_before(tx, interview_id, group[0])
    draft = await stored.find(tx, interview_id, group[-1].no)
    after = drafts.record_of(draft).model_dump(mode="json") if draft and draft.record else group[-1].sent
    sections = sections_in(group[-1])
    titles = [title for section in sections for title in _titles(section, before, after)]
    return titles if len(titles) <= MOST_TITLES else [section.title for section in sections]


def why_not(problem: Mapping[str, Any]) -> str:
    """Return, in words, why a draft did not become the record."""
    place, message = str(problem["field"]), str(problem["message"])
    section = ASKED.get(place.partition(".")[0])
    about = label_at(section, place) if section else place
    if problem.get("stale") and section:
        return f"{section.title}: somebody else had changed it meanwhile"
    if message.startswith(("must be an instant", "must be a day")):
        message = "is no date that can be read"
    return f"“{about}” {message}" if about else message


def _titles(section: Section, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    changed = changed_lines(section, before[section.name], after[section.name])
    yield from (f"{section.title}: {label}" for label, _, _ in changed)


def _belonging(version: Version) -> tuple[object, ...]:
    return version.actor, version.key.partition("/")[0], sorted(version.sent), version.taken
