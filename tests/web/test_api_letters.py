"""Dead letters and questions: what waits for a person, with all that they need to decide."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from casework import letters
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.web.served import AUTHORITIES, NOBODYS, Json, Served, at, child, is_problem, named

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-letters")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def tell(who: str, kind: str, hours: float = 0, **more: Any) -> Json:
    facts = {"id": f"{who}-{kind}-{hours}", "subject": f"NP-{who}", "child": child(who)} | more
    return message(kind, SATURDAY + hours * HOUR, **facts)


async def refused(served: Served, id_: str) -> Json:
    """Send what has no offset, and return the letter in which it is kept."""
    response = await served.post(tell(f"C-{id_}", "reported") | {"time": "2026-03-28T22:10:00"})
    return await served.letter_of(response)


async def test_a_letter_says_who_sent_it_by_which_way_when_and_what_is_wrong(served: Served) -> None:
    letter = await refused(served, "envelope")
    told = {
        "authority": NOTTINGHAM,
        "via": "http",
        "sender": "feed",
        "received_at": served.clock.now.isoformat(),
        "arrivals": 1,
        "outcome": None,
        "mended": None,
    }
    assert letter.items() >= told.items()
    assert [reason["field"] for reason in letter["reasons"]] == ["time"]


async def test_a_letter_is_on_the_list_without_what_is_in_it(served: Served) -> None:
    letter = await refused(served, "listed")
    (listed,) = [one for one in await served.items("letters") if one["id"] == letter["id"]]
    assert listed.items() <= letter.items()
    assert "Amara" not in json.dumps(await served.items("letters"))


async def test_bytes_that_are_no_text_are_told_in_base64(served: Served) -> None:
    letter = await served.letter_of(await served.post(b"\xff\xfe\x00"))
    assert (letter["original"], letter["size_bytes"]) == ({"encoding": "base64", "content": "//4A"}, 3)


async def test_a_mended_letter_shows_both_and_who_mended_it(served: Served) -> None:
    letter = await refused(served, "mended")
    mended = json.dumps(tell("C-mended", "reported")).encode()
    now = served.clock.move_on()
    await letters.mend(served.store, NOTTINGHAM, UUID(letter["id"]), mended, person="amira", now=now)
    await letters.replay(served.store, AUTHORITIES, UUID(letter["id"]), "amira", now)
    await served.applied()
    after = await served.one(f"letters/{letter['id']}")
    assert after["original"] == letter["original"]
    assert (after["mended"]["content"].encode(), after["mended_by"], after["outcome"]) == (
        mended,
        "amira",
        "accepted",
    )
    assert len(await served.episodes_of("C-mended")) == 1


async def test_waiting_tells_those_that_wait_from_those_that_are_settled(served: Served) -> None:
    waits, settled = await refused(served, "waits"), await refused(served, "settled")
    mended = json.dumps(tell("C-settled", "reported")).encode()
    person, now = "amira", served.clock.now
    await letters.mend(served.store, NOTTINGHAM, UUID(settled["id"]), mended, person=person, now=now)
    await letters.replay(served.store, AUTHORITIES, UUID(settled["id"]), person, now)
    found = {
        asked: {one["id"] for one in await served.items("letters", waiting=asked)}
        for asked in ("true", "false")
    }
    assert waits["id"] in found["true"] - found["false"]
    assert settled["id"] in found["false"] - found["true"]


@pytest.mark.parametrize("id_", [NOBODYS, "1", "%2e%2e"])
async def test_an_id_that_is_no_letters_is_not_found(served: Served, id_: str) -> None:
    assert is_problem(await served.get(f"letters/{id_}"), 404)


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("letters", {"waiting": "perhaps"}, "waiting"),
        ("letters", {"status": "waiting"}, "status"),
        ("letters", {"cursor": "WzFd"}, "cursor"),
        ("questions", {"kind": ""}, "kind"),
        ("questions", {"child": "C-1"}, "child"),
        ("questions", {"cursor": "e30"}, "cursor"),
        ("questions", {"limit": "9" * 30}, "limit"),
    ],
)
async def test_a_parameter_that_cannot_be_understood_is_named(
    served: Served, path: str, query: dict[str, str], name: str
) -> None:
    response = await served.get(path, **query)
    assert is_problem(response, 422)
    assert list(named(response)) == [name]


async def test_a_child_that_nobody_knows_is_a_question_and_has_a_clock_all_the_same(served: Served) -> None:
    name = {"family_name": "Bello", "given_names": "Zainab", "date_of_birth": "2012-11-30"}
    await served.tell(tell("C-new", "returned", child=name))
    (asked,) = [
        one for one in await served.items("questions", kind="unknown_child")
        if one["notification"] == {"source": NOTTINGHAMSHIRE, "id": "C-new-returned-0"}
    ]  # fmt: skip
    (interview,) = await served.items("interviews", child=asked["child_id"])
    assert at(asked["opened_at"]) == served.clock.now
    assert at(interview["due_at"]) == SATURDAY + 72 * HOUR


async def test_conflicting_times_are_a_question_about_the_episode_with_the_reasons(served: Served) -> None:
    await served.tell(
        tell("C-order", "reported", 5), tell("C-order", "returned", 2, told_at=SATURDAY + 6 * HOUR)
    )
    episode = await served.episode_of("C-order")
    (asked,) = [
        one for one in await served.items("questions", kind="conflicting_times")
        if one["episode_id"] == episode["id"]
    ]  # fmt: skip
    assert asked["evidence"] == {"reasons": episode["conflict_reasons"]}


async def test_a_question_that_the_facts_answer_is_gone(served: Served) -> None:
    await served.tell(
        tell("C-settles", "reported", 5), tell("C-settles", "returned", 2, told_at=SATURDAY + 6 * HOUR)
    )
    episode = await served.episode_of("C-settles")
    await served.tell(tell("C-settles", "returned", 9))
    left = [one for one in await served.items("questions") if one["episode_id"] == episode["id"]]
    assert left == []


async def test_nothing_but_a_prevention_interview_is_a_question_and_no_episode(served: Served) -> None:
    await served.tell(tell("C-check", "prevention-interview", prevention_interview={"held": True}))
    asked = [
        one["notification"]["id"] for one in await served.items("questions", kind="prevention_interview_only")
    ]
    assert "C-check-prevention-interview-0" in asked
    assert await served.episodes_of("C-check") == []


async def test_a_message_that_a_bug_of_ours_stops_is_a_letter_and_stops_nobody(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casework import whose

    telling = whose.telling

    def broken(stored: Any) -> Any:
        if stored.key.id.startswith("C-broken"):
            raise RuntimeError("a bug of ours")
        return telling(stored)

    monkeypatch.setattr(whose, "telling", broken)
    with capture_logs():
        await served.tell(tell("C-broken", "reported"), tell("C-whole", "reported"))
    (letter,) = [one for one in await served.items("letters", waiting="true") if one["via"] == "inbox"]
    assert (letter["sender"], "RuntimeError" in letter["reasons"][0]["message"]) == (NOTTINGHAMSHIRE, True)
    assert len(await served.episodes_of("C-whole")) == 1
