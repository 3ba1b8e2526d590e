"""Telling people: what waits is taken, put together for each person, and what became of it is written down.

Any number of runs may be at it at once. What one has taken is its own for a while (a lease); if it dies
between sending and writing that down, the same message goes out once more, with the same reference.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from casework.apply import CHANGED
from domain.continuity import NAMESPACE
from domain.digest import HOUR, bundled, wait_until
from domain.working_time import LONDON
from schemas.alerts_policy import Channel
from schemas.ladder_policy import DEADLINE, Watch
from schemas.notices import DAILY_BRIEF, Notice
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
"""How long to wait after each try; after one more it has failed, so that the ladder climbs within the hour."""
LONGEST_PAUSE: Final = timedelta(hours=1)
NO_WAY: Final[Mapping[str, str]] = {
    Channel.EMAIL: "no way to send e-mail is set up: see HOMEWARD_SMTP_HOST or HOMEWARD_NOTIFY_EMAIL_TEMPLATE",
    Channel.TEXT: "no way to send texts is set up: see HOMEWARD_NOTIFY_TEXT_TEMPLATE",
    Channel.TEAMS: "no Teams webhook is set up: see HOMEWARD_TEAMS_URL",
}
_SINCE: Final[Mapping[Watch, str]] = {
    **dict.fromkeys(DEADLINE, "deadline_at"),
    Watch.RECORD_NOT_SUBMITTED: "held_at",
    Watch.RECORD_NOT_APPROVED: "submitted_at",
    Watch.RETURN_NOT_CONFIRMED: "located_at",
    Watch.STILL_MISSING: "started_at",
    Watch.REPEATEDLY_MISSING: "started_at",
    Watch.OUTCOMES_STUCK: "pushed_at",
    Watch.OUTCOMES_NOT_CONFIRMED: "pushed_at",
}
"""From which moment the lateness of each thing is told."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one person by one way. `key` stays the same however often it is tried.

    `brief_of` is the day of a daily brief, null where it is about `notices`. `attempts` counts this one too.
    """

    key: str
    channel: Channel
    person: StaffMember
    deliveries: tuple[UUID, ...]
    alerts: tuple[UUID, ...]
    notices: tuple[Notice, ...]
    brief_of: date | None
    attempts: int

    @property
    def to(self) -> str:
        return _address(self.person, self.channel) or ""


async def claim(
    store: Store,
    authority: str,
    policy: Policy,
    ways: Collection[str],
    now: datetime,
    step: str | None = None,
) -> list[Parcel] | None:
    """Take what may go out now, for LEASE, of all steps or of one; None where nothing is left.

    `ways` are those that are set up. What cannot reach its person, or is over, ends here with the reason.
    """
    async with store.transaction(authority, DELIVER) as tx:
        waiting = await deliveries.due(tx, now, AT_ONCE, step)
        if not waiting:
            return None
        people = await staff.found(tx, {one.recipient for one in waiting})
        able = await _able(tx, waiting, people, ways, now)
        sent = await deliveries.lately(tx, people, now - HOUR, now)
        parcels: list[Parcel] = []
        for together in _by_person(able):
            first = together[0]
            went = sent.get((first.recipient, first.channel), ())
            parcels += await _parcels(tx, policy, people[first.recipient], together, went, now)
        await tx.tell(CHANGED)
        return parcels


async def sent(store: Store, authority: str, parcel: Parcel, reference: str, now: datetime) -> None:
    """Write down that a parcel went out, and under which reference of the other side."""
    async with store.transaction(authority, DELIVER) as tx:
        await deliveries.sent(tx, parcel.deliveries, reference, now)
        await _note(tx, parcel, "sent", {"reference": reference}, now)


async def not_sent(
    store: Store, authority: str, parcel: Parcel, why: str, now: datetime, after_seconds: float | None = None
) -> bool:
    """Write down why a parcel did not go out; return whether it is tried again, not before `after_seconds`."""
    pause = pause_after(parcel.attempts, after_seconds)
    async with store.transaction(authority, DELIVER) as tx:
        if pause is not None:
            await deliveries.put_off(tx, parcel.deliveries, why, now + pause)
        else:
            await _give_up(tx, parcel, why, now)
    return pause is not None


async def never(store: Store, authority: str, parcel: Parcel, why: str, now: datetime) -> None:
    """Write down why a parcel will not go out."""
    async with store.transaction(authority, DELIVER) as tx:
        await _give_up(tx, parcel, why, now)


def pause_after(attempts: int, after_seconds: float | None) -> timedelta | None:
    """Return how long to wait after so many tries, and as the other side asked; None: it has failed.

    Who is asked to wait for long is better told by somebody else: the ladder climbs.
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
    hindered = {
        one: why for one in waiting if (why := _hindrance(one, people.get(one.recipient), ways, today))
    }
    for one, why in hindered.items():
        await deliveries.given_up(tx, [one.id], "undeliverable", why)
    facts = [(one.alert_id, one.recipient, one.channel, {"why": why}) for one, why in hindered.items()]
    await ledger.write(tx, [_entry("undeliverable", *each) for each in facts], now)
    return [one for one in waiting if one not in hindered]


