"""GET /api/v1/plans and what people do to a plan's actions: each once, and only to the version they saw."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response

from casework.plans import enter_outcomes
from casework.refusals import Unknown
from schemas.record import InterviewRecord
from tests.messages import DERBY, NOTTINGHAM, message
from tests.web.conftest import NOW, Desk
from tests.web.plans import BUS, MEDIATION, RECORD, approved, interview_of
from tests.web.stories import BACK, BILAL, SEEN, missing, returned

PLAN = "/api/v1/plans/C-100482"
Json = dict[str, Any]


@pytest.fixture
async def interview(desk: Desk) -> UUID:
    """Amara's interview, whose record was approved."""
    await desk.tell(missing(), returned())
    found = await interview_of(desk.store)
    await approved(desk.store, found, NOW)
    return found


async def plan_of(desk: Desk, **query: Any) -> Json:
    answer = await desk.get(PLAN, **query)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def take(desk: Desk, path: str, key: str | None = None, **body: Any) -> Response:
    headers = await desk.bearer("work") | {"Idempotency-Key": key or str(uuid4())}
    return await desk.client.post(
        f"{PLAN}/{path}", json={"version": 1, "by": "Ms Patel"} | body, headers=headers
    )


async def do(desk: Desk, name: str, place: int = 0, **body: Any) -> Response:
    """Do something to the action at this place of the newest plan."""
    action = (await plan_of(desk))["actions"][place]["id"]
    return await take(desk, f"actions/{action}/{name}", **body)


async def changes(desk: Desk, between: dict[str, Any]) -> Response:
    return await desk.get(f"{PLAN}/changes", "read", **between)


