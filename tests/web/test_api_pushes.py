"""`GET /api/v1/pushes`: what could not be delivered stays visible with the reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework import pushes, pushing
from schemas.plan_policy import PlanPolicy
from tests.connectors.approved import APPROVED_AT, Approved, interviews, keep
from tests.messages import NOTTINGHAM
from tests.postgres import Database
from tests.web.conftest import Desk

NOW = APPROVED_AT + timedelta(minutes=1)
WHY = "the other system has no plan for this child"


@pytest.fixture
async def queued(desk: Desk, database: Database) -> list[Approved]:
    """Three interviews on their way by REST: one has arrived, one is stuck, one waits."""
    approved = interviews(3)
    keep(database, approved)
    await pushes.repair(desk.store, NOTTINGHAM, ("rest",), PlanPolicy(), NOW)
    due = {
        each.push.interview_id: each for each in await pushes.claim(desk.store, NOTTINGHAM, "rest", NOW, 3)
    }
    arrived, stuck = due[approved[0].id], due[approved[1].id]
    sent = pushing.delivered(arrived.push, "P-1", '"2"', NOW)
    settled = [
        (pushing.confirmed(sent, '"3"', NOW), arrived.update),
        (pushing.stuck(stuck.push, WHY, NOW), stuck.update),
    ]
    await pushes.settle(desk.store, NOTTINGHAM, settled, NOW)
    return approved


async def test_what_is_stuck_says_why_and_when_it_is_tried_again(desk: Desk, queued: list[Approved]) -> None:
    (item,) = await desk.items("/api/v1/pushes", state="stuck")
    assert item == {
        "interview_id": str(queued[1].id),
        "target": "rest",
        "key": str(pushes.key_of(queued[1].id, "rest")),
        "state": "stuck",
        "attempts": 1,
        "next_at": (NOW + timedelta(days=1)).isoformat(),
        "why": WHY,
        "remote_id": None,
        "remote_version": None,
        "queued_at": NOW.isoformat(),
        "delivered_at": None,
        "confirmed_at": None,
    }


async def test_what_arrived_says_what_it_is_called_there(desk: Desk, queued: list[Approved]) -> None:
    (item,) = await desk.items("/api/v1/pushes", open="false")
    assert (item["interview_id"], item["next_at"]) == (str(queued[0].id), None)
    assert (item["remote_id"], item["remote_version"], item["state"]) == ("P-1", '"3"', "confirmed")


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({}, {0, 1, 2}),
        ({"open": "true"}, {1, 2}),
        ({"state": "waiting"}, {2}),
        ({"state": ["waiting", "stuck"]}, {1, 2}),
        ({"state": "confirmed", "open": "true"}, set()),
        ({"target": "files"}, set()),
    ],
)
async def test_the_list_gives_what_is_asked_for(
    query: dict[str, str], places: set[int], desk: Desk, queued: list[Approved]
) -> None:
    found = {item["interview_id"] for item in await desk.items("/api/v1/pushes", **query)}
    assert found == {str(queued[place].id) for place in places}


async def test_pages_follow_each_other_and_an_interview_can_be_asked_for(
    desk: Desk, queued: list[Approved]
) -> None:
    first = (await desk.get("/api/v1/pushes", limit=2)).json()
    rest = (await desk.get("/api/v1/pushes", limit=2, cursor=first["next"])).json()
    assert len({item["key"] for item in first["items"] + rest["items"]}) == 3
    assert rest["next"] is None
    (one,) = await desk.items("/api/v1/pushes", interview=str(queued[2].id))
    assert one["state"] == "waiting"


async def test_an_unknown_state_is_refused_by_name(desk: Desk) -> None:
    answer = await desk.get("/api/v1/pushes", state="lost")
    assert answer.status_code == 422
    assert "state" in answer.text


async def test_they_are_counted_by_state(desk: Desk, queued: list[Approved]) -> None:
    counted = await pushes.standing(desk.store, NOTTINGHAM)
    assert [(each.state, each.pushes) for each in counted] == [("confirmed", 1), ("stuck", 1), ("waiting", 1)]
    assert len(queued) == 3


async def test_what_is_confirmed_stays_so_whatever_a_late_run_says(
    desk: Desk, queued: list[Approved]
) -> None:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        from store import pushes as stored

        (one,) = await stored.listed(tx, stored.Wanted(interview_id=queued[0].id), None, 1)
        await stored.settle(tx, [replace(one, state="stuck", why=WHY)])
        (after,) = await stored.listed(tx, stored.Wanted(interview_id=queued[0].id), None, 1)
    assert after == one
