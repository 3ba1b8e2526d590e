"""Importing the authority's directory of interviewers and of the managers to whom lateness climbs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.apply import CHANGED
from casework.csv_rows import refusal
from casework.staff_rows import Sheet, StaffProblem
from domain.marks import LONDON
from schemas.reading import canonical
from schemas.staff import StaffMember
from store import ledger, staff
from store.database import Store


class DirectoryRefused(Exception):
    """The directory was not imported; `problems` says what is wrong in which line."""

    def __init__(self, problems: Sequence[StaffProblem]) -> None:
        super().__init__(refusal(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ImportedStaff:
    """What an import did, in people; `staying` are those whom the file does not have."""

    new: int
    changed: int
    unchanged: int
    staying: tuple[str, ...]
    problems: tuple[StaffProblem, ...] = ()


async def import_staff(
    store: Store, authority: str, sheet: Sheet, *, person: str, now: datetime, keep_going: bool = False
) -> ImportedStaff:
    """Import a directory in one transaction; the same again changes nothing. Nobody is ever removed.

    Raises:
        DirectoryRefused: something is wrong, and `keep_going` does not say to pass over those lines.
    """
    if sheet.problems and not keep_going:
        raise DirectoryRefused(sheet.problems)
    async with store.transaction(authority, person, exclusive=True) as tx:
        known = {member.id: member for member in await staff.all_of(tx)}
        changed = [member for member in sheet.people if known.get(member.id) != member]
        await staff.save(tx, changed, now)
        await ledger.write(tx, [_entry(member, known.get(member.id)) for member in changed], now)
        await tx.tell(CHANGED)
    new = sum(member.id not in known for member in changed)
    told = {member.id for member in sheet.people} | {problem.id for problem in sheet.problems}
    staying = tuple(sorted(known.keys() - told))
    return ImportedStaff(new, len(changed) - new, len(sheet.people) - len(changed), staying, sheet.problems)


async def works_here(store: Store, authority: str, staff_id: str, *, person: str, now: datetime) -> bool:
    """Whether somebody of the directory has this id, and is still there."""
    async with store.transaction(authority, person) as tx:
        found = (await staff.found(tx, [staff_id])).get(staff_id)
    return found is not None and found.works_here_on(now.astimezone(LONDON).date())


def _entry(member: StaffMember, before: StaffMember | None) -> ledger.Entry:
    """Return the ledger's line: which facts changed, and the digest of what they are now."""
    facts, was = member.model_dump(mode="json"), before.model_dump(mode="json") if before else {}
    facts |= {name: sorted(facts[name]) for name in ("roles", "involved_with")}
    payload = {
        "staff": member.id,
        "facts": hashlib.sha256(canonical(facts)).hexdigest(),
        "changed": sorted(name for name in facts if _plain(facts[name]) != _plain(was.get(name))),
    }
    return ledger.Entry("staff.imported", f"staff/{member.id}", payload)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
