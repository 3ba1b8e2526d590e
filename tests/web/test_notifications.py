"""The way in by HTTP: what is taken, what is refused, and that nothing is lost."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from tests.messages import AMARA, DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.web.conftest import BATCH, NOW, Desk, fields

SEEN = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)


def reported(id: str = "m1", **other: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    missing = {"risk_level": "medium", "last_seen_at": SEEN.isoformat()}
    return message("reported", SEEN + timedelta(hours=4), id=id, missing=missing, **other)


async def letter_of(desk: Desk, answer: Response) -> dict[str, Any]:
    kept = await desk.get(f"/api/v1/letters/{answer.json()['letter']}")
    assert kept.status_code == 200
    letter: dict[str, Any] = kept.json()
    return letter


async def in_inbox(desk: Desk, authority: str = NOTTINGHAM) -> int:
    async with desk.store.transaction(authority) as tx:
        return int(await tx.scalar("SELECT count(*) FROM inbox"))


async def test_a_notification_is_accepted_with_a_receipt(desk: Desk) -> None:
    answer = await desk.post(json.dumps(reported()))
    assert (answer.status_code, answer.json()) == (
        202,
        {"id": "m1", "source": NOTTINGHAMSHIRE, "status": "accepted"},
    )


@pytest.mark.parametrize(
    "media_type",
    ["application/cloudevents+json; charset=utf-8", "application/json", 'application/json;charset="UTF-8"'],
)
async def test_other_spellings_of_the_media_type_are_understood(desk: Desk, media_type: str) -> None:
    assert (await desk.post(json.dumps(reported()), media_type)).status_code == 202


async def test_the_same_notification_again_is_a_duplicate(desk: Desk) -> None:
    await desk.post(json.dumps(reported()))
    again = await desk.post(json.dumps(reported(), indent=3, sort_keys=True))
    assert (again.status_code, again.json()["status"]) == (202, "duplicate")


async def test_the_same_identity_with_other_content_is_a_conflict_and_the_first_stands(desk: Desk) -> None:
    await desk.post(json.dumps(reported()))
    other = await desk.post(json.dumps(reported(subject="NP-26-999999")))
    assert (other.status_code, other.json()["status"]) == (202, "conflict")
    assert "NP-26-999999" in (await letter_of(desk, other))["original"]["content"]


async def test_messages_that_come_at_the_same_time_each_get_their_own_receipt(desk: Desk) -> None:
    bodies = [json.dumps(reported(f"m{number}")) for number in range(40)]
    answers = await asyncio.gather(*(desk.post(body) for body in [*bodies, *bodies]))
    assert [answer.json()["id"] for answer in answers] == [f"m{n}" for n in range(40)] * 2
    assert sorted(answer.json()["status"] for answer in answers) == ["accepted"] * 40 + ["duplicate"] * 40


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        ({"time": "2026-03-28T22:41:00"}, "time", "offset"),
        ({"data": {"occurred_at": "2026-03-28T22:10:00"}}, "data.occurred_at", "offset"),
        ({"type": "uk.police.missing-child.vanished.v1"}, "type", "reads"),
        ({"type": "uk.police.missing-child.reported.v9"}, "type", "reads"),
        ({"specversion": "0.3"}, "specversion", "1.0"),
        ({"subject": None}, "subject", ""),
        ({"data": {"authority": "Nottingham"}}, "data.authority", "E06000018"),
        ({"data": {"missing": {"risk_level": "grave"}}}, "data.missing.risk_level", "medium"),
        ({"data": {"child": {"family_name": "Okafor\0"}}}, "data.child.family_name", "NUL"),
    ],
)
async def test_what_cannot_be_taken_is_refused_by_field_and_kept(
    desk: Desk, change: dict[str, Any], field: str, mend: str
) -> None:
    wrong = merge(reported(), change)
    answer = await desk.post(json.dumps(wrong))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert fields(answer) == [field]
    assert mend in answer.json()["errors"][0]["message"]
    assert json.loads((await letter_of(desk, answer))["original"]["content"]) == wrong


def merge(into: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return into | {
        name: merge(into.get(name) or {}, value) if isinstance(value, dict) else value
        for name, value in change.items()
    }


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"specversion": "1.0", "id": "m1", "sou', "JSON"),
        (b'{"specversion": "1.0", "id": "Am\xe9lie"}', "UTF-8"),
        (b"", "JSON"),
        (b"\0\0", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'"a notification"', "one JSON object"),
        (b"[]", "one JSON object"),
    ],
)
async def test_what_is_no_message_at_all_is_refused_and_its_bytes_are_kept(
    desk: Desk, body: bytes, says: str
) -> None:
    answer = await desk.post(body)
    assert answer.status_code == 422
    assert says in answer.json()["errors"][0]["message"]
    assert (await letter_of(desk, answer))["size_bytes"] == len(body)


async def test_bytes_that_are_not_text_are_shown_as_base64(desk: Desk) -> None:
    letter = await letter_of(desk, await desk.post(b"\xff\xfe"))
    assert letter["original"] == {"encoding": "base64", "content": "//4="}


@pytest.mark.parametrize(
    ("child", "at", "mark"),
    [
        ({}, SEEN, "no_identity"),
        ({"family_name": "Okafor", "given_names": "Amara"}, SEEN, "no_birth_date"),
        (AMARA | {"date_of_birth": "2001-07-02"}, SEEN, "adult"),
        (AMARA | {"nhs_number": "9434765910"}, SEEN, "bad_nhs_number"),
        (AMARA, NOW + timedelta(hours=3), "future_instant"),
    ],
)
async def test_what_is_doubtful_is_taken_marked_and_shown_to_a_screener(
    desk: Desk, child: dict[str, str], at: datetime, mark: str
) -> None:
    answer = await desk.post(json.dumps(message("reported", at, id="m1", child=child)))
    assert answer.json()["status"] == "accepted"
    await desk.runner.drain()
    assert mark in (await desk.items("/api/v1/episodes"))[0]["marks"]
    asked = await desk.items("/api/v1/questions", kind="doubtful_notification")
    assert mark in asked[0]["evidence"]["marks"]


async def test_a_batch_answers_each_message_in_order(desk: Desk) -> None:
    await desk.post(json.dumps(reported("m1")))
    wrong = merge(reported("m3"), {"time": "2026-03-28T22:41:00"})
    stranger = reported("m4", source="urn:police:derbyshire")
    answer = await desk.post(json.dumps([reported("m2"), wrong, reported("m1"), stranger, 5]), BATCH)
    assert answer.status_code == 202
    told = [(one["id"], one["status"]) for one in answer.json()]
    assert told == [
        ("m2", "accepted"),
        ("m3", "rejected"),
        ("m1", "duplicate"),
        ("m4", "rejected"),
        (None, "rejected"),
    ]
    assert [one["errors"][0]["field"] for one in answer.json() if "errors" in one] == ["time", "source", ""]
    assert all(UUID(one["letter"]) for one in answer.json() if one["status"] == "rejected")


@pytest.mark.parametrize("body", [json.dumps(reported()), "null", '"m1"', "[{"])
async def test_a_batch_that_is_no_array_is_refused_and_kept(desk: Desk, body: str) -> None:
    answer = await desk.post(body, BATCH)
    assert answer.status_code == 422
    assert (await letter_of(desk, answer))["original"]["content"] == body
    assert await in_inbox(desk) == 0


async def test_an_empty_batch_has_an_empty_answer(desk: Desk) -> None:
    answer = await desk.post("[]", BATCH)
    assert (answer.status_code, answer.json()) == (202, [])


async def test_a_force_may_not_send_as_another(desk: Desk) -> None:
    answer = await desk.post(json.dumps(reported(source="urn:police:derbyshire")))
    assert (answer.status_code, fields(answer)) == (403, ["source"])
    assert (await letter_of(desk, answer))["sender"] == "notify"


async def test_a_token_may_not_send_for_another_authority(desk: Desk) -> None:
    answer = await desk.post(json.dumps(reported(authority=DERBY)))
    assert (answer.status_code, fields(answer)) == (403, ["data.authority"])
    assert await in_inbox(desk, DERBY) == 0


async def test_an_authority_that_is_not_served_here_is_refused(desk: Desk) -> None:
    answer = await desk.post(json.dumps(reported(authority="E06000016")))
    assert (answer.status_code, fields(answer)) == (422, ["data.authority"])
    assert "not served here" in answer.json()["errors"][0]["message"]


async def test_an_authority_s_own_system_sends_as_its_staff(desk: Desk) -> None:
    own = await desk.post(json.dumps(reported(source=f"urn:authority:{NOTTINGHAM}")), scope="work")
    police = await desk.post(json.dumps(reported("m2")), scope="work")
    assert (own.status_code, police.status_code) == (202, 403)


async def test_a_reader_may_not_send(desk: Desk) -> None:
    answer = await desk.post(json.dumps(reported()), scope="read")
    assert answer.status_code == 403
    assert "notify or work" in answer.json()["detail"]


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/json; charset=latin-1", "text/csv"])
async def test_another_media_type_is_refused(desk: Desk, media_type: str) -> None:
    answer = await desk.post(json.dumps(reported()), media_type)
    assert answer.status_code == 415
    assert "application/cloudevents+json" in answer.json()["detail"]


async def test_unknown_fields_are_kept_as_they_came(desk: Desk) -> None:
    await desk.post(json.dumps(reported() | {"traceparent": "00-ab"}))
    async with desk.store.transaction(NOTTINGHAM) as tx:
        assert (await tx.scalar("SELECT payload FROM inbox"))["traceparent"] == "00-ab"
