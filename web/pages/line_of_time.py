"""What happened, as the entries of one line of time: what was told, and what became of the interview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.views.timeline import Chapter, InterviewStory, Telling
from schemas.notification import Address, MissingFacts, Notification
from web.pages.terms import CATEGORIES, CHANGES, KINDS, PLACES, REASONS, RISKS, force, term
from web.pages.times import moment

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the line. `deadline` where it is about the interview."""

    at: datetime
    title: str
    by: str
    facts: Sequence[Fact]
    marks: Sequence[str] = ()
    deadline: bool = False


def entries(chapter: Chapter) -> list[Entry]:
    """Return what happened in one episode, the earliest first."""
    told = [of_telling(telling) for telling in chapter.tellings]
    became = [entry for story in chapter.interviews for entry in _of_interview(story)]
    return sorted([*told, *became], key=lambda entry: entry.at)


def of_telling(telling: Telling) -> Entry:
    """Return what one notification told, at the moment that it tells of."""
    notification = telling.notification
    by = f"{force(notification.source)}, reference {notification.subject}"
    return Entry(
        at=notification.data.occurred_at,
        title=term(notification.kind, KINDS),
        by=f"{by}. Told {moment(notification.time)}, received {moment(telling.received_at)}.",
        facts=list(facts_of(notification)),
        marks=telling.marks,
    )


def facts_of(notification: Notification) -> Iterator[Fact]:
    """Yield what a notification says beside who and when."""
    data = notification.data
    if data.missing:
        yield from _missing(data.missing)
    if data.located:
        yield from _named(("Where", data.located.place), ("Found by", data.located.located_by))
    if data.returned:
        harm = ", ".join(data.returned.harm or ())
        returned_to = term(data.returned.returned_to, PLACES)
        yield from _named(
            ("Returned to", returned_to), ("Address", _address(data.returned.address)), ("Harm", harm)
        )
    if data.prevention_interview:
        held = {True: "Yes", False: "No"}.get(data.prevention_interview.held or False)
        concerns = ", ".join(data.prevention_interview.concerns or ())
        yield from _named(
            ("Held", held), ("Summary", data.prevention_interview.summary), ("Concerns", concerns)
        )
    yield from _named(("Reason", data.reason))


def _missing(missing: MissingFacts) -> Iterator[Fact]:
    yield from _named(
        ("Last seen", moment(missing.last_seen_at) if missing.last_seen_at else None),
        ("Where last seen", missing.last_seen_place),
        ("Risk", term(missing.risk_level, RISKS)),
        ("Category", term(missing.category, CATEGORIES)),
        ("Missing from", term(missing.missing_from, PLACES)),
        ("Address", _address(missing.missing_from_address)),
        ("Told by", term(missing.reported_by, {})),
        ("Circumstances", missing.circumstances),
        ("Risk factors", ", ".join(term(factor, {}) for factor in missing.risk_factors or ())),
    )


def _named(*facts: tuple[str, str | None]) -> Iterator[Fact]:
    yield from ((name, value) for name, value in facts if value)


def _address(address: Address | None) -> str | None:
    return ", ".join(part for part in (*(address.lines or ()), address.postcode) if part) if address else None


def _of_interview(story: InterviewStory) -> Iterator[Entry]:
    for value in story.history:
        due = f"{moment(value.due_at)}{', return not confirmed' if value.provisional_due else ''}"
        why = term(value.reason, REASONS) if value.reason else None
        yield Entry(
            at=value.at,
            title=term(value.event, CHANGES),
            by="",
            facts=list(_named(("Because", why), ("Due by" if not why else "Was due by", due))),
            deadline=True,
        )
