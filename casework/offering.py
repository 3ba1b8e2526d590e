"""Offering an interview to a child: the card that tells them what it is and whom they may choose, and a link.

A link is a capability: whoever has its code may answer, once, until it expires. It is no identity, and the
answer is no command: a worker reads it, and records what they did about it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from casework import allocating
from casework.allocating import Wishes
from casework.apply import CHANGED
from casework.policy_in_force import in_force
from casework.refusals import NotAllowed, Unknown
from domain.allocation.facts import COMMON_LANGUAGE
from domain.working_time import LONDON
from schemas.childs_answer import ChildsAnswer
from schemas.policy import Policy
from schemas.staff import StaffMember
from schemas.words import Stage
from store import allocating as earlier_interviews
from store import conduct, ledger, offer_links
from store.conduct import Conducted
from store.database import Store, Transaction
from store.offer_links import OfferLink

CAN_BE_OFFERED: Final = frozenset({Stage.DUE, Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED, Stage.DECLINED})
"""Where an interview may stand while the child still decides; who said no may say yes later."""
VALID_FOR: Final = timedelta(days=7)
"""How long a link is good after it was made, or the deadline where that is later; to the end of the day."""
MOST_CHOICES: Final = 8
"""More people than these are no choice any more: the best placed are shown."""
SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L and O, which are read as 1 and 0, and without U."""
GROUPS, GROUP_LENGTH = 3, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom the child may choose; `called` is what the child reads, `name` what staff read."""

    id: str
    name: str
    called: str
    gender: str | None
    languages: tuple[str, ...]
    employer: str | None
    known: bool
    """Whether they held an interview with this child before."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, and the links that were made; the latest first."""

    interview_id: UUID
    child_id: UUID
    due_at: datetime
    can_be_offered: bool
    choices: Sequence[Choice]
    links: Sequence[OfferLink]

    def open_link(self, now: datetime) -> OfferLink | None:
        """Return the link that can be answered at a moment, if there is one."""
        return next((link for link in self.links if self.can_be_offered and link.is_open(now)), None)

    @property
    def answered_at(self) -> datetime | None:
        """When the child answered last, if they did."""
        return next((link.answered_at for link in self.links if link.answered_at), None)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a child answered, as staff read it; `person` is the name of whom they chose."""

    link_id: UUID
    at: datetime
    made_by: str
    answer: ChildsAnswer
    person: str | None


async def card(tx: Transaction, interview_id: UUID, policy: Policy, now: datetime) -> Card:
    """Return the card of an interview.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    found = await _found(tx, interview_id)
    interview = found.interview
    return Card(
        interview.id,
        interview.child_id,
        interview.due_at,
        _can_be_offered(found),
        await _choices(tx, found, policy, now),
        await offer_links.of_interview(tx, interview_id),
    )


async def make_link(
    store: Store,
    authority: str,
    interview_id: UUID,
    language: str,
    *,
    by: str,
    person: str,
    policy: Policy,
    now: datetime,
) -> str:
    """Make a link and return its code, which nobody can ask for again; an earlier one is withdrawn.

    `policy` is the configured one.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
        NotAllowed: the child has nothing to decide any more.
    """
    code = new_code()
    async with store.transaction(authority, person, exclusive=True) as tx:
        found = await _found(tx, interview_id)
        if not _can_be_offered(found):
            raise NotAllowed(
                "this interview cannot be offered any more, so that no link was made: see how it stands"
            )
        await _withdraw(tx, found, by, now)
        shown = await _choices(tx, found, await in_force(tx, policy), now)
        choices = [_stored(each) for each in shown]
        until = _end_of_day(max(now, found.interview.due_at) + VALID_FOR)
        link = OfferLink(uuid4(), authority, interview_id, language, choices, by, now, until)
        await offer_links.add(tx, link, code)
        await note(tx, "offer.link-made", found, link.id, by=by, now=now)
        await tx.tell(CHANGED)
    return code


