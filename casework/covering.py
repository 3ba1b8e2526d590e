"""One conversation for several interviews: what is done to the one that is held is done to the others too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from casework.deeds import COVERED, deed_of
from casework.keeping import after, keep
from casework.refusals import NotAllowed
from domain.lifecycle import Covered, Deed, Uncovered, progress_of
from schemas.commands import Command, Cover, Decline, NotPossible, Reinstate, Void
from schemas.words import Stage
from store import conduct, drafts
from store.conduct import Conducted
from store.database import Transaction

ENDS_COVER = (Decline, NotPossible, Void)
"""After these there is no conversation: what it should have covered goes on by itself."""


async def on_its_own(tx: Transaction, found: Conducted, key: str, by: str, now: datetime) -> Conducted:
    """Return an interview that can be acted on: not held in another one's conversation.

    Where the other one was voided by the facts, what was held or said in it is this one's now, with the
    record; where it was not held yet, this one goes on from where it was.

    Raises:
        NotAllowed: it is held in another one's conversation.
    """
    cover_id = found.progress.covered_by
    if cover_id is None:
        return found
    cover = await conduct.find(tx, cover_id)
    if cover is not None and cover.interview.stage is not Stage.VOIDED:
        raise NotAllowed(f"it is held in the conversation of interview {cover_id}: act on that one")
    if found.progress.held_at is None:
        deed = await uncovered(tx, found)
        return await keep(tx, after(found, deed, now), deed, _part(key, found), by, at=now)
    return await _adopted(tx, found, cover_id, key, by, now=now)


async def _adopted(
    tx: Transaction, found: Conducted, cover_id: UUID, key: str, by: str, *, now: datetime
) -> Conducted:
    """Make a conversation that was held this interview's own, with its record; it goes on covering others."""
    record_no = await _record_taken_over(tx, found, cover_id, key, now)
    own = replace(found.progress, covered_by=None, record_no=record_no if found.progress.record_no else None)
    deed = Uncovered(own)
    holder = await keep(tx, after(found, deed, now), deed, _part(key, found), by, at=now)
    for other in await conduct.covered_by(tx, cover_id):
        if other.interview.id != found.interview.id:
            shared = Covered(holder.interview.id, holder.progress)
            await keep(tx, after(other, shared, now), shared, _part(key, other), by, at=now)
    return holder


async def _record_taken_over(
    tx: Transaction, found: Conducted, cover_id: UUID, key: str, now: datetime
) -> int | None:
    latest = await drafts.latest(tx, cover_id)
    if latest is None:
        return None
    taken = replace(
        latest,
        interview_id=found.interview.id,
        no=await drafts.last_no(tx, found.interview.id) + 1,
        key=_part(key, found),
        actor=tx.person,
        saved_at=now,
        based_on=0,
        sent=latest.record or {},
    )
    await drafts.add(tx, taken)
    return taken.no


async def uncovered(tx: Transaction, found: Conducted) -> Uncovered:
    """Return where an interview was before another conversation was to cover it."""
    given = await conduct.given_to(tx, found.interview.id)
    last = max(each.no for each in given if each.name == COVERED)
    deeds = [(deed_of(each.name, each.body), each.at) for each in given if each.no < last]
    before = progress_of(deeds)
    return Uncovered(replace(before, covered_by=None))


async def shared(
    tx: Transaction, before: Conducted, own: Conducted, covered: Sequence[Conducted], command: Command
) -> list[tuple[Conducted, Deed]]:
    """Return what a command does to other interviews: to those covered before, and those covered by it."""
    as_own = Covered(own.interview.id, own.progress)
    if isinstance(command, Cover):
        others = await conduct.several(tx, command.interviews)
        return [(others[id_], as_own) for id_ in sorted(others)]
    if isinstance(command, ENDS_COVER):
        return [(each, await uncovered(tx, each)) for each in covered]
    # one that was voided for a while may have stayed behind
    in_step = {each.interview.id for each in covered if each.progress.stage is before.progress.stage}
    return [(each, command if each.interview.id in in_step else as_own) for each in covered]


def key_for(key: str, other: Conducted) -> str:
    """Return the key of what a command does to another interview."""
    return f"{key}#{other.interview.id}"


def _part(key: str, found: Conducted) -> str:
    return f"{key_for(key, found)}/own"


def stands(found: Conducted, command: Command) -> None:
    """Pass an interview to which something can be done.

    Raises:
        NotAllowed: it was voided.
    """
    struck = found.progress.struck_from is not None
    if found.interview.stage is Stage.VOIDED and not (struck and isinstance(command, Reinstate)):
        why = "a person took it off the list: reinstate it first" if struck else "it cannot be changed"
        raise NotAllowed(f"the interview was voided ({found.interview.voided_reason}): {why}")
