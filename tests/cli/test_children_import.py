"""The authority's index: imported before or after the messages, it gives the same children and episodes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.carry import Carrier
from casework.children_index import Imported, IndexRefused, import_children
from casework.index_rows import read_index
from casework.intake import Sender, receive
from casework.verify import verify
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Console, Said
from tests.messages import NOTTINGHAM, message

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(days=2)
HEADER = (
    "authority_child_id,nhs_number,upn,family_name,given_names,date_of_birth,postcode,social_worker,from_on"
)
AMARA = "C-1,9434765919,H801200001001,Okafor,Amara Grace,2011-07-02,NG1 1AA,S Patel,2025-01-06"
BEN = "C-2,9434765870,,Okafor,Ben,2012-02-29,NG1 1AA,,"
NHS, UPN = {"nhs_number": "943 476 5919"}, {"upn": "H801200001001"}
NAMED = {
    "family_name": "OKAFOR",
    "given_names": "Amara Grace",
    "date_of_birth": "2011-07-02",
    "home_address": {"postcode": "ng11aa"},
}
Step = Sequence[str] | dict[str, Any]


async def imports(store: Store, *rows: str, keep_going: bool = False) -> Imported:
    index = read_index([f"{row}\n" for row in (HEADER, *rows)])
    return await import_children(
        store, NOTTINGHAM, index, Policy(), person="system:test", now=NOW, keep_going=keep_going
    )


async def tell(store: Store, *messages: dict[str, Any]) -> None:
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), messages, NOW)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()


async def asked(store: Store, sql: str) -> list[Any]:
    async with store.transaction(NOTTINGHAM) as tx:
        return [tuple(row) for row in await tx.all(sql)]


async def whose(store: Store) -> list[Any]:
    """Return whose each message is, by the authority's id; None for a child that nobody knows."""
    return await asked(
        store,
        "SELECT i.id, c.authority_child_id, c.indexed FROM inbox i JOIN children c ON c.id = i.child_id"
        " ORDER BY 1",
    )


async def outcome(store: Store) -> list[list[Any]]:
    """Return all that may not depend on what came first."""
    return [
        await whose(store),
        await asked(
            store,
            "SELECT authority_child_id, nhs_number, upn, provisional, indexed, facts->>'family_name'"
            " FROM children WHERE absorbed_by IS NULL ORDER BY 1, 2",
        ),
        await asked(
            store, "SELECT status, started_at, returned_at FROM episodes WHERE NOT superseded ORDER BY 2"
        ),
        await asked(store, "SELECT status, due_at FROM interviews WHERE status <> 'voided' ORDER BY 2"),
        await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL ORDER BY 1"),
    ]


def reported(id: str, child: dict[str, Any], hours: float = 0, **more: Any) -> dict[str, Any]:  # noqa: A002
    return message("reported", SEEN + timedelta(hours=hours), id=id, child=child, **more)


def returned(id: str, child: dict[str, Any], hours: float, **more: Any) -> dict[str, Any]:  # noqa: A002
    return message("returned", SEEN + timedelta(hours=hours), id=id, child=child, **more)


TOLD: dict[str, list[dict[str, Any]]] = {
    "by NHS number": [reported("a", NHS), returned("b", {}, 4)],
    "by UPN": [reported("a", UPN), returned("b", UPN, 4)],
    "by name, birth date and postcode": [reported("a", NAMED), returned("b", NAMED, 4, subject="other")],
    "by the authority's own id": [reported("a", {"authority_child_id": "C-1"})],
    "by two forces, each with another number": [
        reported("a", NHS),
        returned("b", UPN, 5, source="urn:police:derbyshire", subject="D-1"),
    ],
    "with a birth date that contradicts": [reported("a", NHS | {"date_of_birth": "2010-01-01"})],
    "as another child with that NHS number": [reported("a", NHS | {"authority_child_id": "C-7"})],
    "with a number that the index lacks": [
        reported("a", {"authority_child_id": "C-2", "upn": "H801200001001"}),
    ],
    "with the right birth date after a wrong one": [
        reported("a", NHS | {"date_of_birth": "2010-01-01"}, subject="other"),
        reported("b", NHS | {"date_of_birth": "2011-07-02"}),
    ],
    "under one reference with two birth dates": [
        reported("a", {"authority_child_id": "C-1", **NHS, "date_of_birth": "2010-01-01"}),
        returned("b", NHS | {"date_of_birth": "2011-07-02"}, 3),
    ],
    "as nobody known": [reported("a", {"family_name": "Brown"})],
}


