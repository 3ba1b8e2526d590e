"""The form of a command as it is shown first: what is known is filled in, and what can be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.views import interview as views
from schemas.staff import Role, StaffMember
from store.conduct import Conducted
from store.database import Transaction
from store.views.interviews import Interview
from web.guard.forms import Typed
from web.pages.command_reading import COVERED_FIELD, DAY
from web.pages.local_time import FIRST, LONDON, SECOND
from web.pages.times import moment

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form offers to choose from: people by id and name, and the child's other interviews by field."""

    people: Choices = ()
    managers: Choices = ()
    absences: Choices = ()


async def offered(tx: Transaction, command: str, found: Conducted, now: datetime) -> Offered:
    """Return what the form of a command offers to choose from."""
    match command:
        case "hold":
            here = await views.colleagues(tx, now)
            held_by = found.progress.interviewer
            return Offered(people=_people([one for one in here if one.id == held_by or _interviews(one)]))
        case "decline" | "not-possible":
            here = await views.colleagues(tx, now)
            return Offered(managers=_people([each for each in here if each.is_manager]))
        case "cover":
            others = await views.coverable(tx, found)
            return Offered(absences=[_absence(each, now) for each in others])
        case _:
            return Offered()


def _interviews(member: StaffMember) -> bool:
    return Role.INTERVIEWER in member.roles


def at_first(command: str, found: Conducted, now: datetime) -> Typed:
    """Return what stands in a form before anybody typed."""
    begin = _FIRST.get(command)
    return begin(found, now) if begin else {}


def _offer(_: Conducted, now: datetime) -> Typed:
    return {"to": "child", **_moment(now)}


def _arrange(found: Conducted, _: datetime) -> Typed:
    """Return the slot agreed before, which is to be changed; else none."""
    progress = found.progress
    starts_at, until = progress.arranged_for, progress.arranged_until
    if starts_at is None or until is None:
        return {"minutes": "60"}
    minutes = int((until - starts_at).total_seconds() // 60)
    return {"minutes": str(minutes), "place": progress.place or "", **_moment(starts_at)}


def _hold(found: Conducted, now: datetime) -> Typed:
    """Return the slot that was agreed, if it has begun."""
    progress = found.progress
    agreed = progress.arranged_for
    held_at = agreed if agreed is not None and agreed <= now else now
    return {"held_by": progress.interviewer or "", "place": progress.place or "", **_moment(held_at)}


def _decline(_: Conducted, now: datetime) -> Typed:
    return {"declined_by": "child", **_moment(now)}


def _moment(at: datetime) -> dict[str, str]:
    """Return a moment as it is typed; in the hour that comes twice also which of the two it is."""
    local = at.astimezone(LONDON)
    typed = {f"{DAY}-day": local.day, f"{DAY}-month": local.month, f"{DAY}-year": local.year}
    other = local.replace(fold=1 - local.fold)
    twice = other.utcoffset() != local.utcoffset()
    which = (SECOND if local.fold else FIRST) if twice else ""
    return {name: str(part) for name, part in typed.items()} | {"time": f"{local:%H:%M}", "which": which}


def _people(members: Sequence[StaffMember]) -> Choices:
    return [(each.id, each.name) for each in members]


def _absence(other: Interview, now: datetime) -> tuple[str, str]:
    text = f"Back {moment(other.clock_started_at, now)}, due by {moment(other.due_at, now)}"
    return f"{COVERED_FIELD}{other.id}", text


_FIRST: Final[Mapping[str, Callable[[Conducted, datetime], Typed]]] = {
    "offer": _offer,
    "arrange": _arrange,
    "hold": _hold,
    "decline": _decline,
}
