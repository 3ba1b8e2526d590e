"""The records of each authority as the quality gate compares them: read once, then only what is new."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from domain.quality import Archive, Child, file_record
from schemas.record import InterviewRecord
from store.database import Store
from store.views import archive as views
from store.views.archive import Submitted

PERSON: Final = "system:gate"
"""Text taken from a restricted child's record is found too; whose it is, is told to those who may know."""
BATCH: Final = 200


@dataclass(slots=True)
class _Shelf:
    """What is known of one authority: the archive, up to which submission, among how many joined children."""

    lock: asyncio.Lock
    archive: Archive
    serial: int = 0
    joined: int = 0


_shelves: "WeakKeyDictionary[Store, dict[str, _Shelf]]" = WeakKeyDictionary()


async def up_to_date(store: Store, authority: str) -> Archive:
    """Return the archive of all records submitted so far.

    The first time takes milliseconds for each record, in a thread of its own; later only the new ones do.
    """
    shelves = _shelves.setdefault(store, {})
    shelf = shelves.setdefault(authority, _Shelf(asyncio.Lock(), Archive()))
    async with shelf.lock:
        while new := await _next(store, authority, shelf):
            shelf.archive = await asyncio.to_thread(_adding, shelf.archive, new)
            shelf.serial = new[-1].serial
        return shelf.archive


async def _next(store: Store, authority: str, shelf: _Shelf) -> Sequence[Submitted]:
    async with store.transaction(authority, PERSON) as tx:
        joined = await views.joined_children(tx)
        if joined != shelf.joined:
            shelf.archive, shelf.serial, shelf.joined = Archive(), 0, joined
        return await views.submitted_since(tx, shelf.serial, BATCH)


def _adding(archive: Archive, new: Sequence[Submitted]) -> Archive:
    return archive.adding(
        file_record(
            str(each.interview_id),
            child_of(str(each.child_id), each.child_facts),
            InterviewRecord.model_validate(each.record),
        )
        for each in new
    )


def child_of(child_id: str, facts: Mapping[str, Any]) -> Child:
    """Return a child by what was told of them."""
    return Child(
        id=child_id,
        given_names=facts.get("given_names") or "",
        family_name=facts.get("family_name") or "",
        also_known_as=tuple(facts.get("also_known_as") or ()),
        sex=facts.get("sex"),
    )
