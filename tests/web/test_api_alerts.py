"""`GET /api/v1/alerts` and the answer to one, as another system meets them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.chasing import DUE, HOUR, World
from tests.messages import DERBY
from tests.web.conftest import Desk

DECISION = "Ewa holds it at 16:00 today."


@pytest.fixture
async def late(desk: Desk) -> World:
    """Nottingham with one interview that is an hour late, and its alerts."""
    made = World(desk.store)
    await made.staffed()
    await made.returned()
    await made.chase(DUE + HOUR)
    desk.clock.now = made.now
    return made


async def answer(desk: Desk, alert: str, body: Any, key: str = "k-1", scope: str = "work") -> httpx.Response:
    headers = {**await desk.bearer(scope), "Idempotency-Key": key}
    return await desk.client.post(f"/api/v1/alerts/{alert}/acknowledge", json=body, headers=headers)


async def test_an_alert_says_step_who_channel_sent_acknowledged_and_decision(desk: Desk, late: World) -> None:
    latest = (await desk.items("/api/v1/alerts", step="not_held_at_deadline"))[0]
    assert latest["who"] == ["M-1"]
    assert [(one["who"], one["channel"], one["state"]) for one in latest["told"]] == [
        ("M-1", "email", "queued"),
        ("M-1", "inbox", "sent"),
        ("role:worker", "inbox", "undeliverable"),
    ]
    assert latest["told"][1]["sent"] == late.now.isoformat()
    assert (latest["acknowledged"], latest["decision"], latest["open"]) == (None, None, True)
    assert latest["due_at"] == DUE.isoformat()
    assert latest["reached"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"open": "true"}, 3),
        ({"open": "false"}, 0),
        ({"step": "not_allocated_48h_before"}, 1),
        ({"recipient": "M-1"}, 3),
        ({"recipient": "D-1"}, 0),
        ({"child": "C-1"}, 3),
        ({"child": "C-9"}, 0),
        ({"interview": str(uuid4())}, 0),
        ({"episode": str(uuid4())}, 0),
    ],
)
async def test_alerts_are_found_by_what_they_are_about(
    desk: Desk, late: World, query: dict[str, str], count: int
) -> None:
    assert len(await desk.items("/api/v1/alerts", **query)) == count


async def test_the_list_goes_on_where_a_page_ended(desk: Desk, late: World) -> None:
    first = (await desk.get("/api/v1/alerts", limit=2)).json()
    second = (await desk.get("/api/v1/alerts", limit=2, cursor=first["next"])).json()
    ids = [one["id"] for one in [*first["items"], *second["items"]]]
    assert (len(set(ids)), second["next"]) == (3, None)


async def test_an_answer_is_written_down_once_however_often_it_is_sent(desk: Desk, late: World) -> None:
    alert = (await desk.items("/api/v1/alerts"))[0]["id"]
    body = {"by": "M-1", "decision": DECISION}
    first = await answer(desk, alert, body)
    assert (first.status_code, first.json()["decision"]) == (200, DECISION)
    assert first.json()["acknowledged"] == late.now.isoformat()
    desk.clock.now += timedelta(minutes=5)
    assert (await answer(desk, alert, body)).json()["acknowledged"] == late.now.isoformat()
    other = await answer(desk, alert, {"by": "S-1", "decision": "Another one."}, key="k-2")
    assert (other.status_code, "M-1 decided on this alert" in other.json()["detail"]) == (409, True)
    lines = await desk.items("/api/v1/ledger", action="alert.acknowledged")
    assert [line["payload"]["decision"] for line in lines] == [DECISION]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"by": "M-1"}, "decision"),
        ({"by": "M-1", "decision": "  "}, "decision"),
        ({"by": "X-9", "decision": DECISION}, "by"),
        ({"by": "M-1", "decision": "Call\x00them"}, "decision"),
        ({"by": "M-1", "decision": DECISION, "mood": "calm"}, "mood"),
    ],
)
async def test_an_answer_that_does_not_fit_names_the_field(
    desk: Desk, late: World, body: dict[str, str], field: str
) -> None:
    alert = (await desk.items("/api/v1/alerts"))[0]["id"]
    refused = await answer(desk, alert, body)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_only_who_may_work_may_answer_and_only_with_a_key(desk: Desk, late: World) -> None:
    alert = (await desk.items("/api/v1/alerts"))[0]["id"]
    body = {"by": "M-1", "decision": DECISION}
    assert (await answer(desk, alert, body, scope="read")).status_code == 403
    bearer = await desk.bearer("work")
    without = await desk.client.post(f"/api/v1/alerts/{alert}/acknowledge", json=body, headers=bearer)
    assert without.status_code == 422


async def test_what_is_not_there_is_not_found(desk: Desk, late: World) -> None:
    assert (await desk.get(f"/api/v1/alerts/{uuid4()}")).status_code == 404
    assert (await answer(desk, str(uuid4()), {"by": "M-1", "decision": DECISION})).status_code == 404


async def test_another_authority_sees_nothing_of_it(desk: Desk, late: World) -> None:
    alert = (await desk.items("/api/v1/alerts"))[0]["id"]
    secret = await desk.token("read", authority=DERBY)
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await desk.client.get("/api/v1/alerts", headers=headers)).json()["items"] == []
    assert (await desk.client.get(f"/api/v1/alerts/{alert}", headers=headers)).status_code == 404


async def test_what_came_of_each_step_is_counted(desk: Desk, late: World) -> None:
    (interview,) = {one["interview_id"] for one in await desk.items("/api/v1/alerts")}
    await late.hold((await late.rows("SELECT id FROM interviews"))[0][0])
    await late.chase(late.now + HOUR)
    counted = {row["step"]: row for row in await desk.items("/api/v1/alerts/steps")}
    step = counted["not_held_at_deadline"]
    assert (step["raised"], step["open"], step["held_within_24h"], step["not_held_within_24h"]) == (
        1,
        0,
        1,
        0,
    )
    one = (await desk.items("/api/v1/alerts", interview=interview, step="not_held_at_deadline"))[0]
    assert (one["held_within_24h"], one["closed_why"]) == (True, "held on 1 April 2026 at 02:10")
