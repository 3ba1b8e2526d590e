"""Interviews as they are measured."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select

from domain.measures import Measured
from schemas.words import Stage
from store import tables
from store.database import Transaction

_FACTS = tuple(each.name for each in fields(Measured) if each.name != "stage")


async def due_within(tx: Transaction, from_at: datetime, until: datetime) -> Sequence[Measured]:
    """Return the interviews due from `from_at` on and before `until` that may be seen, voided ones too."""
    here = tables.interviews.c
    rows = await tx.all(
        select(tables.interviews)
        .where(here.authority == tx.authority, here.due_at >= from_at, here.due_at < until)
        .order_by(here.due_at, here.id)
    )
    return [
        Measured(stage=Stage(row.status), **{name: getattr(row, name) for name in _FACTS}) for row in rows
    ]
