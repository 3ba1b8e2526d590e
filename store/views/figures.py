"""The numbers behind the managers' pictures: each is one grouped question, whatever there is to count.

Interviews belong to a period by their deadline, as in `domain.measures`, whose rules these queries follow.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from store.database import Transaction
from store.views.rows import read

COUNTING = "system:figures"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: deadlines from `from_at` on and before `until`, of one team's interviewers or of all.

    `until` lies not after the present, so that of each interview the deadline has passed.
    """

    from_at: datetime
    until: datetime
    team: str | None = None


@dataclass(frozen=True, slots=True)
class InWeek:
    """How many interviews that were due in the week that begins on `monday` came to this end."""

    monday: date
    result: str
    interviews: int


@dataclass(frozen=True, slots=True)
class AfterReturn:
    """How many interviews came to this end, and for those held in which twelve hours after the return.

    `half_day` 0 is up to 12 hours, 5 up to 72 and 6 any longer; null where there was no conversation.
    """

    result: str
    half_day: int | None
    interviews: int


@dataclass(frozen=True, slots=True)
class Step:
    """How long one step of the path took, in hours, where both its moments are known and in this order."""

    name: str
    interviews: int
    lower_hours: float
    median_hours: float
    upper_hours: float


@dataclass(frozen=True, slots=True)
class Often:
    """How many children went missing this often."""

    episodes: int
    children: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What came after a step's alerts within the time in which it was expected, at the furthest.

    `what` is `nothing` where nothing did, and `not yet` while there is still time for it.
    """

    step: str
    what: str
    alerts: int
    acknowledged: int
    median_hours: float | None


async def in_weeks(tx: Transaction, scope: Scope) -> list[InWeek]:
    """Return what came of the interviews due in each week; weeks begin on Monday in London."""
    return read(InWeek, await _asked(tx, scope, _IN_WEEKS))


async def after_return(tx: Transaction, scope: Scope) -> list[AfterReturn]:
    """Return what came of the interviews, of those held by how long after the return."""
    return read(AfterReturn, await _asked(tx, scope, _AFTER_RETURN))


async def steps(tx: Transaction, scope: Scope) -> list[Step]:
    """Return how long each step took; from the return only where it is confirmed."""
    return [Step(row.name, row.interviews, *row.hours) for row in await _asked(tx, scope, _STEPS)]


async def followed(tx: Transaction, scope: Scope, ladder: Collection[str], now: datetime) -> list[Followed]:
    """Return what came after those alerts of these steps that were raised in the period.

    Not of those that were over as they were raised: there was nothing left to do about them.
    """
    return read(Followed, await _asked(tx, scope, _FOLLOWED, ladder=list(ladder), now=now))


async def repeats(tx: Transaction, after: datetime, until: datetime) -> list[Often]:
    """Return how many children have how many episodes that began after one moment and up to another."""
    rows = await tx.all(_REPEATS, authority=tx.authority, after=after, until=until)
    return read(Often, rows)


async def teams(tx: Transaction) -> list[str]:
    """Return the teams of the directory, by name."""
    rows = await tx.all(
        "SELECT DISTINCT team FROM staff, unnest(teams) AS team WHERE authority = :authority ORDER BY team",
        authority=tx.authority,
    )
    return [row.team for row in rows]


async def hidden(tx: Transaction) -> int:
    """Return how many children whoever asks may not see."""
    ids = await tx.scalar("SELECT homeward_hidden_children()")
    async with tx.as_system(COUNTING) as everybody:
        number = await everybody.scalar(
            "SELECT count(*) FROM children WHERE authority = :authority AND absorbed_by IS NULL"
            " AND id = ANY(CAST(:ids AS uuid[]))",
            authority=tx.authority,
            ids=ids,
        )
    return int(number)


async def _asked(tx: Transaction, scope: Scope, sql: str, **values: Any) -> Sequence[Row[Any]]:
    return await tx.all(
        sql,
        authority=tx.authority,
        from_at=scope.from_at,
        until=scope.until,
        team=scope.team,
        **values,
    )


_RESULT = """
CASE WHEN i.status IN ('declined', 'not_possible') THEN i.status
     WHEN i.provisional_due THEN 'provisional'
     WHEN i.held_at IS NULL THEN 'overdue'
     WHEN i.held_at <= i.due_at THEN 'in_time'
     ELSE 'late' END AS result
"""
"""As `domain.measures` has it, of an interview whose deadline has passed."""
_OF_TEAM = """
(CAST(:team AS text) IS NULL OR i.interviewer IN
    (SELECT id FROM staff WHERE authority = :authority AND CAST(:team AS text) = ANY(teams)))
