"""Who is told of a step, by which ways, and who is next when nobody can be reached or answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.alerts_policy import AlertsPolicy, Channel, Personal, When
from schemas.ladder_policy import Audience, LadderStep
from schemas.staff import Role, StaffMember

NEXT: Final[Mapping[Audience, Audience]] = {
    Audience.WORKER: Audience.TEAM_MANAGER,
    Audience.DUTY_DESK: Audience.TEAM_MANAGER,
    Audience.TEAM_MANAGER: Audience.SERVICE_MANAGER,
    Audience.SERVICE_MANAGER: Audience.HEAD_OF_SERVICE,
    Audience.HEAD_OF_SERVICE: Audience.DIRECTOR,
    Audience.SENIOR_MANAGER: Audience.DIRECTOR,
}
"""One role up; above the director there is nobody."""
_RANK: Final = {role: rank for rank, role in enumerate(Audience)}


@dataclass(frozen=True, slots=True)
class Around:
    """Whom an authority has, and on which day they are asked for (London)."""

    staff: Sequence[StaffMember]
    policy: AlertsPolicy
    on: date


@dataclass(frozen=True, slots=True)
class Told:
    """One person, one way. `why` says why this way does not reach the person; null where it does.

    `level` is how many roles above the step's own; where a role has nobody, `recipient` is the role.
    """

    recipient: str
    role: Audience
    level: int
    channel: Channel
    when: When
    why: str | None = None


def tell(
    step: LadderStep,
    roles: Sequence[Audience],
    around: Around,
    interviewer: str | None,
    *,
    level: int = 0,
    quietly: bool = False,
) -> tuple[Told, ...]:
    """Return who is told and how, from these roles upwards.

    Where nobody of a role can be reached the next role is told at once, as far as the director. `quietly`
    leaves it at the inbox: what is over already is no reason to send anything.
    """
    asked = _Asked(step, around, interviewer, quietly=quietly)
    told: dict[tuple[str, Channel], Told] = {}
    for role, up in _climb(roles, asked):
        for one in asked.of(role, level + up):
            told.setdefault((one.recipient, one.channel), one)
    return tuple(told.values())


def next_role(told: Iterable[Audience]) -> Audience | None:
    """Return the role above the highest that was told; None above the director."""
    return NEXT.get(highest_role(told))


def highest_role(told: Iterable[Audience]) -> Audience:
    """Return the highest of some roles."""
    return max(told, key=_RANK.__getitem__)


@dataclass(frozen=True, slots=True)
class _Asked:
    step: LadderStep
    around: Around
    interviewer: str | None
    quietly: bool

    def holders(self, role: Audience) -> list[StaffMember]:
        staff, policy = self.around.staff, self.around.policy
        match role:
            case Audience.WORKER:
                return [one for one in staff if one.id == self.interviewer]
            case Audience.DUTY_DESK:
                return [one for one in staff if policy.duty_team in one.teams]
            case _:
                holding = [one for one in staff if Role(role) in one.roles]
                team = self._team()
                return [one for one in holding if team in one.teams] or holding

    def reaches(self, role: Audience) -> bool:
        return any(self._reaches(one) for one in self.holders(role))

    def of(self, role: Audience, level: int) -> Iterator[Told]:
        people = self.holders(role)
        if not people:
            why = "nobody has the interview yet" if role is Audience.WORKER else "nobody holds this role"
            yield Told(f"role:{role}", role, level, Channel.INBOX, self.step.when, why)
        for one in people:
            when = self._personal(one).when or self.step.when
            away = _away(one, self.around.on)
            for channel in self._channels(one):
                yield Told(one.id, role, level, channel, when, away or _lacks(one, channel))

    def _reaches(self, one: StaffMember) -> bool:
        """Whether a person is here and can be told outside the inbox, if the step asks for that."""
        outside = [channel for channel in self._channels(one) if channel is not Channel.INBOX]
        addressed = not outside or any(_lacks(one, channel) is None for channel in outside)
        return addressed and _away(one, self.around.on) is None

    def _channels(self, one: StaffMember) -> tuple[Channel, ...]:
        if self.quietly:
            return (Channel.INBOX,)
        chosen = self._personal(one).channels or self.step.channels
        return tuple(dict.fromkeys((Channel.INBOX, *chosen)))

    def _personal(self, one: StaffMember) -> Personal:
        return self.around.policy.people.get(one.id, Personal())

    def _team(self) -> str | None:
        """Return the first team of the interviewer, else the policy's."""
        teams = next((one.teams for one in self.around.staff if one.id == self.interviewer), ())
        return teams[0] if teams else self.around.policy.default_team


def _climb(roles: Sequence[Audience], asked: _Asked) -> Iterator[tuple[Audience, int]]:
    """Yield each role to be told, with how far it is above the one of `roles` that it stands in for."""
    seen = set(roles)
    for first in roles:
        if first is Audience.DUTY_DESK and asked.around.policy.duty_team is None:
            continue  # there is none, and nothing stands in for it
        role, up = first, 0
        yield role, up
        while not asked.reaches(role):
            above = NEXT.get(role)
            if above is None or above in seen:
                break
            role, up = above, up + 1
            seen.add(role)
            yield role, up


def _away(one: StaffMember, day: date) -> str | None:
    if not one.works_here_on(day):
        return f"left on {one.gone_on}"
    leave = next((each for each in one.leave if each.from_on <= day <= each.to_on), None)
    return f"on leave until {leave.to_on}" if leave else None


def _lacks(one: StaffMember, channel: Channel) -> str | None:
    match channel:
        case Channel.EMAIL if not one.email:
            return "no e-mail address in the directory"
        case Channel.TEXT if not one.phone:
            return "no telephone number in the directory"
        case _:
            return None
