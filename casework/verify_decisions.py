"""Verifying whose the messages are: against what the rules found and what people decided since."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from casework.decided import held
from casework.whose import NOBODY
from domain.decisions import Assignment, Placed, assign
from domain.telling import MessageKey, Telling
from store.verifying import Everything


def verify_decisions(all_: Everything, tellings: Mapping[MessageKey, Telling]) -> Iterator[str]:
    """Yield every difference between whose messages and children are, and whose the decisions make them."""
    decisions = [one.decision for one in all_.decisions]
    absorbed = {id_: row.found_as for id_, row in all_.children.items() if row.found_as}
    placed = {
        one.key: Placed(tellings[one.key].reference, one.placed, one.found)
        for one in all_.inbox
        if one.key in tellings and one.found and one.placed
    }
    assignment = assign(placed, absorbed, decisions)
    yield from _messages(all_, assignment)
    for id_ in held(all_.children, assignment, decisions, NOBODY):
        yield f"children {id_}: who it is now is not what the decisions say"
    yield from _against_ledger(all_)


def _messages(all_: Everything, assignment: Assignment) -> Iterator[str]:
    for stored in all_.inbox:
        owner: UUID | None = assignment.owners.get(stored.key)
        if owner != stored.child_id:
            name = f"inbox ({stored.key.source}, {stored.key.id})"
            yield f"{name}: child_id is {stored.child_id}, but the decisions give {owner}"


def _against_ledger(all_: Everything) -> Iterator[str]:
    """Compare both ways: a decision altered, removed or put in afterwards is named."""
    told = {
        UUID(row.payload["decision"]): row.payload["digest"]
        for row in all_.ledger
        if row.action == "decision.made" and row.payload
    }
    for one in all_.decisions:
        was = told.pop(one.decision.id, None)
        if was is None:
            yield f"decisions {one.decision.id}: the ledger does not know it"
        elif was != one.digest.hex():
            yield f"decisions {one.decision.id}: it is not what was decided"
    for id_ in told:
        yield f"decisions {id_}: was made and is not there"
