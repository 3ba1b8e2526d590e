"""What happened to an interview on one line of time: what people did, and what the facts made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from casework.views.interview import Deed, Story
from store.views.interviews import Value
from web.pages.audit_words import actor
from web.pages.command_words import ANSWERS, CONTACTS, HAPPENED, SPOKEN
from web.pages.terms import CHANGES, REASONS, term
from web.pages.times import moment
from web.record.sections import ASKED

Fact = tuple[str, str]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, with what was said. `by` is empty where the facts did it."""

    at: datetime
    title: str
    by: str
    facts: Sequence[Fact]


def history(story: Story) -> list[Entry]:
    """Return what happened, the latest first."""
    did = [_of_deed(deed, story.names) for deed in reversed(story.deeds)]
    became = [_of_value(value) for value in reversed(story.became)]
    return sorted([*did, *became], key=lambda entry: entry.at, reverse=True)


def _of_value(value: Value) -> Entry:
    due = f"{moment(value.due_at)}{', return not confirmed' if value.provisional_due else ''}"
    why = term(value.reason, REASONS) if value.reason else ""
    facts = [("Because", why), ("Was due by" if why else "Due by", due)]
    return Entry(value.at, term(value.event, CHANGES), "", [fact for fact in facts if fact[1]])


def _of_deed(deed: Deed, names: Names) -> Entry:
    given, said = deed.given, deed.said
    happened = HAPPENED.get(given.name, given.name)
    if said.get("answer") == "not_reached":
        happened = "attempted"
    labels = FORMER if happened == IMPORTED else LABELS
    facts = list(_facts(said, names, labels))
    return Entry(given.at, term(happened, CHANGES), actor(given.by, names), facts)


def _facts(said: Mapping[str, Any], names: Names, labels: Mapping[str, str]) -> Iterator[Fact]:
    for field, label in labels.items():
        if field in said and (words := _words(field, said[field], names)):
            yield label, words
    for one in said.get("reasons", ()):
        yield section_name(one["section"]), one["reason"]
    for one in said.get("answers", ()):
        yield "Why a finding does not hold", one["reason"]


def _words(field: str, value: Any, names: Names) -> str:
    if field in _TERMS:
        return term(value, _TERMS[field])
    if field in _PEOPLE:
        return names.get(str(value), str(value))
    match value:
        case bool():
            return "Yes" if value else ""
        case int():
            return f"{value} minutes"
        case list() | tuple():
            return f"{len(value):,}"
    return moment(datetime.fromisoformat(value)) if field in _MOMENTS else str(value)


def section_name(name: str) -> str:
    """Return what a section of the record is called on its page."""
    return ASKED[name].title if name in ASKED else term(name, {})


LABELS: Final = {
    "interviewer": "To",
    "chosen_by_child": "The child asked for this person",
    "at": "When",
    "how": "How",
    "to": "Who was spoken to",
    "answer": "Answer",
    "starts_at": "Agreed for",
    "minutes": "For",
    "held_at": "When",
    "held_by": "Held by",
    "place": "Where",
    "declined_by": "Who declined",
    "reason": "Why",
    "why": "Why",
    "also_offered": "What else was offered",
    "carer_said": "What the parent or carer said",
    "authorised_by": "Authorised by",
    "decision": "Decision",
    "note": "Note",
    "interviews": "Further absences",
}
IMPORTED: Final = "imported"
FORMER: Final = {
    "attempted_at": "Tried to offer",
    "offered_at": "Offered",
    "answer": "Answer",
    "held_at": "Held",
    "held_by": "Held by",
    "reason": "Why",
    "closed_at": "Closed there",
}
"""What the former system had of an imported interview."""
_TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "how": CONTACTS,
    "to": SPOKEN,
    "declined_by": SPOKEN,
    "answer": ANSWERS,
}
_PEOPLE: Final = frozenset({"interviewer", "held_by", "authorised_by"})
_MOMENTS: Final = frozenset({"at", "starts_at", "held_at", "attempted_at", "offered_at", "closed_at"})
