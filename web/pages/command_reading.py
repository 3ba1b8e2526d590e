"""What was typed into the form of a command, read: the command's body, and what is wrong by field."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from schemas.reading import Problem
from web.guard.forms import Typed as Form
from web.pages.command_words import ANSWERS, CONTACTS, SPOKEN
from web.pages.local_time import LONDON, NotATime, Typed, read_moment, read_time
from web.pages.times import clock_time, moment

Names = Mapping[str, str]
DAY: Final = "on"
"""The first field of the day; its month and year follow it."""
BUTTON: Final = "record"
"""Where a problem is shown that is of no one field."""
COVERED: Final = "covered"
COVERED_FIELD: Final = "covered-"


@dataclass(slots=True)
class Reading:
    """What was typed, and what is wrong with it, by field and in the order of the page."""

    form: Form
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return what stands in a field, without spaces around it."""
        return self.form.get(name, "").strip()

    def needed(self, name: str, message: str) -> str:
        """Return what stands in a field that must not be empty."""
        text = self.text(name)
        if not text:
            self.wrong(name, message)
        return text

    def one_of(self, name: str, terms: Iterable[str], message: str) -> str:
        """Return which of these was chosen."""
        chosen = self.text(name)
        if chosen not in set(terms):
            self.wrong(name, message)
        return chosen

    def moment(self) -> datetime | None:
        """Return the moment in UTC that was typed as a day and a time in London."""
        day, month, year = (self.form.get(f"{DAY}-{part}", "") for part in PARTS)
        time, which = self.form.get("time", ""), self.form.get("which", "")
        try:
            return read_moment(Typed(day, month, year, time, which))
        except NotATime as error:
            self.wrong(DAY if error.field == "day" else error.field, error.message)
        try:  # where the day is wrong already, nobody has looked at the time yet
            read_time(time)
        except NotATime as error:
            self.wrong(error.field, error.message)
        return None

    def wrong(self, name: str, message: str) -> None:
        self.errors.setdefault(name, message)


PARTS: Final = ("day", "month", "year")


def read_body(command: str, form: Form) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the body of a command, and what is wrong with what was typed, by field."""
    reading = Reading(form)
    body = _BODIES[command](reading)
    return body, reading.errors


def on_the_form(problems: Iterable[Problem], names: Names) -> dict[str, str]:
    """Return what the casework found wrong, by field of the form; `names` are of staff, by id."""
    errors: dict[str, str] = {}
    for problem in problems:
        name = problem.field.partition(".")[0]
        who, _, rest = problem.message.partition(" ")
        label = names[who] if who in names else LABELS.get(name, "")
        said = f"{label} {_local(rest if who in names else problem.message)}".strip()
        errors.setdefault(FIELDS.get(name, name), f"{said[:1].upper()}{said[1:]}")
    return errors


def _local(message: str) -> str:
    """Return a message of the casework with its times as they are in London."""
    message = _SLOT.sub(lambda found: f"{found[1]}T{found[2]} to {_end(found[1], found[3])}", message)
    return _INSTANT.sub(lambda found: moment(datetime.fromisoformat(found[0])), message)


def _end(day: str, time: str) -> str:
    return clock_time(datetime.fromisoformat(f"{day}T{time}").astimezone(LONDON))


def _offer(reading: Reading) -> dict[str, Any]:
    body = {
        "answer": reading.one_of("answer", ANSWERS, "Choose what came of it"),
        "how": reading.one_of("how", CONTACTS, "Choose how you tried"),
        "to": reading.one_of("to", SPOKEN, "Choose whom you spoke to, or tried to reach"),
    }
    return {**body, "at": reading.moment(), "note": reading.text("note")}


def _arrange(reading: Reading) -> dict[str, Any]:
    starts_at = reading.moment()
    minutes = reading.needed("minutes", "Enter how many minutes it will take, for example 60")
    if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) <= MOST_DIGITS):
        reading.wrong("minutes", "Enter minutes as a whole number, for example 60")
    place = reading.needed("place", "Say where, so that you both find it")
    return {"starts_at": starts_at, "minutes": minutes, "place": place}


def _hold(reading: Reading) -> dict[str, Any]:
    held_at = reading.moment()
    held_by = reading.needed("held_by", "Choose who held it")
    return {"held_at": held_at, "held_by": held_by, "place": reading.text("place")}


def _decline(reading: Reading) -> dict[str, Any]:
    return {
        "declined_by": reading.one_of("declined_by", SPOKEN, "Choose who said no"),
        "at": reading.moment(),
        "reason": reading.needed("reason", "Say why, in the child’s words if you can"),
        "also_offered": reading.needed("also_offered", "Say what else, and who else, was offered"),
        "carer_said": reading.needed(
            "carer_said", "Say what the parent or carer knows, or why nobody was asked"
        ),
        "authorised_by": reading.needed("authorised_by", "Choose the manager who agreed to this"),
    }


def _not_possible(reading: Reading) -> dict[str, Any]:
    reason = reading.needed("reason", "Say why it cannot be held")
    manager = reading.needed("authorised_by", "Choose the manager who agreed to this")
    return {"reason": reason, "authorised_by": manager}


def _void(reading: Reading) -> dict[str, Any]:
    return {"reason": reading.needed("reason", "Say why it should not be on the list")}


def _reinstate(reading: Reading) -> dict[str, Any]:
    return {"reason": reading.needed("reason", "Say why it is needed after all")}


def _cover(reading: Reading) -> dict[str, Any]:
    chosen = [name.removeprefix(COVERED_FIELD) for name in reading.form if name.startswith(COVERED_FIELD)]
    if not chosen:
        reading.wrong(COVERED, "Choose at least one other absence")
    elif not all(map(_is_id, chosen)):
        reading.wrong(COVERED, "Choose from the list")
    reason = reading.needed("reason", "Say why one conversation is enough")
    return {"interviews": chosen, "reason": reason}


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


_BODIES: Final[Mapping[str, Callable[[Reading], dict[str, Any]]]] = {
    "offer": _offer,
    "arrange": _arrange,
    "hold": _hold,
    "decline": _decline,
    "not-possible": _not_possible,
    "void": _void,
    "reinstate": _reinstate,
    "cover": _cover,
}
COMMANDS: Final = frozenset(_BODIES)
"""The commands that have a form here; every other one has a page of its own."""
MOST_DIGITS: Final = 4
FIELDS: Final = {"at": DAY, "held_at": DAY, "starts_at": DAY, "interviews": COVERED, "by": BUTTON, "": BUTTON}
"""Which field of the form holds a field of the command, where it is called otherwise."""
LABELS: Final = {
    "at": "The time",
    "held_at": "The time",
    "starts_at": "The time",
    "minutes": "The number of minutes",
    "place": "The place",
    "reason": "The reason",
    "note": "The note",
    "also_offered": "What else was offered",
    "carer_said": "What the parent or carer said",
    "interviews": "One that you chose",
}
"""How a message of the casework begins, which says what is wrong with the field."""
_SLOT: Final = re.compile(r"\b(\d{4}-\d\d-\d\d)T(\d\d:\d\dZ) to (\d\d:\d\dZ)")
_INSTANT: Final = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z")
