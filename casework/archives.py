"""The records of each authority as the quality gate compares them: read once, then only what changed."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from domain.quality import Archive, Child, file_record
from schemas.record import InterviewRecord
from store.database import DatabaseUnavailable, Store
from store.views import archive as views
from store.views.archive import Submitted

PERSON: Final = "system:gate"
"""Text taken from a restricted child's record is found too; whose it is, is told to those who may know."""
BATCH: Final = 200
AHEAD_EVERY_SECONDS: Final = 60.0


@dataclass(slots=True)
class _Shelf:
    """What is known of one authority: the archive, and the mark that each record in it had."""

    lock: asyncio.Lock
    archive: Archive
    marks: dict[UUID, int]
    reading: "asyncio.Task[Archive] | None" = None


_shelves: "WeakKeyDictionary[Store, dict[str, _Shelf]]" = WeakKeyDictionary()


async def up_to_date(store: Store, authority: str) -> Archive:
    """Return the archive of all records submitted so far, each once and with its child as known now.

    The first time takes milliseconds for each record, in a thread of its own; later only what is new or
    another (sent back and written anew, of another child, of a child with another name) is read.
    """
    shelf = _shelf(store, authority)
    async with shelf.lock:
        while unread := await _unread(store, authority, shelf):
            for batch in _batches(unread):
                async with store.transaction(authority, PERSON) as tx:
                    new = await views.submitted(tx, batch)
                shelf.archive = await asyncio.to_thread(_adding, shelf.archive, new)
                shelf.marks |= {each.interview_id: each.mark for each in new}
        return shelf.archive


async def as_far_as_read(store: Store, authority: str, patience_seconds: float = 2.0) -> Archive:
    """Return the archive for somebody who waits: what was read so far, where all of it takes longer."""
    shelf = _shelf(store, authority)
    if shelf.reading is None or shelf.reading.done():
        shelf.reading = asyncio.create_task(up_to_date(store, authority))
    done, _ = await asyncio.wait({shelf.reading}, timeout=patience_seconds)
    return shelf.reading.result() if done else shelf.archive


class Reading:
    """Reads the archives ahead, so that nobody waits for the first time."""

    def __init__(self, store: Store, authorities: Sequence[str]) -> None:
        self._store = store
        self._authorities = authorities

    async def run(self) -> None:
        """Read until cancelled; a database that is away is asked again."""
        while True:
            with suppress(DatabaseUnavailable):
                for authority in self._authorities:
                    await up_to_date(self._store, authority)
            await asyncio.sleep(AHEAD_EVERY_SECONDS)


def _shelf(store: Store, authority: str) -> _Shelf:
    shelves = _shelves.setdefault(store, {})
    return shelves.setdefault(authority, _Shelf(asyncio.Lock(), Archive(), {}))


async def _unread(store: Store, authority: str, shelf: _Shelf) -> list[UUID]:
    """Take out what is no record any more, and return what is to be read."""
    async with store.transaction(authority, PERSON, snapshot=True) as tx:
        marks = await views.marks(tx)
    gone = shelf.marks.keys() - marks.keys()
    shelf.archive = shelf.archive.without({str(each) for each in gone})
    shelf.marks = {each: mark for each, mark in shelf.marks.items() if each not in gone}
    return [each for each, mark in marks.items() if shelf.marks.get(each) != mark]


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for begin in range(0, len(ids), BATCH):
        yield ids[begin : begin + BATCH]


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
