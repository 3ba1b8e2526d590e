"""What people decided about the children that a change concerns, gathered and put before the rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.decisions import Assignment, Decision, Placed, assign, standing
from domain.register import Identified
from domain.telling import MessageKey, Telling
from store import children, decided, decisions, inbox
from store.database import Transaction
from store.decided import DecidedRow, Held
from store.inbox import Stored


@dataclass(frozen=True, slots=True)
class Gathered:
    """All children whom decisions join with those asked about, their messages, and the decisions in order.

    Where nothing was ever decided about them, these are the children asked about, and nothing else.
    """

    children: frozenset[UUID]
    decisions: tuple[Decision, ...] = ()
    stored: tuple[Stored, ...] = ()
    rows: Mapping[UUID, DecidedRow] | None = None
    absorbed: Mapping[UUID, UUID] | None = None


async def gather(tx: Transaction, child_ids: Collection[UUID]) -> Gathered:
    """Return what was decided about children, about those whom that leads to, and so on."""
    ids = frozenset(child_ids)
    while recorded := await decisions.about(tx, ids):
        stored = await inbox.touching(tx, ids)
        absorbed = await children.absorbed_for_the_rules(tx, ids)
        more = ids.union(
            (child for one in recorded for child in one.children),
            *((one.child_id, one.found, one.placed) for one in stored),
            *absorbed.items(),
        ) - {None}
        if more == ids:
            rows = await decided.rows(tx, ids)
            return Gathered(ids, tuple(one.decision for one in recorded), tuple(stored), rows, absorbed)
        ids = frozenset(one for one in more if one)
    return Gathered(ids)


def assigned(
    gathered: Gathered,
    placed: Mapping[MessageKey, UUID],
    owners: Mapping[MessageKey, UUID],
    tellings: Mapping[MessageKey, Telling],
    identified: Identified,
) -> Assignment:
    """Say whose the messages are; `owners` is whose the rules find them to be."""
    before = gathered.absorbed or {}
    absorbed = {child: by for child, by in before.items() if child not in identified.children}
    found = {key: Placed(telling.reference, placed[key], owners[key]) for key, telling in tellings.items()}
    return assign(found, absorbed | dict(identified.absorbed), gathered.decisions)


def held(
    rows: Mapping[UUID, DecidedRow],
    assignment: Assignment,
    decisions: Iterable[Decision],
    identified: Identified,
) -> dict[UUID, Held]:
    """Return what is held now of those children of whom that is not stored so."""
    stand = {one.id: one for one in standing(decisions)}
    made = {one.id: one for one in decisions}
    found = {}
    for child_id, row in rows.items():
        known = identified.children.get(child_id, row.row.known)
        by = assignment.who(child_id)
        if row.made_by is not None and row.made_by not in stand:
            by = assignment.who(made[row.made_by].child or child_id)
        now = Held(
            decided=child_id in assignment.by or row.made_by is not None,
            provisional=known.provisional and child_id not in assignment.confirmed and row.made_by is None,
            absorbed_by=by if by != child_id else None,
        )
        if (now.decided and now != row.held) or (row.held.decided and not now.decided):
            found[child_id] = now
    return found
