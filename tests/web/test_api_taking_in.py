"""POST /api/v1/notifications: what is taken, and what the receipts say."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from casework.tokens import Scope
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.web.served import BATCH, SINGLE, Served, child, is_problem, named

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-taking-in")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)


def report(id_: str, **changes: Any) -> dict[str, Any]:
    return message("reported", SATURDAY, id=id_, subject=f"NP-{id_}", child=child(f"C-{id_}"), **changes)


def receipt(id_: str, status: str) -> dict[str, str]:
    return {"id": id_, "source": NOTTINGHAMSHIRE, "status": status}


async def test_a_notification_is_accepted_with_a_receipt(served: Served) -> None:
    response = await served.post(report("single"))
    assert (response.status_code, response.json()) == (202, receipt("single", "accepted"))


async def test_what_was_accepted_is_in_the_inbox_when_the_answer_comes(served: Served) -> None:
    sent = report("durable", extra={"kept": "as it came"})
    await served.post(sent)
    with served.superuser() as superuser:
        row = superuser.execute("SELECT payload FROM inbox WHERE id = 'durable'").fetchone()
    assert row == (sent,)


async def test_a_second_arrival_is_a_duplicate(served: Served) -> None:
    await served.post(report("twice"))
    response = await served.post(report("twice"))
    assert (response.status_code, response.json()) == (202, receipt("twice", "duplicate"))


async def test_the_same_content_spelled_otherwise_is_a_duplicate(served: Served) -> None:
    sent = report("spelled", missing={"last_seen_place": "Café Rouge"})
    await served.post(sent)
    turned = json.dumps(dict(reversed(sent.items())), indent=4, ensure_ascii=False)
    response = await served.post(b"\xef\xbb\xbf" + turned.encode())
    assert response.json() == receipt("spelled", "duplicate")


async def test_the_same_identity_with_other_content_is_a_conflict_and_is_kept_for_a_screener(
    served: Served,
) -> None:
    await served.post(report("other", missing={"risk_level": "low"}))
    second = report("other", missing={"risk_level": "high"})
    told = (await served.post(second)).json()
    letter = await served.one(f"letters/{told['letter']}")
    assert told.items() >= receipt("other", "conflict").items()
    assert json.loads(letter["original"]["content"]) == second


async def test_of_a_conflict_the_first_stands(served: Served) -> None:
    await served.post(report("first", missing={"risk_level": "low"}))
    response = await served.post(report("first", missing={"risk_level": "high"}))
    await served.applied()
    assert response.status_code == 202
    assert (await served.episode_of("C-first"))["risk_level"] == "low"


async def test_the_same_identity_sent_to_two_authorities_is_a_conflict_and_not_lost(served: Served) -> None:
    derby = await served.token("feed-to-derby", Scope.NOTIFY, NOTTINGHAMSHIRE, DERBY)
    await served.post(report("two-places"))
    told = (await served.post(report("two-places", authority=DERBY), token=derby)).json()
    assert told.items() >= receipt("two-places", "conflict").items()
    assert "letter" in told


async def test_a_batch_answers_one_item_each_in_its_order(served: Served) -> None:
    one, two = report("batch-1"), report("batch-2")
    other = report("batch-1", missing={"risk_level": "high"})
    response = await served.post([one, two, one, other])
    assert response.status_code == 202
    assert [(item["id"], item["status"]) for item in response.json()] == [
        ("batch-1", "accepted"),
        ("batch-2", "accepted"),
        ("batch-1", "duplicate"),
        ("batch-1", "conflict"),
    ]


async def test_accepted_items_of_a_batch_have_plain_receipts(served: Served) -> None:
    response = await served.post([report("plain-1"), report("plain-1")])
    assert response.json() == [receipt("plain-1", "accepted"), receipt("plain-1", "duplicate")]


async def test_one_bad_item_does_not_keep_the_others_of_its_batch_out(served: Served) -> None:
    bad = report("bad-item") | {"time": "2026-03-28T22:10:00"}
    response = await served.post([report("good-1"), bad, report("good-2")])
    await served.applied()
    assert [item["status"] for item in response.json()] == ["accepted", "rejected", "accepted"]
    assert len(await served.episodes_of("C-good-1") + await served.episodes_of("C-good-2")) == 2


async def test_a_bad_item_of_a_batch_names_its_field_and_is_kept(served: Served) -> None:
    bad = report("bad-kept") | {"time": "2026-03-28T22:10:00"}
    (item,) = (await served.post([bad])).json()
    letter = await served.one(f"letters/{item['letter']}")
    assert [error["field"] for error in item["errors"]] == ["time"]
    assert json.loads(letter["original"]["content"]) == bad


async def test_items_that_are_no_notifications_at_all_are_answered_one_by_one(served: Served) -> None:
    response = await served.post([None, 17, "text", [], {}, report("among-them")])
    assert response.status_code == 202
    assert [item["status"] for item in response.json()] == ["rejected"] * 5 + ["accepted"]


async def test_an_empty_batch_has_no_items_to_answer(served: Served) -> None:
    response = await served.post([])
    assert (response.status_code, response.json()) == (202, [])


async def test_a_batch_that_is_no_list_is_refused_and_kept(served: Served) -> None:
    response = await served.post(report("no-list"), media_type=BATCH)
    letter = await served.letter_of(response)
    assert is_problem(response, 422)
    assert "array" in response.json()["detail"]
    assert json.loads(letter["original"]["content"]) == report("no-list")


async def test_a_list_that_does_not_say_that_it_is_a_batch_is_refused_and_kept(served: Served) -> None:
    response = await served.post([report("unsaid")], media_type=SINGLE)
    letter = await served.letter_of(response)
    assert is_problem(response, 422)
    assert json.loads(letter["original"]["content"]) == [report("unsaid")]


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/CloudEvents+JSON; charset=UTF-8", f'{SINGLE};charset="utf-8"'],
)
async def test_a_notification_is_also_taken_as(served: Served, media_type: str) -> None:
    id_ = f"as-{sum(media_type.encode())}"
    response = await served.post(report(id_), media_type=media_type)
    assert response.json() == receipt(id_, "accepted")


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/xml", "multipart/form-data", f"{SINGLE}; charset=latin-1"]
)
async def test_another_media_type_is_refused_and_the_right_ones_are_named(
    served: Served, media_type: str
) -> None:
    response = await served.post(report("typed"), media_type=media_type, **{"Content-Type": media_type})
    assert is_problem(response, 415)
    assert SINGLE in response.json()["detail"]
    assert BATCH in response.json()["detail"]


async def test_a_message_that_was_refused_is_accepted_under_the_same_id_once_it_is_mended(
    served: Served,
) -> None:
    refused = await served.post(report("mended") | {"time": "2026-03-28T22:10:00"})
    response = await served.post(report("mended"))
    assert named(refused).keys() == {"time"}
    assert response.json() == receipt("mended", "accepted")


async def test_staff_record_what_they_are_told_under_their_authoritys_own_source(served: Served) -> None:
    work = await served.token("staff", Scope.WORK)
    source = f"urn:authority:{NOTTINGHAM}"
    response = await served.post(report("by-staff", source=source), token=work)
    assert response.json() == {"id": "by-staff", "source": source, "status": "accepted"}


async def test_the_same_id_from_another_source_is_another_message(served: Served) -> None:
    derbyshire = "urn:police:derbyshire"
    token = await served.token("derbyshire", Scope.NOTIFY, derbyshire)
    await served.post(report("shared-id"))
    response = await served.post(report("shared-id", source=derbyshire), token=token)
    assert response.json() == {"id": "shared-id", "source": derbyshire, "status": "accepted"}


async def test_of_many_arrivals_at_once_one_is_accepted_and_the_others_are_duplicates(served: Served) -> None:
    responses = await asyncio.gather(*(served.post(report("at-once")) for _ in range(25)))
    assert Counter(response.json()["status"] for response in responses) == {"accepted": 1, "duplicate": 24}


async def test_of_different_contents_at_once_one_stands_and_no_other_is_lost(served: Served) -> None:
    sent = [report("race", missing={"circumstances": f"Version {n}"}) for n in range(12)]
    told = [(await one).json() for one in asyncio.as_completed([served.post(each) for each in sent])]
    letters = {item["letter"] for item in told if item["status"] == "conflict"}
    assert Counter(item["status"] for item in told) == {"accepted": 1, "conflict": 11}
    assert len(letters) == 11


async def test_single_messages_at_once_are_each_answered_for_themselves(served: Served) -> None:
    good = [report(f"mixed-{n}") for n in range(10)]
    bad = [report(f"mixed-bad-{n}") | {"type": "x"} for n in range(10)]
    responses = await asyncio.gather(
        *(served.post(each) for pair in zip(good, bad, strict=True) for each in pair)
    )
    assert [response.status_code for response in responses] == [202, 422] * 10
    assert [r.json()["id"] for r in responses[::2]] == [each["id"] for each in good]


async def test_twins_may_share_a_reference(served: Served) -> None:
    subject = "NP-26-TWINS"
    twins = [
        message("reported", SATURDAY, id=f"twin-{name}", subject=subject, child=child(f"C-{name}"))
        for name in ("Ama", "Kofi")
    ]
    await served.tell(*twins)
    found = [await served.episode_of(known_as) for known_as in ("C-Ama", "C-Kofi")]
    assert [one["incidents"] for one in found] == [[{"source": NOTTINGHAMSHIRE, "subject": subject}]] * 2
    assert found[0]["child_id"] != found[1]["child_id"]
