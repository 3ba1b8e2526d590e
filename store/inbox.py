"""The inbox: the only door. A message is one row, once, before anybody is told that it was accepted."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.telling import MessageKey, Reference
from store.database import Transaction
from store.views.rows import read

CHANNEL = "homeward_inbox"
MOST_BYTES = 8_000_000
"""How much of what may be large is held in memory at once; one message may be larger."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message to be stored. `payload` is the canonical text that `digest` (SHA-256) is of."""

    key: MessageKey
    subject: str
    payload: str
    digest: bytes
    via: str
    received_at: datetime
    in_the_log: bool = False
    """Whether it came from Kafka, so that nobody has to publish it there."""
    trace: str | None = None
    """The W3C traceparent of whoever brought it."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A message that came another way than by Kafka, and is not in its log yet, as far as is known."""

    no: int
    subject: str
    payload: str
    trace: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it is in the inbox; `child_id` is None while it waits.

    `found` is whose the rules found it to be and `placed` with whom they placed it first; they differ from
    `child_id` only where a person decided, or a child was taken over by another.
    """

    key: MessageKey
    payload: Any
    received_at: datetime
    child_id: UUID | None
    trace: str | None = None
    found: UUID | None = None
    placed: UUID | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Whose a message is now, whose the rules found it to be, and with whom they placed it."""

    key: MessageKey
    child_id: UUID
    found: UUID
    placed: UUID


async def add(tx: Transaction, arrivals: Sequence[Arrival]) -> set[MessageKey]:
    """Store messages that are not there yet and return which those were."""
    ordered = sorted(arrivals, key=lambda a: a.key)  # so that two senders never wait for each other
    rows = await tx.all(
        """
        INSERT INTO inbox (authority, source, id, subject, payload, digest, via, received_at, published_at,
                           trace)
        SELECT :authority, source, id, subject, CAST(payload AS json), decode(digest, 'hex'), via,
               received_at, published_at, trace
        FROM json_to_recordset(CAST(:rows AS json)) AS arrival(
            source text, id text, subject text, payload text, digest text, via text, received_at timestamptz,
            published_at timestamptz, trace text)
        ON CONFLICT ON CONSTRAINT one_row_per_message DO NOTHING
        RETURNING source, id
        """,
        authority=tx.authority,
        rows=json.dumps([_row(arrival) for arrival in ordered]),
    )
    return {MessageKey(row.source, row.id) for row in rows}


async def digests(tx: Transaction, keys: Collection[MessageKey]) -> dict[MessageKey, bytes]:
    """Return the digest of each of these messages that this authority holds."""
    rows = await tx.all(
        f"SELECT source, id, digest FROM inbox WHERE (source, id) IN {_KEYS}",  # noqa: S608 - constant
        **_key_arrays(keys),
    )
    return {MessageKey(row.source, row.id): bytes(row.digest) for row in rows}


async def waiting(tx: Transaction, limit: int, received_before: datetime | None = None) -> list[MessageKey]:
    """Return the oldest messages that are neither applied nor set aside. One received in the future was
    received by a machine whose clock is fast: it waits no longer for that.
    """
    rows = await tx.all(
        "SELECT source, id FROM inbox WHERE authority = :authority AND applied_at IS NULL"
        " AND set_aside_at IS NULL"
        " AND (received_at <= coalesce(CAST(:before AS timestamptz), 'infinity') OR received_at > now())"
        " ORDER BY no LIMIT :limit",
        authority=tx.authority,
        before=received_before,
        limit=limit,
    )
    return [MessageKey(row.source, row.id) for row in rows]


async def take(tx: Transaction, keys: Collection[MessageKey]) -> list[Stored]:
    """Return those of these messages that still wait."""
    return await _where(tx, f"applied_at IS NULL AND (source, id) IN {_KEYS}", **_key_arrays(keys))


async def under(tx: Transaction, references: Collection[Reference]) -> list[Stored]:
    """Return the applied messages under these references, with those of staff that concern one of them."""
    rows = await tx.all(
        f"""
        SELECT * FROM inbox WHERE authority = :authority AND applied_at IS NOT NULL
            AND (source, subject) IN {_REFERENCES}
        UNION ALL
        SELECT * FROM inbox WHERE authority = :authority AND applied_at IS NOT NULL
            AND {_CONCERNING} IN {_REFERENCES} AND (source, subject) NOT IN {_REFERENCES}
            AND source = 'urn:authority:' || :authority AND {_CONCERNS}
        ORDER BY no
        """,  # noqa: S608 - constants
        authority=tx.authority,
        sources=[r.source for r in references],
        subjects=[r.subject for r in references],
    )
    return [stored(row) for row in rows]


async def of_children(tx: Transaction, child_ids: Iterable[UUID]) -> list[Stored]:
    """Return the applied messages of these children."""
    return await _where(tx, "child_id = ANY(CAST(:children AS uuid[]))", children=list(child_ids))


async def found_for(tx: Transaction, child_ids: Collection[UUID]) -> list[Stored]:
    """Return the applied messages that the rules found to be of these children."""
    return await _where(
        tx,
        "(found_child_id = ANY(CAST(:children AS uuid[]))"
        " OR child_id = ANY(CAST(:children AS uuid[])) AND found_child_id IS NULL)",
        children=list(child_ids),
    )


