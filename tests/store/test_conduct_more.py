"""From any sequence of commands and notifications: a lawful state, a ledger that tells how, a true clock."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.carry import Carrier
from casework.conduct import Asked, act
from casework.intake import Sender, receive
from casework.refusals import Refusal
from casework.verify import verify
from domain.lifecycle import allowed
from schemas.commands import Command, Cover
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from schemas.words import Stage
from store import staff
from store.database import Store
from streams.runner import Runner
from tests.expected import STORED_EPISODES, expected_episodes, in_order
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database, connect
from tests.unit import conduct

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PEOPLE = (
    StaffMember(id="W-1", name="Ewa Nowak", training=("return_interview",)),
    StaffMember(id="W-2", name="Tom O'Neill", training=("return_interview",)),
    StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER})),
)
DEEDS = [
    value.model_copy(update={moment: None for moment in ("at", "held_at") if hasattr(value, moment)})
    for name, value in vars(conduct).items()
    if isinstance(value, Command) and name not in {"SUBMIT", "APPROVE", "SEND_BACK"}
]
ORDINARY = ("allocate", "offer", "arrange", "hold")
KINDS = ("reported", "located", "returned", "cancelled", "updated")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.sampled_from(KINDS), st.integers(0, 2), st.integers(0, 200)),
        st.tuples(st.just("do"), st.integers(0, len(DEEDS) - 1), st.integers(0, 3), st.booleans()),
        st.tuples(st.just("cover"), st.integers(0, 3), st.integers(0, 3), st.just(0)),
    ),
    min_size=3,
    max_size=16,
)


async def _play(database: Database, begun: int, steps: Any, child: str, heads: Path) -> list[str]:
    """Play one story of one child and return everything that is not as it should be."""
    store = Store(database.app_url, pool_size=2)
    told: list[dict[str, Any]] = []
    for number, (kind, *what) in enumerate([*_beginning(begun), *steps]):
        now = START + timedelta(days=20, minutes=number)
        if kind == "tell":
            told.append(_message(what, child, number))
            await receive(store, Sender("file", "test", (NOTTINGHAM,)), [told[-1]], now)
            await Runner(Carrier(store, Policy(), partial(_at, now)), [NOTTINGHAM], heads).drain()
        else:
            await _command(store, kind, what, f"{child}/{number}", now)
    differences = [*(await verify(store, NOTTINGHAM, Policy(), heads)).differences]
    differences += await _clock(store, told, child)
    await store.close()
    return differences


def _beginning(far: int) -> list[tuple[Any, ...]]:
    """Return the steps by which the child is back twice and the first interview has come so far."""
    names = [deed.name for deed in DEEDS]
    back = [("tell", "returned", 0, 50), ("tell", "returned", 1, 120)]
    return [*back, *(("do", names.index(name), 0, False) for name in ORDINARY[:far])]


def _at(now: datetime) -> datetime:
    return now


def _message(what: list[Any], child: str, number: int) -> dict[str, Any]:
    kind, reference, hours = what
    return message(
        kind,
        START + timedelta(hours=hours),
        id=f"{child}/{number}",
        child={"authority_child_id": child, "family_name": "Okafor", "given_names": "Amara"},
        subject=f"{child}/{reference}",
        told_at=START + timedelta(days=15, minutes=number),
    )


async def _command(store: Store, kind: str, what: list[Any], key: str, now: datetime) -> None:
    async with store.transaction(NOTTINGHAM) as tx:
        rows = await tx.all(
            "SELECT i.id, i.version, i.status FROM interviews i JOIN children c ON c.id = i.child_id"
            " WHERE c.authority_child_id = :child ORDER BY i.due_at, i.id",
            child=key.split("/", maxsplit=1)[0],
        )
    if not rows:
        return
    if kind == "cover":
        row, other = rows[what[0] % len(rows)], rows[what[1] % len(rows)]
        command: Command = Cover(by="M-1", interviews=(other.id,), reason="One talk")
    else:
        row = rows[what[1] % len(rows)]
        lawful = [deed for deed in DEEDS if deed.name in allowed(Stage(row.status))] if what[2] else []
        command = (lawful or DEEDS)[what[0] % len(lawful or DEEDS)]
    try:
        asked = Asked(command, key, row.version)
        await act(store, NOTTINGHAM, row.id, asked, person="system:test", policy=Policy(), now=now)
    except Refusal:
        pass


async def _clock(store: Store, told: list[dict[str, Any]], child: str) -> list[str]:
    """Compare the deadlines with rule 8 of the fold, for interviews that nobody has settled."""
    async with store.transaction(NOTTINGHAM) as tx:
        rows = await tx.all(STORED_EPISODES)
        settled = await tx.scalar(
            "SELECT count(*) FROM interviews i JOIN children c ON c.id = i.child_id"
            " WHERE c.authority_child_id = :child"
            " AND (i.status IN ('held', 'declined') OR i.voided_reason = 'person')",
            child=child,
        )
    if settled:
        return []
    expected = expected_episodes(told, START + timedelta(days=20), Policy())
    stored = in_order(tuple(row) for row in rows if row.authority_child_id == child)
    return [] if stored == expected else [f"{stored} is not {expected}"]


@pytest.fixture
async def staffed(database: Database) -> Database:
    store = Store(database.app_url)
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, PEOPLE, START)
    await store.close()
    return database


def test_whatever_is_told_and_done_the_state_is_lawful_and_the_ledger_tells_how(
    staffed: Database, tmp_path: Path
) -> None:
    count = 0

    @settings(max_examples=170, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(ORDINARY)), STEPS)
    def story(begun: int, steps: Any) -> None:
        nonlocal count
        count += 1
        assert asyncio.run(_play(staffed, begun, steps, f"C-{count}", tmp_path)) == []

    story()
    with connect(staffed.superuser_url) as superuser:
        done = {name for (name,) in superuser.execute("SELECT DISTINCT name FROM interview_commands")}
    assert {"allocate", "offer", "hold", "not-possible", "covered"} <= done