"""
_DUE = f"""
i.authority = :authority AND i.status <> 'voided' AND i.due_at >= :from_at AND i.due_at < :until
AND {_OF_TEAM}
"""
_IN_WEEKS = f"""
SELECT date_trunc('week', i.due_at AT TIME ZONE 'Europe/London')::date AS monday, {_RESULT}, count(*)
FROM interviews i WHERE {_DUE} GROUP BY monday, result ORDER BY monday, result
"""  # noqa: S608 - of the parts above
_AFTER_RETURN = f"""
SELECT result, CASE WHEN result IN ('in_time', 'late')
    THEN least(6, greatest(0, ceil(hours / 12) - 1))::int END AS half_day, count(*)
FROM (SELECT {_RESULT}, extract(epoch FROM i.held_at - i.clock_started_at) / 3600 AS hours
      FROM interviews i WHERE {_DUE}) AS due
GROUP BY result, half_day ORDER BY result, half_day
"""  # noqa: S608 - of the parts above
_STEPS = f"""
WITH first AS MATERIALIZED (
    SELECT received_at AS at FROM inbox
    WHERE authority = :authority AND NOT starts_with(via, 'history:') ORDER BY no LIMIT 1
), due AS MATERIALIZED (
    SELECT i.*, (SELECT m.received_at FROM inbox m
        WHERE m.source = i.anchor_source AND m.id = i.anchor_id AND NOT starts_with(m.via, 'history:')
            AND i.clock_started_at >= (SELECT at FROM first)) AS told_at
    FROM interviews i WHERE {_DUE}
)
SELECT step.name, count(*) AS interviews, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP
    (ORDER BY extract(epoch FROM step.ended - step.begun)::float8 / 3600) AS hours
FROM due CROSS JOIN LATERAL (VALUES
    ('told', CASE WHEN NOT provisional_due THEN clock_started_at END, told_at),
    ('allocated', told_at, allocated_at),
    ('offered', allocated_at, offered_at),
    ('arranged', offered_at, arranged_at),
    ('held', arranged_at, held_at),
    ('submitted', held_at, submitted_at),
    ('approved', submitted_at, approved_at)
) AS step (name, begun, ended)
WHERE step.ended >= step.begun
GROUP BY step.name
"""  # noqa: S608 - of the parts above
"""What was imported from a former system was told there, nobody knows when. So it is with children who were
back before the authority's first message came here.

The message is looked up for each interview of the period: a join would read all that ever came."""
_DEEDS = (
    ("held", "i.held_at"),
    ("closed", "i.declined_at"),
    ("closed", "CASE WHEN i.status = 'not_possible' THEN a.closed_at END"),
    ("submitted", "i.submitted_at"),
    ("approved", "i.approved_at"),
    ("sent_back", "i.sent_back_at"),
    ("arranged", "i.arranged_at"),
    ("offered", "i.offered_at"),
    ("allocated", "i.allocated_at"),
)
"""What may follow an alert and when it was, the furthest first."""


def _first_deed(told: Callable[[str, str], str]) -> str:
    return " ".join(
        f"WHEN {at} > a.raised_at AND {at} <= a.expected_by THEN {told(what, at)}" for what, at in _DEEDS
    )


_FOLLOWED = f"""
SELECT step, what, count(*), count(acknowledged_at), percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)
FROM (
    SELECT a.step, a.acknowledged_at,
        CASE {_first_deed(lambda what, _: f"'{what}'")}
            WHEN :now <= a.expected_by THEN 'not yet' ELSE 'nothing' END AS what,
        extract(epoch FROM CASE {_first_deed(lambda _, at: at)} END - a.raised_at)::float8 / 3600 AS hours
    FROM alerts a CROSS JOIN LATERAL (SELECT * FROM interviews WHERE id = a.interview_id OFFSET 0) AS i
    WHERE i.authority = :authority AND i.status <> 'voided'
    AND a.authority = :authority AND a.raised_at >= :from_at AND a.raised_at < :until
    AND a.step = ANY(CAST(:ladder AS text[])) AND {_OF_TEAM}
    AND a.closed_at IS DISTINCT FROM a.raised_at
) AS alert
GROUP BY step, what ORDER BY step, what
"""  # noqa: S608 - of the parts above
"""OFFSET keeps it from being a join, which would read every interview that ever was."""
_REPEATS = """
SELECT episodes, count(*) FROM (
    SELECT count(*) AS episodes FROM episodes
    WHERE authority = :authority AND NOT superseded AND status <> 'cancelled'
    AND (started_at IS NULL OR started_at > :after AND started_at <= :until)
    AND coalesce(started_at, located_at, returned_at) > :after
    AND coalesce(started_at, located_at, returned_at) <= :until
    GROUP BY child_id
) AS often
GROUP BY episodes ORDER BY episodes
"""
"""The start is asked for by itself, too: PostgreSQL takes no index by `coalesce` under row-level security."""
