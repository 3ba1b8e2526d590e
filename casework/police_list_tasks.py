"""What a force's latest list differs in from what is known here, as tasks for people.

A task ends by itself when a later list, or what was told meanwhile, shows the difference no more. What a
person said of one stands for as long as it lasts, so that the same is not asked every day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from casework.apply import CHANGED
from casework.policy_in_force import in_force
from domain import police_list
from domain.identity import identity_of
from domain.police_list import Compared, Difference, Kind, Ours, Over, Said, compare, key_of, why_over
from schemas.police_list import Listed
from schemas.policy import Policy
from store import ledger, police_lists, police_tasks
from store.database import Store, Transaction
from store.police_lists import ListRow
from store.police_tasks import TaskRow
from store.views import episodes

COMPARING: Final = "system:police-lists"
"""Who compares: a difference about a restricted child is one too, for those who may see it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison changed: the tasks that are new, and those that are ones no more."""

    opened: int = 0
    ended: int = 0


async def again(store: Store, authority: str, policy: Policy, now: datetime) -> Mapping[str, Found]:
    """Compare the latest list of each force with what is known now; one transaction for each force."""
    async with store.transaction(authority, COMPARING) as tx:
        sources = sorted(await police_lists.sources(tx))
    done = {}
    for source in sources:
        async with store.transaction(authority, COMPARING, exclusive=True) as tx:
            done[source] = await again_within(tx, source, await in_force(tx, policy), now)
    return done


async def again_within(tx: Transaction, source: str, policy: Policy, now: datetime) -> Found:
    """Compare a force's latest list; `tx` holds the authority's lock and sees restricted children."""
    latest = await police_lists.latest(tx, source)
    if latest is None:
        return Found()
    rows, unread = await police_lists.rows(tx, latest.id)
    listed = [row for _, row in rows]
    ours = await police_lists.episodes(tx, source, {row.reference for row in listed if row.reference})
    standing = await police_tasks.standing(tx, source)
    compared = compare(
        listed,
        unread,
        ours,
        await _known(tx, listed),
        await _said(tx, standing),
        until=police_list.until(latest.as_of, policy.police_lists.lags),
    )
    await police_lists.place(tx, latest.id, {no: compared.children.get(key_of(row)) for no, row in rows})
    keys = {key_of(row) for row in listed}
    return await _carry_out(tx, _Against(latest, keys, ours, standing, compared), now)


@dataclass(frozen=True, slots=True)
class _Against:
    """A comparison, and the differences that lasted before it."""

    list: ListRow
    keys: set[str]
    ours: Sequence[Ours]
    standing: Sequence[TaskRow]
    compared: Compared

    def over(self) -> dict[UUID, Over]:
        """Return the differences that are ones no more, and why; what a person linked lasts."""
        by_id = {str(one.episode_id): one for one in self.ours}
        found = {}
        for task in self.standing:
            listed = task.kind is Kind.LISTED
            if (task.kind, task.key) in self.now():
                if task.settled_as == "episode":
                    found[task.id] = Over.LINK_OVER
            elif not (listed and task.settled_as == "episode" and task.key in self.compared.linked):
                found[task.id] = why_over(task.kind, task.key, self.keys, by_id.get(task.key))
        return found

    def now(self) -> dict[tuple[Kind, str], Difference]:
        return {(one.kind, one.key): one for one in self.compared.differences}


async def _carry_out(tx: Transaction, against: _Against, now: datetime) -> Found:
    over = against.over()
    differences = against.now()
    lasting = {
        task.id: differences.pop((task.kind, task.key))
        for task in against.standing
        if task.id not in over and (task.kind, task.key) in differences
    }
    made = [_task(against.list, one, now) for one in differences.values()]
    await police_tasks.end(tx, {id_: why.value for id_, why in over.items()}, now)
    await police_tasks.keep(tx, against.list.id, lasting)
    await police_tasks.open_(tx, made)
    ended = [task for task in against.standing if task.id in over]
    entries = [entry_of("opened", one, {"kind": one.kind.value, "why": one.why}) for one in made]
    entries += [entry_of("ended", one, {"why": over[one.id].value}) for one in ended]
    if entries:
        await ledger.write(tx, entries, now)
        await tx.tell(CHANGED)
    return Found(len(made), len(ended))


async def _known(tx: Transaction, listed: Iterable[Listed]) -> Sequence[police_list.Known]:
    told = [identity_of(row.child) for row in listed]
    families = {one.family_name for one in told if one.family_name}
    return await police_lists.known(tx, families, {one.date_of_birth for one in told if one.date_of_birth})


async def _said(tx: Transaction, standing: Iterable[TaskRow]) -> Said:
    """Return what people said of rows; an episode that became part of another is that one."""
    linked = {}
    wrong = set()
    for task in standing:
        if task.settled_as == "wrong":
            wrong.add(task.key)
        elif task.settled_as == "episode" and task.episode_id:
            found = await episodes.find(tx, task.episode_id)
            linked[task.key] = (found.superseded_by if found else None) or task.episode_id
    return Said(linked, wrong)


def _task(of: ListRow, one: Difference, now: datetime) -> TaskRow:
    return TaskRow(
        id=uuid4(),  # the same may differ, agree and differ again; the database keeps one standing at a time
        source=of.source,
        kind=one.kind,
        key=one.key,
        why=one.why.value,
        child_id=one.child_id,
        episode_id=one.episode_id,
        listed=one.listed,
        list_id=of.id,
        last_list_id=of.id,
        opened_at=now,
    )


def entry_of(what: str, task: TaskRow, told: Mapping[str, str]) -> ledger.Entry:
    """Return the ledger's line of what happened to a difference."""
    return ledger.Entry(f"police-task.{what}", f"police-task/{task.id}", dict(told), task.child_id)
