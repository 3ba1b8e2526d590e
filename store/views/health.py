"""What probes and measurements ask: counts and instants, never a child."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from store import migrate
from store.database import DatabaseUnavailable, Store, Transaction
from store.silence import CHASING, WATCHED
from store.views.interviews import AWAITED
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is and how much waits, of one authority."""

    applied: int
    inbox_waiting: int
    oldest_unapplied_at: datetime | None
    letters_waiting: int
    questions_open: int
    interviews_overdue: int
    episodes_open: int
    chased_at: datetime | None
    """When the last chase ended, or else when somebody first looked; null where nobody is to chase."""
    alerts_unanswered: int
    pushes_waiting: int
    pushes_stuck: int
    police_differences: int


async def counts(tx: Transaction, now: datetime) -> Counts:
    """Return the counts of the transaction's authority."""
    row = await tx.first(
        """
        SELECT
            (SELECT count(*) FROM inbox WHERE authority = :authority AND applied_at IS NOT NULL),
            w.waiting, w.oldest,
            (SELECT count(*) FROM letters WHERE outcome IS NULL),  -- its own, and those of nobody known
            (SELECT count(*) FROM questions WHERE authority = :authority AND closed_at IS NULL),
            (SELECT count(*) FROM interviews WHERE authority = :authority AND due_at < :now
             AND status = ANY(:awaited)),
            (SELECT count(*) FROM episodes
             WHERE authority = :authority AND NOT superseded AND status = 'open'),
            (SELECT coalesce(c.ended_at, w.started_at) FROM beats AS c, beats AS w
             WHERE c.name = :chasing AND w.name = :watched),
            (SELECT count(*) FROM alerts
             WHERE authority = :authority AND acknowledged_at IS NULL AND closed_at IS NULL),
            (SELECT count(*) FROM pushes WHERE authority = :authority AND state IN ('waiting', 'delivered')),
            (SELECT count(*) FROM pushes WHERE authority = :authority AND state = 'stuck'),
            (SELECT count(*) FROM police_tasks
             WHERE authority = :authority AND ended_at IS NULL AND settled_at IS NULL)
        FROM (SELECT count(*) AS waiting, min(received_at) AS oldest FROM inbox
              WHERE authority = :authority AND applied_at IS NULL AND set_aside_at IS NULL) AS w
        """,
        authority=tx.authority,
        now=now,
        awaited=list(AWAITED),
        chasing=CHASING,
        watched=WATCHED,
    )
    return read(Counts, [row])[0]


async def migrated(store: Store) -> bool:
    """Whether the database has every migration that this release needs, and no other.

    Raises:
        DatabaseUnavailable: it does not answer.
    """
    async with store.transaction("") as tx:
        return await tx.connection.run_sync(_revision) == migrate.newest_revision()


async def standing(store: Store) -> dict[str, str]:
    """Say how the database is: `ok` twice, or what is wrong and how to mend it."""
    try:
        current = await migrated(store)
    except DatabaseUnavailable:
        return {"database": "does not answer", "migrations": "not known"}
    return {"database": "ok", "migrations": "ok" if current else "not current: run `homeward db upgrade`"}


def _revision(connection: Connection) -> str | None:
    return migrate.current_revision(connection)