def fields(answer: Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


async def test_a_child_without_an_approved_record_has_an_empty_plan(desk: Desk) -> None:
    await desk.tell(missing())
    found = await plan_of(desk)
    assert (found["version"], found["versions"], found["actions"], found["review_on"]) == (0, [], [], None)


async def test_each_action_names_the_outcome_the_interview_and_the_child_s_words(
    desk: Desk, interview: UUID
) -> None:
    found = await plan_of(desk)
    action, _ = found["actions"]
    (source,) = action["sources"]
    assert (found["version"], found["review_on"]) == (1, "2026-04-03")
    assert (action["what"], action["owner"], action["due_on"], action["state"]) == (
        MEDIATION.what, "Ms Patel", "2026-04-20", "open",
    )  # fmt: skip
    assert (source["interview_id"], source["outcome"], source["told_on"]) == (str(interview), 1, "2026-03-30")
    assert [passage["text"] for passage in source["words"]] == ["I had a row with Mum about my phone."]


async def test_a_plan_is_found_by_our_id_of_the_child_too(desk: Desk, interview: UUID) -> None:
    found = await plan_of(desk)
    assert (await desk.get(f"/api/v1/plans/{found['child_id']}")).json() == found


async def test_a_child_who_is_not_here_has_no_plan(desk: Desk, interview: UUID) -> None:
    assert (await desk.get("/api/v1/plans/C-nobody")).status_code == 404


async def test_approving_twice_enters_the_outcomes_once(desk: Desk, interview: UUID) -> None:
    await approved(desk.store, interview, NOW)
    assert (await plan_of(desk))["version"] == 1
    async with desk.store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM outbox WHERE type = 'homeward.plan.changed.v1'") == 1


async def test_a_record_without_outcomes_makes_no_version(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    await approved(desk.store, await interview_of(desk.store), NOW, InterviewRecord())
    assert (await plan_of(desk))["version"] == 0


async def test_outcomes_of_an_interview_that_is_not_here_are_refused(desk: Desk) -> None:
    with pytest.raises(Unknown):
        async with desk.store.transaction(NOTTINGHAM, exclusive=True) as tx:
            await enter_outcomes(tx, uuid4(), RECORD, by="K. Osei", now=NOW)


async def test_the_ledger_and_the_event_tell_ids_and_counts_and_none_of_the_child_s_words(
    desk: Desk, interview: UUID
) -> None:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        line = await tx.first("SELECT * FROM ledger WHERE action = 'plan.changed'")
        event = await tx.first("SELECT * FROM outbox WHERE type = 'homeward.plan.changed.v1'")
    assert line
    assert event
    assert line.payload == event.payload
    assert (line.subject, event.topic) == (f"plan/{event.child_id}", "homeward.plans.v1")
    told = {name: event.payload[name] for name in ("cause", "version", "actions", "open_actions")}
    assert told == {"cause": "outcomes", "version": 1, "actions": 2, "open_actions": 2}
    assert "mediation" not in str(event.payload)


async def test_an_action_is_done_with_what_was_seen(desk: Desk, interview: UUID) -> None:
    answer = await do(desk, "done", seen="They met twice.")
    assert (answer.status_code, answer.json()["version"], answer.json()["repeated"]) == (200, 2, False)
    action = (await plan_of(desk))["actions"][0]
    assert (action["state"], action["ended"]["words"], action["ended"]["by"]) == (
        "done", "They met twice.", "Ms Patel",
    )  # fmt: skip


async def test_an_action_is_not_done_with_the_reason(desk: Desk, interview: UUID) -> None:
    assert (await do(desk, "not-done", reason="Mum does not want it.")).status_code == 200
    assert (await plan_of(desk))["actions"][0]["state"] == "not_done"


async def test_an_action_is_superseded_by_another_one_of_the_plan(desk: Desk, interview: UUID) -> None:
    other = (await plan_of(desk))["actions"][1]["id"]
    assert (await do(desk, "supersede", superseded_by=other, reason="The bus is enough.")).status_code == 200
    assert (await plan_of(desk))["actions"][0]["ended"]["superseded_by"] == other


async def test_an_action_is_given_more_time_and_another_owner(desk: Desk, interview: UUID) -> None:
    answer = await do(desk, "revise", owner="Mr Osei", due_on="2026-05-01", reason="No room before.")
    assert answer.status_code == 200
    action = (await plan_of(desk))["actions"][0]
    assert (action["owner"], action["due_on"]) == ("Mr Osei", "2026-05-01")


async def test_a_plan_is_reviewed(desk: Desk, interview: UUID) -> None:
    assert (await take(desk, "review", note="Amara says that it helps.")).status_code == 200
    found = await plan_of(desk)
    assert found["versions"][-1]["changes"] == [
        "Looked at on 31 March 2026 by Ms Patel: Amara says that it helps."
    ]


async def test_an_earlier_version_is_shown_as_it_was(desk: Desk, interview: UUID) -> None:
    await do(desk, "done", seen="They met twice.")
    found = await plan_of(desk, version=1)
    assert (found["version"], found["actions"][0]["state"], len(found["versions"])) == (1, "open", 2)


@pytest.mark.parametrize("version", [0, 2, -1])
async def test_a_version_that_is_not_there_is_refused(desk: Desk, interview: UUID, version: int) -> None:
    assert fields(await desk.get(PLAN, version=version)) == ["version"]


async def test_what_changed_is_told_in_plain_words(desk: Desk, interview: UUID) -> None:
    await do(desk, "done", seen="They met twice.")
    newest = (await desk.get(f"{PLAN}/changes")).json()
    assert [change["text"] for change in newest["changes"]] == [
        f"Done: {MEDIATION.what}. What was seen: They met twice."
    ]
    whole = (await changes(desk, {"from": 0, "to": 1})).json()
    assert (whole["from"], whole["to"]) == (0, 1)
    assert [change["kind"] for change in whole["changes"]] == ["new", "new"]


@pytest.mark.parametrize(
    ("query", "field"), [({"from": 2}, "from"), ({"to": 9}, "to"), ({"from": 1, "to": 0}, "to")]
)
async def test_versions_to_compare_that_are_not_there_are_refused(
    desk: Desk, interview: UUID, query: dict[str, int], field: str
) -> None:
    assert fields(await changes(desk, query)) == [field]


async def test_the_same_key_does_the_same_step_once(desk: Desk, interview: UUID) -> None:
    first = await do(desk, "done", key="k1", seen="They met twice.")
    again = await do(desk, "done", key="k1", seen="They met twice.")
    assert again.json() == first.json() | {"repeated": True}
    assert (await plan_of(desk))["version"] == 2


async def test_a_key_is_for_one_step_alone(desk: Desk, interview: UUID) -> None:
    await do(desk, "done", key="k1", seen="They met twice.")
    other = await do(desk, "done", key="k1", seen="They met once.")
    assert (other.status_code, "used for something else" in other.json()["detail"]) == (409, True)


async def test_a_key_that_a_hidden_child_s_step_used_is_a_conflict(desk: Desk, interview: UUID) -> None:
    await desk.tell(
        missing(id="m3", child=BILAL, subject="NP-2"), returned(id="m4", child=BILAL, subject="NP-2")
    )
    await do(desk, "done", key="k1", seen="They met twice.")
    await approved(desk.store, await interview_of(desk.store, place=1), NOW)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions SELECT child_id, authority FROM interviews WHERE id = :id",
            id=interview,
        )
    bilal = (await desk.get("/api/v1/plans/C-2")).json()
    answer = await desk.client.post(
        f"/api/v1/plans/C-2/actions/{bilal['actions'][0]['id']}/done",
        json={"version": 1, "by": "Ms Patel", "seen": "They met twice."},
        headers=await desk.bearer("work") | {"Idempotency-Key": "k1"},
    )
    assert answer.status_code == 409


async def test_a_stale_version_is_a_conflict_that_names_both_and_what_happened(
    desk: Desk, interview: UUID
) -> None:
    await do(desk, "done", seen="They met twice.")
    stale = await do(desk, "not-done", place=1, reason="No bus.", version=1)
    assert stale.status_code == 409
    assert stale.json()["detail"] == (
        "The plan is at version 2, you saw 1; since then: done by Ms Patel; look at it again, then decide."
    )
    assert (await plan_of(desk))["actions"][1]["state"] == "open"


async def test_an_action_that_has_ended_is_not_changed_again(desk: Desk, interview: UUID) -> None:
    await do(desk, "done", seen="They met twice.")
    again = await do(desk, "not-done", reason="They did not.", version=2)
    assert (again.status_code, "only an open one" in again.json()["detail"]) == (409, True)


async def test_an_action_of_nobody_s_is_not_there(desk: Desk, interview: UUID) -> None:
    assert (await take(desk, f"actions/{uuid4()}/done", seen="x")).status_code == 404
    assert (await take(desk, "actions/none/done", seen="x")).status_code == 404


async def test_a_step_to_a_plan_that_does_not_exist_yet_is_refused(desk: Desk) -> None:
    await desk.tell(missing())
    assert (await take(desk, "review", note="Nothing.")).status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "wrong"),
    [
        ("done", {}, ["seen"]),
        ("done", {"seen": "   "}, ["seen"]),
        ("done", {"seen": "x" * 20_001}, ["seen"]),
        ("done", {"seen": "a\x07b"}, ["seen"]),
        ("done", {"seen": "Yes.", "by": ""}, ["by"]),
        ("done", {"seen": "Yes.", "version": "1"}, ["version"]),
        ("done", {"seen": "Yes.", "action": str(uuid4())}, ["action"]),
        ("done", {"seen": "Yes.", "sene": "Yes."}, ["sene"]),
        ("not-done", {"reason": None}, ["reason"]),
        ("supersede", {"reason": "Why.", "superseded_by": "x"}, ["superseded_by"]),
        ("supersede", {"reason": "Why.", "superseded_by": str(uuid4())}, ["superseded_by"]),
        ("revise", {"reason": "Why.", "due_on": "2026-03-30"}, ["due_on"]),
        ("revise", {"reason": "Why.", "due_on": "2031-04-01"}, ["due_on"]),
        ("revise", {"reason": "Why.", "due_on": "9999-12-31"}, ["due_on"]),
        ("revise", {"reason": "Why.", "due_on": "soon"}, ["due_on"]),
        ("revise", {"reason": "Why."}, [""]),
        ("revise", {"reason": "Why.", "owner": "Ms Patel"}, ["due_on"]),
    ],
)
async def test_what_cannot_be_is_refused_by_the_field_that_is_wrong(
    desk: Desk, interview: UUID, name: str, body: Json, wrong: list[str]
) -> None:
    assert fields(await do(desk, name, **body)) == wrong
    assert (await plan_of(desk))["version"] == 1


