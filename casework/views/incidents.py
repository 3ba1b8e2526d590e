"""What was told of a child, reference by reference, as it enters the episodes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.apply import describe
from casework.whose import telling
from domain.telling import Reference, Telling
from store import inbox
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Line:
    """One message: what it tells, when that happened and when it was told, and by whom."""

    kind: str
    occurred_at: datetime
    told_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """One reference; `facts` is what it says of who the child is. `number` counts them on one page."""

    number: int
    source: str
    subject: str
    facts: dict[str, Any]
    lines: Sequence[Line]


async def told_of(tx: Transaction, child_id: UUID) -> list[Told]:
    """Return what was told of a child by reference, in the order in which it was first told."""
    under: dict[Reference, list[Telling]] = defaultdict(list)
    for one in sorted(map(telling, await inbox.of_children(tx, [child_id])), key=lambda t: t.told_at):
        under[one.reference].append(one)
    return [
        Told(number, reference.source, reference.subject, describe(told), [_line(one) for one in told])
        for number, (reference, told) in enumerate(under.items(), start=1)
    ]


def _line(one: Telling) -> Line:
    return Line(one.kind.value, one.occurred_at, one.told_at, one.key.source)