@pytest.mark.parametrize("messages", TOLD.values(), ids=TOLD.keys())
async def test_the_index_may_come_before_or_after_the_messages(
    messages: list[dict[str, Any]], store: Store, other_store: Store
) -> None:
    await imports(store, AMARA, BEN)
    await tell(store, *messages)
    await tell(other_store, *messages)
    await imports(other_store, AMARA, BEN)
    assert await outcome(store) == await outcome(other_store)
    assert (await verify(other_store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_two_children_that_nobody_knew_become_one_with_one_episode(store: Store) -> None:
    await tell(store, *TOLD["by two forces, each with another number"])
    assert len(await asked(store, "SELECT 1 FROM questions WHERE closed_at IS NULL")) == 2
    await imports(store, AMARA)
    assert await whose(store) == [("a", "C-1", True), ("b", "C-1", True)]
    assert await asked(store, "SELECT status FROM episodes WHERE NOT superseded") == [("returned",)]
    assert await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL") == []


async def test_a_corrected_index_takes_its_messages_along(store: Store) -> None:
    await imports(store, AMARA, BEN)
    await tell(store, reported("a", NHS))
    await imports(store, AMARA.replace("9434765919", "9434765838"), BEN.replace("9434765870", "9434765919"))
    assert await asked(
        store, "SELECT authority_child_id, nhs_number FROM children WHERE indexed ORDER BY 1"
    ) == [
        ("C-1", "9434765838"),
        ("C-2", "9434765919"),
    ]


async def test_a_child_that_was_absorbed_in_error_lives_again(store: Store) -> None:
    await tell(store, reported("a", NHS))
    await imports(store, AMARA)
    assert await whose(store) == [("a", "C-1", True)]
    await imports(store, AMARA.replace("9434765919", "9434765838"))
    await tell(store, returned("b", {}, 4))
    assert await whose(store) == [("a", None, False), ("b", None, False)]
    assert await asked(store, "SELECT status FROM episodes WHERE NOT superseded") == [("returned",)]
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_the_same_index_again_changes_nothing(store: Store) -> None:
    assert await imports(store, AMARA, BEN) == Imported(new=2, changed=0, unchanged=0)
    before = await asked(store, "SELECT max(no) FROM ledger")
    assert await imports(store, AMARA, BEN) == Imported(new=0, changed=0, unchanged=2)
    assert await asked(store, "SELECT max(no) FROM ledger") == before


async def test_a_new_social_worker_is_a_change_of_care_alone(store: Store) -> None:
    await imports(store, AMARA)
    assert await imports(store, AMARA.replace("S Patel", "J Smith")) == Imported(0, 1, 0)
    assert await asked(store, "SELECT social_worker FROM care") == [("J Smith",)]


async def test_an_identifier_of_a_child_that_stays_is_refused(store: Store) -> None:
    await imports(store, AMARA)
    taken = BEN.replace("9434765870", "9434765919")
    with pytest.raises(IndexRefused) as refused:
        await imports(store, taken)
    assert "nhs_number: is that of C-1 in the index already" in str(refused.value.problems[0])
    assert await imports(store, taken, keep_going=True) == Imported(0, 0, 0, refused.value.problems)


async def test_nothing_is_imported_when_one_line_is_wrong(store: Store) -> None:
    wrong = BEN.replace("2012-02-29", "2011-02-29")
    with pytest.raises(IndexRefused):
        await imports(store, AMARA, wrong)
    assert await asked(store, "SELECT 1 FROM children") == []
    assert (await imports(store, AMARA, wrong, keep_going=True)).new == 1


async def test_the_command_imports_and_tells_what_is_wrong(console: Console, store: Store) -> None:
    path = console.directory / "children.csv"
    path.write_text("\ufeff" + "\r\n".join((HEADER, AMARA, BEN.replace("9434765870", "9434765871"))))
    said = console.run("children", "import", "children.csv")
    assert (said.code, said.out) == (0, "children: 2 new, 0 changed, 0 unchanged\n")
    assert said.err == (
        "children.csv:3: nhs_number: has a wrong check digit: kept and shown, but nobody is matched by it\n"
    )
    assert await asked(
        store, "SELECT actor LIKE 'system:cli:%' FROM ledger WHERE action = 'child.imported'"
    ) == [
        (True,),
        (True,),
    ]


@pytest.mark.parametrize(
    ("option", "out"), [((), ""), (("--keep-going",), "children: 1 new, 0 changed, 0 unchanged\n")]
)
def test_the_command_ends_with_1_when_a_line_is_wrong(
    option: Iterable[str], out: str, homeward: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "children.csv").write_text("\n".join((HEADER, AMARA, BEN.replace("2012-02-29", "today"))))
    said = homeward("children", "import", "children.csv", *option)
    assert (said.code, said.out) == (1, out)
    assert said.err.startswith("children.csv:3: date_of_birth: is not a day")
    assert homeward("children", "import", "nowhere.csv").code == 2