def _hindrance(one: Waiting, person: StaffMember | None, ways: Collection[str], today: date) -> str | None:
    if one.closed_why and one.step != DAILY_BRIEF:
        return f"it was over before it could be sent: {one.closed_why}"
    if person is None:
        return "is not in the directory"
    if not person.works_here_on(today):
        return f"left on {person.gone_on}"
    if person.is_on_leave(today):
        return "on leave"
    if not _address(person, one.channel):
        return (
            f"no {'e-mail address' if one.channel == Channel.EMAIL else 'telephone number'} in the directory"
        )
    return None if one.channel in ways else NO_WAY[one.channel]


def _address(person: StaffMember, channel: str) -> str | None:
    return {Channel.EMAIL: person.email, Channel.TEXT: person.phone}.get(Channel(channel), person.name)


def _by_person(able: Iterable[Waiting]) -> Iterator[Sequence[Waiting]]:
    """Yield what may go together: one person, one way; what was to go out before, as it was; briefs alone."""
    groups: dict[tuple[str | None, ...], list[Waiting]] = defaultdict(list)
    for one in able:
        alone = str(one.id) if one.step == DAILY_BRIEF else None
        groups[one.recipient, one.channel, one.reference, alone].append(one)
    yield from groups.values()


async def _parcels(
    tx: Transaction,
    policy: Policy,
    person: StaffMember,
    together: Sequence[Waiting],
    went: Sequence[datetime],
    now: datetime,
) -> list[Parcel]:
    """Take these as parcels; or put them off, where the person has had the most of an hour."""
    if together[0].reference or together[0].step == DAILY_BRIEF:
        bundles: tuple[tuple[Waiting, ...], ...] = (tuple(together),)
    elif until := wait_until(went, policy.alerts, now):
        why = f"more than {policy.alerts.most_per_hour} messages within the hour: what waits goes together"
        await deliveries.put_off(tx, [one.id for one in together], why, until)
        return []
    else:
        bundles = bundled(together, went, policy.alerts, now)
    parcels = [_parcel(policy, person, bundle) for bundle in bundles]
    for parcel in parcels:
        await deliveries.take(tx, parcel.deliveries, parcel.key, now + LEASE)
    return parcels


def _parcel(policy: Policy, person: StaffMember, bundle: Sequence[Waiting]) -> Parcel:
    first = bundle[0]
    return Parcel(
        key=first.reference or _key(bundle),
        channel=Channel(first.channel),
        person=person,
        deliveries=tuple(one.id for one in bundle),
        alerts=tuple(one.alert_id for one in bundle),
        notices=tuple(_notice(policy, one) for one in bundle),
        brief_of=first.due_at.astimezone(LONDON).date() if first.step == DAILY_BRIEF else None,
        attempts=max(one.attempts for one in bundle) + 1,
    )


def _key(bundle: Sequence[Waiting]) -> str:
    if len(bundle) == 1:
        return str(bundle[0].id)
    return str(uuid5(NAMESPACE, "/".join(["digest", *sorted(str(one.id) for one in bundle)])))


def _notice(policy: Policy, one: Waiting) -> Notice:
    step = policy.ladder.step(one.step)
    watch = step.watches if step else None
    told: datetime | None = getattr(one, _SINCE[watch]) if watch in _SINCE else None
    path = f"/children/{one.child_id}" if one.child_id else "/"
    return Notice(one.step, watch, told or one.due_at, one.expected, one.expected_by, path)


async def _give_up(tx: Transaction, parcel: Parcel, why: str, now: datetime) -> None:
    await deliveries.given_up(tx, parcel.deliveries, "failed", why)
    await _note(tx, parcel, "failed", {"why": why}, now)


async def _note(tx: Transaction, parcel: Parcel, what: str, facts: Mapping[str, str], now: datetime) -> None:
    entries = [_entry(what, alert, parcel.person.id, parcel.channel, facts) for alert in parcel.alerts]
    await ledger.write(tx, entries, now)
    await tx.tell(CHANGED)


def _entry(what: str, alert_id: UUID, recipient: str, channel: str, facts: Mapping[str, str]) -> ledger.Entry:
    told = {"recipient": recipient, "channel": str(channel), **facts}
    return ledger.Entry(f"alert.{what}", f"alert/{alert_id}", told)
