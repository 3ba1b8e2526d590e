"""What cannot be read, or is doubtful: the answer names the field and the mend, and nothing is lost."""

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.tokens import Scope
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.web.served import BATCH, NOW, Json, Served, child, is_problem, named

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-bad-input")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
LACKING = object()
LEICESTER = "E06000016"


def report(id_: str, at: datetime = SATURDAY, **changes: Any) -> Json:
    facts = {"child": child(f"C-{id_}"), "missing": {"risk_level": "medium"}}
    return message("reported", at, id=id_, subject=f"NP-{id_}", **facts | changes)


def changed(sent: Json, path: str, value: object) -> Json:
    """Return a message with one field set to another value, or taken away."""
    first, _, rest = path.partition(".")
    inner = changed(sent.get(first, {}), rest, value) if rest else value
    return {name: item for name, item in {**sent, first: inner}.items() if item is not LACKING}


REFUSED = [
    ("time", "2026-03-28T22:41:00", "offset"),
    ("time", "yesterday", "2026-03-28T22:41:00+00:00"),
    ("time", "2026-02-30T22:41:00Z", "does not exist"),
    ("time", 1774737660, "instant"),
    ("time", LACKING, "add it"),
    ("data.occurred_at", "2026-03-28 22:10", "offset"),
    ("data.missing.last_seen_at", "2026-03-28T18:30:00", "offset"),
    ("type", "uk.police.missing-child.vanished.v1", "uk.police.missing-child.reported.v1"),
    ("type", "uk.police.missing-child.reported.v2", "uk.police.missing-child.reported.v1"),
    ("type", LACKING, "add it"),
    ("type", ["x"], "text"),
    ("id", LACKING, "add it"),
    ("id", "", "fill it"),
    ("id", 17, "text"),
    ("id", "x" * 201, "shorten it"),
    ("id", "two\nlines", "remove it"),
    ("subject", LACKING, "add it"),
    ("subject", None, "text"),
    ("source", LACKING, "add it"),
    ("source", "urn:police: nottinghamshire", "white space"),
    ("specversion", "0.3", "1.0"),
    ("specversion", LACKING, "add it"),
    ("data", LACKING, "add it"),
    ("data", "text", "object"),
    ("data.authority", LACKING, "add it"),
    ("data.authority", "Nottingham", "E06000018"),
    ("data.authority", LEICESTER, "is not served here"),
    ("data.child", ["Amara"], "object"),
    ("data.child.date_of_birth", "2 July 2011", "2011-07-02"),
    ("data.child.date_of_birth", "2011-02-29", "does not exist"),
    ("data.child.family_name", "Oka\0for", "NUL"),
    ("data.child.also_known_as", "Mari", "list"),
    ("data.missing.risk_level", "severe", "'high'"),
    ("data.missing.category", "absent", "'away_without_authorisation'"),
    ("data.missing.missing_from", "the moon", "'home'"),
    ("extension", {"deep": ["\0"]}, "NUL"),
]


@pytest.mark.parametrize(("path", "value", "mend"), REFUSED)
async def test_what_is_wrong_is_named_with_its_mend_and_kept(
    served: Served, path: str, value: object, mend: str
) -> None:
    sent = changed(report("refused"), path, value)
    response = await served.post(sent)
    letter = await served.letter_of(response)
    assert is_problem(response, 422)
    assert any(field.startswith(path) and mend in told for field, told in named(response).items()), named(
        response
    )
    assert json.loads(letter["original"]["content"]) == sent
    assert {error["field"]: error["message"] for error in letter["reasons"]} == named(response)


async def test_everything_that_is_wrong_is_named_at_once(served: Served) -> None:
    sent = changed(changed(report("all"), "time", "2026-03-28T22:41:00"), "data.missing.risk_level", "severe")
    response = await served.post(changed(sent, "subject", LACKING))
    assert named(response).keys() == {"time", "data.missing.risk_level", "subject"}


@pytest.mark.parametrize("name", ["bad\0name", "half\ud800pair"])
async def test_the_name_of_a_field_cannot_hold_it_either(served: Served, name: str) -> None:
    response = await served.post(report("name") | {name: 1})
    assert is_problem(response, 422)
    assert len(named(response)) == 1


