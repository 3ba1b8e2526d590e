"""What a person does about a difference between a force's list and what is known here.

What is recorded goes through the inbox like everything that staff are told, and concerns the force's own
incident; the comparison then finds that the difference is one no more. Everything else is said of the task.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from casework import intake
from casework.apply import CHANGED, apply
from casework.intake import Sender
from casework.police_list_tasks import COMPARING, again_within, entry_of
from casework.policy_in_force import in_force
from casework.refusals import BadInput, NotAllowed, Unknown
from domain.continuity import NAMESPACE
from domain.police_list import Kind as Side
from domain.police_list import Why
from schemas.notification import TYPE_PREFIX, VERSION, staff_source
from schemas.policy import Policy
from schemas.reading import Problem
from schemas.words import Kind
from store import ledger, police_lists, police_tasks
from store.database import Store, Transaction
from store.police_tasks import TaskRow
from store.views import children, episodes
from store.views.children import Child
from store.views.episodes import Episode


class What(StrEnum):
    """What is done about a difference."""

    MISSING = "missing"
    """The child is recorded as missing."""
    EPISODE = "episode"
    """The row is of an episode that is open here."""
    WRONG = "wrong"
    """The child is not this authority's, or the list is wrong."""
    RETURNED = "returned"
    """The child is recorded as returned."""
    ASKED = "asked"
    """The force was asked; the task stays."""
    STILL_MISSING = "still_missing"
    """The child is missing, and the list is wrong."""


