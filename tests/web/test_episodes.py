"""Episodes, interviews and the rest as other systems read them."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.messages import AMARA, DERBY, NOTTINGHAMSHIRE, message
from tests.web.conftest import NOW, Desk, fields

SEEN = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
BACK = datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
BILAL = {"authority_child_id": "C-2", "family_name": "Khan", "given_names": "Bilal"}


def missing(at: datetime = SEEN, *, id: str = "m1", **other: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    facts = {"category": "missing", "risk_level": "medium", "last_seen_at": at.isoformat()}
    return message("reported", at + timedelta(hours=1), id=id, missing=facts, **other)


def returned(at: datetime = BACK, *, id: str = "m2", **other: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    return message("returned", at, id=id, **other)


async def test_an_episode_tells_what_the_contract_says(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    episode = (await desk.items("/api/v1/episodes"))[0]
    interview = (await desk.items("/api/v1/interviews"))[0]
    assert episode | {"id": None, "child_id": None} == {
        "id": None,
        "authority": "E06000018",
        "child_id": None,
        "status": "returned",
        "category": "missing",
        "risk_level": "medium",
        "risk_factors": [],
        "started_at": "2026-03-28T18:30:00+00:00",
        "located_at": None,
        "returned_at": "2026-03-29T07:00:00+00:00",
        "conflict": False,
        "conflict_reasons": [],
        "marks": [],
        "incidents": [{"source": NOTTINGHAMSHIRE, "subject": "NP-26-004211"}],
        "notifications": ["m1", "m2"],
        "interview_id": interview["id"],
        "superseded": False,
        "superseded_by": None,
    }


async def test_one_episode_is_found_by_its_id(desk: Desk) -> None:
    await desk.tell(missing())
    episode = (await desk.items("/api/v1/episodes"))[0]
    assert (await desk.get(f"/api/v1/episodes/{episode['id']}")).json() == episode


async def test_an_interview_tells_what_the_contract_says(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    episode = (await desk.items("/api/v1/episodes"))[0]
    interview = (await desk.get(f"/api/v1/interviews/{episode['interview_id']}")).json()
    history = interview.pop("history")
    assert interview == {
        "id": episode["interview_id"],
        "authority": "E06000018",
        "episode_id": episode["id"],
        "child_id": episode["child_id"],
        "status": "due",
        "due_at": "2026-04-01T07:00:00+00:00",
        "provisional_due": False,
        "hours_left": 22.0,
        "voided_reason": None,
        "offered_at": None,
        "accepted": None,
        "held_at": None,
        "interviewer": None,
        "quality": {},
        "covers": [],
    }
    assert [(value["event"], value["due_at"]) for value in history] == [("due", interview["due_at"])]


async def test_an_interview_keeps_every_deadline_that_it_had(desk: Desk) -> None:
    await desk.tell(missing(), message("located", BACK, id="m2"))
    await desk.tell(returned(BACK + timedelta(hours=2), id="m3"))
    await desk.tell(message("cancelled", NOW, id="m4"))
    interview = (await desk.items("/api/v1/interviews"))[0]
    assert [
        (v["event"], v["status"], v["due_at"][:16], v["provisional_due"], v["reason"])
        for v in interview["history"]
    ] == [
        ("due", "due", "2026-04-01T07:00", True, None),
        ("clock-changed", "due", "2026-04-01T09:00", False, None),
        ("voided", "voided", "2026-04-01T09:00", False, "cancelled"),
    ]
    assert interview["hours_left"] is None


async def test_an_episode_whose_interview_was_voided_still_names_it(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    await desk.tell(message("cancelled", NOW, id="m3"))
    episode = (await desk.items("/api/v1/episodes"))[0]
    assert episode["status"] == "cancelled"
    interview = (await desk.get(f"/api/v1/interviews/{episode['interview_id']}")).json()
    assert (interview["status"], interview["voided_reason"]) == ("voided", "cancelled")


async def test_a_conflict_is_told_with_its_reasons(desk: Desk) -> None:
    await desk.tell(missing(), returned(SEEN - timedelta(hours=3), told_at=NOW))
    episode = (await desk.items("/api/v1/episodes"))[0]
    assert (episode["conflict"], episode["conflict_reasons"]) == (True, ["return_before_start"])


async def test_a_child_whom_nobody_confirmed_is_a_mark(desk: Desk) -> None:
    stranger = {"family_name": "Okafor", "given_names": "Amara", "date_of_birth": "2011-07-02"}
    await desk.tell(missing(child=stranger))
    assert (await desk.items("/api/v1/episodes"))[0]["marks"] == ["provisional_child"]


async def test_two_episodes_that_become_one_leave_one_that_answers_for_both(desk: Desk) -> None:
    later = SEEN + timedelta(days=1)
    await desk.tell(missing(), returned(SEEN + timedelta(hours=5)), missing(later, id="m3", subject="NP-2"))
    first, second = await desk.items("/api/v1/episodes")
    await desk.tell(returned(later + timedelta(hours=2), id="m4", told_at=NOW))
    (live,) = await desk.items("/api/v1/episodes")
    gone = second if live["id"] == first["id"] else first
    answer = await desk.get(f"/api/v1/episodes/{gone['id']}")
    assert (answer.status_code, answer.json()["superseded_by"]) == (200, live["id"])


@pytest.mark.parametrize("known_as", ["id", "authority_child_id"])
async def test_episodes_of_a_child_are_found_by_either_id(desk: Desk, known_as: str) -> None:
    await desk.tell(missing(), missing(id="m9", child=BILAL, subject="NP-9"))
    mine = (await desk.items("/api/v1/episodes", child="C-100482"))[0]
    asked = mine["child_id"] if known_as == "id" else "C-100482"
    assert [e["id"] for e in await desk.items("/api/v1/episodes", child=asked)] == [mine["id"]]


@pytest.mark.parametrize("path", ["episodes", "interviews", "ledger"])
async def test_a_child_that_nobody_knows_has_nothing(desk: Desk, path: str) -> None:
    await desk.tell(missing(), returned())
    assert await desk.items(f"/api/v1/{path}", child="C-404") == []


async def test_episodes_are_chosen_by_status(desk: Desk) -> None:
    await desk.tell(missing(), missing(id="m3", child=BILAL, subject="NP-9"), returned())
    assert [e["status"] for e in await desk.items("/api/v1/episodes", status="open")] == ["open"]
    both = await desk.items("/api/v1/episodes", status=["open", "returned"])
    assert len(both) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"from": "2026-03-28", "to": "2026-03-28"}, 1),
        ({"from": "2026-03-29", "to": "2026-03-29"}, 1),
        ({"from": "2026-03-30"}, 0),
        ({"to": "2026-03-27"}, 0),
        ({"from": "2026-03-29T07:00:00+00:00"}, 1),
        ({"from": "2026-03-29T08:00:01+01:00"}, 0),
        ({"to": "2026-03-28T18:30:00Z"}, 1),
        ({"to": "2026-03-28T18:29:59Z"}, 0),
    ],
)
async def test_episodes_are_chosen_by_the_time_that_they_touch(
    desk: Desk, query: dict[str, str], found: int
) -> None:
    await desk.tell(missing(), returned())
    assert len(await desk.items("/api/v1/episodes", **query)) == found


async def test_a_day_is_a_day_in_london(desk: Desk) -> None:
    just_past_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    await desk.tell(missing(just_past_midnight))
    assert await desk.items("/api/v1/episodes", to="2026-07-01") == []
    assert len(await desk.items("/api/v1/episodes", to="2026-07-02")) == 1


async def test_a_cancelled_episode_is_found_by_the_start_that_was_told(desk: Desk) -> None:
    await desk.tell(missing(), message("cancelled", NOW, id="m2"))
    assert len(await desk.items("/api/v1/episodes", **{"from": "2026-03-28", "to": "2026-03-28"})) == 1
    assert await desk.items("/api/v1/episodes", **{"from": "2026-03-29"}) == []


async def test_a_plus_that_became_a_space_is_understood(desk: Desk) -> None:
    await desk.tell(missing())
    answer = await desk.client.get(
        "/api/v1/episodes?from=2026-03-28T00:00:00+00:00", headers=await desk.bearer("read")
    )
    assert len(answer.json()["items"]) == 1


async def test_interviews_are_chosen_by_deadline_and_status(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    due = "2026-04-01T07:00:00+00:00"
    assert await desk.items("/api/v1/interviews", due_before=due) == []
    later = {"due_before": "2026-04-01T07:00:01+00:00", "status": "due"}
    assert len(await desk.items("/api/v1/interviews", **later)) == 1
    assert await desk.items("/api/v1/interviews", status="held") == []
    assert await desk.items("/api/v1/interviews", interviewer="Ruth Adeyemi") == []


async def all_pages(desk: Desk, path: str, **query: Any) -> list[list[dict[str, Any]]]:
    pages, cursor = [], None
    while True:
        answer = (await desk.get(path, **query, **({"cursor": cursor} if cursor else {}))).json()
        pages.append(answer["items"])
        cursor = answer["next"]
        if cursor is None:
            return pages


@pytest.mark.parametrize("path", ["episodes", "interviews", "ledger", "questions", "letters"])
async def test_a_list_comes_in_pages_without_gap_or_repetition(desk: Desk, path: str) -> None:
    for number in range(7):
        child = {"family_name": f"Child {number}", "given_names": "Sam"}
        at = SEEN + timedelta(hours=number % 3)
        told: dict[str, Any] = {"child": child, "subject": f"NP-{number}"}
        await desk.tell(
            missing(at, id=f"m{number}", **told), returned(id=f"r{number}", **told), {"id": number}
        )
    whole = await desk.items(f"/api/v1/{path}", limit=500)
    pages = await all_pages(desk, f"/api/v1/{path}", limit=3)
    assert [item for page in pages for item in page] == whole
    assert {len(page) for page in pages[:-1]} == {3}
    assert len(whole) >= 7


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("episodes", {"stauts": "open"}, "stauts"),
        ("episodes", {"status": "gone"}, "status"),
        ("episodes", {"from": "yesterday"}, "from"),
        ("episodes", {"from": "2026-02-30"}, "from"),
        ("episodes", {"from": "2026-03-28T10:00:00"}, "from"),
        ("episodes", {"from": "2026-03-28", "to": "2026-03-27"}, "to"),
        ("episodes", {"limit": "0"}, "limit"),
        ("episodes", {"limit": "501"}, "limit"),
        ("episodes", {"limit": "many"}, "limit"),
        ("episodes", {"cursor": "!!!"}, "cursor"),
        ("episodes", {"cursor": "W10"}, "cursor"),
        ("episodes", {"cursor": "WyJhIl0"}, "cursor"),
        ("episodes", {"child": "C\0"}, "child"),
        ("episodes", {"child": ""}, "child"),
        ("interviews", {"due_before": "2026-03-28"}, "due_before"),
        ("interviews", {"cursor": "WzFd"}, "cursor"),
        ("interviews", {"cursor": "WyIxIiwiMiJd"}, "cursor"),
        ("interviews", {"episode": "e1"}, "episode"),
        ("ledger", {"who": "me"}, "who"),
        ("letters", {"waiting": "perhaps"}, "waiting"),
        ("questions", {"kind": "\t"}, "kind"),
    ],
)
async def test_a_parameter_that_is_unknown_or_wrong_is_named(
    desk: Desk, path: str, query: dict[str, str], field: str
) -> None:
    answer = await desk.get(f"/api/v1/{path}", **query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert fields(answer) == [field]


@pytest.mark.parametrize("path", ["episodes", "interviews", "letters"])
@pytest.mark.parametrize("id_", ["3b0c5d0e-0000-4000-8000-000000000001", "nobody", "0"])
async def test_what_is_not_there_is_not_found(desk: Desk, path: str, id_: str) -> None:
    answer = await desk.get(f"/api/v1/{path}/{id_}")
    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


async def test_an_address_that_is_not_there_is_a_problem_too(desk: Desk) -> None:
    answer = await desk.get("/api/v2/episodes")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_a_method_that_is_not_there_is_a_problem_too(desk: Desk) -> None:
    answer = await desk.client.delete("/api/v1/episodes", headers=await desk.bearer("work"))
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_another_authority_sees_nothing(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    episode = (await desk.items("/api/v1/episodes"))[0]
    there = {"Authorization": f"Bearer {await desk.token('read', authority=DERBY)}"}
    assert (await desk.client.get("/api/v1/episodes", headers=there)).json()["items"] == []
    one = await desk.client.get(f"/api/v1/episodes/{episode['id']}", headers=there)
    assert one.status_code == 404


async def test_a_restricted_child_is_hidden_from_a_token_that_is_not_named(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    episode = (await desk.items("/api/v1/episodes"))[0]
    async with desk.store.transaction("E06000018") as tx:
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) VALUES (:id, :authority)",
            id=episode["child_id"],
            authority=tx.authority,
        )
    for path in ("episodes", "interviews", "questions"):
        assert await desk.items(f"/api/v1/{path}") == []
    assert (await desk.get(f"/api/v1/episodes/{episode['id']}")).status_code == 404
    about = [line for line in await desk.items("/api/v1/ledger") if line["child_id"]]
    assert about == []


async def test_the_ledger_shows_its_chain(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    lines = await desk.items("/api/v1/ledger")
    assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["previous_hash"] == "00" * 32
    pairs = itertools.pairwise(lines)
    assert all(later["previous_hash"] == earlier["hash"] for earlier, later in pairs)
    assert all(len(line["payload_digest"]) == 64 for line in lines)


async def test_the_ledger_is_chosen_by_what_who_and_when(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    due = await desk.items("/api/v1/ledger", action="interview.due")
    assert len(due) == 1
    assert await desk.items("/api/v1/ledger", subject=due[0]["subject"]) == due
    assert await desk.items("/api/v1/ledger", actor="nobody") == []
    assert await desk.items("/api/v1/ledger", to="2026-03-30") == []
    assert due[0] in await desk.items("/api/v1/ledger", **{"from": "2026-03-31"})
    assert due[0] in await desk.items("/api/v1/ledger", child=AMARA["authority_child_id"])


async def test_letters_are_listed_without_what_is_in_them(desk: Desk) -> None:
    await desk.post(b"not a message")
    (letter,) = await desk.items("/api/v1/letters", waiting="true")
    assert letter["size_bytes"] == 13
    assert "original" not in letter
    assert await desk.items("/api/v1/letters", waiting="false") == []


async def test_a_question_names_whom_and_what_it_is_about(desk: Desk) -> None:
    await desk.tell(missing(child={"family_name": "Okafor", "given_names": "Amara"}))
    kinds = {question["kind"] for question in await desk.items("/api/v1/questions")}
    assert kinds == {"unknown_child", "doubtful_notification"}
    asked = (await desk.items("/api/v1/questions", kind="unknown_child"))[0]
    assert asked["notification"] == {"source": NOTTINGHAMSHIRE, "id": "m1"}
