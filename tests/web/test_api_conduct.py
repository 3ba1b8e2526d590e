"""From due to approved through the API: each step once, by somebody who may, to what its sender saw."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from casework.verify import verify
from schemas.connector_policy import ConnectorPolicy, Target
from schemas.policy import Policy
from tests.messages import NOTTINGHAM, message
from tests.web.conftest import NOW, Desk
from tests.web.records import ASKED, RECORD, Path, begun, staffed
from tests.web.stories import BACK, BILAL, missing, returned

ABROAD = {"by": "W-1", "reason": "Abroad"}


@pytest.fixture
async def path(desk: Desk) -> Path:
    await staffed(desk)
    await desk.tell(missing(), returned())
    return await begun(desk)


async def test_the_whole_path_ends_approved_with_each_moment(path: Path) -> None:
    await path.as_far_as_submitted()
    await path.do("approve", by="M-1", decision="Agreed.")
    found = await path.look()
    assert (found["status"], found["interviewer"], found["attempts"]) == ("approved", "W-1", 1)
    assert (found["offered_at"], found["held_at"]) == (
        "2026-03-30T09:00:00+00:00",
        "2026-03-31T08:00:00+00:00",
    )
    assert found["quality"]["draft"] == 1


async def test_approval_carries_the_outcomes_into_the_child_s_plan_once(desk: Desk, path: Path) -> None:
    await path.as_far_as_submitted()
    await path.send("approve", key="k-1", by="M-1", decision="Agreed.")
    await path.send("approve", key="k-1", by="M-1", decision="Agreed.")
    plan = (await desk.get("/api/v1/plans/C-100482")).json()
    assert [action["what"] for action in plan["actions"]] == [each["what"] for each in RECORD["outcomes"]]
    assert {source["interview_id"] for action in plan["actions"] for source in action["sources"]} == {path.id}


async def test_approval_queues_the_outcomes_for_the_systems_that_the_policy_names(
    desk: Desk, path: Path
) -> None:
    connector = ConnectorPolicy(targets=(Target.FILES,))
    site = replace(desk.site, policy=Policy(connector=connector))
    desk.app.state.homeward = replace(desk.app.state.homeward, site=site)
    await path.as_far_as_submitted()
    await path.do("approve", by="M-1", decision="Agreed.")
    [push] = await desk.items("/api/v1/pushes")
    assert (push["interview_id"], push["target"], push["state"]) == (path.id, "files", "waiting")


async def test_the_history_tells_who_did_what(path: Path) -> None:
    await path.as_far_as_submitted()
    told = [(value["event"], value["by"]) for value in (await path.look())["history"]]
    assert told == [
        ("due", None),
        ("allocated", "M-1"),
        ("offered", "W-1"),
        ("arranged", "W-1"),
        ("held", "W-1"),
        ("submitted", "W-1"),
    ]


async def test_the_same_command_with_the_same_key_is_done_once(path: Path) -> None:
    first = await path.send("allocate", key="k-1", by="M-1", interviewer="W-1")
    again = await path.send("allocate", key="k-1", by="M-1", interviewer="W-1")
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert again.json()["version"] == first.json()["version"] == 2


async def test_a_key_used_for_another_command_is_a_conflict(path: Path) -> None:
    await path.send("allocate", key="k-1", by="M-1", interviewer="W-1")
    answer = await path.send("allocate", key="k-1", by="M-1", interviewer="W-2")
    assert answer.status_code == 409
    assert "send this one with a new key" in answer.json()["detail"]


async def test_a_stale_version_is_told_what_happened_since(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    answer = await path.send("reallocate", version=1, by="M-1", interviewer="W-2", why="Ill")
    assert answer.status_code == 409
    assert "at version 2, you saw 1; since then: allocate by M-1" in answer.json()["detail"]


async def test_two_at_once_are_not_both_done(path: Path) -> None:
    import asyncio

    answers = await asyncio.gather(
        *(path.send("allocate", key=f"k-{n}", by="M-1", interviewer=f"W-{n}") for n in (1, 2))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_command_out_of_turn_says_what_can_be_done(path: Path) -> None:
    answer = await path.send("hold", by="W-1")
    assert answer.status_code == 409
    assert "what can be done now: allocate" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("command", "body", "field", "mend"),
    [
        ("allocate", {"by": "M-1", "interviewer": "W-99"}, "interviewer", "not in the directory"),
        ("allocate", {"by": "M-1", "interviewer": "W-3"}, "interviewer", "may not hold this interview"),
        ("allocate", {"by": "W-2", "interviewer": "W-1"}, "by", "may only take it on themself"),
        ("allocate", {"by": "nobody", "interviewer": "W-1"}, "by", "not in the directory"),
        ("allocate", {"by": "M-1"}, "interviewer", "is lacking: add it"),
        ("allocate", {"by": "M-1", "interviewer": "W-1", "color": "red"}, "color", "is not known here"),
        ("allocate", {"by": "M-1", "interviewer": "W\u0000"}, "interviewer", "holds a NUL character"),
        ("void", {"by": "W-1", "reason": "Twice"}, "by", "is for managers"),
        ("void", {"by": "M-1", "reason": "  "}, "reason", "is empty: fill it"),
        (
            "not-possible",
            {"by": "W-1", "reason": "Abroad", "authorised_by": "W-2"},
            "authorised_by",
            "no manager",
        ),
        ("cover", {"by": "M-1", "interviews": [], "reason": "One talk"}, "interviews", "lacks entries"),
    ],
)
async def test_what_cannot_be_names_the_field(
    path: Path, command: str, body: dict[str, Any], field: str, mend: str
) -> None:
    answer = await path.send(command, **body)
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert mend in error["message"]


@pytest.mark.parametrize(
    ("starts_at", "mend"),
    [("2026-03-30T15:00:00Z", "lies in the past"), ("2028-03-31T15:00:00Z", "a year ahead")],
)
async def test_a_slot_that_cannot_be_is_refused(path: Path, starts_at: str, mend: str) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    answer = await path.send("arrange", by="W-1", starts_at=starts_at, place="The Limes")
    assert answer.json()["errors"][0]["field"] == "starts_at"
    assert mend in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("at", "mend"),
    [
        ((NOW + timedelta(hours=1)).isoformat(), "lies in the future"),
        ((BACK - timedelta(hours=1)).isoformat(), "before the child's return"),
    ],
)
async def test_an_offer_at_a_time_that_cannot_be_is_refused(path: Path, at: str, mend: str) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    answer = await path.send("offer", by="W-1", at=at, how="phone", answer="accepted")
    assert mend in answer.json()["errors"][0]["message"]


async def test_nobody_approves_a_record_of_their_own(desk: Desk, path: Path) -> None:
    await path.do("allocate", by="M-2", interviewer="M-2")
    await path.do("offer", by="M-2", at=ASKED, how="visit", answer="accepted")
    await path.do("hold", by="M-2", held_at="2026-03-31T08:00:00Z")
    await path.do("submit", by="M-2", draft=await path.write())
    answer = await path.send("approve", by="M-2", decision="Fine.")
    assert (
        answer.json()["errors"][0]["message"]
        == "M-2 held or recorded the interview: somebody else has to approve it"
    )


async def test_a_record_sent_back_can_be_mended_and_submitted_again(path: Path) -> None:
    await path.as_far_as_submitted()
    reasons = [{"section": "analysis", "reason": "What does the bag for Derby mean for her?"}]
    await path.do("send-back", by="M-1", reasons=reasons)
    draft = await path.write({"carer": RECORD["carer"]}, based_on=1)
    assert (await path.do("submit", by="W-1", draft=draft))["status"] == "submitted"


async def test_an_interview_that_was_declined_keeps_why_and_stops_the_clock(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do(
        "decline",
        by="W-1",
        declined_by="child",
        reason="Says she has talked enough",
        also_offered="The school nurse, or her aunt",
        carer_said="Came home calm and ate",
        authorised_by="M-1",
    )
    found = await path.look()
    assert (found["status"], found["accepted"], found["hours_left"]) == ("declined", False, None)
    assert found["closed_reason"] == "Says she has talked enough"


async def test_a_return_told_later_moves_the_clock_of_one_that_is_arranged(desk: Desk, path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    earlier = BACK - timedelta(hours=3)
    await desk.tell(returned(earlier, id="m3", told_at=BACK + timedelta(hours=1)))
    found = await path.look()
    assert found["due_at"] == (earlier + timedelta(hours=72)).isoformat()
    assert (await path.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="Home"))[
        "version"
    ] == 4


async def test_a_cancelled_incident_voids_it_and_a_revived_one_brings_back_what_was_done(
    desk: Desk, path: Path
) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    at = BACK + timedelta(hours=2)
    await desk.tell(message("cancelled", at, id="m3", reason="Wrong child"))
    voided = await path.look()
    assert (voided["status"], voided["voided_reason"], voided["version"]) == ("voided", "cancelled", 3)
    refused = await path.send("offer", version=3, by="W-1", how="phone", answer="accepted")
    assert refused.status_code == 409
    await desk.tell(returned(id="m4", told_at=at + timedelta(hours=1)))
    revived = await path.look()
    assert (revived["status"], revived["interviewer"]) == ("allocated", "W-1")


async def test_one_conversation_covers_two_interviews(desk: Desk, path: Path) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[other.id], reason="Missing again before we met")
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:30:00Z")
    found, covered = await path.look(), await other.look()
    assert found["covers"] == [covered["episode_id"]]
    assert (covered["status"], covered["held_at"], covered["covered_by"]) == (
        "held",
        found["held_at"],
        path.id,
    )
    assert covered["due_at"] != found["due_at"]


async def test_a_covered_interview_is_acted_on_through_the_other(desk: Desk, path: Path) -> None:
    other = await _second_episode(desk, path)
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    answer = await other.send("allocate", version=2, by="M-1", interviewer="W-1")
    assert answer.status_code == 409
    assert "act on that one" in answer.json()["detail"]


async def test_when_the_conversation_is_declined_the_covered_one_is_on_its_own_again(
    desk: Desk, path: Path
) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    await path.do(
        "decline",
        by="W-1",
        declined_by="child",
        reason="No",
        also_offered="Her aunt",
        carer_said="Nothing",
        authorised_by="M-1",
    )
    found = await other.look()
    assert (found["status"], found["covered_by"]) == ("due", None)


async def test_everything_done_is_verified(desk: Desk, path: Path, tmp_path: Any) -> None:
    other = await _second_episode(desk, path)
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    await path.as_far_as_submitted()
    await path.do("approve", by="M-1", decision="Agreed.")
    found = await verify(desk.store, NOTTINGHAM, Policy(), tmp_path)
    assert found.differences == ()
    assert found.counts["commands"] == 14


async def _second_episode(desk: Desk, first: Path) -> Path:
    """Have the child missing again before the first interview was held."""
    gone, back = BACK + timedelta(hours=20), BACK + timedelta(hours=30)
    await desk.tell(missing(gone, id="n1", subject="NP-26-2"), returned(back, id="n2", subject="NP-26-2"))
    items = await desk.items("/api/v1/interviews")
    [found] = [each for each in items if each["id"] != first.id]
    return Path(desk, found["id"], found["version"])


async def test_whoever_wrote_or_handed_in_the_record_does_not_approve_it(path: Path) -> None:
    await path.as_far_as_held()
    draft = int((await path.do("record", by="M-2", based_on=0, sections=RECORD))["draft"])
    await path.do("submit", by="W-1", draft=draft)
    answer = await path.send("approve", by="M-2", decision="Fine.")
    assert answer.json()["errors"][0]["field"] == "by"


async def test_who_held_it_after_all_has_to_be_eligible_too(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at="2026-03-30T09:00:00Z", how="phone", answer="accepted")
    refused = await path.send("hold", by="M-1", held_by="W-3", held_at="2026-03-31T08:00:00Z")
    assert refused.json()["errors"][0]["field"] == "held_by"
    await path.do("hold", by="M-1", held_by="W-2", held_at="2026-03-31T08:00:00Z")
    assert (await path.look())["interviewer"] == "W-2"


async def test_a_conversation_before_the_first_attempt_is_refused(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at="2026-03-30T09:00:00Z", how="phone", answer="accepted")
    answer = await path.send("hold", by="W-1", held_at="2026-03-30T08:00:00Z")
    assert "before the first attempt" in answer.json()["errors"][0]["message"]


async def test_a_conversation_before_a_covered_return_cannot_be_about_it(desk: Desk, path: Path) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    early = (BACK + timedelta(hours=2)).isoformat()
    await path.do("offer", by="W-1", at=early, how="phone", answer="accepted")
    answer = await path.send("hold", by="W-1", held_at=early)
    assert "before the return of a covered interview" in answer.json()["errors"][0]["message"]


async def test_what_covers_others_is_not_covered_itself(desk: Desk, path: Path) -> None:
    second = await _second_episode(desk, path)
    third = await _another_episode(desk, 40, [path, second])
    await path.do("cover", by="M-1", interviews=[second.id], reason="One talk")
    answer = await third.send("cover", by="M-1", interviews=[path.id], reason="One talk")
    assert "covers others itself" in answer.json()["errors"][0]["message"]


async def test_what_is_arranged_is_not_covered_by_one_that_is_not(desk: Desk, path: Path) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="Youth club")
    answer = await other.send("cover", by="M-1", interviews=[path.id], reason="One talk")
    assert "is arranged already" in answer.json()["errors"][0]["message"]


async def test_a_covered_interview_that_the_facts_voided_stays_so(
    desk: Desk, path: Path, tmp_path: Any
) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    await desk.tell(message("cancelled", BACK + timedelta(hours=31), id="n3", subject="NP-26-2", reason="No"))
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T09:00:00Z")
    assert (await other.look())["status"] == "voided"
    assert (await verify(desk.store, NOTTINGHAM, Policy(), tmp_path)).differences == ()


async def test_a_covered_interview_that_is_wanted_again_catches_up(
    desk: Desk, path: Path, tmp_path: Any
) -> None:
    other = await _second_episode(desk, path)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("cover", by="M-1", interviews=[other.id], reason="One talk")
    at = BACK + timedelta(hours=31)
    await desk.tell(message("cancelled", at, id="n3", subject="NP-26-2", reason="No"))
    await path.do("offer", by="W-1", at="2026-03-30T14:00:00Z", how="phone", answer="accepted")
    back = BACK + timedelta(hours=30)
    await desk.tell(returned(back, id="n4", subject="NP-26-2", told_at=at + timedelta(hours=1)))
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    found = await other.look()
    assert (found["status"], found["attempts"]) == ("held", 1)
    assert (await verify(desk.store, NOTTINGHAM, Policy(), tmp_path)).differences == ()


async def test_a_conversation_that_was_held_goes_on_with_another_when_its_own_absence_never_was(
    desk: Desk, path: Path, tmp_path: Any
) -> None:
    other = await _second_episode(desk, path)
    await other.do("allocate", by="M-1", interviewer="W-1")
    await other.do("cover", by="M-1", interviews=[path.id], reason="One talk")
    await other.do("offer", by="W-1", at="2026-03-30T14:00:00Z", how="phone", answer="accepted")
    await other.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    await other.write()
    await desk.tell(message("cancelled", BACK + timedelta(hours=31), id="n3", subject="NP-26-2", reason="No"))
    assert (await other.look())["status"] == "voided"
    saved = await path.do("record", by="W-1", based_on=1, sections={"carer": RECORD["carer"]})
    path.version = (await path.look())["version"]
    await path.do("submit", by="W-1", draft=saved["draft"])
    await path.do("approve", by="M-1", decision="Agreed.")
    assert (await path.look())["covered_by"] is None
    plan = (await desk.get("/api/v1/plans/C-100482")).json()
    assert len(plan["actions"]) == len(RECORD["outcomes"])
    assert (await verify(desk.store, NOTTINGHAM, Policy(), tmp_path)).differences == ()


async def test_everything_that_was_said_can_be_read(desk: Desk, path: Path) -> None:
    await path.as_far_as_submitted()
    reason = {"section": "analysis", "reason": "What does the bag mean for her?"}
    await path.do("send-back", by="M-1", reasons=[reason])
    given = (await desk.get(f"/api/v1/interviews/{path.id}/commands")).json()
    assert [each["command"] for each in given][-2:] == ["submit", "send-back"]
    assert given[-1]["body"] == {"reasons": [reason]}


async def test_the_approved_record_holds_the_manager_s_decision(desk: Desk, path: Path) -> None:
    await path.as_far_as_submitted()
    await path.do("approve", by="M-1", decision="Agreed; the school is told.")
    record = (await desk.get(f"/api/v1/interviews/{path.id}/record")).json()["record"]
    assert (record["decision"]["decision"], record["decision"]["by"]) == (
        "Agreed; the school is told.",
        "M-1",
    )


async def test_an_older_draft_is_not_submitted_when_there_is_a_newer_one(path: Path) -> None:
    await path.as_far_as_held()
    first = await path.write()
    await path.write({"carer": {"who": "Dean", "view": "He says that he is sorry."}}, based_on=first)
    answer = await path.send("submit", by="W-1", draft=first)
    assert "draft 2 by W-1 is newer" in answer.json()["errors"][0]["message"]


async def test_what_a_manager_took_off_the_list_by_mistake_is_put_back_with_its_clock(
    desk: Desk, path: Path, tmp_path: Any
) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("void", by="M-1", reason="Stands twice")
    earlier = BACK - timedelta(hours=3)
    await desk.tell(returned(earlier, id="m3", told_at=BACK + timedelta(hours=1)))
    await path.do("reinstate", by="M-1", reason="It was the other one")
    found = await path.look()
    assert (found["status"], found["interviewer"]) == ("allocated", "W-1")
    assert found["due_at"] == (earlier + timedelta(hours=72)).isoformat()
    assert (await verify(desk.store, NOTTINGHAM, Policy(), tmp_path)).differences == ()


async def test_nobody_is_in_two_places_at_once(desk: Desk, path: Path) -> None:
    slot: dict[str, Any] = {"starts_at": "2026-03-31T15:00:00Z", "place": "Youth club"}
    await desk.tell(
        missing(id="b1", child=BILAL, subject="NP-26-B"), returned(id="b2", child=BILAL, subject="NP-26-B")
    )
    other = await begun(desk, child="C-2")
    for each in (path, other):
        await each.do("allocate", by="M-1", interviewer="W-1")
        await each.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("arrange", by="W-1", **slot)
    answer = await other.send("arrange", by="W-1", **slot)
    assert (
        "W-1 has another interview from 2026-03-31T15:00Z to 16:00Z" in answer.json()["errors"][0]["message"]
    )


async def test_a_worker_gives_away_what_they_have_and_takes_nobody_s(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    taken = await path.send("reallocate", by="W-2", interviewer="W-2", why="I know her")
    assert taken.json()["errors"][0]["field"] == "by"
    await path.do("reallocate", by="W-1", interviewer="W-2", why="I am ill")
    assert (await path.look())["interviewer"] == "W-2"


async def test_two_callers_may_use_the_same_key(desk: Desk, path: Path) -> None:
    await path.send("allocate", key="k-1", by="M-1", interviewer="W-1")
    desk.secrets["work"] = await desk.token("work", name="another")
    answer = await path.send("reallocate", key="k-1", version=2, by="M-1", interviewer="W-2", why="Ill")
    assert answer.status_code == 200


async def _another_episode(desk: Desk, hours: int, known: list[Path]) -> Path:
    gone, back = BACK + timedelta(hours=hours), BACK + timedelta(hours=hours + 2)
    reference = f"NP-26-{hours}"
    await desk.tell(
        missing(gone, id=f"g{hours}", subject=reference), returned(back, id=f"b{hours}", subject=reference)
    )
    items = await desk.items("/api/v1/interviews")
    [found] = [each for each in items if each["id"] not in {path.id for path in known}]
    return Path(desk, found["id"], found["version"])
