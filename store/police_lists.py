"""Forces' lists of missing children as they are kept, and what is known here to compare them with."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.police_list import Known, Ours
from schemas.police_list import Listed
from schemas.words import EpisodeStatus
from store.children import read as read_child
from store.database import Transaction
from store.views.rows import read_one


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list as kept.

    `others` counts rows for other authorities; `faults` are objects with `place` and `message`.
    """

    id: UUID
    source: str
    as_of: datetime
    name: str
    digest: bytes
    via: str
    received_at: datetime
    rows: int
    others: int
    faults: Sequence[Mapping[str, str]]
    state: str
    why: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


async def add(tx: Transaction, made: ListRow, rows: Sequence[Listed], unread: Sequence[str]) -> bool:
    """Keep a list with its rows; return whether it was not there yet."""
    new = await tx.run(
        "INSERT INTO police_lists (id, authority, source, as_of, name, digest, via, received_at, rows,"
        " others, faults, state, why) VALUES (:id, :authority, :source, :as_of, :name, :digest, :via,"
        " :received_at, :rows, :others, CAST(:faults AS jsonb), :state, :why) ON CONFLICT DO NOTHING",
        authority=tx.authority,
        **{name: getattr(made, name) for name in _ADDED},
        faults=json.dumps(list(made.faults)),
    )
    kept = [(told_row(row), None) for row in rows] + [(None, text) for text in unread]
    if new:
        await tx.write(
            "INSERT INTO police_list_rows (list_id, no, authority, told, raw)"
            " VALUES (:list_id, :no, :authority, CAST(CAST(:told AS text) AS jsonb), :raw)",
            [
                {"list_id": made.id, "no": no, "authority": tx.authority, "told": told, "raw": raw}
                for no, (told, raw) in enumerate(kept, 1)
            ],
        )
    return bool(new)


async def latest(tx: Transaction, source: str) -> ListRow | None:
    """Return the force's latest list that counts."""
    return read_one(ListRow, await tx.first(f"{_LISTS} AND source = :source AND state = 'compared' {_NEWEST}",
                                            authority=tx.authority, source=source))  # fmt: skip


async def find(tx: Transaction, list_id: UUID) -> ListRow | None:
    """Return one list."""
    return read_one(ListRow, await tx.first(f"{_LISTS} AND id = :id", authority=tx.authority, id=list_id))


async def decide(tx: Transaction, decided: ListRow, now: datetime) -> None:
    """Write down what a person decided about a list: its state, why, and who."""
    await tx.run(
        "UPDATE police_lists SET state = :state, why = :why, decided_by = :by, decided_at = :now"
        " WHERE id = :id",
        id=decided.id,
        state=decided.state,
        why=decided.why,
        by=decided.decided_by,
        now=now,
    )


async def sources(tx: Transaction) -> dict[str, datetime]:
    """Return the forces that ever sent a list, with when the last one came."""
    rows = await tx.all(
        "SELECT source, max(received_at) AS last FROM police_lists WHERE authority = :authority"
        " GROUP BY source",
        authority=tx.authority,
    )
    return {row.source: row.last for row in rows}


async def known_files(
    tx: Transaction, source: str, digests: Collection[bytes]
) -> set[tuple[bytes, datetime]]:
    """Return those of these digests under which the force's lists were kept, each with its moment."""
    found = await tx.all(
        "SELECT digest, as_of FROM police_lists WHERE authority = :authority AND source = :source"
        " AND digest = ANY(CAST(:digests AS bytea[]))",
        authority=tx.authority,
        source=source,
        digests=list(digests),
    )
    return {(bytes(row.digest), row.as_of) for row in found}


async def watched_since(tx: Transaction, beat: str, now: datetime) -> datetime:
    """Return when a force's list came last, else since when one is expected; who looks first begins it."""
    await tx.run(
        "INSERT INTO beats (name, started_at) VALUES (:name, :now) ON CONFLICT DO NOTHING", name=beat, now=now
    )
    at: datetime = await tx.scalar(
        "SELECT coalesce(ended_at, started_at) FROM beats WHERE name = :name", name=beat
    )
    return at


