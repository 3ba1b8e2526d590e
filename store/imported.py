"""Importing an authority's past: where its messages and interviews stand, and many deeds kept at once."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from store.conduct import Conducted, Given
from store.database import Transaction
from store.views.rows import read

IMPORTED: Final = "imported"
"""The name under which it is kept what a former system knew of an interview."""


CHANGED: Final = (
    "interviewer", "attempts", "attempted_at", "offered_at", "accepted", "held_at", "declined_at",
    "closed_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message is now: its child, its episode, and the live interview of that, if there is one."""

    message_id: str
    provisional: bool
    indexed: bool
    episode_status: str
    interview_id: UUID | None


@dataclass(frozen=True, slots=True)
class Before:
    """What was imported of an interview earlier, under which key, and where the interview stands now."""

    key: str
    interview_id: UUID
    status: str


async def payloads(tx: Transaction, source: str, ids: Collection[str]) -> dict[str, Any]:
    """Return the content of those of these messages that are there, by id."""
    rows = await tx.all(
        "SELECT id, payload FROM inbox WHERE authority = :authority AND source = :source"
        " AND id = ANY(CAST(:ids AS text[]))",
        authority=tx.authority,
        source=source,
        ids=list(ids),
    )
    return {row.id: row.payload for row in rows}


async def before(tx: Transaction, row_ids: Collection[str]) -> list[Before]:
    """Return what was imported earlier from these rows; the second part of a key is the row's id."""
    rows = await tx.all(
        """
        SELECT c.key, c.interview_id, i.status FROM interview_commands c
        JOIN interviews i ON i.id = c.interview_id
        WHERE c.authority = :authority AND c.name = :name
            AND split_part(c.key, '/', 2) = ANY(CAST(:ids AS text[]))
        """,
        authority=tx.authority,
        name=IMPORTED,
        ids=list(row_ids),
    )
    return read(Before, rows)


async def standing(tx: Transaction, source: str, ids: Collection[str]) -> list[Standing]:
    """Return where each of these applied messages is now."""
    rows = await tx.all(
        """
        SELECT m.id, c.provisional, c.indexed, e.status, i.id
        FROM inbox m
        JOIN children c ON c.id = m.child_id
        JOIN episodes e ON e.authority = :authority AND e.child_id = m.child_id AND NOT e.superseded
            AND e.notifications @> jsonb_build_array(jsonb_build_array(m.source, m.id))
        LEFT JOIN interviews i ON i.episode_id = e.id AND i.status <> 'voided'
        WHERE m.authority = :authority AND m.source = :source AND m.id = ANY(CAST(:ids AS text[]))
        """,
        authority=tx.authority,
        source=source,
        ids=list(ids),
    )
    return read(Standing, rows)


async def last_numbers(tx: Transaction, interview_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many commands were given to each of these interviews; none where it is left out."""
    rows = await tx.all(
        "SELECT interview_id, max(no) AS no FROM interview_commands"
        " WHERE authority = :authority AND interview_id = ANY(CAST(:ids AS uuid[])) GROUP BY interview_id",
        authority=tx.authority,
        ids=list(interview_ids),
    )
    return {row.interview_id: row.no for row in rows}


async def keep(tx: Transaction, deeds: Sequence[tuple[Conducted, Given]], now: datetime) -> None:
    """Write down one deed each of several interviews, and where they stand since."""
    await tx.run(
        """
        INSERT INTO interview_commands
            (interview_id, no, authority, key, name, body, digest, by, actor, at, answer)
        SELECT interview_id, no, :authority, key, name, body, decode(digest, 'hex'), by, actor, at, answer
        FROM json_to_recordset(CAST(:rows AS json)) AS given(interview_id uuid, no integer, key text,
            name text, body jsonb, digest text, by text, actor text, at timestamptz, answer jsonb)
        """,
        authority=tx.authority,
        rows=json.dumps([asdict(given) | {"digest": given.digest.hex()} for _, given in deeds], default=str),
    )
    await tx.run(
        """
        UPDATE interviews SET status = so.status, version = so.version, interviewer = so.interviewer,
            attempts = so.attempts, attempted_at = so.attempted_at, offered_at = so.offered_at,
            accepted = so.accepted, held_at = so.held_at, declined_at = so.declined_at,
            closed_reason = so.closed_reason, updated_at = :now
        FROM json_to_recordset(CAST(:rows AS json)) AS so(id uuid, status text, version integer,
            interviewer text, attempts integer, attempted_at timestamptz, offered_at timestamptz,
            accepted boolean, held_at timestamptz, declined_at timestamptz, closed_reason text)
        WHERE interviews.authority = :authority AND interviews.id = so.id
        """,
        authority=tx.authority,
        now=now,
        rows=json.dumps([_changed(conducted) for conducted, _ in deeds], default=str),
    )


def _changed(conducted: Conducted) -> dict[str, Any]:
    """Return the columns that an import decides."""
    return {name: getattr(conducted.progress, name) for name in CHANGED} | {
        "id": conducted.interview.id,
        "status": conducted.interview.stage.value,
        "version": conducted.version,
    }
