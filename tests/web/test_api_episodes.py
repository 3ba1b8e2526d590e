"""GET /api/v1/episodes: one true missing episode per absence, and how to find it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from casework.tokens import Scope
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.web.served import NOBODYS, Json, Served, at, child, is_problem, named

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-episodes")]

SATURDAY = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIELDS = {
    "id": str, "authority": str, "child_id": str, "status": str, "category": str, "risk_level": str,
    "started_at": str, "located_at": str, "returned_at": str, "conflict": bool, "conflict_reasons": list,
    "marks": list, "incidents": list, "notifications": list, "interview_id": str,
}  # fmt: skip


def tell(who: str, kind: str, hours: float = 0, subject: str = "", **more: Any) -> Json:
    """Return a message about one child, so many hours after that Saturday evening."""
    reference = f"NP-{who}{subject}"
    id_ = more.pop("id", f"{reference}-{kind}-{hours}")
    return message(kind, SATURDAY + hours * HOUR, id=id_, subject=reference, child=child(who), **more)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def whole(served: Served, who: str) -> Json:
    """Tell of an absence from beginning to end and return its episode."""
    missing = {"category": "missing", "risk_level": "medium"}
    await served.tell(
        tell(who, "reported", 0, missing=missing),
        tell(who, "updated", 1, missing={"risk_level": "high"}),
        tell(who, "located", 5, located={"place": "Derby station"}),
        tell(who, "returned", 6, returned={"returned_to": "home"}),
    )
    return await served.episode_of(who)


async def test_an_episode_has_every_field_of_the_contract(served: Served) -> None:
    episode = await whole(served, "C-whole")
    assert {name: type(episode[name]) for name in FIELDS} == FIELDS


async def test_an_episode_says_what_was_told(served: Served) -> None:
    episode = await whole(served, "C-told")
    told = {
        "authority": NOTTINGHAM,
        "status": "returned",
        "category": "missing",
        "risk_level": "high",
        "conflict": False,
        "conflict_reasons": [],
        "marks": [],
        "incidents": [{"source": NOTTINGHAMSHIRE, "subject": "NP-C-told"}],
        "notifications": [
            "NP-C-told-reported-0", "NP-C-told-updated-1", "NP-C-told-located-5", "NP-C-told-returned-6",
        ],
    }  # fmt: skip
    assert episode.items() >= told.items()


async def test_its_instants_are_in_utc_with_their_offset(served: Served) -> None:
    episode = await whole(served, "C-utc")
    told = [at(episode[name]) for name in ("started_at", "located_at", "returned_at")]
    assert told == [SATURDAY, SATURDAY + 5 * HOUR, SATURDAY + 6 * HOUR]


async def test_one_episode_is_found_by_its_id_as_it_stands_in_the_list(served: Served) -> None:
    episode = await whole(served, "C-one")
    assert await served.one(f"episodes/{episode['id']}") == episode
    assert await served.one(f"episodes/{episode['id'].upper()}") == episode


async def test_its_interview_is_found_by_the_id_that_it_names(served: Served) -> None:
    episode = await whole(served, "C-linked")
    interview = await served.one(f"interviews/{episode['interview_id']}")
    assert (interview["episode_id"], interview["child_id"]) == (episode["id"], episode["child_id"])


async def test_an_open_episode_has_no_end_and_no_interview(served: Served) -> None:
    await served.tell(tell("C-open", "reported"))
    episode = await served.episode_of("C-open")
    assert [episode[name] for name in ("status", "located_at", "returned_at", "interview_id")] == [
        "open", None, None, None,
    ]  # fmt: skip


async def test_a_return_that_nobody_reported_missing_has_no_start(served: Served) -> None:
    await served.tell(tell("C-startless", "returned", 9))
    episode = await served.episode_of("C-startless")
    assert (episode["status"], episode["started_at"]) == ("returned", None)
    assert episode["interview_id"] is not None


async def test_a_return_before_the_start_is_a_conflict_with_its_reason(served: Served) -> None:
    await served.tell(
        tell("C-conflict", "reported", 5), tell("C-conflict", "returned", 2, told_at=SATURDAY + 9 * HOUR)
    )
    episode = await served.episode_of("C-conflict")
    assert (episode["conflict"], len(episode["conflict_reasons"])) == (True, 1)
    assert episode["interview_id"] is not None


async def test_two_forces_that_tell_of_one_absence_make_one_episode(served: Served) -> None:
    derbyshire = "urn:police:derbyshire"
    token = await served.token("derbyshire", Scope.NOTIFY, derbyshire)
    await served.tell(tell("C-two-forces", "reported"))
    await served.tell(tell("C-two-forces", "reported", 2, source=derbyshire, id="from-derby"), token=token)
    episode = await served.episode_of("C-two-forces")
    assert {incident["source"] for incident in episode["incidents"]} == {NOTTINGHAMSHIRE, derbyshire}


async def test_a_cancelled_absence_is_an_episode_that_says_so(served: Served) -> None:
    await whole(served, "C-cancelled")
    await served.tell(tell("C-cancelled", "cancelled", 8, reason="Recorded in error"))
    episode = await served.episode_of("C-cancelled")
    assert (episode["status"], episode["risk_level"]) == ("cancelled", "high")
    assert [episode["located_at"], episode["returned_at"]] == [None, None]


async def merged(served: Served, who: str) -> tuple[Json, Json]:
    """Tell of two absences that a later word makes one; return both episodes as they were before."""
    await served.tell(tell(who, "reported", 0, "a"), tell(who, "returned", 2, "a"))
    await served.tell(tell(who, "reported", 4, "b"), tell(who, "returned", 6, "b"))
    before, after = await served.episodes_of(who)
    await served.tell(tell(who, "returned", 5, "a"))
    return before, after


async def test_two_episodes_that_become_one_leave_one_on_the_list(served: Served) -> None:
    first, second = await merged(served, "C-merged")
    episode = await served.episode_of("C-merged")
    assert episode["id"] in {first["id"], second["id"]}
    assert len(episode["incidents"]) == 2
    assert (at(episode["started_at"]), at(episode["returned_at"])) == (SATURDAY, SATURDAY + 6 * HOUR)


async def test_an_episode_that_is_no_more_names_the_one_that_answers_for_it(served: Served) -> None:
    first, second = await merged(served, "C-gone")
    left = await served.episode_of("C-gone")
    (gone_id,) = {first["id"], second["id"]} - {left["id"]}
    gone = await served.one(f"episodes/{gone_id}")
    assert gone["superseded_by"] == left["id"]
    assert (left["superseded"], left["superseded_by"]) == (False, None)


async def test_an_episode_that_is_no_more_is_on_no_list(served: Served) -> None:
    before = await merged(served, "C-off")
    left = await served.episode_of("C-off")
    (gone_id,) = {one["id"] for one in before} - {left["id"]}
    lists = [
        await served.items("episodes"),
        await served.episodes_of(left["child_id"]),
        await served.items("episodes", status="returned"),
        await served.items("episodes", **{"from": "2026-03-28", "to": "2026-03-29"}),
    ]
    assert [gone_id in {one["id"] for one in found} for found in lists] == [False] * 4


async def test_superseded_by_names_the_last_of_several_steps(served: Served) -> None:
    who = "C-steps"
    for part, hour in (("a", 0), ("b", 4), ("c", 8)):
        await served.tell(tell(who, "reported", hour, part), tell(who, "returned", hour + 2, part))
    ids = {one["id"] for one in await served.episodes_of(who)}
    await served.tell(tell(who, "returned", 9, "b"))
    await served.tell(tell(who, "returned", 5, "a"))
    left = await served.episode_of(who)
    answers = [(await served.one(f"episodes/{gone}"))["superseded_by"] for gone in ids - {left["id"]}]
    assert answers == [left["id"]] * 2


async def test_a_child_is_found_by_our_id_and_by_the_authoritys(served: Served) -> None:
    episode = await whole(served, "C-both/ids & more")
    assert UUID(episode["child_id"])
    assert await served.episodes_of(episode["child_id"]) == [episode]
    assert await served.episodes_of(episode["child_id"].upper()) == [episode]
    assert await served.episodes_of("C-both/ids & more") == [episode]


@pytest.mark.parametrize("who", ["C-nobody", NOBODYS, "%", "C-'; DROP TABLE children; --"])
async def test_a_child_that_nobody_knows_has_no_episodes(served: Served, who: str) -> None:
    assert await served.episodes_of(who) == []


async def test_a_child_is_also_found_by_the_id_that_it_had_before_somebody_knew_who_it_is(
    served: Served,
) -> None:
    name = {"family_name": "Adeyemi", "given_names": "Tola", "date_of_birth": "2012-01-05"}
    sent = message("reported", SATURDAY, id="tola-1", subject="NP-tola", child=name)
    await served.tell(sent)
    (before,) = [one for one in await served.items("episodes") if one["notifications"] == ["tola-1"]]
    known = name | {"authority_child_id": "C-tola"}
    await served.tell(message("updated", SATURDAY + HOUR, id="tola-2", subject="NP-tola", child=known))
    after = await served.episode_of("C-tola")
    assert after["notifications"] == ["tola-1", "tola-2"]
    assert await served.episodes_of(before["child_id"]) == [after]


async def test_status_chooses_and_may_be_given_more_than_once(served: Served) -> None:
    await served.tell(tell("C-by-status", "reported", 0, "a"), tell("C-by-status", "returned", 1, "a"))
    await served.tell(tell("C-by-status", "reported", 9, "b"))
    await served.tell(tell("C-by-status", "reported", 4, "c"), tell("C-by-status", "cancelled", 5, "c"))

    async def found(*statuses: str) -> list[str]:
        return sorted(one["status"] for one in await served.episodes_of("C-by-status", status=list(statuses)))

    assert await found("open") == ["open"]
    assert await found("open", "cancelled") == ["cancelled", "open"]
    assert await found("located") == []
    assert await found() == ["cancelled", "open", "returned"]


DAYS = [
    ({"from": "2026-05-01", "to": "2026-05-01"}, ["1 May"]),
    ({"from": "2026-05-02", "to": "2026-05-02"}, ["1 May", "2 May"]),  # midnight in London lies between
    ({"from": "2026-05-03"}, ["2 May", "open"]),
    ({"to": "2026-05-01"}, ["1 May"]),
    ({"to": "2026-04-30"}, []),
    ({"from": "2026-05-20", "to": "2026-05-20"}, ["open"]),
    ({"from": "2026-05-01T23:00:00Z", "to": "2026-05-01T23:00:00Z"}, ["1 May"]),
    ({"from": "2026-05-02T00:00:00+01:00", "to": "2026-05-02T00:00:00+01:00"}, ["1 May"]),
    ({"from": "2026-05-01T23:00:01Z", "to": "2026-05-02T00:59:59+01:00"}, []),
    ({"from": "0001-01-01", "to": "9999-12-31"}, ["1 May", "2 May", "open"]),
    ({"from": "0001-01-01T00:00:00Z", "to": "9999-12-31T23:59:59.999999Z"}, ["1 May", "2 May", "open"]),
]


@pytest.mark.parametrize(("when", "wanted"), DAYS)
async def test_from_and_to_choose_what_touches_that_time(
    served: Served, may: str, when: dict[str, str], wanted: list[str]
) -> None:
    names = {"NP-C-may1": "1 May", "NP-C-may2": "2 May", "NP-C-may3": "open"}
    found = [names[one["incidents"][0]["subject"]] for one in await served.episodes_of(may, **when)]
    assert found == wanted


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def may(served: Served) -> str:
    """A child who was away three times: until midnight in London, from an hour later, and to this day."""
    served.clock.now = max(served.clock.now, day("2026-05-30T09:00:00+00:00"))
    told = [
        ("reported", "1", "2026-05-01T18:00:00+01:00"),
        ("returned", "1", "2026-05-02T00:00:00+01:00"),
        ("reported", "2", "2026-05-02T01:00:00+01:00"),
        ("returned", "2", "2026-05-03T09:00:00+01:00"),
        ("reported", "3", "2026-05-12T09:00:00+01:00"),
    ]
    who = child("C-may")
    await served.tell(
        *(
            message(kind, day(when), id=f"may-{number}-{kind}", subject=f"NP-C-may{number}", child=who)
            for kind, number, when in told
        )
    )
    child_id: str = (await served.episodes_of("C-may"))[0]["child_id"]
    return child_id


async def test_a_plus_that_became_a_space_on_its_way_is_understood(served: Served, may: str) -> None:
    token = await served.token("reader", Scope.READ)
    query = f"child={may}&from=2026-05-02T00:00:00+01:00&to=2026-05-02T00:00:00+01:00"
    response = await served.http.get(
        f"/api/v1/episodes?{query}", headers={"Authorization": f"Bearer {token}"}
    )
    assert response.status_code == 200, response.text
    assert len(response.json()["items"]) == 1


async def test_a_day_is_a_day_in_london(served: Served) -> None:
    """Clocks go forward on 29 March 2026: that day ends at 23:00 UTC."""
    late = message(
        "reported", day("2026-03-29T23:30:00+00:00"), id="late", subject="NP-late", child=child("C-late")
    )
    await served.tell(late)
    days = [len(await served.episodes_of("C-late", to=until)) for until in ("2026-03-29", "2026-03-30")]
    assert days == [0, 1]


WRONG = [
    ({"status": "missing"}, "status"),
    ({"status": "open,returned"}, "status"),
    ({"from": "yesterday"}, "from"),
    ({"from": "2026-02-30"}, "from"),
    ({"from": "2026-03-28T10:00:00"}, "from"),
    ({"to": "28/03/2026"}, "to"),
    ({"to": "2026-13-01T00:00:00Z"}, "to"),
    ({"from": "2026-03-29", "to": "2026-03-28"}, "to"),
    ({"limit": "0"}, "limit"),
    ({"limit": "501"}, "limit"),
    ({"limit": "ten"}, "limit"),
    ({"limit": "-1"}, "limit"),
    ({"cursor": "nonsense"}, "cursor"),
    ({"cursor": "é"}, "cursor"),
    ({"cursor": "WyJ4Il0"}, "cursor"),
    ({"cursor": "Wy0xXQ"}, "cursor"),
    ({"cursor": "W3RydWVd"}, "cursor"),
    ({"cursor": "W2ZhbHNlXQ"}, "cursor"),
    ({"cursor": "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ"}, "cursor"),
    ({"cursor": "W1tbW1tb" * 5000}, "cursor"),
    ({"child": "x\0"}, "child"),
    ({"child": "x" * 401}, "child"),
    ({"childd": "C-1"}, "childd"),
    ({"Child": "C-1"}, "Child"),
    ({"page": "2"}, "page"),
]


@pytest.mark.parametrize(("query", "name"), WRONG)
async def test_a_parameter_that_cannot_be_understood_is_named(
    served: Served, query: dict[str, str], name: str
) -> None:
    response = await served.get("episodes", **query)
    assert is_problem(response, 422)
    assert [field.split(".")[0] for field in named(response)] == [name]
    assert name in response.json()["detail"]


async def test_every_wrong_parameter_is_named_at_once(served: Served) -> None:
    response = await served.get("episodes", **{"from": "x", "limit": "0", "colour": "red"})
    assert named(response).keys() == {"from", "limit", "colour"}


@pytest.mark.parametrize("id_", [NOBODYS, "1", "NP-26-004211", "%00", "..%2f..%2fetc", "x" * 300])
async def test_an_id_that_is_no_episodes_is_not_found(served: Served, id_: str) -> None:
    token = await served.token("reader", Scope.READ)
    response = await served.http.get(
        httpx.URL("http://127.0.0.1", raw_path=f"/api/v1/episodes/{id_}".encode()),
        headers={"Authorization": f"Bearer {token}"},
    )
    assert is_problem(response, 404)