UNREADABLE = {
    "truncated": json.dumps(report("cut")).encode()[:-20],
    "not UTF-8": json.dumps(report("latin"), ensure_ascii=False).encode().replace(b"Amara", b"Am\xe9lie"),
    "in UTF-16": json.dumps(report("wide")).encode("utf-16"),
    "empty": b"",
    "not JSON": b"<notification/>",
    "half a character": json.dumps(report("half")).encode().replace(b"Amara", b"Am\\ud800ra"),
    "a bare NUL": json.dumps(report("nul")).encode().replace(b"Amara", b"Am\0ara"),
    "not a number": json.dumps(report("nan") | {"n": float("nan")}).encode(),
    "no end": json.dumps(report("infinite") | {"n": float("inf")}).encode(),
    "too large a number": json.dumps(report("1e999")).encode().replace(b'"1.0"', b'"1.0", "n": 1e999'),
    "too long a number": json.dumps(report("long")).encode().replace(b'"1.0"', b'"1.0", "n": ' + b"9" * 5000),
    "too deep": b"[" * 100_000,
    "too deep inside": json.dumps(report("deep")).encode()[:-1]
    + b', "x":'
    + b"[" * 5000
    + b"]" * 5000
    + b"}",
    "two messages": json.dumps(report("one")).encode() * 2,
    "a list": json.dumps([report("listed")]).encode(),
    "a text": b'"text"',
    "null": b"null",
    "a number": b"1",
    "an empty object": b"{}",
}


@pytest.mark.parametrize("what", UNREADABLE)
async def test_what_is_no_message_is_refused_with_the_reason_and_its_bytes_are_kept(
    served: Served, what: str
) -> None:
    response = await served.post(UNREADABLE[what])
    letter = await served.letter_of(response)
    assert is_problem(response, 422)
    assert response.json()["errors"]
    assert content_of(letter["original"]) == UNREADABLE[what]


@pytest.mark.parametrize("what", [what for what in UNREADABLE if what not in {"a list"}])
async def test_what_is_no_batch_is_refused_or_its_items_are(served: Served, what: str) -> None:
    response = await served.post(UNREADABLE[what], media_type=BATCH)
    assert is_problem(response, 422)
    assert content_of((await served.letter_of(response))["original"]) == UNREADABLE[what]


def content_of(kept: Mapping[str, str]) -> bytes:
    if kept["encoding"] == "base64":
        return b64decode(kept["content"], validate=True)
    return kept["content"].encode()


async def test_a_refusal_says_where_the_text_stops_being_utf_8(served: Served) -> None:
    response = await served.post(b'{"id": "\xff"}')
    assert "UTF-8 at byte 8" in response.json()["detail"]


async def test_the_same_unreadable_bytes_again_are_counted_and_not_kept_twice(served: Served) -> None:
    first, second = await served.post(b"again and again"), await served.post(b"again and again")
    letter = await served.letter_of(second)
    assert first.json()["letter"] == second.json()["letter"]
    assert (letter["arrivals"], letter["size_bytes"]) == (2, 15)


async def test_a_body_of_20_mb_is_refused_and_says_how_large_it_may_be(served: Served) -> None:
    before = await served.items("letters")
    response = await served.post(b'{"x": "' + b"x" * 20_000_000 + b'"}')
    assert is_problem(response, 413)
    assert "10,000,000 bytes" in response.json()["detail"]
    assert await served.items("letters") == before


async def test_a_body_just_within_the_limit_is_taken(served: Served) -> None:
    sent = report("large", missing={"circumstances": "x" * 9_900_000})
    response = await served.post(sent)
    assert (response.status_code, response.json()["status"]) == (202, "accepted")


async def test_another_forces_source_is_refused_and_kept(served: Served) -> None:
    sent = report("stolen", source="urn:police:derbyshire")
    response = await served.post(sent)
    letter = await served.letter_of(response)
    assert is_problem(response, 403)
    assert NOTTINGHAMSHIRE in named(response)["source"]
    assert (json.loads(letter["original"]["content"]), letter["sender"]) == (sent, "feed")


async def test_another_authoritys_child_is_refused_and_kept(served: Served) -> None:
    sent = report("elsewhere", authority=DERBY)
    response = await served.post(sent)
    letter = await served.letter_of(response)
    assert is_problem(response, 403)
    assert NOTTINGHAM in named(response)["data.authority"]
    assert json.loads(letter["original"]["content"]) == sent


@pytest.mark.parametrize(
    ("path", "value"), [("source", "urn:police:derbyshire"), ("data.authority", DERBY), ("id", "")]
)
async def test_in_a_batch_it_is_rejected_by_the_same_field(served: Served, path: str, value: str) -> None:
    (item,) = (await served.post([changed(report("in-batch"), path, value)])).json()
    assert item["status"] == "rejected"
    assert [error["field"] for error in item["errors"]] == [path]


async def test_a_clock_that_is_fast_is_taken_marked_and_counted_at_its_receipt(served: Served) -> None:
    await served.tell(report("fast", NOW - timedelta(days=1)))
    (receipt,) = await served.tell(
        message("returned", NOW + timedelta(hours=5), id="fast-2", subject="NP-fast", child=child("C-fast"))
    )
    episode = await served.episode_of("C-fast")
    assert (receipt["status"], episode["marks"]) == ("accepted", ["future_instant"])
    assert episode["returned_at"] == NOW.isoformat()


