"""Taking a force's list of missing children in, and comparing it with what is known here.

A list closes no episode and opens none: each difference is a task for a person. The same list again changes
nothing; one that is hardly believable, such as an empty one, is put before a person before it is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from casework.apply import CHANGED
from casework.police_list_tasks import COMPARING, Found, again_within
from casework.policy_in_force import in_force
from casework.refusals import BadInput, NotAllowed, Unknown
from domain.continuity import NAMESPACE
from schemas.police_list import Listed, SentList
from schemas.policy import Policy
from schemas.reading import Problem
from schemas.words import EpisodeStatus
from store import beats, ledger, originals, police_lists
from store.database import Store, Transaction
from store.originals import Kept
from store.police_lists import ListRow

AHEAD: Final = timedelta(minutes=5)
MOST_CHARACTERS: Final = 2000
EMPTY: Final = "it is empty, while children are missing here of whom this force told"
NOT_UNDERSTOOD: Final = "none of its rows could be understood"
OLDER: Final = "it is older than one that came before"
LIES_AHEAD: Final = "the moment of which it is lies ahead"


class State(StrEnum):
    """What became of a list."""

    COMPARED = "compared"
    DOUBTED = "doubted"
    OLDER = "older"
    REFUSED = "refused"
    PASSED_OVER = "passed_over"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a list; `new` is false where it was here before."""

    list: ListRow
    new: bool
    found: Found


async def take(
    store: Store, authority: str, sent: SentList, policy: Policy, *, person: str, now: datetime
) -> Taken:
    """Keep a list and compare it, unless it is older than one that was seen, or hardly believable.

    Raises:
        DatabaseUnavailable: nothing was kept; the same again does no harm.
    """
    mine = [row for row in sent.rows if row.authority in {None, authority}]
    async with store.transaction(authority, person, exclusive=True) as tx:
        made = await _judged(tx, sent, mine, now)
        kept = mine if made.state != State.REFUSED else []
        if not await police_lists.add(tx, made, kept, [one.raw for one in sent.unread]):
            return Taken(await police_lists.find(tx, made.id) or made, new=False, found=Found())
        if made.why is None or not made.others:  # nothing is kept of what is for others alone
            await originals.add(tx, _original(authority, sent, now))
        await ledger.write(tx, [_received(made)], now)
        if made.state in {State.COMPARED, State.DOUBTED}:
            await beats.reach(tx, beat_of(authority, sent.source), now)
        found = await again_within(tx, sent.source, await in_force(tx, policy), now)
        await tx.tell(CHANGED)
        return Taken(made, new=True, found=found)


async def decide(
    store: Store, authority: str, list_id: UUID, *, believe: bool, why: str, person: str, by: str,
    policy: Policy, now: datetime,
) -> None:  # fmt: skip
    """Say of a doubted list that it is right, so that it is compared; or pass it over.

    Raises:
        Unknown: there is no such list.
        NotAllowed: it is not doubted (any more).
        BadInput: nothing says why.
    """
    if not why.strip() or len(why) > MOST_CHARACTERS:
        raise BadInput([Problem("reason", f"Say why, in {MOST_CHARACTERS:,} characters or fewer")])
    async with store.transaction(authority, person, exclusive=True) as tx:
        found = await police_lists.find(tx, list_id)
        if found is None:
            raise Unknown("there is no such list")
        if found.state != State.DOUBTED:
            raise NotAllowed("somebody has decided about this list: look at it again")
        latest = await police_lists.latest(tx, found.source)
        older = latest is not None and latest.as_of > found.as_of
        state = State.PASSED_OVER if not believe else State.OLDER if older else State.COMPARED
        decided = replace(found, state=state, why=OLDER if believe and older else why, decided_by=by)
        await police_lists.decide(tx, decided, now)
        told = {"state": state.value, "by": by}
        await ledger.write(tx, [ledger.Entry("police-list.decided", f"police-list/{list_id}", told)], now)
        async with tx.as_system(COMPARING) as system:
            await again_within(system, found.source, await in_force(tx, policy), now)
        await tx.tell(CHANGED)


async def _judged(tx: Transaction, sent: SentList, mine: Sequence[Listed], now: datetime) -> ListRow:
    """Return the list as it is kept, with what becomes of it."""
    state, why = await _state(tx, sent, mine, now)
    doubts = [{"place": row.place, "message": doubt} for row in mine for doubt in row.doubts]
    return ListRow(
        id=uuid5(
            NAMESPACE,
            f"police-list/{tx.authority}/{sent.source}/{sent.as_of.timestamp()}/{sent.told.hex()}",
        ),
        source=sent.source,
        as_of=sent.as_of,
        name=sent.name,
        digest=sent.digest,
        via=sent.via,
        received_at=now,
        rows=len(mine),
        others=len(sent.rows) - len(mine),
        faults=[*({"place": one.place, "message": one.message} for one in sent.unread), *doubts],
        state=state,
        why=why,
    )


async def _state(
    tx: Transaction, sent: SentList, mine: Sequence[Listed], now: datetime
) -> tuple[State, str | None]:
    latest = await police_lists.latest(tx, sent.source)
    if sent.as_of > now + AHEAD:
        return State.REFUSED, LIES_AHEAD
    if not mine and sent.rows:
        others = ", ".join(sorted({row.authority for row in sent.rows if row.authority}))
        return State.REFUSED, f"it is of another authority ({others})"
    if not mine and sent.unread:
        return State.REFUSED, NOT_UNDERSTOOD
    if latest and sent.as_of < latest.as_of:
        return State.OLDER, OLDER
    if not mine and await _any_open(tx, sent.source):
        return State.DOUBTED, EMPTY
    return State.COMPARED, None


async def _any_open(tx: Transaction, source: str) -> bool:
    ours = await police_lists.episodes(tx, source, ())
    return any(one.references and one.status is EpisodeStatus.OPEN for one in ours)


def _original(authority: str, sent: SentList, now: datetime) -> Kept:
    """Return the file as it came; it is shown to nobody, since a restricted child may stand in it."""
    return Kept(authority, sent.digest, sent.name, sent.media, sent.content, "", sent.via, sent.source, now)


def _received(made: ListRow) -> ledger.Entry:
    told = {
        "source": made.source,
        "as_of": made.as_of.isoformat(),
        "digest": made.digest.hex(),
        "rows": made.rows,
        "state": made.state,
    }
    return ledger.Entry("police-list.received", f"police-list/{made.id}", told)


def beat_of(authority: str, source: str) -> str:
    """Return the name under which it is kept when a force's list came last."""
    return f"police-list/{authority}/{source}"