async def test_an_action_that_has_ended_unfinished_takes_nobody_s_place(desk: Desk, interview: UUID) -> None:
    bus = (await plan_of(desk))["actions"][1]["id"]
    await do(desk, "not-done", place=1, reason="No bus.")
    answer = await do(desk, "supersede", superseded_by=bus, reason="The bus is enough.", version=2)
    assert fields(answer) == ["superseded_by"]


async def test_only_a_token_that_may_work_changes_a_plan(desk: Desk, interview: UUID) -> None:
    headers = await desk.bearer("read") | {"Idempotency-Key": "k1"}
    answer = await desk.client.post(f"{PLAN}/review", json={"version": 1}, headers=headers)
    assert answer.status_code == 403


async def test_another_authority_sees_no_plan(desk: Desk, interview: UUID) -> None:
    secret = await desk.token("read", authority=DERBY)
    answer = await desk.client.get(PLAN, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 404


async def test_a_later_interview_that_asks_for_the_same_joins_the_action(desk: Desk, interview: UUID) -> None:
    again = timedelta(days=1)
    await desk.tell(
        missing(SEEN + again, id="m3", subject="NP-2"), returned(BACK + again, id="m4", subject="NP-2")
    )
    record = InterviewRecord(
        outcomes=(BUS.model_copy(update={"what": "Amara is moved to the late bus", "owner": "Ms Patel"}),)
    )
    await approved(desk.store, await interview_of(desk.store, place=1), NOW + again, record)
    found = await plan_of(desk)
    assert [len(action["sources"]) for action in found["actions"]] == [1, 2]
    assert found["versions"][-1]["changes"] == [
        "Now also asked for by the interview of 31 March 2026: Move Amara to the late bus.",
        "Who does it changed from Mr O’Neill to Ms Patel: Move Amara to the late bus.",
    ]


async def test_children_who_are_one_have_one_plan_and_lose_nothing(desk: Desk, interview: UUID) -> None:
    """Told of without a number, she is somebody else at first, until the force tells who it is."""
    later, unnamed = timedelta(days=1), {"family_name": "Okafor", "given_names": "Amara"}
    await desk.tell(
        missing(SEEN + later, id="m3", child=unnamed, subject="NP-2"),
        returned(BACK + later, id="m4", child=unnamed, subject="NP-2"),
    )
    boxing = InterviewRecord(outcomes=(BUS.model_copy(update={"what": "Find a boxing club"}),))
    await approved(desk.store, await interview_of(desk.store, place=1), NOW, boxing)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        other = await tx.scalar("SELECT id FROM children WHERE provisional AND absorbed_by IS NULL")
    apart = [(await plan_of(desk))["version"], (await desk.get(f"/api/v1/plans/{other}")).json()["version"]]
    await desk.tell(message("updated", BACK + later, id="m5", subject="NP-2"))
    together = await plan_of(desk)
    assert (apart, together["version"]) == ([1, 1], 2)
    assert [action["what"] for action in together["actions"]] == [
        MEDIATION.what, BUS.what, "Find a boxing club",
    ]  # fmt: skip
    assert (await desk.get(f"/api/v1/plans/{other}")).json() == together
