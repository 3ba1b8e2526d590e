"""One interview with all that belongs to it: its clock, what was done and may be done, who was told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.deeds import told
from casework.possible import Possible, possible
from casework.refusals import Unknown
from schemas.ladder_policy import DEADLINE
from schemas.notification import Notification
from schemas.policy import Policy
from schemas.reading import read_stored
from schemas.staff import StaffMember
from store import alerts as deliveries
from store import conduct, staff
from store.alerts import Delivery
from store.conduct import Conducted, Given
from store.database import Transaction
from store.imported import IMPORTED
from store.views import alerts, children, episodes, interviews, messages
from store.views.alerts import Alert, Wanted
from store.views.children import Child
from store.views.episodes import Episode
from store.views.interviews import Interview, Value

MOST_ALERTS = 100


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alert about the interview, and whom it was told to by which way."""

    alert: Alert
    told: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Clock:
    """Why the deadline is what it is: the message that started the clock, and when it was received here."""

    starts_at: datetime
    notification: Notification | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One command as it was given, with what it said."""

    given: Given
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Story:
    """All that the page of one interview shows. `names` are of everybody who is named, by id."""

    interview: Interview
    standing: Conducted
    child: Child
    episode: Episode | None
    clock: Clock
    became: Sequence[Value]
    """What the facts made of it, the earliest first; what people did is in `deeds`."""
    deeds: Sequence[Deed]
    can: Possible
    alarms: Sequence[Alarm]
    covers: Sequence[Interview]
    covered_by: Interview | None
    names: Mapping[str, str]

    @property
    def is_imported(self) -> bool:
        """Whether a former system told what came of it."""
        return any(deed.given.name == IMPORTED for deed in self.deeds)

    @property
    def record_is_elsewhere(self) -> bool:
        """Whether it was held, and its record is in the former system."""
        return self.is_imported and self.interview.held_at is not None and self.interview.submitted_at is None


async def story(tx: Transaction, interview_id: UUID, by: str | None, policy: Policy, now: datetime) -> Story:
    """Return the story of an interview; `by` is the member of staff who asks, if it is one.

    Raises:
        Unknown: there is no such interview, or it may not be seen.
    """
    standing, child = await subject(tx, interview_id)
    interview = await interviews.find(tx, interview_id)
    assert interview is not None  # found a moment ago, in the same transaction
    given = await conduct.given_to(tx, interview_id)
    alarms = await _alarms(tx, interview_id, policy, now)
    names = await staff.found(tx, {*_named(interview, given, alarms), *([by] if by else [])})
    return Story(
        interview=interview,
        standing=standing,
        child=child,
        episode=await episodes.find(tx, interview.episode_id),
        clock=await _clock(tx, standing),
        became=[value for value in await _history(tx, interview_id) if value.by is None],
        deeds=[Deed(each, told(each)) for each in given],
        can=await possible(tx, standing, names.get(by or "")),
        alarms=alarms,
        covers=await _covers(tx, interview_id),
        covered_by=await _of(tx, interview.covered_by),
        names={id_: member.name for id_, member in names.items()},
    )


async def subject(tx: Transaction, interview_id: UUID) -> tuple[Conducted, Child]:
    """Return an interview as it stands and whose it is.

    Raises:
        Unknown: there is no such interview, or it may not be seen.
    """
    found = await conduct.find(tx, interview_id)
    child = await children.find(tx, found.interview.child_id) if found else None
    if found is None or child is None:
        raise Unknown("there is no such interview, or it may not be seen")
    return found, child


async def coverable(tx: Transaction, found: Conducted) -> list[Interview]:
    """Return the child's other interviews that one conversation could still cover, by deadline."""
    wanted = interviews.Wanted(child_id=found.interview.child_id, statuses=list(interviews.AWAITED))
    listed = await interviews.listed(tx, wanted, None, MOST_ALERTS)
    return [each for each in listed if each.id != found.interview.id and each.covered_by is None]


async def colleagues(tx: Transaction, now: datetime) -> list[StaffMember]:
    """Return everybody who works here today, by name."""
    everybody = await staff.all_of(tx)
    here = [each for each in everybody if each.works_here_on(now.date())]
    return sorted(here, key=lambda each: each.name.casefold())


async def _clock(tx: Transaction, standing: Conducted) -> Clock:
    anchor = standing.interview.anchor
    message = await messages.find(tx, anchor.source, anchor.id)
    return Clock(
        starts_at=standing.interview.clock_started_at,
        notification=read_stored(message.payload) if message else None,
        received_at=message.received_at if message else None,
    )


async def _history(tx: Transaction, interview_id: UUID) -> Sequence[Value]:
    return (await interviews.histories(tx, [interview_id])).get(interview_id, [])


async def _alarms(tx: Transaction, interview_id: UUID, policy: Policy, now: datetime) -> list[Alarm]:
    wanted = Wanted(policy.ladder.of(*DEADLINE), now, interview_id=interview_id)
    found = await alerts.listed(tx, wanted, None, MOST_ALERTS)
    told_to = await deliveries.told(tx, [alert.id for alert in found])
    return [Alarm(alert, told_to.get(alert.id, [])) for alert in found]


async def _covers(tx: Transaction, interview_id: UUID) -> list[Interview]:
    covered = await conduct.covered_by(tx, interview_id)
    found = [await _of(tx, each.interview.id) for each in covered]
    return [each for each in found if each is not None]


async def _of(tx: Transaction, interview_id: UUID | None) -> Interview | None:
    return await interviews.find(tx, interview_id) if interview_id else None


def _named(interview: Interview, given: Iterable[Given], alarms: Iterable[Alarm]) -> Iterator[str]:
    """Yield the ids of everybody whom the page names."""
    yield from filter(None, (interview.interviewer,))
    for each in given:
        yield each.by
        fields = ("interviewer", "held_by", "authorised_by")
        yield from (name for field in fields if isinstance(name := each.body.get(field), str))
    for alarm in alarms:
        yield from filter(None, (alarm.alert.acknowledged_by,))
        yield from (delivery.recipient for delivery in alarm.told)
