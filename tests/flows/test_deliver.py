"""What waits goes out once, together where it is much, and what hinders it is written down."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from casework.alerts import reaches
from casework.carry import Carrier
from casework.chase import chase
from casework.delivering import LEASE, PAUSES
from casework.intake import Sender, receive
from connectors.notify import NotifyText, Service
from connectors.teams import Teams
from flows.deliver_alerts import deliver, description, table
from flows.way_to_people import UNEXPECTED
from schemas.alerts_policy import AlertsPolicy, Channel, Personal
from schemas.policy import Policy
from schemas.staff import Leave
from store import alerts
from streams.runner import Runner
from tests import topics
from tests.connectors import notify_peer, teams_peer
from tests.connectors.mouth import Peer, running
from tests.faults.distributed import distributed
from tests.flows.deployed import Deployed
from tests.flows.office import ADDRESS, GRACE, NOW, Office, mail, office
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(scope="module")
def server() -> Iterator[Peer]:
    with running("smtp_peer", "none") as peer:
        yield peer


@pytest.fixture
async def nottingham(database: Database, server: Peer) -> AsyncIterator[Office]:
    server.script()
    async with office(database, mail(server)) as made:
        yield made


async def test_what_waits_goes_out_once_and_is_written_down(nottingham: Office, server: Peer) -> None:
    (id_,) = await nottingham.waits()
    first = await deliver(nottingham.here, NOW)
    await deliver(nottingham.here, NOW + HOUR)
    (sent,) = server.received()
    (row,) = nottingham.deliveries()
    assert (row["state"], row["why"], row["reference"]) == ("sent", None, sent["id"])
    assert NOW <= row["sent_at"] < NOW + MINUTE
    assert sent["id"] == f"<{id_}@nottingham.example>"
    assert nottingham.noted() == ["alert.sent"]
    assert table(first) == [
        {"authority": NOTTINGHAM, "by": "email", "what became of it": "sent", "messages": 1}
    ]
    assert description(first).startswith("1 messages went out; 0 are tried again later")


async def test_a_message_says_what_is_late_since_when_and_what_is_expected(
    nottingham: Office, server: Peer
) -> None:
    await nottingham.waits()
    await deliver(nottingham.here, NOW)
    (sent,) = server.received()
    assert sent["subject"] == "Homeward: Work that is done by the clock has failed: 5 hours ago"
    assert "By: 14:00 on Tuesday 31 March 2026" in sent["text"]
    assert f"{ADDRESS}/" in sent["text"]


async def test_a_refusal_for_now_is_tried_again_under_the_same_id(nottingham: Office, server: Peer) -> None:
    (id_,) = await nottingham.waits()
    server.script(450)
    await deliver(nottingham.here, NOW)
    (waiting,) = nottingham.deliveries()
    assert (waiting["state"], waiting["why"]) == (
        "queued",
        "the mail server refuses the recipient for now (450)",
    )
    await deliver(nottingham.here, NOW + MINUTE / 2)
    assert server.tries() == 1
    await deliver(nottingham.here, NOW + 2 * MINUTE)
    assert [mail["id"] for mail in server.received()] == [f"<{id_}@nottingham.example>"]
    assert [(row["state"], row["attempts"]) for row in nottingham.deliveries()] == [("sent", 2)]


async def test_a_refusal_for_good_has_failed_at_once(nottingham: Office, server: Peer) -> None:
    await nottingham.waits()
    server.script(550)
    await deliver(nottingham.here, NOW)
    assert nottingham.states() == [("failed", "the mail server refuses the recipient (550)")]
    assert nottingham.noted() == ["alert.failed"]


async def test_what_does_not_go_out_within_the_hour_has_failed(nottingham: Office, server: Peer) -> None:
    await nottingham.waits()
    server.script(*[451] * 20)
    for minutes in range(90):
        await deliver(nottingham.here, NOW + minutes * MINUTE)
    assert nottingham.states() == [("failed", "the mail server refuses the message for now (451)")]
    assert server.tries() == len(PAUSES) + 1


async def test_a_way_that_is_not_set_up_is_undeliverable_and_reaches_nobody(nottingham: Office) -> None:
    await nottingham.waits(channel="text")
    await deliver(nottingham.here, NOW)
    (row,) = nottingham.deliveries()
    assert row["state"] == "undeliverable"
    assert row["why"].startswith("no way to send texts is set up: see HOMEWARD_NOTIFY_")
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        told = await alerts.told(tx, [row["alert_id"]])
    assert not reaches(told[row["alert_id"]])


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"gone_on": NOW.date()}, "left on 2026-03-31"),
        ({"leave": (Leave(from_on=NOW.date(), to_on=NOW.date()),)}, "on leave"),
        ({"email": None}, "no e-mail address in the directory"),
    ],
)
async def test_who_cannot_be_reached_any_more_is_told_by_nobody(
    changed: dict[str, object], why: str, nottingham: Office, server: Peer
) -> None:
    await nottingham.waits()
    await nottingham.has(GRACE.model_copy(update=changed))
    await deliver(nottingham.here, NOW)
    assert nottingham.states() == [("undeliverable", why)]
    assert server.tries() == 0


async def test_what_was_done_meanwhile_is_told_to_nobody(nottingham: Office, server: Peer) -> None:
    await nottingham.waits()
    (row,) = nottingham.deliveries()
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await alerts.close(tx, row["alert_id"], "held on 31 March 2026 at 10:00", NOW)
    await deliver(nottingham.here, NOW)
    assert nottingham.states() == [
        ("undeliverable", "it was over before it could be sent: held on 31 March 2026 at 10:00")
    ]
    assert server.tries() == 0


async def test_thirty_things_at_once_are_one_message(nottingham: Office, server: Peer) -> None:
    await nottingham.waits(30)
    await deliver(nottingham.here, NOW)
    (digest,) = server.received()
    assert digest["subject"] == "Homeward: 30 things wait for you"
    assert digest["text"].count(ADDRESS) == 30
    assert {row["reference"] for row in nottingham.deliveries()} == {digest["id"]}


async def test_who_had_ten_within_the_hour_gets_the_next_ones_together_and_later(
    nottingham: Office, server: Peer
) -> None:
    for minute in range(10):
        await nottingham.waits(at=NOW + minute * MINUTE)
        await deliver(nottingham.here, NOW + minute * MINUTE)
    await nottingham.waits(2, at=NOW + 10 * MINUTE)
    await deliver(nottingham.here, NOW + 10 * MINUTE)
    assert len(server.received()) == 10
    assert nottingham.states()[-1] == (
        "queued",
        "10 messages within the hour already: what waits goes together, later",
    )
    await deliver(nottingham.here, NOW + 25 * MINUTE)
    assert [mail["subject"] for mail in server.received()[10:]] == ["Homeward: 2 things wait for you"]


async def test_two_runs_at_once_send_once(nottingham: Office, server: Peer) -> None:
    await nottingham.waits(3)
    async with office(nottingham.database, mail(server)) as second:
        await asyncio.gather(*(deliver(one.here, NOW) for one in (nottingham, second, nottingham, second)))
    assert len({mail["id"] for mail in server.received()}) == len(server.received()) == 3


async def test_killed_between_sending_and_writing_it_down_the_same_message_goes_once_more(
    nottingham: Office, server: Peer
) -> None:
    await nottingham.waits(5)
    command = [sys.executable, "-m", "tests.flows.sender_that_dies", nottingham.database.app_url]
    with subprocess.Popen([*command, str(server.port)], stdout=subprocess.PIPE, text=True) as dying:
        assert dying.stdout
        reference = await asyncio.to_thread(dying.stdout.readline)
        dying.kill()
    await nottingham.waits(1)
    await deliver(nottingham.here, NOW + MINUTE)
    await deliver(nottingham.here, NOW + LEASE + MINUTE)
    await deliver(nottingham.here, NOW + 2 * LEASE + MINUTE)
    ids = [mail["id"] for mail in server.received()]
    assert ids.count(reference.strip()) == 2
    assert len(ids) == 3
    assert {row["state"] for row in nottingham.deliveries()} == {"sent"}


async def test_what_nobody_thought_of_holds_up_no_other_message(nottingham: Office, server: Peer) -> None:
    class Broken:
        async def send(self, message: object) -> str:
            raise KeyError("nobody thought of this")

    nottingham.here.channels["text"] = Broken()  # type: ignore[index]  # a dict, here
    await nottingham.waits(channel="text")
    await nottingham.waits()
    await deliver(nottingham.here, NOW)
    assert sorted(nottingham.states()) == [("queued", UNEXPECTED), ("sent", None)]


@pytest.mark.xdist_group("kafka")  # where the other tests are that need a Prefect server
async def test_prefect_sends_each_minute_by_the_ways_that_the_settings_name(
    nottingham: Office, server: Peer, prefect_api: str, tmp_path: Path
) -> None:
    await nottingham.waits()
    settings = {
        "HOMEWARD_PREFECT": prefect_api,
        "HOMEWARD_KAFKA": "",
        "HOMEWARD_SMTP_HOST": "127.0.0.1",
        "HOMEWARD_SMTP_PORT": str(server.port),
        "HOMEWARD_SMTP_SECURITY": "none",
        "HOMEWARD_SMTP_FROM": "homeward@nottingham.example",
        "HOMEWARD_PUBLIC_URL": "https://homeward.example/",
    }
    async with (
        distributed(tmp_path, nottingham.database, topics.reach("127.0.0.1:1"), **settings) as running_,
        httpx.AsyncClient(base_url=prefect_api, timeout=10) as prefect,
    ):
        await running_.started("flows")
        deployed = Deployed(prefect, "deliver-alerts")
        assert [each["interval"] for each in await deployed.schedules()] == [60.0]
        assert await deployed.run_now() == "COMPLETED"
        rows, said = await deployed.table()
        assert await Deployed(prefect, "daily-brief").run_now() == "COMPLETED"
    assert "https://homeward.example/\n" in server.received()[0]["text"]
    assert [row["messages"] for row in rows] == [1]
    assert said.startswith("1 messages went out")


async def test_no_message_names_a_child_or_a_place(database: Database, server: Peer) -> None:
    server.script()
    with running("notify_peer") as notify, running("teams_peer") as teams:
        ways = mail(server) | {
            "text": NotifyText(Service(notify.url, notify_peer.KEY), notify_peer.TEXT),
            "teams": Teams(teams.url + teams_peer.PATH),
        }
        everything = Personal(channels=(Channel.EMAIL, Channel.TEXT, Channel.TEAMS))
        people = dict.fromkeys(("M-1", "S-1"), everything)
        policy = Policy(alerts=AlertsPolicy(people=people))
        async with office(database, ways, policy) as nottingham:
            await _one_missing_and_one_back(nottingham)
            await deliver(nottingham.here, NOW)
            told = f"{server.received()} {notify.received()} {teams.received()}"
            channels = {row["channel"] for row in nottingham.deliveries() if row["state"] == "sent"}
    assert channels == {"email", "text", "teams"}
    assert "A child is missing: for" in told
    assert "overdue by" in told
    without_ids = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", told)
    assert [word for word in SECRET if re.search(rf"\b{word}\b", without_ids, re.IGNORECASE)] == []


SECRET = (
    "Okafor", "Amara", "Mari", "2011", "Old Market", "Limes", "NG7", "NG1", "Example Street", "9434765919",
    "C-100482", "C-200482", "Sam", "Nowak-Child", "NP-26", "county_lines",
)  # fmt: skip


async def _one_missing_and_one_back(nottingham: Office) -> None:
    """Let one child be missing for two days, and another one's interview be four days late; and chase."""
    amara = {
        "family_name": "Okafor", "given_names": "Amara Grace", "also_known_as": ["Mari"],
        "date_of_birth": "2011-07-02", "nhs_number": "9434765919", "authority_child_id": "C-100482",
        "home_address": {"lines": ["12 Example Street", "Nottingham"], "postcode": "NG1 1AA"},
    }  # fmt: skip
    missing = {
        "missing_from": "childrens_home",
        "missing_from_address": {"lines": ["The Limes"], "postcode": "NG7 1AA"},
        "last_seen_place": "Old Market Square",
        "risk_factors": ["county_lines"],
        "category": "missing",
    }
    sam = {"family_name": "Nowak-Child", "given_names": "Sam", "authority_child_id": "C-200482"}
    told = [
        message("reported", NOW - 48 * HOUR, id=str(uuid4()), child=amara, missing=missing),
        message("returned", NOW - 170 * HOUR, id=str(uuid4()), child=sam, subject="NP-26-2"),
    ]
    await receive(nottingham.store, Sender("file", "test", (NOTTINGHAM,)), told, NOW)
    carrier = Carrier(nottingham.store, nottingham.here.policy, lambda: NOW)
    await Runner(carrier, [NOTTINGHAM]).drain()
    await chase(nottingham.store, NOTTINGHAM, nottingham.here.policy, NOW)
