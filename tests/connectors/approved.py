"""Approved interviews, many at once, straight into the database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import psycopg
from psycopg import sql

from schemas.plan import Outcomes, PlannedOutcome
from tests.connectors.updates import OUTCOME
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

APPROVED_AT = datetime(2026, 4, 2, 15, 20, tzinfo=UTC)
DECISION = "Agreed; I look at it on 9 May."


@dataclass(frozen=True, slots=True)
class Approved:
    """One approved interview: its place among all, its child's number, and how many outcomes it has."""

    place: int
    child: int
    outcomes: int

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"interview {self.place}")

    @property
    def episode_id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"episode {self.place}")

    @property
    def child_id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"child {self.child}")

    @property
    def authority_child_id(self) -> str:
        return f"C-{self.child:06}"

    @property
    def path(self) -> str:
        return f"/children/{self.authority_child_id}/plan"

    def outcome(self, number: int) -> PlannedOutcome:
        return OUTCOME.model_copy(update={"what": f"{OUTCOME.what} ({self.place}.{number})"})


def interviews(count: int) -> list[Approved]:
    """Return interviews of 1 to 3 outcomes; a third of the children have two."""
    return [Approved(place, place * 3 // 4, 1 + place % 3) for place in range(count)]


def keep(database: Database, approved: Sequence[Approved]) -> None:
    """Write them as they are once they are approved and in the plan, but not yet queued."""
    with connect(database.superuser_url) as connection, connection.transaction():
        _copy(connection, "children", _CHILD, _children(approved))
        _copy(connection, "episodes", _EPISODE, _episodes(approved, _numbers(connection)))
        _copy(connection, "interviews", _INTERVIEW, map(_interview, approved))
        _copy(connection, "interview_commands", _COMMAND, map(_command, approved))
        _copy(connection, "plan_entries", _ENTRY, map(_entry, approved))


def _copy(
    connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Iterator[tuple[object, ...]]
) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


_CHILD = (
    "id",
    "authority",
    "provisional",
    "indexed",
    "authority_child_id",
    "given_keys",
    "aka_keys",
    "facts",
    "created_at",
    "updated_at",
)
_EPISODE = (
    "id",
    "authority",
    "child_id",
    "child_number",
    "status",
    "risk_factors",
    "started_at",
    "returned_at",
    "conflict_reasons",
    "marks",
    "incidents",
    "notifications",
    "period",
    "superseded",
    "updated_at",
)
_INTERVIEW = (
    "id",
    "authority",
    "child_id",
    "episode_id",
    "status",
    "clock_started_at",
    "due_at",
    "provisional_due",
    "anchor_source",
    "anchor_id",
    "approved_at",
    "updated_at",
)
_COMMAND = (
    "interview_id",
    "no",
    "authority",
    "key",
    "name",
    "body",
    "digest",
    "by",
    "actor",
    "at",
    "answer",
)
_ENTRY = ("id", "authority", "interview_id", "kind", "body", "by", "actor", "at")


def _children(approved: Sequence[Approved]) -> Iterator[tuple[object, ...]]:
    ids = {each.child_id: each.authority_child_id for each in approved}
    for id_, known_as in ids.items():
        yield (id_, NOTTINGHAM, False, True, known_as, "{}", "{}", "{}", APPROVED_AT, APPROVED_AT)


def _numbers(connection: psycopg.Connection) -> dict[UUID, int]:
    return dict(connection.execute("SELECT id, number FROM children").fetchall())


def _episodes(approved: Sequence[Approved], numbers: dict[UUID, int]) -> Iterator[tuple[object, ...]]:
    for each in approved:
        started = _returned(each) - timedelta(hours=5)
        period = f"[{started.isoformat()},{_returned(each).isoformat()}]"
        yield (
            each.episode_id, NOTTINGHAM, each.child_id, numbers[each.child_id], "returned", "{}", started,
            _returned(each), "{}", "{}", "[]", "[]", period, False, APPROVED_AT,
        )  # fmt: skip


def _interview(each: Approved) -> tuple[object, ...]:
    returned = _returned(each)
    return (
        each.id, NOTTINGHAM, each.child_id, each.episode_id, "approved", returned,
        returned + timedelta(hours=72), False, "urn:police:nottinghamshire", str(each.place), APPROVED_AT,
        APPROVED_AT,
    )  # fmt: skip


def _command(each: Approved) -> tuple[object, ...]:
    body = json.dumps({"by": "m.osei", "decision": DECISION})
    return (
        each.id, 1, NOTTINGHAM, f"approve-{each.place}", "approve", body, b"", "m.osei", "m.osei",
        APPROVED_AT, "{}",
    )  # fmt: skip


def _entry(each: Approved) -> tuple[object, ...]:
    outcomes = tuple(each.outcome(number) for number in range(1, each.outcomes + 1))
    body = Outcomes(outcomes=outcomes).model_dump_json()
    entry = uuid5(NAMESPACE_URL, f"entry {each.place}")
    return (entry, NOTTINGHAM, each.id, "outcomes", body, "m.osei", "m.osei", APPROVED_AT)


def _returned(each: Approved) -> datetime:
    """Return when the child of an interview was back: each time another day."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=each.place % 4)
