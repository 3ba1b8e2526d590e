"""Whom an alert was told to, one line for each person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from casework.views.interview import Alarm
from store.alerts import Delivery
from web.pages.terms import term


@dataclass(frozen=True, slots=True)
class Way:
    """One way by which somebody was told, or was to be; `at` is when they were."""

    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One person, as what they were told, and by which ways; without a name nobody has that role."""

    name: str
    role: str
    ways: Sequence[Way]


def people_told(alarm: Alarm, names: Mapping[str, str]) -> list[Told]:
    """Return who was told, from the nearest to the child upwards."""
    by_person = groupby(alarm.told, key=lambda each: (each.role, each.recipient))
    return [
        Told(_name(who, names), term(role, {}).lower(), list(_ways(list(deliveries))))
        for (role, who), deliveries in by_person
    ]


def _name(who: str, names: Mapping[str, str]) -> str:
    return "" if who.startswith(ROLE) else names.get(who, who)


def _ways(deliveries: Sequence[Delivery]) -> Iterator[Way]:
    """Yield what reached them first, then what did not."""
    for each in sorted(deliveries, key=lambda one: one.sent_at is None):
        yield Way(f"{_STATES[each.state]} {_CHANNELS.get(each.channel, each.channel)}", each.sent_at)


ROLE: Final = "role:"
"""How a recipient begins who is nobody, since the directory has none for that role."""
_CHANNELS: Final = {"inbox": "on the page", "email": "by e-mail", "text": "by text", "teams": "in Teams"}
_STATES: Final = {
    "sent": "told",
    "queued": "waits to be told",
    "failed": "could not be told",
    "undeliverable": "could not be reached",
}