async def withdraw_link(
    store: Store, authority: str, interview_id: UUID, *, by: str, person: str, now: datetime
) -> None:
    """Let nobody answer any more by a link that is out; nothing where none is.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    async with store.transaction(authority, person, exclusive=True) as tx:
        await _withdraw(tx, await _found(tx, interview_id), by, now)
        await tx.tell(CHANGED)


async def answers(tx: Transaction, interview_id: UUID) -> list[Answered]:
    """Return what the child answered, the latest first; nothing for who may not see the interview."""
    links = await offer_links.of_interview(tx, interview_id)
    return [_answered(link) for link in links if link.answer is not None]


def wishes_of(answer: ChildsAnswer) -> Wishes:
    """Return what the child asked for, as an allocation takes it."""
    return Wishes(answer.person, answer.language, answer.gender)


def new_code() -> str:
    """Return a new code in groups that can be typed: 60 random bits."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


async def note(
    tx: Transaction, action: str, found: Conducted, link_id: UUID, *, by: str, now: datetime
) -> None:
    """Write in the ledger what was done with a link: ids only."""
    interview = found.interview
    told = {"interview_id": str(interview.id), "link_id": str(link_id), "by": by}
    entry = ledger.Entry(action, f"interview/{interview.id}", told, interview.child_id)
    await ledger.write(tx, [entry], now)


async def _found(tx: Transaction, interview_id: UUID) -> Conducted:
    found = await conduct.find(tx, interview_id)
    if found is None:
        raise Unknown("there is no such interview, or it may not be seen")
    return found


def _can_be_offered(found: Conducted) -> bool:
    return found.interview.stage in CAN_BE_OFFERED and found.progress.covered_by is None


async def _withdraw(tx: Transaction, found: Conducted, by: str, now: datetime) -> None:
    for link_id in await offer_links.withdraw(tx, found.interview.id, now):
        await note(tx, "offer.link-withdrawn", found, link_id, by=by, now=now)


async def _choices(tx: Transaction, found: Conducted, policy: Policy, now: datetime) -> list[Choice]:
    ranked = await allocating.candidates(tx, found.interview.id, policy, now)
    may = [each.member for each in ranked.candidates if each.may][:MOST_CHOICES]
    before = await earlier_interviews.earlier(tx, [found.interview.child_id])
    known = {each.interviewer for each in before}
    return [_choice(member, may, member.id in known) for member in may]


def _choice(member: StaffMember, among: Sequence[StaffMember], known: bool) -> Choice:
    others = tuple(each for each in member.languages if each.casefold() != COMMON_LANGUAGE)
    called = _called(member, among)
    return Choice(member.id, member.name, called, member.gender, others, member.employer, known)


def _called(member: StaffMember, among: Sequence[StaffMember]) -> str:
    """Return the first name; with the first letter of the last where two are called the same."""
    first, *rest = member.name.split() or [member.name]
    same = [each for each in among if each.name.split()[:1] == [first]]
    return f"{first} {rest[-1][0]}." if rest and len(same) > 1 else first


def _end_of_day(instant: datetime) -> datetime:
    """Return the end of an instant's day in London, since the card tells the child the day alone."""
    tomorrow = instant.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), LONDON).astimezone(UTC)


def _stored(choice: Choice) -> Mapping[str, Any]:
    return {name: getattr(choice, name) for name in Choice.__slots__}


def choices_of(link: OfferLink) -> list[Choice]:
    """Return the people whom the child was shown when a link was made."""
    return [Choice(**{**each, "languages": tuple(each["languages"])}) for each in link.choices]


def _answered(link: OfferLink) -> Answered:
    assert link.answered_at is not None
    answer = ChildsAnswer.model_validate(link.answer, strict=False)
    names = {each.id: each.name for each in choices_of(link)}
    person = names.get(answer.person) if answer.person else None
    return Answered(link.id, link.answered_at, link.made_by, answer, person)
