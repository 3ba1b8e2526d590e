"""What people did to interviews: their commands in order, and the columns that are the fold of these."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import update

from domain.interview import Interview
from domain.lifecycle import BY_PERSON, Progress
from schemas.words import Stage
from store import interviews, tables
from store.database import Transaction

FACTS: Final = tuple(field.name for field in fields(Progress) if field.name not in {"stage", "struck_from"})
"""The columns of an interview that people's commands decide."""


@dataclass(frozen=True, slots=True)
class Conducted:
    """An interview as it stands: what the rules decide, what people did, and its version."""

    interview: Interview
    progress: Progress
    version: int
    quality: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """One command as it is kept. `answer` is what its sender was told."""

    interview_id: UUID
    no: int
    key: str
    name: str
    body: Mapping[str, Any]
    digest: bytes
    by: str
    actor: str
    at: datetime
    answer: Mapping[str, Any]


async def find(tx: Transaction, interview_id: UUID) -> Conducted | None:
    """Return an interview as it stands; None for one that is not there or may not be seen."""
    found = await several(tx, [interview_id])
    return found.get(interview_id)


async def several(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Conducted]:
    """Return those of these interviews that are there and may be seen, by id."""
    rows = await tx.all(
        "SELECT * FROM interviews WHERE authority = :authority AND id = ANY(CAST(:ids AS uuid[]))",
        authority=tx.authority,
        ids=list(ids),
    )
    return {row.id: _read(row) for row in rows}


async def covered_by(tx: Transaction, interview_id: UUID) -> list[Conducted]:
    """Return the live interviews that this one's conversation covers, by id."""
    rows = await tx.all(
        "SELECT * FROM interviews WHERE authority = :authority AND covered_by = :id AND status <> 'voided'"
        " ORDER BY id",
        authority=tx.authority,
        id=interview_id,
    )
    return [_read(row) for row in rows]


async def given_with(tx: Transaction, key: str) -> Given | None:
    """Return the command that the person of the transaction gave with a key, if they did."""
    row = await tx.first(
        f"{_GIVEN} WHERE authority = :authority AND actor = :actor AND key = :key",
        authority=tx.authority,
        actor=tx.person,
        key=key,
    )
    return Given(*row) if row else None


async def given_to(tx: Transaction, interview_id: UUID) -> list[Given]:
    """Return every command given to an interview, in order."""
    rows = await tx.all(
        f"{_GIVEN} WHERE authority = :authority AND interview_id = :id ORDER BY no",
        authority=tx.authority,
        id=interview_id,
    )
    return [Given(*row) for row in rows]


async def all_given(tx: Transaction) -> list[Given]:
    """Return every command of the authority, by interview and in order."""
    rows = await tx.all(
        f"{_GIVEN} WHERE authority = :authority ORDER BY interview_id, no", authority=tx.authority
    )
    return [Given(*row) for row in rows]


async def last_no(tx: Transaction, interview_id: UUID) -> int:
    """Return how many commands were given to an interview."""
    return int(
        await tx.scalar(
            "SELECT coalesce(max(no), 0) FROM interview_commands WHERE interview_id = :id", id=interview_id
        )
    )


async def add(tx: Transaction, given: Given) -> bool:
    """Keep one more command; false if its key is taken by one that the person may not see."""
    kept = await tx.run(
        """
        INSERT INTO interview_commands
            (interview_id, no, authority, key, name, body, digest, by, actor, at, answer)
        VALUES (:interview_id, :no, :authority, :key, :name, CAST(:body AS jsonb), :digest, :by, :actor, :at,
            CAST(:answer AS jsonb))
        ON CONFLICT (authority, actor, key) DO NOTHING
        """,
        authority=tx.authority,
        interview_id=given.interview_id,
        no=given.no,
        key=given.key,
        name=given.name,
        body=json.dumps(given.body),
        digest=given.digest,
        by=given.by,
        actor=given.actor,
        at=given.at,
        answer=json.dumps(given.answer),
    )
    return kept > 0


async def save(tx: Transaction, conducted: Conducted, now: datetime) -> None:
    """Write where an interview stands."""
    here = tables.interviews.c
    await tx.run(
        update(tables.interviews)
        .where(here.authority == tx.authority, here.id == conducted.interview.id)
        .values(
            status=conducted.interview.stage.value,
            voided_reason=conducted.interview.voided_reason,
            voided_from=conducted.interview.voided_from,
            version=conducted.version,
            quality=conducted.quality,
            updated_at=now,
            **{name: getattr(conducted.progress, name) for name in FACTS},
        )
    )


_GIVEN = "SELECT interview_id, no, key, name, body, digest, by, actor, at, answer FROM interview_commands"


def _read(row: Any) -> Conducted:
    interview = interviews.read(row)
    return Conducted(interview, progress(row), row.version, row.quality)


def progress(row: Any) -> Progress:
    """Return what people did to the interview of a row, at whatever stage the rules have it."""
    struck = row.voided_reason == BY_PERSON
    was = Stage(row.voided_from) if row.voided_from else None
    return Progress(
        stage=was if was and not struck else Stage(row.status),
        struck_from=was if struck else None,
        **{name: getattr(row, name) for name in FACTS},
    )