async def touching(tx: Transaction, child_ids: Collection[UUID]) -> list[Stored]:
    """Return the applied messages that are of these children, or were found to be, or placed with them."""
    return await _where(
        tx,
        "(child_id = ANY(CAST(:children AS uuid[])) OR found_child_id = ANY(CAST(:children AS uuid[]))"
        " OR placed_child_id = ANY(CAST(:children AS uuid[])))",
        children=list(child_ids),
    )


async def mark_applied(tx: Transaction, links: Sequence[Link], now: datetime) -> None:
    """Link messages to their children; those that waited are applied from now on."""
    await tx.run(
        """
        UPDATE inbox
        SET child_id = link.child_id, found_child_id = nullif(link.found, link.child_id),
            placed_child_id = nullif(link.placed, link.found),
            applied_at = coalesce(applied_at, :now), set_aside_at = NULL
        FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[]), CAST(:children AS uuid[]),
                    CAST(:found AS uuid[]), CAST(:placed AS uuid[]))
            AS link(source, id, child_id, found, placed)
        WHERE inbox.source = link.source AND inbox.id = link.id
        """,
        now=now,
        sources=[link.key.source for link in links],
        ids=[link.key.id for link in links],
        children=[link.child_id for link in links],
        found=[link.found for link in links],
        placed=[link.placed for link in links],
    )


async def set_aside(tx: Transaction, key: MessageKey, now: datetime) -> None:
    """Take one message out of the way of the others; it stays, and a letter says why."""
    await tx.run(
        "UPDATE inbox SET set_aside_at = :now WHERE source = :source AND id = :id AND applied_at IS NULL",
        now=now,
        source=key.source,
        id=key.id,
    )


async def put_back(tx: Transaction, key: MessageKey) -> None:
    """Let a message that was set aside wait again."""
    await tx.run(
        "UPDATE inbox SET set_aside_at = NULL WHERE source = :source AND id = :id AND applied_at IS NULL",
        source=key.source,
        id=key.id,
    )


async def unpublished(tx: Transaction, limit: int, besides: Collection[int] = ()) -> list[Unpublished]:
    """Return the oldest messages of the authority not known to be in Kafka's log, `besides` these: at most
    `limit`, and no more than fit into memory.
    """
    rows = await tx.all(
        """
        SELECT no, subject, payload, trace FROM (
            SELECT no, subject, payload, trace, sum(octet_length(payload)) OVER (ORDER BY no) AS bytes
            FROM (SELECT no, subject, CAST(payload AS text) AS payload, trace FROM inbox
                  WHERE authority = :authority AND published_at IS NULL
                    AND no <> ALL(CAST(:besides AS bigint[]))
                  ORDER BY no LIMIT :limit) AS oldest
        ) AS weighed
        WHERE bytes - octet_length(payload) < :most_bytes ORDER BY no
        """,
        authority=tx.authority,
        besides=list(besides),
        limit=limit,
        most_bytes=MOST_BYTES,
    )
    return read(Unpublished, rows)


async def mark_published(tx: Transaction, numbers: Collection[int], now: datetime) -> None:
    """Record that the broker has these messages."""
    await tx.run(
        "UPDATE inbox SET published_at = :now WHERE no = ANY(:numbers)", now=now, numbers=list(numbers)
    )


async def backlog(tx: Transaction) -> tuple[int, datetime | None]:
    """Return how many messages wait, and when the oldest of them was received."""
    row = await tx.first(
        "SELECT count(*) AS waiting, min(received_at) AS oldest FROM inbox"
        " WHERE authority = :authority AND applied_at IS NULL AND set_aside_at IS NULL",
        authority=tx.authority,
    )
    return (row.waiting, row.oldest) if row else (0, None)


_CONCERNING = "(payload #>> '{data,concerns,source}', payload #>> '{data,concerns,subject}')"
"""The reference that a message of staff concerns, which is not its own."""
_CONCERNS = "payload #>> '{data,concerns,source}' IS NOT NULL"
_REFERENCES = "(SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:subjects AS text[])))"
_KEYS = "(SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])))"


def _row(arrival: Arrival) -> dict[str, str | None]:
    received_at = arrival.received_at.isoformat()
    return {
        "source": arrival.key.source,
        "id": arrival.key.id,
        "subject": arrival.subject,
        "payload": arrival.payload,
        "digest": arrival.digest.hex(),
        "via": arrival.via,
        "received_at": received_at,
        "published_at": received_at if arrival.in_the_log else None,
        "trace": arrival.trace,
    }


def _key_arrays(keys: Collection[MessageKey]) -> dict[str, list[str]]:
    return {"sources": [key.source for key in keys], "ids": [key.id for key in keys]}


async def _where(tx: Transaction, condition: str, **values: Any) -> list[Stored]:
    rows = await tx.all(
        f"SELECT * FROM inbox WHERE authority = :authority AND {condition} ORDER BY no",  # noqa: S608 - constants
        authority=tx.authority,
        **values,
    )
    return [stored(row) for row in rows]


def stored(row: Any) -> Stored:
    """Return the message of a row."""
    found = row.found_child_id or row.child_id
    key = MessageKey(row.source, row.id)
    return Stored(
        key, row.payload, row.received_at, row.child_id, row.trace, found, row.placed_child_id or found
    )
