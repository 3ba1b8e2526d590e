"""A restricted child stays so when it is joined with another, and so does what goes to another."""

from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from casework.carry import Carrier
from casework.children_index import import_children
from casework.index_rows import read_index
from casework.intake import Sender, receive
from casework.verify import verify
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(days=2)
HEADER = "authority_child_id,nhs_number,upn,family_name,given_names,date_of_birth,postcode"
AMARA = "C-1,9434765919,H801200001001,Okafor,Amara Grace,2011-07-02,NG1 1AA"
WITHOUT_NHS = AMARA.replace("9434765919", "")
OTHER_NHS = AMARA.replace("9434765919", "9434765838")
NHS = {"nhs_number": "943 476 5919"}
UPN = {"upn": "H801200001001"}
BOTH_NUMBERS = NHS | {"authority_child_id": "C-1"}
AMIRA, BO, GRACE = "token:amira", "token:bo", "token:grace"
HIDDEN = ("children", "episodes", "interviews", "drafts", "plan_entries", "interview_commands")
OF_INTERVIEW = "SELECT i.authority, i.id AS interview_id, CAST(:at AS timestamptz) AS at FROM interviews i"
CONDUCT = (
    "INSERT INTO interview_commands (authority, interview_id, at, no, key, name, body, digest, by, actor,"
    f" answer) SELECT t.*, 1, 'k', 'allocate', '{{}}', '', 'W-1', 'test', '{{}}' FROM ({OF_INTERVIEW}) AS t",
    "INSERT INTO drafts (authority, interview_id, saved_at, no, key, based_on, by, actor, sent, problems,"
    f" record) SELECT t.*, 1, 'k', 0, 'W-1', 'test', '{{}}', '[]', '{{}}' FROM ({OF_INTERVIEW}) AS t",
    "INSERT INTO plan_entries (authority, interview_id, at, id, kind, body, by, actor)"
    f" SELECT t.*, :id, 'outcomes', '{{}}', 'M-1', 'test' FROM ({OF_INTERVIEW}) AS t",
)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url, pool_size=3)
    yield made
    await made.close()


async def tell(store: Store, *messages: dict[str, Any]) -> None:
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), messages, NOW)
    await Runner(Carrier(store, Policy(), lambda: NOW), [NOTTINGHAM]).drain()


async def imports(store: Store, row: str) -> None:
    index = read_index([f"{HEADER}\n", f"{row}\n"])
    await import_children(store, NOTTINGHAM, index, Policy(), person="system:test", now=NOW)


async def absent(store: Store, child: dict[str, str] = NHS, name: str = "a", subject: str = "NP-1") -> UUID:
    """Tell of an absence and a return, and return whose it is."""
    back = SEEN + timedelta(hours=9)
    await tell(
        store,
        message("reported", SEEN, id=f"{name}1", child=child, subject=subject),
        message("returned", back, id=f"{name}2", child=child, subject=subject),
    )
    async with store.transaction(NOTTINGHAM) as tx:
        found: UUID = await tx.scalar("SELECT child_id FROM inbox WHERE id = :id", id=f"{name}1")
        return found


async def worked_on(store: Store) -> None:
    """Give every interview a command, a draft and an entry of the plan."""
    async with store.transaction(NOTTINGHAM) as tx:
        for statement in CONDUCT:
            await tx.run(statement, at=NOW, id=uuid4())


async def restrict(store: Store, child_id: UUID, *people: str) -> None:
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions VALUES (:child, :authority)", child=child_id, authority=NOTTINGHAM
        )
        await tx.write(
            "INSERT INTO restriction_people (child_id, person, authority)"
            " VALUES (:child, :person, :authority)",
            [{"child": child_id, "person": person, "authority": NOTTINGHAM} for person in people],
        )


async def indexed(store: Store) -> UUID:
    async with store.transaction(NOTTINGHAM) as tx:
        found: UUID = await tx.scalar("SELECT id FROM children WHERE indexed")
        return found


async def seen_by(store: Store, person: str) -> dict[str, int]:
    """Return how many rows of what belongs to a child somebody sees."""
    async with store.transaction(NOTTINGHAM, person) as tx:
        return {table: await tx.scalar(f"SELECT count(*) FROM {table}") for table in HIDDEN}


async def who_sees(store: Store, people: Iterable[str] = (AMIRA, BO, GRACE, "token:somebody")) -> set[str]:
    """Return who sees an interview with all that belongs to it; whoever sees a part of it is marked."""
    found = {person: await seen_by(store, person) for person in people}
    whole = {person for person, seen in found.items() if all(seen.values())}
    return whole | {f"{person}?" for person, seen in found.items() if any(seen.values())} - {
        f"{person}?" for person in whole
    }


