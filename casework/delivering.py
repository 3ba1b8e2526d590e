"""Telling people: what waits is taken, put together for each person, and what became of it is written down.

Any number of runs may be at it at once. What one has taken is its own for a while (a lease); if it dies
between sending and writing that down, the same message goes out once more, with the same reference.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.apply import CHANGED
from casework.parcels import Parcel, by_person, hindrance, parcel
from domain.digest import HOUR, bundled, wait_until
from domain.working_time import LONDON
from schemas.notices import DAILY_BRIEF
from schemas.policy import Policy
from schemas.staff import StaffMember
from store import deliveries, ledger, staff
from store.database import Store, Transaction
from store.deliveries import Waiting

DELIVER: Final = "system:deliver"
"""Who acts when messages go out by the clock."""
AT_ONCE: Final = 500
LEASE: Final = timedelta(minutes=5)
PAUSES: Final = tuple(timedelta(minutes=each) for each in (1, 2, 4, 8, 15, 30))
"""How long to wait after each try; after one more it has failed: the ladder climbs within the hour."""
LONGEST_PAUSE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Post:
    """Whose messages go out, by which rules and which `ways`: those that are set up.

    `step` is the only step to be told of; null: all.
    """

    store: Store
    authority: str
    policy: Policy
    ways: Collection[str]
    step: str | None = None


async def claim(post: Post, now: datetime) -> list[Parcel] | None:
    """Take what may go out now, for LEASE; None where nothing is left.

    What cannot reach its person, or is over, ends here with the reason.
    """
    async with post.store.transaction(post.authority, DELIVER) as tx:
        waiting = await deliveries.due(tx, now, AT_ONCE, post.step)
        if not waiting:
            return None
        people = await staff.found(tx, {one.recipient for one in waiting})
        able = await _able(tx, waiting, people, post.ways, now)
        went = await deliveries.lately(tx, people, now - HOUR, now)
        taken: list[Parcel] = []
        for together in by_person(able):
            who, way = together[0].recipient, together[0].channel
            bundles = await _bundles(tx, post.policy, together, went.get((who, way), ()), now)
            taken += [parcel(post.policy, people[who], bundle) for bundle in bundles]
        for each in taken:
            await deliveries.take(tx, each.deliveries, each.key, now + LEASE)
        await tx.tell(CHANGED)
        return taken


async def sent(post: Post, each: Parcel, reference: str, now: datetime) -> None:
    """Write down that a parcel went out, and under which reference of the other side."""
    async with post.store.transaction(post.authority, DELIVER) as tx:
        await deliveries.sent(tx, each.deliveries, reference, now)
        await _note(tx, each, "sent", {"reference": reference}, now)


async def not_sent(post: Post, each: Parcel, why: str, after_seconds: float | None, now: datetime) -> bool:
    """Write down why a parcel did not go out; return whether it is tried again."""
    pause = pause_after(each.attempts, after_seconds)
    if pause is None:
        await never(post, each, why, now)
        return False
    async with post.store.transaction(post.authority, DELIVER) as tx:
        await deliveries.put_off(tx, each.deliveries, why, now + pause)
        await tx.tell(CHANGED)
    return True


async def never(post: Post, each: Parcel, why: str, now: datetime) -> None:
    """Write down why a parcel will not go out."""
    async with post.store.transaction(post.authority, DELIVER) as tx:
        await deliveries.given_up(tx, each.deliveries, "failed", why)
        await _note(tx, each, "failed", {"why": why}, now)


def pause_after(attempts: int, after_seconds: float | None) -> timedelta | None:
    """Return how long to wait after so many tries, and as the other side asked; None: it has failed.

    Where it would be for long, somebody else had better be told: the ladder climbs.
    """
    asked = timedelta(seconds=after_seconds or 0)
    if attempts > len(PAUSES) or asked > LONGEST_PAUSE:
        return None
    return max(PAUSES[attempts - 1], asked)


async def _able(
    tx: Transaction,
    waiting: Sequence[Waiting],
    people: Mapping[str, StaffMember],
    ways: Collection[str],
    now: datetime,
) -> list[Waiting]:
    """End what cannot or need not go out any more, and return the others."""
    today = now.astimezone(LONDON).date()
    whys = {one: hindrance(one, people.get(one.recipient), ways, today) for one in waiting}
    hindered = {one: why for one, why in whys.items() if why}
    for one, why in hindered.items():
        await deliveries.given_up(tx, [one.id], "undeliverable", why)
    entries = [
        _entry("undeliverable", one.alert_id, one.recipient, one.channel, {"why": why})
        for one, why in hindered.items()
    ]
    await ledger.write(tx, entries, now)
    return [one for one in waiting if one not in hindered]


async def _bundles(
    tx: Transaction, policy: Policy, together: Sequence[Waiting], went: Sequence[datetime], now: datetime
) -> Sequence[Sequence[Waiting]]:
    """Return what goes in one message each; nothing where the person has had the most of an hour."""
    first = together[0]
    if first.reference or first.step == DAILY_BRIEF:
        return (together,)
    if until := wait_until(went, policy.alerts, now):
        why = f"{len(went)} messages within the hour already: what waits goes together, later"
        await deliveries.put_off(tx, [one.id for one in together], why, until)
        return ()
    return bundled(together, went, policy.alerts, now)


async def _note(tx: Transaction, each: Parcel, what: str, facts: Mapping[str, str], now: datetime) -> None:
    entries = [_entry(what, alert, each.person.id, each.channel, facts) for alert in each.alerts]
    await ledger.write(tx, entries, now)
    await tx.tell(CHANGED)


def _entry(what: str, alert_id: UUID, who: str, way: str, facts: Mapping[str, str]) -> ledger.Entry:
    told = {"recipient": who, "channel": str(way), **facts}
    return ledger.Entry(f"alert.{what}", f"alert/{alert_id}", told)