async def rows(tx: Transaction, list_id: UUID) -> tuple[list[tuple[int, Listed]], list[str]]:
    """Return a list's rows by number, and the text of those that were not understood."""
    found = await tx.all(
        "SELECT no, told, raw FROM police_list_rows WHERE list_id = :id ORDER BY no", id=list_id
    )
    told = [(row.no, listed_row(row.told)) for row in found if row.told is not None]
    return told, [row.raw for row in found if row.told is None]


async def place(tx: Transaction, list_id: UUID, children: Mapping[int, UUID | None]) -> None:
    """Write down whom rows are about, by number."""
    await tx.write(
        "UPDATE police_list_rows SET child_id = CAST(:child AS uuid) WHERE list_id = :id AND no = :no"
        " AND child_id IS DISTINCT FROM CAST(:child AS uuid)",
        [{"id": list_id, "no": no, "child": child} for no, child in children.items()],
    )


async def episodes(tx: Transaction, source: str, references: Collection[str]) -> list[Ours]:
    """Return the live episodes of children who are away, or of whom this force told under a reference."""
    found = await tx.all(
        """
        SELECT c.*, e.id AS episode_id, e.status, e.started_at, e.returned_at, e.incidents,
            (SELECT min(i.received_at) FROM jsonb_array_elements(e.notifications) AS told
             JOIN inbox i ON i.source = told->>0 AND i.id = told->>1) AS known_at
        FROM episodes e JOIN children c ON c.id = e.child_id
        WHERE e.authority = :authority AND NOT e.superseded AND (e.status IN ('open', 'located')
            OR e.child_id IN (
                SELECT child_id FROM inbox WHERE authority = :authority AND source = :source
                    AND subject = ANY(CAST(:references AS text[]))
                UNION ALL SELECT child_id FROM inbox WHERE authority = :authority
                    AND payload #>> '{data,concerns,source}' = :source
                    AND payload #>> '{data,concerns,subject}' = ANY(CAST(:references AS text[]))))
        ORDER BY e.number
        """,
        authority=tx.authority,
        source=source,
        references=list(references),
    )
    return [
        Ours(
            episode_id=row.episode_id,
            child_id=row.id,
            identity=read_child(row).known.identity,
            status=EpisodeStatus(row.status),
            references=frozenset(subject for told_by, subject in row.incidents if told_by == source),
            started_at=row.started_at,
            returned_at=row.returned_at,
            known_at=row.known_at,
        )
        for row in found
    ]


async def known(tx: Transaction, families: Collection[str], births: Collection[date]) -> list[Known]:
    """Return the children of one of these family names (normalised), or born on one of these days."""
    found = await tx.all(
        "SELECT * FROM children WHERE authority = :authority AND absorbed_by IS NULL"
        " AND (family_key = ANY(CAST(:families AS text[])) OR date_of_birth = ANY(CAST(:births AS date[])))"
        " ORDER BY number",
        authority=tx.authority,
        families=list(families),
        births=list(births),
    )
    return [Known(row.id, read_child(row).known.identity) for row in found]


def listed_row(told: Mapping[str, Any]) -> Listed:
    """Return a row as it was kept."""
    born, since = told.get("date_of_birth"), told.get("missing_since")
    return Listed(
        **{
            **told,
            "date_of_birth": date.fromisoformat(born) if born else None,
            "missing_since": datetime.fromisoformat(since) if since else None,
            "doubts": tuple(told.get("doubts", ())),
        }
    )


def told_row(row: Listed | None) -> str | None:
    """Return a row as it is kept."""
    return None if row is None else json.dumps(asdict(row), default=lambda at: at.isoformat())


_ADDED = ("id", "source", "as_of", "name", "digest", "via", "received_at", "rows", "others", "state", "why")
_LISTS = (
    "SELECT id, source, as_of, name, digest, via, received_at, rows, others, faults, state, why, decided_by,"
    " decided_at FROM police_lists WHERE authority = :authority"
)
_NEWEST = "ORDER BY as_of DESC, received_at DESC LIMIT 1"
