"""What people decided about who a child is: rows that are only ever added."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from domain.decisions import Decision, DecisionKind
from domain.telling import MessageKey, Reference
from schemas.reading import digest
from store import tables
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it is kept; `children` are all whom it concerns, `sent` the digest of what was sent."""

    decision: Decision
    children: tuple[UUID, ...]
    key: str
    sent: bytes
    reason: str
    by: str
    actor: str
    at: datetime

    @property
    def digest(self) -> bytes:
        """Of what was decided, without when and by whom."""
        return digest(
            {
                "kind": self.decision.kind.value,
                "body": body_of(self.decision),
                "undoes": str(self.decision.undoes) if self.decision.undoes else None,
                "reason": self.reason,
                "by": self.by,
            }
        )


async def add(tx: Transaction, one: Recorded) -> None:
    """Write a decision down."""
    await tx.run(
        insert(tables.decisions).values(
            id=one.decision.id,
            authority=tx.authority,
            key=one.key,
            kind=one.decision.kind.value,
            child_ids=sorted(set(one.children)),
            body=body_of(one.decision),
            sent=one.sent,
            undoes=one.decision.undoes,
            reason=one.reason,
            by=one.by,
            actor=one.actor,
            at=one.at,
        )
    )


async def about(tx: Transaction, child_ids: Collection[UUID]) -> list[Recorded]:
    """Return every decision that concerns one of these children, in order; undoings concern the same."""
    return await _where(tx, "child_ids && CAST(:children AS uuid[])", children=list(child_ids))


async def everything(tx: Transaction) -> list[Recorded]:
    """Return every decision of the authority, in order."""
    return await _where(tx, "true")


async def find(tx: Transaction, decision_id: UUID) -> Recorded | None:
    """Return one decision; None for one that is not there or may not be seen."""
    return next(iter(await _where(tx, "id = :id", id=decision_id)), None)


async def undone_by(tx: Transaction, decision_id: UUID) -> Recorded | None:
    """Return what undid a decision, if anything did."""
    return next(iter(await _where(tx, "undoes = :id", id=decision_id)), None)


async def given_with(tx: Transaction, key: str) -> Recorded | None:
    """Return what the person of the transaction decided with a key, if they did."""
    found = await _where(tx, "actor = :actor AND key = :key", actor=tx.person, key=key)
    return next(iter(found), None)


def body_of(decision: Decision) -> dict[str, Any]:
    """Return whom and what a decision is about, as it is kept."""
    return {
        "child": str(decision.child) if decision.child else None,
        "other": str(decision.other) if decision.other else None,
        "messages": [list(key) for key in sorted(decision.messages)],
        "references": [list(reference) for reference in sorted(decision.references)],
        "question": str(decision.question) if decision.question else None,
    }


def read(row: Any) -> Recorded:
    """Return the decision of a row."""
    body: Mapping[str, Any] = row.body
    decision = Decision(
        id=row.id,
        kind=DecisionKind(row.kind),
        child=_id(body["child"]),
        other=_id(body["other"]),
        messages=frozenset(MessageKey(*pair) for pair in body["messages"]),
        references=frozenset(Reference(*pair) for pair in body["references"]),
        undoes=row.undoes,
        question=_id(body["question"]),
    )
    children = tuple(row.child_ids)
    return Recorded(decision, children, row.key, bytes(row.sent), row.reason, row.by, row.actor, row.at)


def _id(told: str | None) -> UUID | None:
    return UUID(told) if told else None


async def _where(tx: Transaction, condition: str, **values: Any) -> list[Recorded]:
    rows: Iterable[Any] = await tx.all(
        f"SELECT * FROM decisions WHERE authority = :authority AND {condition} ORDER BY no",  # noqa: S608 - constants
        authority=tx.authority,
        **values,
    )
    return [read(row) for row in rows]
