"""GET /api/v1/ledger: who did what, chained by hashes that anybody can work out again."""

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from casework.tokens import Scope
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database, connect
from tests.web.served import NOW, Json, Served, at, child, is_problem, named, serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-ledger")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
GENESIS = "00" * 32


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(module_database: Database) -> AsyncIterator[Served]:
    """An application whose database tells the time of another place: that must change nothing."""
    with connect(module_database.superuser_url) as superuser:
        superuser.execute(f"ALTER DATABASE {module_database.name} SET timezone = 'America/St_Johns'".encode())
    async with serving(module_database) as made:
        await made.token("reader", Scope.READ)  # or its line would come after the others are sealed
        yield made


def tell(who: str, kind: str, hours: float = 0, **more: Any) -> Json:
    at_ = SATURDAY + hours * HOUR
    return message(kind, at_, id=f"{who}-{kind}-{hours}", subject=f"NP-{who}", child=child(who), **more)


async def absence(served: Served, who: str) -> Json:
    await served.tell(tell(who, "reported"), tell(who, "returned", 9))
    return await served.episode_of(who)


def spelled(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(line: Json, previous: str, authority: str = NOTTINGHAM) -> str:
    """Work out a line's hash from nothing but what the API told."""
    names = ("no", "at", "actor", "action", "subject", "child_id", "payload_digest")
    no, *facts = (line[name] for name in names)
    return hashlib.sha256(bytes.fromhex(previous) + spelled([no, authority, *facts])).hexdigest()


async def test_the_hashes_chain_from_the_first_line_to_the_last(served: Served) -> None:
    await absence(served, "C-chain")
    lines = sorted(await served.items("ledger"), key=lambda line: line["position"])
    assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))
    assert [line["previous_hash"] for line in lines] == [GENESIS, *(line["hash"] for line in lines[:-1])]


async def test_each_hash_can_be_worked_out_again_from_what_is_told(served: Served) -> None:
    await absence(served, "C-again")
    lines = await served.items("ledger")
    assert [line["hash"] for line in lines] == [hash_of(line, line["previous_hash"]) for line in lines]


async def test_each_digest_is_of_the_payload_that_is_told(served: Served) -> None:
    await absence(served, "C-digest")
    lines = await served.items("ledger")
    digests = [hashlib.sha256(spelled(line["payload"])).hexdigest() for line in lines]
    assert [line["payload_digest"] for line in lines] == digests


async def test_each_authority_has_a_chain_of_its_own(served: Served) -> None:
    feed = await served.token("feed-to-derby", Scope.NOTIFY, NOTTINGHAMSHIRE, DERBY)
    reader = await served.token("derby", Scope.READ, authority=DERBY)
    await served.tell(tell("C-derby", "reported", authority=DERBY), token=feed)
    lines = await served.items("ledger", reader)
    assert [line["hash"] for line in lines] == [hash_of(line, line["previous_hash"], DERBY) for line in lines]
    assert lines[0]["previous_hash"] == GENESIS


async def test_the_trail_of_an_absence_is_complete(served: Served) -> None:
    episode = await absence(served, "C-trail")
    lines = await served.items("ledger", child="C-trail")
    actions = [line["action"] for line in lines]
    subjects = {line["subject"] for line in lines}
    assert actions.count("notification.linked") == 2
    assert subjects >= {f"episode/{episode['id']}", f"interview/{episode['interview_id']}"}
    assert {line["child_id"] for line in lines} == {episode["child_id"]}


async def test_every_receipt_is_written_down_with_its_sender(served: Served) -> None:
    sent = tell("C-receipt", "reported")
    await served.tell(sent)
    (line,) = [
        line
        for line in await served.items("ledger", subject=f"notification/{NOTTINGHAMSHIRE}/{sent['id']}")
        if line["action"] == "notification.received"
    ]
    assert line["actor"] == "system:http:feed"
    assert line["payload"]["digest"] == hashlib.sha256(spelled(sent)).hexdigest()


async def test_that_a_token_was_made_is_written_down_without_its_secret(served: Served) -> None:
    secret = await served.token("watched", Scope.READ)
    (line,) = await served.items("ledger", subject="token/watched")
    assert (line["action"], line["actor"]) == ("token.created", "system:test")
    assert secret not in json.dumps(await served.items("ledger"))


async def test_the_trail_names_no_child(served: Served) -> None:
    await absence(served, "C-nameless")
    told = json.dumps(await served.items("ledger"))
    assert "Okafor" not in told
    assert "Amara" not in told


async def test_instants_are_told_in_utc(served: Served) -> None:
    await absence(served, "C-utc")
    assert all(at(line["at"]) >= NOW for line in await served.items("ledger", child="C-utc"))


@pytest.mark.parametrize("name", ["subject", "action", "actor"])
async def test_lines_are_found_by(served: Served, name: str) -> None:
    await absence(served, "C-by")
    wanted = (await served.items("ledger", child="C-by"))[-1][name]
    found = await served.items("ledger", **{name: wanted})
    assert {line[name] for line in found} == {wanted}


async def test_lines_are_found_by_the_time_at_which_they_were_written(served: Served) -> None:
    began = served.clock.move_on()
    await absence(served, "C-then")
    ended = served.clock.move_on(timedelta(seconds=1))
    found = [
        len(await served.items("ledger", child="C-then", **when))
        for when in (
            {"from": began.isoformat(), "to": began.isoformat()},
            {"to": (began - timedelta(microseconds=1)).isoformat()},
            {"from": ended.isoformat()},
        )
    ]
    assert found == [len(await served.items("ledger", child="C-then")), 0, 0]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"from": "x"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"from": "2026-04-02", "to": "2026-04-01"}, "to"),
        ({"action": ""}, "action"),
        ({"actor": "\n"}, "actor"),
        ({"cursor": "bnVsbA"}, "cursor"),
        ({"status": "open"}, "status"),
    ],
)
async def test_a_parameter_that_cannot_be_understood_is_named(
    served: Served, query: dict[str, str], name: str
) -> None:
    response = await served.get("ledger", **query)
    assert is_problem(response, 422)
    assert list(named(response)) == [name]


async def test_a_line_that_is_not_sealed_yet_has_no_place_in_the_chain(module_database: Database) -> None:
    leicester = "E06000016"
    async with serving(module_database, authorities=(leicester,), background=False) as unsealed:
        reader = await unsealed.token("leicester", Scope.READ, authority=leicester)
        (line,) = await unsealed.items("ledger", reader)
    assert [line[name] for name in ("position", "hash", "previous_hash")] == [None] * 3