async def test_a_clock_that_is_a_little_fast_is_not_worth_a_mark(served: Served) -> None:
    await served.tell(report("little", NOW + timedelta(minutes=5)))
    assert (await served.episode_of("C-little"))["marks"] == []


NO_IDENTITY = {"sex": "female", "given_names": "Amara"}
DOUBTFUL: dict[str, tuple[Json, set[str]]] = {
    "no child at all": ({}, {"no_identity", "no_birth_date", "provisional_child"}),
    "no identity": (NO_IDENTITY, {"no_identity", "no_birth_date", "provisional_child"}),
    "no birth date": ({"family_name": "Okafor"}, {"no_birth_date", "provisional_child"}),
    "an adult": (child("C-adult", date_of_birth="2008-03-28"), {"adult"}),
    "a bad check digit": (child("C-digit", nhs_number="9434765918"), {"bad_nhs_number"}),
    "a bad pupil number": (child("C-pupil", upn="A801200001001"), {"bad_upn"}),
}


@pytest.mark.parametrize("what", DOUBTFUL)
async def test_what_is_doubtful_is_accepted_marked_and_shown_to_a_screener(served: Served, what: str) -> None:
    facts, marks = DOUBTFUL[what]
    id_ = f"doubt-{what.replace(' ', '-')}"
    (receipt,) = await served.tell(report(id_, child=facts))
    (episode,) = [one for one in await served.items("episodes") if one["notifications"] == [id_]]
    questions = await served.items("questions", kind="doubtful_notification")
    assert (receipt["status"], set(episode["marks"])) == ("accepted", marks)
    assert {"source": NOTTINGHAMSHIRE, "id": id_} in [one["notification"] for one in questions]


async def test_the_day_before_a_birthday_is_not_an_adults(served: Served) -> None:
    await served.tell(report("almost", child=child("C-almost", date_of_birth="2008-03-29")))
    assert (await served.episode_of("C-almost"))["marks"] == []


async def test_on_the_birthday_it_is_the_day_in_london_that_counts(served: Served) -> None:
    late = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # half past midnight on 30 March in London
    await served.tell(report("london", late, child=child("C-london", date_of_birth="2008-03-30")))
    assert (await served.episode_of("C-london"))["marks"] == ["adult"]


async def test_a_child_without_anything_is_still_given_a_clock(served: Served) -> None:
    await served.tell(message("returned", SATURDAY, id="nobody", subject="NP-nobody", child={}))
    (interview,) = [
        await served.one(f"interviews/{one['interview_id']}")
        for one in await served.items("episodes")
        if one["notifications"] == ["nobody"]
    ]
    assert interview["due_at"] == (SATURDAY + timedelta(hours=72)).isoformat()


async def test_a_number_with_a_bad_check_digit_is_kept_and_not_matched_on(served: Served) -> None:
    bad = {"family_name": "Okafor", "date_of_birth": "2011-07-02", "nhs_number": "9434765911"}
    first = report("digit-1", child=bad | {"given_names": "Amara"})
    await served.tell(first, report("digit-2", child=bad | {"given_names": "Efua"}))
    children = {
        one["child_id"]
        for one in await served.items("episodes")
        if one["notifications"][0].startswith("digit-")
    }
    with served.superuser() as superuser:
        kept = superuser.execute(
            "SELECT payload->'data'->'child'->>'nhs_number' FROM inbox WHERE id = 'digit-1'"
        )
        assert kept.fetchone() == ("9434765911",)
    assert len(children) == 2


async def test_a_number_with_a_right_check_digit_is_matched_on(served: Served) -> None:
    right = {"family_name": "Okafor", "date_of_birth": "2011-07-02", "nhs_number": "9434765919"}
    await served.tell(
        report("right-1", child=right | {"nhs_number": "943 476 5919"}), report("right-2", child=right)
    )
    children = {
        one["child_id"]
        for one in await served.items("episodes")
        if one["notifications"][0].startswith("right-")
    }
    assert len(children) == 1


@pytest.mark.parametrize("field", ["child", "missing"])
async def test_null_counts_as_lacking(served: Served, field: str) -> None:
    response = await served.post(changed(report(f"null-{field}"), f"data.{field}", None))
    assert response.json()["status"] == "accepted"


async def test_a_force_that_may_send_for_one_source_cannot_learn_what_is_stored_of_another(
    served: Served,
) -> None:
    """The same answer, whether the id is taken or not."""
    derbyshire = "urn:police:derbyshire"
    token = await served.token("derbyshire", Scope.NOTIFY, derbyshire)
    sent = report("secret")
    await served.post(sent)
    known = await served.post(sent, token=token)
    unknown = await served.post(report("unknown"), token=token)
    assert (known.status_code, named(known)) == (unknown.status_code, named(unknown))
