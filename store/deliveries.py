"""What waits to be sent to people, taken by one run at a time, and what became of it.

Whoever takes some puts their `not_before` off, as a lease: a run that dies leaves them to the next one, with
the reference under which they were to go out together.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schemas.notices import DAILY_BRIEF
from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that may go out now, with what is to be told of its alert.

    `reference` is what it was to go out under before. The moments are of the interview, the episode or the
    outcomes that the alert is about; null where it is about something else.
    """

    id: UUID
    alert_id: UUID
    recipient: str
    channel: str
    attempts: int
    reference: str | None
    step: str
    due_at: datetime
    expected: str
    expected_by: datetime
    closed_why: str | None
    child_id: UUID | None
    deadline_at: datetime | None
    held_at: datetime | None
    submitted_at: datetime | None
    started_at: datetime | None
    located_at: datetime | None
    pushed_at: datetime | None


async def due(tx: Transaction, now: datetime, limit: int, step: str | None) -> list[Waiting]:
    """Take the oldest that may go out now, of all steps or of one, from everybody else until the commit."""
    rows = await tx.all(
        """
        SELECT d.id, d.alert_id, d.recipient, d.channel, d.attempts, d.reference, a.step, a.due_at,
            a.expected, a.expected_by, a.closed_why, coalesce(i.child_id, e.child_id), i.due_at,
            i.held_at, i.submitted_at, e.started_at, e.located_at,
            (SELECT min(p.queued_at) FROM pushes p WHERE p.interview_id = i.id)
        FROM deliveries d JOIN alerts a ON a.id = d.alert_id
            LEFT JOIN interviews i ON i.id = a.interview_id LEFT JOIN episodes e ON e.id = a.episode_id
        WHERE d.authority = :authority AND d.state = 'queued' AND d.not_before <= :now
            AND (CAST(:step AS text) IS NULL OR a.step = :step)
        ORDER BY d.not_before, a.no, d.id LIMIT :limit FOR UPDATE OF d SKIP LOCKED
        """,
        authority=tx.authority,
        now=now,
        step=step,
        limit=limit,
    )
    return read(Waiting, rows)


async def lately(
    tx: Transaction, people: Collection[str], since: datetime, now: datetime
) -> Mapping[tuple[str, str], Sequence[datetime]]:
    """Return when messages went to these people, by person and way; one that is under way counts as now.

    The daily brief does not count.
    """
    rows = await tx.all(
        """
        SELECT d.recipient, d.channel, max(coalesce(d.sent_at, :now)) AS at
        FROM deliveries d JOIN alerts a ON a.id = d.alert_id
        WHERE d.authority = :authority AND d.recipient = ANY(CAST(:people AS text[]))
            AND d.channel <> 'inbox' AND a.step <> :brief AND d.reference IS NOT NULL
            AND (d.state = 'sent' AND d.sent_at > :since OR d.state = 'queued')
        GROUP BY d.recipient, d.channel, d.reference
        """,
        authority=tx.authority,
        people=list(people),
        since=since,
        now=now,
        brief=DAILY_BRIEF,
    )
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in rows:
        found[row.recipient, row.channel].append(row.at)
    return found


async def take(tx: Transaction, ids: Collection[UUID], reference: str, until: datetime) -> None:
    """Write down that these go out together now, and are nobody else's `until` then."""
    await _change(
        tx, ids, "reference = :reference, not_before = :until, attempts = attempts + 1",
        reference=reference, until=until,
    )  # fmt: skip


async def put_off(tx: Transaction, ids: Collection[UUID], why: str, until: datetime) -> None:
    """Write down that these wait, and why."""
    await _change(tx, ids, "why = :why, not_before = :until", why=why, until=until)


async def sent(tx: Transaction, ids: Collection[UUID], reference: str, now: datetime) -> None:
    """Write down that these went out; an answer is waited for from now on."""
    await _change(
        tx, ids, "state = 'sent', sent_at = :now, not_before = :now, reference = :reference, why = NULL",
        reference=reference, now=now,
    )  # fmt: skip


async def given_up(tx: Transaction, ids: Collection[UUID], state: str, why: str) -> None:
    """Write down that these will not go out: `failed`, or `undeliverable`."""
    await _change(tx, ids, "state = :state, why = :why", state=state, why=why)


async def _change(tx: Transaction, ids: Collection[UUID], change: str, **values: object) -> None:
    await tx.run(
        f"UPDATE deliveries SET {change}"  # noqa: S608 - the changes stand above
        " WHERE authority = :authority AND id = ANY(CAST(:ids AS uuid[])) AND state = 'queued'",
        authority=tx.authority,
        ids=list(ids),
        **values,
    )
