"""A message without a number finds the one child of the index who outweighs all others, in any order."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casework.carry import Carrier
from casework.children_index import import_children
from casework.index_rows import read_index
from casework.intake import Sender, receive
from casework.verify import verify
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.messages import NOTTINGHAM, message

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(days=2)
HEADER = "authority_child_id,family_name,given_names,date_of_birth,address,postcode"
AMARA = "C-1,Okafor,Amara Grace,2011-07-02,12 Example Street,NG1 1AA"
LEO = "C-3,Hussain,Leo Ali,2012-03-04,4 Mill Lane,NG7 1AA"
BROTHER = "C-4,Hussain,Leo Hassan,2012-03-04,4 Mill Lane,NG7 1AA"
HOME = {"lines": ["4 Mill Lane"], "postcode": "NG7 1AA"}
TOLD_LEO = {
    "family_name": "Hussain",
    "given_names": "Leo",
    "date_of_birth": "2012-03-04",
    "home_address": HOME,
}
MISSPELT = {
    "family_name": "Okaffor",
    "given_names": "Amara",
    "date_of_birth": "2011-02-07",
    "home_address": {"lines": ["12 Example Street"], "postcode": "NG1 1AA"},
}
TWIN = {
    "family_name": "Okafor",
    "given_names": "Amina Grace",
    "date_of_birth": "2011-07-02",
    "home_address": {"lines": ["12 Example Street"], "postcode": "NG1 1AA"},
}


async def knows(store: Store, *rows: str) -> None:
    index = read_index([f"{row}\n" for row in (HEADER, *rows)])
    await import_children(store, NOTTINGHAM, index, Policy(), person="system:test", now=NOW)


async def told(store: Store, child: dict[str, Any], id_: str = "m1", subject: str = "NP-1") -> None:
    notification = message("returned", SEEN, id=id_, subject=subject, child=child)
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), [notification], NOW)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()


async def asked(store: Store, sql: str) -> list[Any]:
    async with store.transaction(NOTTINGHAM, person="system:test") as tx:
        return [tuple(row) for row in await tx.all(sql)]


async def whose(store: Store) -> Sequence[str | None]:
    """Return whose each message is, by the authority's own id; None where nobody knows yet."""
    rows = await asked(
        store,
        "SELECT c.authority_child_id FROM inbox i JOIN children c ON c.id = i.child_id ORDER BY i.id",
    )
    return [own for (own,) in rows]


async def test_a_misspelt_name_and_a_birth_date_with_day_and_month_exchanged_are_found(store: Store) -> None:
    await knows(store, AMARA, LEO)
    await told(store, MISSPELT)
    assert await whose(store) == ["C-1"]
    assert await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL") == []
    [(weighed,)] = await asked(
        store, "SELECT payload->'weighed' FROM ledger WHERE action = 'notification.linked'"
    )
    assert weighed["date_of_birth"] == "exchanged"
    assert weighed["family_name"] == "typing_error"
    assert weighed["home"] == "same"
    assert weighed["weight"] > Policy().matching.same_from
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_an_index_that_comes_after_the_message_finds_it_too(store: Store) -> None:
    await told(store, MISSPELT)
    assert await whose(store) == [None]
    await knows(store, AMARA, LEO)
    assert await whose(store) == ["C-1"]
    assert await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL") == []


async def test_a_twin_is_never_joined_but_asked_about(store: Store) -> None:
    await knows(store, AMARA)
    await told(store, TWIN)
    assert await whose(store) == [None]
    assert await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL") == [("unknown_child",)]


async def test_a_brother_whom_the_index_gets_later_makes_it_a_question_again(store: Store) -> None:
    await knows(store, LEO)
    await told(store, TOLD_LEO)
    assert await whose(store) == ["C-3"]
    await knows(store, LEO, BROTHER)
    assert await whose(store) == [None]
    assert await asked(store, "SELECT kind FROM questions WHERE closed_at IS NULL") == [("unknown_child",)]


async def test_what_follows_under_the_reference_is_of_the_same_child(store: Store) -> None:
    await knows(store, AMARA)
    await told(store, {"family_name": "Okafor", "given_names": "Amara"}, "m0")
    await told(store, MISSPELT | {"date_of_birth": "2011-07-02"}, "m1")
    await told(store, {}, "m2")
    assert await whose(store) == ["C-1", "C-1", "C-1"]
