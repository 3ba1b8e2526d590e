"""Deciding who a child is, and which times are right, by the API."""

from datetime import timedelta
from typing import Any

from httpx import Response

from tests.web.conftest import Desk
from tests.web.stories import BACK, BILAL, missing, returned

HOME = {"home_address": {"postcode": "NG7 1AA"}}
KHAN = {"family_name": "Khan", "given_names": "Bill", **HOME}


async def decided(desk: Desk, body: dict[str, Any], key: str = "k1") -> Response:
    """Send a decision."""
    headers = {**await desk.bearer("work"), "Idempotency-Key": key}
    return await desk.client.post("/api/v1/decisions", json={"by": "S-1", **body}, headers=headers)


async def two_children(desk: Desk) -> tuple[str, str]:
    """Tell of a child who is known and of one who is not, and return their ids, the unknown one's first."""
    await desk.tell(missing(child=BILAL | HOME), returned(child=BILAL | HOME))
    await desk.tell(missing(id="x1", child=KHAN, subject="NP-2"))
    known, unknown = [e["child_id"] for e in await desk.items("/api/v1/episodes")]
    return unknown, known


async def told_differently(desk: Desk) -> None:
    """Tell of one absence by two forces, who say that it ended five hours apart."""
    derby: dict[str, Any] = {"child": BILAL, "source": "urn:police:derbyshire"}
    await desk.tell(
        missing(child=BILAL),
        returned(child=BILAL),
        missing(id="d1", **derby),
        returned(BACK + timedelta(hours=5), id="d2", **derby),
    )


async def test_a_decision_is_made_listed_and_undone(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    link = {"kind": "link", "child": unknown, "other": known, "reason": "His nickname"}
    done = (await decided(desk, link)).json()
    assert (await decided(desk, link)).json() == {**done, "repeated": True}
    assert [e["child_id"] for e in await desk.items("/api/v1/episodes")] == [known]
    undo = {"kind": "undo", "decision": done["id"], "reason": "Another Khan"}
    assert (await decided(desk, undo, "k2")).status_code == 200
    last, first = await desk.items("/api/v1/decisions")
    assert (last["kind"], last["undoes"]) == ("undo", done["id"])
    assert (first["by"], first["reason"], first["undone_by"]) == ("S-1", "His nickname", last["id"])
    assert len(await desk.items("/api/v1/episodes")) == 2


async def test_what_cannot_be_decided_is_refused_with_what_to_do(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    assert (await decided(desk, {"kind": "guess"})).status_code == 422
    empty = await decided(desk, {"kind": "new", "child": unknown, "reason": " "})
    assert empty.json()["errors"][0]["field"] == "reason"
    same = {"kind": "merge", "child": known, "other": known, "reason": "x"}
    assert (await decided(desk, same, "k3")).status_code == 409
    gone = {"kind": "new", "child": "3b0c5d0e-0000-4000-8000-000000000001", "reason": "x"}
    assert (await decided(desk, gone, "k4")).status_code == 404


async def test_a_conflict_is_settled_with_the_time_that_is_right(desk: Desk) -> None:
    await told_differently(desk)
    (episode,) = await desk.items("/api/v1/episodes")
    assert episode["conflict_reasons"] == ["returns_differ"]
    right = (BACK + timedelta(hours=5)).isoformat()
    settle = {"kind": "settle", "episode": episode["id"], "returned_at": right, "reason": "The home's log"}
    assert (await decided(desk, settle)).status_code == 200
    assert (await decided(desk, settle)).status_code == 200
    (settled,) = await desk.items("/api/v1/episodes")
    assert (settled["conflict"], settled["returned_at"]) == (False, right)
    assert await desk.items("/api/v1/questions") == []
    (interview,) = await desk.items("/api/v1/interviews")
    assert interview["due_at"] == (BACK + timedelta(hours=77)).isoformat()
    assert len(settled["notifications"]) == 6
    async with desk.store.transaction("E06000018") as tx:
        assert await tx.scalar("SELECT count(DISTINCT child_id) FROM inbox") == 1


async def test_times_settled_as_they_are_move_no_clock_until_something_newer_is_told(desk: Desk) -> None:
    await told_differently(desk)
    (before,) = await desk.items("/api/v1/interviews")
    (episode,) = await desk.items("/api/v1/episodes")
    settle = {"kind": "settle", "episode": episode["id"], "reason": "Both may be meant"}
    assert (await decided(desk, settle)).status_code == 200
    (settled,) = await desk.items("/api/v1/episodes")
    (after,) = await desk.items("/api/v1/interviews")
    assert (settled["conflict"], after["due_at"]) == (False, before["due_at"])
    later = {"told_at": desk.clock() + timedelta(minutes=1), "source": "urn:police:derbyshire"}
    desk.clock.now += timedelta(minutes=2)
    await desk.tell(returned(BACK + timedelta(hours=6), id="d3", child=BILAL, **later))
    (again,) = await desk.items("/api/v1/episodes")
    assert again["conflict"]
    assert [q["kind"] for q in await desk.items("/api/v1/questions")] == ["conflicting_times"]
