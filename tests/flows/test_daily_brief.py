"""The morning brief: one for each manager and day, in words, links and a picture, and naming nobody."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.brief import queue
from casework.carry import Carrier
from casework.intake import Sender, receive
from cli.serving_flows import SCHEDULED, deployment
from flows.daily_brief import brief, description, table
from flows.deliver_alerts import deliver
from schemas.staff import Leave, StaffMember
from store import alerts
from streams.runner import Runner
from tests.connectors.mouth import Peer, running
from tests.flows.office import GRACE, OMAR, Office, mail, office
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

MORNING = datetime(2026, 3, 31, 6, 30, tzinfo=UTC)
"""Half past seven in London, where it is summer."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EWA = StaffMember(id="W-1", name="Ewa Nowak", email="ewa@nottingham.example")


@pytest.fixture(scope="module")
def server() -> Iterator[Peer]:
    with running("smtp_peer", "none") as peer:
        yield peer


@pytest.fixture
async def nottingham(database: Database, server: Peer) -> AsyncIterator[Office]:
    server.script()
    async with office(database, mail(server)) as made:
        await made.has(EWA)
        yield made


async def tell(nottingham: Office, *happened: tuple[str, str, datetime]) -> None:
    """Let children be told of, each by a reference and a name of its own."""
    told = [
        message(kind, at, id=f"{kind} {who}", subject=f"NP-{who}", child={
            "family_name": f"Okafor-{who}", "given_names": "Amara", "authority_child_id": f"C-{who}",
        })
        for kind, who, at in happened
    ]  # fmt: skip
    await receive(nottingham.store, Sender("file", "test", (NOTTINGHAM,)), told, MORNING)
    await Runner(Carrier(nottingham.store, nottingham.here.policy, lambda: MORNING), [NOTTINGHAM]).drain()


def part(text: str, title: str) -> str:
    """Return one part of a brief, its links without their ids."""
    found = text.partition(f"{title}: ")[2].partition("\n\n")[0]
    return re.sub(r"children/[0-9a-f-]{36}", "children/ID", found)


async def test_it_says_what_is_overdue_due_back_and_away(nottingham: Office, server: Peer) -> None:
    await tell(
        nottingham,
        ("returned", "late", MORNING - 77 * HOUR),
        ("returned", "today", MORNING - 69 * HOUR),
        ("returned", "night", MORNING - 5 * HOUR),
        ("reported", "away", MORNING - 26 * HOUR),
    )
    await brief(nottingham.here, MORNING)
    text: str = server.received()[0]["text"]
    link = "\n  https://homeward.example/children/ID"
    assert part(text, "Overdue interviews") == f"1\n- overdue by 5 hours, nobody has it{link}"
    assert part(text, "Interviews due today") == f"1\n- by 10:30, nobody has it{link}"
    assert part(text, "Returned overnight") == f"1\n- at 02:30, interview due on 3 April 2026 at 02:30{link}"
    assert part(text, "Still missing") == f"1\n- for 26 hours, risk not known{link}"


async def test_the_picture_of_the_week_has_its_numbers_in_words_too(nottingham: Office, server: Peer) -> None:
    await tell(
        nottingham,
        ("reported", "one", MORNING - DAY),
        ("reported", "two", MORNING - DAY),
        ("returned", "two", MORNING - DAY + HOUR),
        ("reported", "long ago", MORNING - 8 * DAY),
    )
    await brief(nottingham.here, MORNING)
    sent = server.received()[0]
    assert "Mon 30 Mar: went missing 2 ██, returned 1 █, interviews held 0" in sent["text"]
    assert "Tue 24 Mar: went missing 0, returned 0, interviews held 0" in sent["text"]
    assert 'width:28px;background:#d4351c"></span> 2</td>' in sent["html"]
    assert sent["html"].count("<tr>") == 8


async def test_each_manager_gets_one_a_day_whatever_runs_twice(nottingham: Office, server: Peer) -> None:
    for at in (MORNING, MORNING + MINUTE, MORNING + 2 * HOUR):
        await asyncio.gather(
            brief(nottingham.here, at), brief(nottingham.here, at), deliver(nottingham.here, at)
        )
    assert sorted(each["to"] for each in server.received()) == [[GRACE.email], [OMAR.email]]
    await brief(nottingham.here, MORNING + DAY)
    assert len(server.received()) == len({each["id"] for each in server.received()}) == 4


async def test_nothing_goes_before_half_past_seven_in_london(nottingham: Office) -> None:
    assert await queue(nottingham.store, NOTTINGHAM, MORNING - MINUTE) == ()
    assert await queue(nottingham.store, NOTTINGHAM, MORNING) == (GRACE.id, OMAR.id)


async def test_it_is_no_part_of_a_digest_and_asks_for_no_answer(nottingham: Office, server: Peer) -> None:
    await nottingham.waits(5, at=MORNING)
    await queue(nottingham.store, NOTTINGHAM, MORNING)
    await deliver(nottingham.here, MORNING)
    assert sorted(each["subject"].split(",")[0] for each in server.received()) == [
        "Homeward: 0 overdue",
        "Homeward: 0 overdue",
        "Homeward: 5 things wait for you",
    ]
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        assert "daily_brief" not in {one.step for one in await alerts.still_open(tx)}


async def test_who_is_on_leave_gets_none_and_it_says_why(nottingham: Office, server: Peer) -> None:
    leave = Leave(from_on=MORNING.date(), to_on=MORNING.date())
    await nottingham.has(OMAR.model_copy(update={"leave": (leave,)}))
    await brief(nottingham.here, MORNING)
    assert [each["to"] for each in server.received()] == [[GRACE.email]]
    assert sorted(nottingham.states()) == [("sent", None), ("undeliverable", "on leave")]


async def test_it_names_nobody(nottingham: Office, server: Peer) -> None:
    await tell(nottingham, ("reported", "away", MORNING - DAY), ("returned", "back", MORNING - 6 * HOUR))
    await brief(nottingham.here, MORNING)
    told = str(server.received())
    assert [word for word in ("Okafor", "Amara", "NP-", "C-away", "C-back") if word in told] == []


async def test_the_run_tells_how_many_there_were(nottingham: Office) -> None:
    done = await brief(nottingham.here, MORNING)
    assert description(done) == "2 briefs were queued, and 2 went out."
    assert table(done) == [{"authority": NOTTINGHAM, "queued now": 2, "sent": 2, "later": 0, "failed": 0}]


def test_prefect_starts_it_at_half_past_seven_in_london_also_in_summer() -> None:
    deployed: dict[str, Any] = {flow.name: deployment(flow, schedule) for flow, schedule in SCHEDULED}
    schedules = {name: made.schedules[0].schedule for name, made in deployed.items()}
    assert schedules["daily-brief"].cron.startswith("30 7")
    assert schedules["daily-brief"].timezone == "Europe/London"
    assert schedules["deliver-alerts"].interval == MINUTE
