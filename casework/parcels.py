"""What goes to one person by one way, in one message, and what stands in its way."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.working_time import LONDON
from schemas.alerts_policy import Channel
from schemas.ladder_policy import DEADLINE, Watch
from schemas.notices import DAILY_BRIEF, Notice
from schemas.policy import Policy
from schemas.staff import StaffMember
from store.deliveries import Waiting

NO_WAY: Final[Mapping[str, str]] = {
    Channel.EMAIL: "no way to send e-mail is set up: see HOMEWARD_SMTP_… and HOMEWARD_NOTIFY_…",
    Channel.TEXT: "no way to send texts is set up: see HOMEWARD_NOTIFY_…",
    Channel.TEAMS: "no Teams webhook is set up: see HOMEWARD_TEAMS_URL",
}
LACKS: Final[Mapping[str, str]] = {
    Channel.EMAIL: "no e-mail address in the directory",
    Channel.TEXT: "no telephone number in the directory",
}
_SINCE: Final[Mapping[Watch | None, str]] = {
    **dict.fromkeys(DEADLINE, "deadline_at"),
    Watch.RECORD_NOT_SUBMITTED: "held_at",
    Watch.RECORD_NOT_APPROVED: "submitted_at",
    Watch.RETURN_NOT_CONFIRMED: "located_at",
    Watch.STILL_MISSING: "started_at",
    Watch.REPEATEDLY_MISSING: "started_at",
    Watch.OUTCOMES_STUCK: "pushed_at",
    Watch.OUTCOMES_NOT_CONFIRMED: "pushed_at",
}
"""From which moment the lateness of each thing is told; of others, from when the step came due."""


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
        """The address, the telephone number, or for Teams the name."""
        return address_of(self.person, self.channel) or ""


def parcel(policy: Policy, person: StaffMember, bundle: Sequence[Waiting]) -> Parcel:
    """Return these as one message; its key is that under which they were to go out before, if so."""
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


def by_person(able: Iterable[Waiting]) -> list[list[Waiting]]:
    """Return what may go together: one person, one way; what was taken before, as it was; briefs alone."""
    groups: dict[tuple[str | None, ...], list[Waiting]] = defaultdict(list)
    for one in able:
        alone = str(one.id) if one.step == DAILY_BRIEF else None
        groups[one.recipient, one.channel, one.reference, alone].append(one)
    return list(groups.values())


def hindrance(one: Waiting, person: StaffMember | None, ways: Collection[str], today: date) -> str | None:
    """Return why a delivery cannot or need not go out any more; None where nothing stands in its way."""
    if one.closed_why and one.step != DAILY_BRIEF:
        return f"it was over before it could be sent: {one.closed_why}"
    if person is None:
        return "is not in the directory"
    if not person.works_here_on(today):
        return f"left on {person.gone_on}"
    if person.is_on_leave(today):
        return "on leave"
    if not address_of(person, one.channel):
        return LACKS[one.channel]
    return None if one.channel in ways else NO_WAY[one.channel]


def address_of(person: StaffMember, channel: str) -> str | None:
    """Return what a way needs to reach a person; None where the directory lacks it."""
    return {Channel.EMAIL: person.email, Channel.TEXT: person.phone}.get(Channel(channel), person.name)


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
