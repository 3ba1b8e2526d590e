"""Who holds interviews and who could, and the invitation to one: through the API, and by its command."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from casework.allocating import suggest_all
from schemas.policy import Policy
from schemas.staff import Leave, StaffMember
from store import children, staff
from store.children import Care
from tests.messages import NOTTINGHAM, message
from tests.web.conftest import NOW, Desk
from tests.web.records import RECORD, STAFF, Path, begun, staffed
from tests.web.stories import BACK, BILAL, missing, returned

TRAINED = ("return_interview",)
ANIA = StaffMember(id="W-5", name="Ania Kowalska", training=TRAINED, languages=("english", "polish"))
AWAY = StaffMember(
    id="W-6",
    name="Ben Ali",
    training=TRAINED,
    leave=(Leave(from_on=date(2026, 3, 30), to_on=date(2026, 4, 2)),),
)
OUTSIDE = StaffMember(id="W-7", name="Caz Webb", training=TRAINED, employer="Trent Youth Advocacy")
LATER = timedelta(days=7)


@pytest.fixture
async def path(desk: Desk) -> Path:
    await staffed(desk, *STAFF, ANIA, AWAY, OUTSIDE)
    await desk.tell(missing(), returned())
    return await begun(desk)


async def candidates(path: Path, **query: str) -> Mapping[str, Any]:
    answer = await path.desk.get(f"/api/v1/interviews/{path.id}/candidates", **query)
    assert answer.status_code == 200, answer.text
    found = {each["interviewer"]: each for each in answer.json()["candidates"]}
    return found | {"first": next(iter(found))}


async def why_not(path: Path, interviewer: str, **more: Any) -> str:
    """Return why somebody cannot be given it, as the field that is wrong has it."""
    answer = await path.send("allocate", by="M-1", interviewer=interviewer, **more)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == "interviewer"
    return str(error["message"])


async def in_care(path: Path, social_worker: str = "S Patel", placement: str = "foster care") -> None:
    child_id = (await path.desk.items("/api/v1/interviews"))[0]["child_id"]
    care = Care(child_id, date(2025, 1, 6), None, "C2 full care order", placement, social_worker)
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        await children.save_care(tx, [care])


async def changed(path: Path, id: str, **facts: Any) -> None:  # noqa: A002 - as in the directory
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        found = await staff.found(tx, [id])
        await staff.save(tx, [found[id].model_copy(update=facts)], NOW)


async def test_the_directory_is_listed_without_saying_in_whose_care_anybody_is(path: Path) -> None:
    items = await path.desk.items("/api/v1/interviewers")
    assert [each["id"] for each in items] == ["M-1", "M-2", "W-1", "W-2", "W-3", "W-5", "W-6", "W-7"]
    assert "involved_with" not in items[0]


async def test_everybody_is_ranked_with_reasons_or_told_why_not(path: Path) -> None:
    found = await candidates(path)
    assert "7 working hours before the deadline" in found["W-1"]["reasons"]
    assert found["W-3"]["why_not"] == ["has no training in return interview"]
    assert found["W-6"]["why_not"] == ["is on leave until after 2026-04-01"]
    assert (found["W-3"]["may"], found["W-3"]["reasons"]) == (False, [])


async def test_what_the_child_asked_for_counts(path: Path) -> None:
    assert (await candidates(path, language="polish"))["first"] == "W-5"
    assert (await candidates(path, language="polish", asked_for="W-2"))["first"] == "W-2"


async def test_asking_for_candidates_of_nothing_or_with_a_wrong_word_is_refused(path: Path) -> None:
    nobodys = "/api/v1/interviews/3b0c5d0e-0000-4000-8000-000000000001/candidates"
    assert (await path.desk.get(nobodys)).status_code == 404
    wrong = await path.desk.get(f"/api/v1/interviews/{path.id}/candidates", colour="red")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "colour")


async def test_a_child_in_care_gets_somebody_outside_the_authority_unless_they_ask(path: Path) -> None:
    await in_care(path)
    assert "of the authority that is responsible" in await why_not(path, "W-1")
    assert (await path.send("allocate", by="M-1", interviewer="W-1", chosen_by_child=True)).status_code == 200


async def test_somebody_outside_the_authority_may_hold_it_for_a_child_in_care(path: Path) -> None:
    await in_care(path)
    assert (await candidates(path))["first"] == "W-7"
    await path.do("allocate", by="M-1", interviewer="W-7")


async def test_a_childs_choice_makes_nobody_of_those_who_care_for_them(path: Path) -> None:
    await in_care(path, social_worker="Ewa Nowak")
    await changed(path, "W-7", involved_with=frozenset({"C-100482"}))
    assert "is this child's social worker" in await why_not(path, "W-1", chosen_by_child=True)
    assert "is involved in this child's care" in await why_not(path, "W-7", chosen_by_child=True)


async def test_who_has_as_many_as_they_can_is_refused_until_one_is_handed_in(path: Path) -> None:
    await changed(path, "W-1", capacity=1)
    await path.as_far_as_held()
    await path.desk.tell(
        missing(child=BILAL, subject="N-2", id="b1"), returned(child=BILAL, subject="N-2", id="b2")
    )
    second = await begun(path.desk, status="due")
    assert "has 1 interviews in hand, with capacity for 1" in await why_not(second, "W-1")
    await path.do("submit", by="W-1", draft=await path.write())
    await second.do("allocate", by="M-1", interviewer="W-1")


async def test_the_interview_of_a_child_whom_one_may_not_see_counts_as_well(path: Path) -> None:
    await changed(path, "W-1", capacity=1)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.desk.tell(
        missing(child=BILAL, subject="N-2", id="b1"), returned(child=BILAL, subject="N-2", id="b2")
    )
    second = await begun(path.desk, status="due")
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions SELECT child_id, authority FROM interviews WHERE id = :id", id=path.id
        )
    assert (await path.desk.get(f"/api/v1/interviews/{path.id}")).status_code == 404
    full = "has 1 interviews in hand, with capacity for 1"
    assert full in await why_not(second, "W-1")
    assert full in (await candidates(second))["W-1"]["why_not"]
    async with path.desk.store.transaction(NOTTINGHAM, "token:reader") as tx:
        placed = (await suggest_all(tx, Policy(), NOW)).placements
        assert [each.candidate.member.id for each in placed if each.candidate.member.id == "W-1"] == []
        assert [str(row.id) for row in await tx.all("SELECT id FROM interviews")] == [second.id]


async def test_an_interview_does_not_stand_against_who_has_it_already(path: Path) -> None:
    await changed(path, "W-1", capacity=1)
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("reallocate", by="M-1", interviewer="W-1", why="The child asked", chosen_by_child=True)
    assert (await candidates(path))["W-1"]["may"] is True


async def test_who_held_the_last_one_is_first_and_the_language_of_its_record_is_known(path: Path) -> None:
    offer = dict(RECORD["offer"]) | {"communication": "Polish interpreter, by telephone"}
    await path.as_far_as_held()
    await path.do("submit", by="W-1", draft=await path.write(dict(RECORD) | {"offer": offer}))
    await path.do("approve", by="M-1", decision="Agreed.")
    path.desk.clock.now = NOW + LATER
    again = {"subject": "N-9"}
    await path.desk.tell(
        missing(BACK + timedelta(days=6), id="c1", **again),
        returned(BACK + timedelta(days=7), id="c2", **again),
    )
    second = await begun(path.desk, status="due")
    found = await candidates(second)
    assert found["first"] == "W-1"
    assert "held the last interview with this child" in found["W-1"]["reasons"]
    assert "speaks Polish" in found["W-5"]["reasons"]


async def test_a_declined_interview_is_no_continuity(path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do(
        "decline",
        by="W-1",
        declined_by="child",
        reason="Does not want to",
        also_offered="The school nurse",
        carer_said="Calm",
        authorised_by="M-1",
    )
    assert not any("held" in reason for reason in (await candidates(path))["W-1"]["reasons"])


async def test_the_batch_suggests_changes_nothing_and_names_the_version(path: Path) -> None:
    answer = (await path.desk.get("/api/v1/allocation")).json()
    [placed] = answer["placements"]
    assert (placed["interview"], placed["version"], placed["in_time"]) == (path.id, path.version, True)
    assert (answer["unplaced"], (await path.look())["status"]) == ([], "due")


async def test_an_interview_that_nobody_may_hold_is_told_of(desk: Desk) -> None:
    await staffed(desk, STAFF[2])
    await desk.tell(missing(), returned())
    answer = (await desk.get("/api/v1/allocation")).json()
    assert [each["why"] for each in answer["unplaced"]] == [
        "nobody of the directory may hold it: 1 not trained"
    ]


async def test_each_suggestion_can_be_given_as_it_is(path: Path) -> None:
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        found = await suggest_all(tx, Policy(), NOW)
    [placed] = found.placements
    await path.do("allocate", by="M-1", interviewer=placed.candidate.member.id)
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        assert (await suggest_all(tx, Policy(), NOW)).placements == ()


async def invitation(path: Path) -> Any:
    answer = await path.desk.get(f"/api/v1/interviews/{path.id}/invitation.ics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/calendar; charset=utf-8; method=")
    return Calendar.from_ical(answer.content)


async def arranged(path: Path, place: str = "Youth club, Sneinton") -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do("offer", by="W-1", at="2026-03-30T09:00:00Z", how="phone", answer="accepted")
    await path.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", minutes=45, place=place)


async def test_before_a_slot_is_arranged_there_is_no_invitation(path: Path) -> None:
    answer = await path.desk.get(f"/api/v1/interviews/{path.id}/invitation.ics")
    assert (answer.status_code, "no time and place" in answer.json()["detail"].lower()) == (404, True)


async def test_the_invitation_of_an_arranged_slot_names_no_child(path: Path) -> None:
    await arranged(path)
    calendar = await invitation(path)
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["LOCATION"], event["SEQUENCE"]) == (
        "REQUEST",
        "Youth club, Sneinton",
        path.version,
    )
    assert event["URL"] == f"http://localhost:8000/interviews/{path.id}"
    assert b"Okafor" not in calendar.to_ical()


async def test_a_place_with_the_childs_name_stays_in_homeward(path: Path) -> None:
    await arranged(path, "Amara Okafor's home")
    [event] = (await invitation(path)).walk("VEVENT")
    assert event["LOCATION"] == "As agreed: see Homeward"


@pytest.mark.parametrize(
    "place", ["Larchwood, the garden", "7 Quarry Rise", "31 Bobbers Mill Road", "NG7 5GZ"]
)
async def test_a_place_where_the_child_lived_stays_in_homeward(path: Path, place: str) -> None:
    """The placement, from where the child went missing and to where they came back."""
    await in_care(path, placement="Larchwood children's home")
    missing_from = {"lines": ["7 Quarry Rise", "Nottingham"]}
    at = {"lines": ["Bobbers Mill", "31 Bobbers Mill Road"], "postcode": "NG7 5GZ"}
    await path.desk.tell(
        message("updated", BACK, id="m3", missing={"missing_from_address": missing_from}),
        returned(id="m4", returned={"address": at, "returned_to": "foster_care"}),
    )
    path.version = (await path.look())["version"]
    await path.do("allocate", by="M-1", interviewer="W-7")
    await path.do("offer", by="W-7", at="2026-03-30T09:00:00Z", how="phone", answer="accepted")
    await path.do("arrange", by="W-7", starts_at="2026-03-31T15:00:00Z", minutes=45, place=place)
    [event] = (await invitation(path)).walk("VEVENT")
    assert event["LOCATION"] == "As agreed: see Homeward"


async def test_an_interview_that_is_closed_is_called_off(path: Path) -> None:
    await arranged(path)
    [before] = (await invitation(path)).walk("VEVENT")
    await path.do("not-possible", by="W-1", reason="Moved to Poland", authorised_by="M-1")
    calendar = await invitation(path)
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"]) == ("CANCEL", before["UID"])
    assert event["SEQUENCE"] > before["SEQUENCE"]


async def test_what_is_held_in_another_conversation_has_its_invitation(path: Path) -> None:
    first = path
    await arranged(first)
    again = {"subject": "N-9"}
    await path.desk.tell(
        missing(BACK + timedelta(hours=30), id="c1", **again),
        returned(BACK + timedelta(hours=40), id="c2", **again),
    )
    second = await begun(path.desk, status="due")
    await first.do("cover", by="M-1", interviews=[second.id], reason="One talk about both")
    [own], [covering] = [(await invitation(each)).walk("VEVENT") for each in (second, first)]
    assert own["UID"] == covering["UID"]
