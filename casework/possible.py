"""What can be done to an interview now, and by whom: asked of the same table that the commands go by."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.conduct_checks import FOR_MANAGERS
from domain import lifecycle
from domain.lifecycle import BY_PERSON
from schemas.commands import Reinstate
from schemas.staff import StaffMember
from schemas.words import Stage
from store import conduct
from store.conduct import Conducted
from store.database import Transaction

MANAGERS_OWN = frozenset(command.name for command in FOR_MANAGERS)
"""The commands that only a manager of the directory may give."""


@dataclass(frozen=True, slots=True)
class Possible:
    """The commands that can be given now; `by_managers` only by a manager.

    `instead` is the interview whose conversation this one is held in: what is done is done to that one.
    """

    commands: Sequence[str]
    by_managers: Sequence[str] = ()
    instead: UUID | None = None


def allowed(stage: Stage) -> list[str]:
    """Return the commands that can be given at a stage, whoever gives them."""
    return lifecycle.allowed(stage)


async def possible(tx: Transaction, found: Conducted, by: StaffMember | None) -> Possible:
    """Return what somebody can do to an interview as it stands; None is who is not in the directory."""
    if found.progress.covered_by:
        cover = await conduct.find(tx, found.progress.covered_by)
        if cover is not None and cover.interview.stage is not Stage.VOIDED:
            return Possible((), instead=cover.interview.id)
    names = _at(found)
    if by is not None and by.is_manager:
        return Possible(names)
    others = [name for name in names if name not in MANAGERS_OWN]
    return Possible(others, [name for name in names if name in MANAGERS_OWN])


def _at(found: Conducted) -> list[str]:
    """Return the commands at its stage; what the rules voided can only be brought back by the facts."""
    names = allowed(found.interview.stage)
    by_rules = found.interview.stage is Stage.VOIDED and found.interview.voided_reason != BY_PERSON
    return [name for name in names if not by_rules or name != Reinstate.name]
