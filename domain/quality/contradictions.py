"""What cannot be so: times that do not fit, boxes that the text denies, an account that nobody gave."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from domain.quality.declining import has_account, is_declined
from domain.quality.finding import Finding, quote
from domain.quality.injuries import injury
from domain.quality.purpose_words import NO_HARM, NOT_SHARED
from domain.quality.reading import Reading
from domain.quality.risks import LONDON
from domain.quality.text import lines

FEW: Final = 2
"""Telling words from which on a text says more than that there was none."""
BEFORE: Final = lines(
    r"""
    (?:on|upon|at) (?:her|his|their|the) return
    when (?:he|she|they|\w+) (?:was|were|came|got|returned) (?:found|back|home|in)
    the (?:same )?night (?:he|she|they|\w+) (?:came|got|returned|was|were)
    (?:before|prior to) (?:the|our|this|my|i|we)
    already
    """
)
"""What says that something was done when the child came back, before the conversation."""


def declined(reading: Reading) -> Iterator[Finding]:
    """Yield a finding where the interview was declined and there is an account all the same."""
    if not reading.told.declined or is_declined(reading):
        return
    place, text = next((p, t) for p, t in reading.texts.items() if p.startswith("account."))
    yield Finding("contradiction_declined", place, quote(text), certain=has_account(reading))


def times(reading: Reading) -> Iterator[Finding]:
    """Yield each instant or day that cannot be, with what is written there."""
    for place, when, earliest, text in (*_offered(reading), *_acted(reading), *_shared(reading)):
        if when and earliest and when < earliest and not BEFORE.search(text):
            yield Finding(
                "contradiction_times", place, when.isoformat(), certain=_cannot_be(reading, place, when)
            )
    submitted_on = reading.told.submitted_at.astimezone(LONDON).date()
    held_on = (reading.told.held_at or reading.told.submitted_at).astimezone(LONDON).date()
    for number, outcome in enumerate(reading.record.outcomes):
        if (due := outcome.due_on) and due < submitted_on:
            place = f"outcomes.{number}.due_on"
            yield Finding("contradiction_times", place, due.isoformat(), certain=due < held_on)


def _cannot_be(reading: Reading, place: str, when: datetime) -> bool:
    """Whether no reading makes it right.

    What was done once the child was back may have been on return, and something may be shared before.
    """
    if place.startswith("harm."):
        return reading.told.returned_at is not None and when < reading.told.returned_at
    return not place.startswith("sharing.")


def facts(reading: Reading) -> Iterator[Finding]:
    """Yield the boxes that say none, or no, beside something."""
    record = reading.record
    if record.exploitation.none_seen and record.exploitation.indicators:
        yield Finding(
            "contradiction_facts", "exploitation.none_seen", record.exploitation.indicators[0].evidence
        )
    known = record.intelligence
    if known.none_known and any((known.people, known.places, known.vehicles, known.phones, known.online)):
        yield Finding("contradiction_facts", "intelligence.none_known")
    if record.harm.came_to_harm is False and (told := injury(reading)):
        yield Finding("contradiction_facts", "harm.came_to_harm", quote(told))
    if record.harm.came_to_harm and _says_no_harm(reading):
        yield Finding("contradiction_facts", "harm.came_to_harm", quote(record.harm.what))
    if record.sharing.shared and NOT_SHARED.match(record.sharing.nothing_shared):
        yield Finding("contradiction_facts", "sharing.nothing_shared", quote(record.sharing.nothing_shared))


def _says_no_harm(reading: Reading) -> bool:
    """Whether the words beside the box say that there was none, and nothing else."""
    text = reading.texts.get("harm.what", "")
    left = NO_HARM.sub(" ", text)
    return left != text and len(reading.specific(left)) < FEW and injury(reading) is None


_Checked = tuple[str, datetime | None, datetime | None, str]


def _offered(reading: Reading) -> Iterator[_Checked]:
    told, offer = reading.told, reading.record.offer
    yield "offer.offered_at", offer.offered_at, told.returned_at, ""
    yield "held_at", told.held_at, told.returned_at, ""
    if offer.offered_at and told.returned_at and offer.offered_at >= told.returned_at:
        yield "offer.offered_at", told.held_at, offer.offered_at, ""


def _acted(reading: Reading) -> Iterator[_Checked]:
    for number, action in enumerate(reading.record.harm.actions):
        yield f"harm.actions.{number}.done_at", action.done_at, reading.told.held_at, action.what


def _shared(reading: Reading) -> Iterator[_Checked]:
    for number, shared in enumerate(reading.record.sharing.shared):
        yield f"sharing.shared.{number}.shared_at", shared.shared_at, reading.told.returned_at, ""