FITTING: Final[Mapping[Side, frozenset[What]]] = {
    Side.LISTED: frozenset({What.MISSING, What.EPISODE, What.WRONG}),
    Side.OPEN: frozenset({What.RETURNED, What.ASKED, What.STILL_MISSING}),
}
SETTLES: Final = frozenset({What.EPISODE, What.WRONG, What.STILL_MISSING})
SAYS_WHY: Final = frozenset({What.WRONG, What.STILL_MISSING})
MOST_CHARACTERS: Final = 2000
SURE: Final = frozenset({Why.RETURNED.value, Why.CANCELLED.value})
"""Where the force's own reference says who the child is."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What somebody does about a task.

    `key` is the form's own: the same again changes nothing. `known`: the likely child is the one;
    `returned_at` when the child came back, and `whom` who of the force was asked.
    """

    task: UUID
    what: What
    key: str
    why: str = ""
    whom: str = ""
    known: bool | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it: on whose behalf the database is asked, and whose name is written down."""

    person: str
    by: str


async def remedy(
    store: Store, authority: str, asked: Remedy, hand: Hand, *, policy: Policy, now: datetime
) -> None:
    """Do something about a difference.

    Raises:
        Unknown: there is no such task, or it may not be seen.
        NotAllowed: it is over, somebody has said how it is, or this does not fit it.
        BadInput: something lacks, or lies ahead.
        DatabaseUnavailable: not all was done; the same again does no harm.
    """
    async with store.transaction(authority, hand.person) as tx:
        task = await _task(tx, asked)
        told = [] if _was_done(task, asked) else await _messages(tx, task, asked, hand, now)
    if told:
        sender = Sender("staff", hand.person, (authority,), authority, staff_source(authority))
        receipts = await intake.receive(store, sender, told, now)
        if problems := [problem for receipt in receipts for problem in receipt.problems]:
            raise BadInput(problems)
        await apply([one.key for one in receipts if one.key], authority, store, policy, now)
    async with store.transaction(authority, hand.person, exclusive=True) as tx:
        still = await police_tasks.task(tx, asked.task)
        if still is None or _was_done(still, asked):
            return
        await _write_down(tx, still, asked, hand, now)
        async with tx.as_system(COMPARING) as system:
            await again_within(system, still.source, await in_force(system, policy), now)
        await tx.tell(CHANGED)


async def _task(tx: Transaction, asked: Remedy) -> TaskRow:
    task = await police_tasks.task(tx, asked.task)
    if task is None:
        raise Unknown("there is no such difference, or it may not be seen")
    if _was_done(task, asked):
        return task
    if asked.what not in FITTING[task.kind]:
        raise NotAllowed("this does not fit the difference: look at it again")
    if task.ended_at is not None:
        raise NotAllowed("it is a difference no more: nothing is left to do")
    if task.settled_at is not None:
        raise NotAllowed("somebody has said how it is: look at it again")
    if problems := _problems(task, asked):
        raise BadInput(problems)
    return task


def _problems(task: TaskRow, asked: Remedy) -> list[Problem]:
    told = (("reason", asked.why), ("whom", asked.whom))
    long = f"Write it in {MOST_CHARACTERS:,} characters or fewer"
    found = [Problem(name, long) for name, text in told if len(text) > MOST_CHARACTERS]
    if asked.what in SAYS_WHY and not asked.why.strip():
        found.append(Problem("reason", "Say why"))
    if asked.what is What.ASKED and not asked.whom.strip():
        found.append(Problem("whom", "Say whom you asked"))
    if asked.what is What.EPISODE and (task.episode_id is None or task.why != Why.PERHAPS):
        found.append(Problem("remedy", "No episode that is open here is likely to be meant"))
    if asked.what is What.MISSING and asked.known is None and asks_who(task):
        found.append(Problem("who", "Choose whether it is this child"))
    if asked.what is What.RETURNED and asked.returned_at is None:
        found.append(Problem("day", "Enter when the child came back"))
    return found


def asks_who(task: TaskRow) -> bool:
    """Whether a person has to say if the likely child is the one."""
    return task.child_id is not None and task.why not in SURE


def _was_done(task: TaskRow, asked: Remedy) -> bool:
    return any(done.get("key") == asked.key for done in task.history)


async def _messages(
    tx: Transaction, task: TaskRow, asked: Remedy, hand: Hand, now: datetime
) -> list[dict[str, Any]]:
    if asked.what not in {What.MISSING, What.RETURNED}:
        return []
    episode = await episodes.find(tx, task.episode_id) if task.episode_id else None
    known = await children.find(tx, task.child_id) if task.child_id else None
    desk = _Desk(tx.authority, task, asked, hand, now)
    if asked.what is What.RETURNED:
        return [desk.returned(episode, known)]
    latest = await police_lists.find(tx, task.last_list_id)
    surely = known if asked.known or not asks_who(task) else None
    return [desk.reported(episode, surely, latest.as_of if latest else task.opened_at)]


async def _write_down(tx: Transaction, task: TaskRow, asked: Remedy, hand: Hand, now: datetime) -> None:
    done = {"what": asked.what.value, "at": now.isoformat(), "by": hand.by, "actor": hand.person,
            "key": asked.key, "why": asked.why.strip(), "whom": asked.whom.strip()}  # fmt: skip
    await police_tasks.note(tx, task.id, {name: told for name, told in done.items() if told})
    if asked.what in SETTLES:
        await police_tasks.settle(tx, task.id, asked.what.value, now)
    await ledger.write(tx, [entry_of("remedied", task, {"what": asked.what.value, "by": hand.by})], now)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who tells what, and why: the same form gives the same message."""

    authority: str
    task: TaskRow
    asked: Remedy
    hand: Hand
    now: datetime

    def reported(self, episode: Episode | None, known: Child | None, as_of: datetime) -> dict[str, Any]:
        """Return that the child is missing: since when the force says, unless the child was back since;
        then, as far as is known, since the list.
        """
        listed = self.task.listed
        assert listed is not None
        since = listed.missing_since
        back = episode.returned_at if episode else None
        believed = since is not None and since <= as_of and (back is None or since > back)
        at = since if since is not None and believed else as_of
        missing = {"reported_by": "police", **({"last_seen_at": at.isoformat()} if believed else {})}
        child = facts_of(known) if known else listed.child.model_dump(mode="json", exclude_none=True)
        return self._message(Kind.REPORTED, at, child, listed.reference, missing=missing)

    def returned(self, episode: Episode | None, known: Child | None) -> dict[str, Any]:
        """Return that the child came back.

        Raises:
            BadInput: that lies ahead, or before the child went missing.
        """
        at = self.asked.returned_at
        assert at is not None
        if at > self.now:
            raise BadInput([Problem("day", "That lies ahead: enter when it happened")])
        if episode is None or known is None:
            raise Unknown("there is no such episode (any more), or it may not be seen")
        if episode.started_at and at < episode.started_at:
            raise BadInput([Problem("day", "The child went missing after that: enter when it came back")])
        told = [subject for source, subject in episode.incidents if source == self.task.source]
        return self._message(Kind.RETURNED, at, facts_of(known), max(told, default=None), returned={})

    def _message(
        self, kind: Kind, at: datetime, child: Mapping[str, Any], reference: str | None, **data: Any
    ) -> dict[str, Any]:
        id_ = str(uuid5(NAMESPACE, f"police-task/{self.task.id}/{self.asked.what}/{self.asked.key}"))
        concerns = {"source": self.task.source, "subject": reference} if reference else None
        return {
            "specversion": "1.0",
            "id": id_,
            "source": staff_source(self.authority),
            "type": f"{TYPE_PREFIX}{kind}.v{VERSION}",
            "subject": f"S-{self.now:%y}-{id_[:7].upper()}",
            "time": self.now.isoformat(),
            "datacontenttype": "application/json",
            "data": {
                "authority": self.authority,
                "occurred_at": at.isoformat(),
                "child": dict(child),
                **({"concerns": concerns} if concerns else {}),
                "told_by": self.hand.by,
                **({"why": self.asked.why} if self.asked.why else {}),
                **data,
            },
        }


def facts_of(child: Child) -> dict[str, Any]:
    """Return who a known child is, as a notification says it; numbers that do not hold are left out."""
    told = {name: value for name, value in child.facts.items() if name not in {"nhs_number", "upn"}}
    numbers = {
        "authority_child_id": child.authority_child_id,
        "nhs_number": child.nhs_number,
        "upn": child.upn,
    }
    return told | {name: value for name, value in numbers.items() if value}
