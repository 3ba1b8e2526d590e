"""Handing an interview over to the authority where the child lives: one is responsible at any time."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from casework import handovers
from casework.verify import verify
from schemas.policy import Policy
from schemas.staff import StaffMember
from store import staff
from tests.messages import DERBY, NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.records import Path, begun, staffed
from tests.web.stories import BACK, missing, returned

LEEDS = "E08000035"
UNTIL = (NOW + timedelta(hours=4)).isoformat()
OFFER = {"by": "M-1", "to": DERBY, "reason": "Lives with foster carers in Derby", "accept_by": UNTIL}
OF_DERBY = StaffMember(id="D-1", name="Priya Shah", training=("return_interview",))


class Handing:
    """Both authorities at work on one interview."""

    def __init__(self, desk: Desk, path: Path, host: str) -> None:
        self.desk, self.path, self.keys = desk, path, 0
        self.tokens = {"host": host}

    async def post(self, path: str, body: dict[str, Any], *, host: bool = False, key: str = "") -> Response:
        self.keys += 1
        bearer = (
            {"Authorization": f"Bearer {self.tokens['host']}"} if host else await self.desk.bearer("work")
        )
        headers = bearer | {"Idempotency-Key": key or f"h-{self.keys}"}
        return await self.desk.client.post(f"/api/v1/{path}", json=body, headers=headers)

    async def offer(self, *, key: str = "", **other: Any) -> Response:
        return await self.post(f"interviews/{self.path.id}/hand-over", OFFER | other, key=key)

    async def offered(self, **other: Any) -> str:
        answer = await self.offer(**other)
        assert answer.status_code == 200, answer.text
        id_: str = answer.json()["id"]
        return id_

    async def step(self, id_: str, step: str, *, host: bool = False, **body: Any) -> Response:
        return await self.post(f"handovers/{id_}/{step}", body, host=host)

    async def responsible(self) -> str:
        code: str = (await self.path.look())["responsible"]
        return code

    async def seen_by_host(self, path: str = "handovers", **query: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.tokens['host']}"}
        return await self.desk.client.get(f"/api/v1/{path}", params=query, headers=headers)


@pytest.fixture
async def handing(desk: Desk) -> Handing:
    await staffed(desk)
    async with desk.store.transaction(DERBY) as tx:
        await staff.save(tx, [OF_DERBY], NOW)
    await desk.tell(missing(), returned())
    return Handing(desk, await begun(desk), await desk.token("work", authority=DERBY))


async def test_while_it_is_only_offered_the_owner_is_responsible(handing: Handing) -> None:
    told = (await handing.offer()).json()
    assert (told["state"], told["responsible"], told["repeated"]) == ("open", NOTTINGHAM, False)
    assert await handing.responsible() == NOTTINGHAM


async def test_once_the_host_accepts_it_is_responsible_and_the_deadline_stays(handing: Handing) -> None:
    due = (await handing.path.look())["due_at"]
    answer = await handing.step(await handing.offered(), "accept", host=True, by="D-1")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["answered_by"]) == ("accepted", "D-1")
    found = await handing.path.look()
    assert (found["responsible"], found["due_at"], found["authority"]) == (DERBY, due, NOTTINGHAM)


async def test_the_host_sees_what_it_is_asked_and_the_deadline_and_nothing_of_the_child(
    handing: Handing,
) -> None:
    id_ = await handing.offered()
    [seen] = (await handing.seen_by_host()).json()["items"]
    assert (seen["id"], seen["reason"], seen["due_at"]) == (
        id_,
        OFFER["reason"],
        (BACK + timedelta(hours=72)).isoformat(),
    )
    assert (await handing.seen_by_host(f"interviews/{handing.path.id}")).status_code == 404
    assert (await handing.seen_by_host("interviews")).json()["items"] == []


async def test_both_directions_are_listed_and_open_ones_can_be_asked_for(handing: Handing) -> None:
    await handing.step(await handing.offered(), "refuse", host=True, by="D-1", reason="No interviewer free")
    id_ = await handing.offered(to=LEEDS)
    ours = await handing.desk.items("/api/v1/handovers")
    assert [(each["host"], each["state"]) for each in ours] == [(LEEDS, "open"), (DERBY, "refused")]
    assert [each["id"] for each in await handing.desk.items("/api/v1/handovers", open=True)] == [id_]
    assert len((await handing.seen_by_host()).json()["items"]) == 1


@pytest.mark.parametrize(
    ("step", "host", "by"),
    [("refuse", True, "D-1"), ("withdraw", False, "M-1")],
    ids=["refused", "withdrawn"],
)
async def test_what_is_refused_or_withdrawn_stays_with_its_owner_and_may_be_offered_again(
    handing: Handing, step: str, host: bool, by: str
) -> None:
    told = await handing.step(await handing.offered(), step, host=host, by=by, reason="Moves back on Friday")
    assert told.json()["responsible"] == await handing.responsible() == NOTTINGHAM
    assert (await handing.offer()).status_code == 200


async def test_when_nobody_answers_in_time_it_falls_back_to_its_owner(handing: Handing) -> None:
    id_ = await handing.offered()
    handing.desk.clock.now = NOW + timedelta(hours=4, seconds=1)
    late = await handing.step(id_, "accept", host=True, by="D-1")
    assert late.status_code == 409
    assert f"{NOTTINGHAM} stays responsible" in late.json()["detail"]
    [found] = await handing.desk.items("/api/v1/handovers")
    assert (found["state"], found["answered_by"], found["responsible"]) == (
        "lapsed",
        "system:handover",
        NOTTINGHAM,
    )
    assert (
        await handing.offer(accept_by=(handing.desk.clock.now + timedelta(hours=1)).isoformat())
    ).status_code == 200


async def test_a_lapse_is_written_down_once(handing: Handing) -> None:
    await handing.offered()
    later = NOW + timedelta(hours=5)
    assert await handovers.lapse(handing.desk.store, NOTTINGHAM, NOW + timedelta(hours=4)) == 0
    assert [await handovers.lapse(handing.desk.store, NOTTINGHAM, later) for _ in range(2)] == [1, 0]


async def test_the_same_offer_with_the_same_key_is_made_once(handing: Handing) -> None:
    first, again = [await handing.offer(key="k-1") for _ in range(2)]
    assert (again.json()["id"], again.json()["repeated"]) == (first.json()["id"], True)
    other = await handing.offer(key="k-1", reason="Another reason")
    assert other.status_code == 409
    assert "with a new key" in other.json()["detail"]


async def test_the_same_answer_again_changes_nothing_and_another_is_refused(handing: Handing) -> None:
    id_ = await handing.offered()
    await handing.step(id_, "accept", host=True, by="D-1")
    again = await handing.step(id_, "accept", host=True, by="D-1")
    other = await handing.step(id_, "refuse", host=True, by="D-1", reason="No")
    assert (again.json()["repeated"], other.status_code) == (True, 409)
    assert "it was accepted already" in other.json()["detail"]


@pytest.mark.parametrize("step", ["accept", "refuse"])
async def test_two_offers_at_a_time_there_are_never(handing: Handing, step: str) -> None:
    id_ = await handing.offered()
    assert "offered to E06000015 already" in (await handing.offer(to=LEEDS)).json()["detail"]
    await handing.step(id_, step, host=True, by="D-1", reason="As agreed")
    assert (await handing.offer(to=LEEDS)).status_code == (409 if step == "accept" else 200)


async def test_for_a_host_that_is_not_served_here_the_owners_manager_records_who_said_what(
    handing: Handing,
) -> None:
    id_ = await handing.offered(to=LEEDS)
    answer = await handing.step(id_, "accept", by="M-1", said_by="Joan Firth, Leeds")
    assert (answer.json()["answered_by"], answer.json()["responsible"]) == ("Joan Firth, Leeds", LEEDS)


@pytest.mark.parametrize(
    ("to", "step", "body", "refused"),
    [
        (LEEDS, "accept", {"by": "M-1"}, (422, "said_by: is lacking")),
        (LEEDS, "accept", {"by": "W-1", "said_by": "Joan Firth"}, (422, "W-1 is no manager")),
        (LEEDS, "accept", {"by": "M-1", "said_by": " "}, (422, "said_by: is empty")),
        (DERBY, "accept", {"by": "M-1", "said_by": "Priya Shah"}, (409, "served here and answers by itself")),
        (DERBY, "withdraw", {"by": "W-1", "reason": "Back"}, (422, "W-1 is no manager")),
        (DERBY, "withdraw", {"by": "M-1", "reason": ""}, (422, "reason: is empty")),
        (DERBY, "withdraw", {"by": "M-1"}, (422, "reason: is lacking")),
    ],
)
async def test_who_may_not_answer_is_told_why(
    handing: Handing, to: str, step: str, body: dict[str, Any], refused: tuple[int, str]
) -> None:
    answer = await handing.step(await handing.offered(to=to), step, **body)
    assert answer.status_code == refused[0], answer.text
    assert refused[1] in answer.json()["detail"]


@pytest.mark.parametrize(
    ("step", "body", "status", "says"),
    [
        ("accept", {"by": "M-1"}, 422, "M-1 is not in the directory of staff"),
        ("accept", {"by": "D-1", "said_by": "Priya"}, 422, "said_by: is for hosts that are not served here"),
        ("withdraw", {"by": "D-1", "reason": "No"}, 409, "E06000018, which offered it, can withdraw it"),
    ],
)
async def test_what_a_host_may_not_do_is_told(
    handing: Handing, step: str, body: dict[str, Any], status: int, says: str
) -> None:
    answer = await handing.step(await handing.offered(), step, host=True, **body)
    assert answer.status_code == status, answer.text
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("other", "field", "says"),
    [
        ({"to": NOTTINGHAM}, "to", "is the authority itself"),
        ({"to": "Derby"}, "to", ""),
        ({"accept_by": NOW.isoformat()}, "accept_by", "lies in the past"),
        ({"accept_by": "2026-04-02T07:00:00Z"}, "accept_by", "2026-04-01T09:00:00Z is the latest"),
        ({"accept_by": "2026-04-01T09:00:00"}, "accept_by", "has no offset"),
        ({"by": "W-1"}, "by", "is no manager"),
        ({"reason": " "}, "reason", "is empty"),
        ({"version": 1}, "version", "is not known here"),
    ],
)
async def test_an_offer_that_cannot_be_names_the_field(
    handing: Handing, other: dict[str, Any], field: str, says: str
) -> None:
    answer = await handing.offer(**other)
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert says in error["message"]


async def test_an_interview_that_was_held_is_not_handed_over(handing: Handing) -> None:
    await handing.path.as_far_as_held()
    answer = await handing.offer()
    assert (answer.status_code, "the interview is held" in answer.json()["detail"]) == (409, True)


async def test_what_was_held_meanwhile_cannot_be_accepted_any_more(handing: Handing) -> None:
    id_ = await handing.offered()
    await handing.path.as_far_as_held()
    answer = await handing.step(id_, "accept", host=True, by="D-1")
    assert (answer.status_code, "the interview is held" in answer.json()["detail"]) == (409, True)
    assert await handing.responsible() == NOTTINGHAM


async def test_what_is_no_business_of_an_authority_is_not_found(handing: Handing) -> None:
    id_ = await handing.offered(to=LEEDS)
    assert (await handing.step(id_, "accept", host=True, by="D-1")).status_code == 404
    assert (await handing.seen_by_host(f"handovers/{id_}")).status_code == 404
    stranger = await handing.post(f"interviews/{handing.path.id}/hand-over", OFFER, host=True)
    assert stranger.status_code == 404


async def test_both_ledgers_tell_what_happened_and_everything_is_verified(
    handing: Handing, tmp_path: Any
) -> None:
    id_ = await handing.offered()
    await handing.step(id_, "accept", host=True, by="D-1")
    ours = [each["action"] for each in await handing.desk.items("/api/v1/ledger", subject=f"handover/{id_}")]
    theirs = (await handing.seen_by_host("ledger")).json()["items"]
    assert sorted(ours) == ["interview.handover-answered", "interview.handover-offered"]
    assert [each["payload"]["answer"] for each in theirs if "handover" in each["action"]] == ["accepted"]
    assert all(each["child_id"] is None for each in theirs)
    assert (await verify(handing.desk.store, NOTTINGHAM, Policy(), tmp_path)).differences == ()


async def test_the_host_accepts_for_a_restricted_child_too(handing: Handing) -> None:
    id_ = await handing.offered()
    async with handing.desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions SELECT child_id, authority FROM interviews WHERE id = :id",
            id=handing.path.id,
        )
    answer = await handing.step(id_, "accept", host=True, by="D-1")
    assert (answer.status_code, answer.json()["responsible"]) == (200, DERBY)
    assert await handing.desk.items("/api/v1/handovers") == []
