"""The records of each authority as the quality gate compares them: read once, then only what changed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID
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
    """What is known of one authority: the archive, and the mark that each record in it had."""

    lock: asyncio.Lock
    archive: Archive
    marks: dict[UUID, int]


_shelves: "WeakKeyDictionary[Store, dict[str, _Shelf]]" = WeakKeyDictionary()


async def up_to_date(store: Store, authority: str) -> Archive:
    """Return the archive of all records submitted so far, each once and with its child as known now.

    The first time takes milliseconds for each record, in a thread of its own; later only what is new or
    another (sent back and written anew, of another child, of a child with another name) is read.
    """
    shelves = _shelves.setdefault(store, {})
    shelf = shelves.setdefault(authority, _Shelf(asyncio.Lock(), Archive(), {}))
    async with shelf.lock:
        while new := await _next(store, authority, shelf):
            shelf.archive = await asyncio.to_thread(_adding, shelf.archive, new)
            shelf.marks |= {each.interview_id: each.mark for each in new}
        return shelf.archive


async def _next(store: Store, authority: str, shelf: _Shelf) -> Sequence[Submitted]:
    """Take out what is no record any more, and return some of what is to be read."""
    async with store.transaction(authority, PERSON, snapshot=True) as tx:
        marks = await views.marks(tx)
        gone = shelf.marks.keys() - marks.keys()
        shelf.archive = shelf.archive.without({str(each) for each in gone})
        shelf.marks = {each: mark for each, mark in shelf.marks.items() if each not in gone}
        unread = (each for each, mark in marks.items() if shelf.marks.get(each) != mark)
        batch = list(islice(unread, BATCH))
        return await views.submitted(tx, batch) if batch else ()


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