async def restrictions_told(store: Store) -> list[Any]:
    async with store.transaction(NOTTINGHAM) as tx:
        return [
            row.payload
            for row in await tx.all(
                "SELECT payload FROM ledger WHERE action = 'child.restricted' ORDER BY no"
            )
        ]


async def joined_by_the_index(store: Store) -> None:
    await imports(store, AMARA)


async def joined_by_a_message(store: Store) -> None:
    await imports(store, WITHOUT_NHS)
    at = SEEN + timedelta(hours=10)
    await tell(store, message("updated", at, id="bridge", child=BOTH_NUMBERS, subject="NP-1"))


@pytest.mark.parametrize("join", [joined_by_the_index, joined_by_a_message])
async def test_who_takes_over_a_restricted_child_is_restricted_to_the_same_people(
    store: Store, join: Any
) -> None:
    hidden = await absent(store)
    await worked_on(store)
    await restrict(store, hidden, AMIRA, BO)
    assert await who_sees(store) == {AMIRA, BO}
    await join(store)
    assert await who_sees(store) == {AMIRA, BO}


async def test_the_ledger_says_who_may_see_it_and_because_of_whom(store: Store) -> None:
    hidden = await absent(store)
    await restrict(store, hidden, BO, AMIRA)
    await imports(store, AMARA)
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()
    assert await restrictions_told(store) == [
        {"child_id": str(await indexed(store)), "because_of": [str(hidden)], "people": [AMIRA, BO]}
    ]


async def test_where_both_were_restricted_only_who_might_see_both_sees_what_they_became(store: Store) -> None:
    hidden = await absent(store)
    await worked_on(store)
    await imports(store, WITHOUT_NHS)
    await restrict(store, hidden, AMIRA, BO)
    await restrict(store, await indexed(store), AMIRA, GRACE)
    await joined_by_a_message(store)
    assert await who_sees(store) == {AMIRA, f"{BO}?"}  # the absorbed child's own empty rows are still Bo's


async def test_where_nobody_might_see_both_nobody_does_but_the_clock_runs(store: Store) -> None:
    hidden = await absent(store)
    await worked_on(store)
    await imports(store, WITHOUT_NHS)
    await restrict(store, hidden, BO)
    await restrict(store, await indexed(store), GRACE)
    await joined_by_a_message(store)
    assert {(await seen_by(store, person))["interviews"] for person in (AMIRA, BO, GRACE)} == {0}
    assert (await seen_by(store, "system:chase"))["interviews"] == 1


async def test_a_restricted_child_that_takes_over_another_keeps_its_people(store: Store) -> None:
    await absent(store)
    await worked_on(store)
    await imports(store, WITHOUT_NHS)
    await restrict(store, await indexed(store), GRACE)
    await joined_by_a_message(store)
    assert (await seen_by(store, GRACE))["plan_entries"] == 1
    assert (await seen_by(store, AMIRA))["plan_entries"] == 0
    assert await restrictions_told(store) == []


async def test_children_of_whom_none_is_restricted_are_joined_without_a_restriction(store: Store) -> None:
    await absent(store)
    await worked_on(store)
    await imports(store, AMARA)
    assert await who_sees(store, [AMIRA]) == {AMIRA}
    assert await restrictions_told(store) == []


async def test_what_goes_from_a_restricted_child_to_one_split_off_stays_restricted(store: Store) -> None:
    await imports(store, AMARA)
    before = await absent(store)
    await worked_on(store)
    await restrict(store, before, AMIRA, BO)
    await imports(store, OTHER_NHS)
    assert await indexed(store) == before
    async with store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT child_id FROM interviews") != before
    assert await who_sees(store) == {AMIRA, BO}


async def test_what_was_joined_and_is_parted_again_leaves_both_restricted(store: Store) -> None:
    hidden = await absent(store)
    await worked_on(store)
    await restrict(store, hidden, AMIRA)
    await imports(store, AMARA)
    await imports(store, OTHER_NHS)
    async with store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT child_id FROM interviews") != await indexed(store)
    assert await who_sees(store) == {AMIRA}


async def test_who_was_left_out_may_be_named_again_by_another_join(store: Store) -> None:
    """A person lifts a restriction by taking its row away; what is restricted later is so to whom it says."""
    hidden = await absent(store)
    await worked_on(store)
    await imports(store, WITHOUT_NHS)
    indexed_id = await indexed(store)
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restriction_people (child_id, person, authority, withdrawn_at) VALUES"
            " (:child, :bo, :authority, :now), (:child, :grace, :authority, NULL)",
            child=indexed_id,
            bo=BO,
            grace=GRACE,
            authority=NOTTINGHAM,
            now=NOW,
        )
    await restrict(store, hidden, BO)
    await joined_by_a_message(store)
    assert await who_sees(store) == {BO}
