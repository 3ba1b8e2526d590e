"""The desk: what staff type becomes a notification, and nothing that they typed is lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response

from tests.messages import AMARA, NOTTINGHAM
from tests.postgres import Database, connect
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import missing

NEW = "/notifications/new"
WHO = {"given_names": "Amara", "family_name": "Okafor"}
WHEN = {"day": "30", "month": "3", "year": "2026", "time": "6:30pm"}
STAFF = f"urn:authority:{NOTTINGHAM}"


async def record(desk: Desk, **typed: str) -> Response:
    return await submit(desk.client, NEW, await visit(desk.client, NEW), record="yes", **typed)


async def told(desk: Desk) -> list[dict[str, Any]]:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        rows = await tx.all("SELECT payload FROM inbox WHERE source = :source ORDER BY no", source=STAFF)
    return [row.payload for row in rows]


async def receipt(desk: Desk, answer: Response) -> Page:
    assert answer.status_code == 303, Page(answer.text).words
    await desk.runner.drain()
    return await visit(desk.client, answer.headers["location"])


async def test_a_report_becomes_a_notification_like_any_other(desk: Desk) -> None:
    await record(
        desk,
        kind="reported",
        **WHO,
        **WHEN,
        risk_level="high",
        circumstances="Left school at noon.",
        told_by="carer",
    )
    (message,) = await told(desk)
    assert message["type"] == "uk.police.missing-child.reported.v1"
    assert (message["source"], message["time"]) == (STAFF, NOW.isoformat())
    assert message["data"] == {
        "authority": NOTTINGHAM,
        "occurred_at": "2026-03-30T17:30:00+00:00",
        "child": {"family_name": "Okafor", "given_names": "Amara"},
        "missing": {
            "risk_level": "high",
            "reported_by": "carer",
            "circumstances": "Left school at noon.",
            "last_seen_at": "2026-03-30T17:30:00+00:00",
        },
    }


async def test_a_receipt_says_what_came_of_it(desk: Desk) -> None:
    page = await receipt(desk, await record(desk, kind="reported", **WHO, **WHEN))
    (message,) = await told(desk)
    assert f"Reference {message['subject']}" in page.words
    assert message["subject"].startswith("S-26-")
    assert "This child is not known here yet" in page.words
    assert "Missing, missing since yesterday at 6:30pm" in page.words
    assert "Not due: nothing tells yet that the child is back" in page.words


async def test_a_return_starts_the_clock(desk: Desk) -> None:
    await desk.tell(missing())
    page = await receipt(
        desk,
        await record(desk, kind="returned", authority_child_id="C-100482", **WHEN, returned_to="The Limes"),
    )
    assert "Due by 2 April 2026 at 6:30pm : 56 hours left" in page.words
    (episode,) = await desk.items("/api/v1/episodes")
    assert (episode["status"], len(episode["incidents"])) == ("returned", 2)


async def test_a_known_child_is_found_chosen_and_recorded_with_the_reference_of_the_police(
    desk: Desk,
) -> None:
    await desk.tell(missing())
    form = await visit(desk.client, NEW)
    found = await submit(desk.client, NEW, form, kind="returned", family_name="oka", find="yes", **WHEN)
    assert "Amara Grace Okafor" in found.text
    child = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    chosen = Page((await submit(desk.client, NEW, Page(found.text), kind="returned", choose=child)).text)
    assert chosen.fields["child"] == child
    assert (chosen.fields["kind"], chosen.fields["time"]) == ("returned", "6:30pm")
    assert "NP-26-004211 (Nottinghamshire Police), missing" in chosen.words
    page = await receipt(
        desk, await submit(desk.client, NEW, chosen, reference_choice="NP-26-004211", record="yes")
    )
    assert "Reference NP-26-004211" in page.words
    assert (await told(desk))[0]["data"]["child"] == AMARA


async def test_a_chosen_child_may_be_given_up_again(desk: Desk) -> None:
    await desk.tell(missing())
    child = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    form = await visit(desk.client, NEW, child=child)
    assert "Amara Grace Okafor Born 2 July 2011, number C-100482" in form.words
    again = Page((await submit(desk.client, NEW, form, kind="located", other="yes", **WHEN)).text)
    assert "child" not in again.fields
    assert (again.fields["kind"], again.fields["day"]) == ("located", "30")


async def test_nobody_found_goes_on_with_what_was_typed(desk: Desk) -> None:
    answer = await submit(desk.client, NEW, await visit(desk.client, NEW), **WHO, find="yes")
    page = Page(answer.text)
    assert "Nobody of this name or number is known here" in page.words
    assert page.fields["family_name"] == "Okafor"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"kind": ""}, "kind", "Choose what you were told"),
        ({"kind": "vanished"}, "kind", "Choose what you were told"),
        ({"given_names": "", "family_name": " "}, "authority_child_id", "Say who the child is"),
        ({"day": ""}, "day", "Enter the day, the month and the year"),
        ({"day": "31", "month": "2"}, "day", "Enter a real date"),
        ({"time": ""}, "time", "Enter the time"),
        ({"time": "25:00"}, "time", "Enter a real time"),
        ({"year": "2027"}, "day", "That is in the future"),
        ({"day": "29", "time": "1:30am"}, "time", "did not happen"),
        (
            {"dob__day": "31", "dob__month": "2", "dob__year": "2011"},
            "dob-day",
            "Date of birth: enter a real date",
        ),
        ({"dob__day": "1", "dob__month": "4", "dob__year": "2026"}, "dob-day", "must be in the past"),
        ({"kind": "cancelled"}, "reference", "the police alone can cancel their own"),
        ({"kind": "cancelled", "reference": "NP-26-004211"}, "reference", "the police alone can cancel"),
        ({"kind": "updated"}, "circumstances", "Say what is new"),
        ({"risk_level": "grave"}, "risk_level", "Choose one of the list"),
        ({"reference": "x" * 201}, "reference", "longer than 200"),
        ({"reference": "NP\t26"}, "reference", "control character"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, str], field: str, says: str
) -> None:
    await desk.tell(missing())
    good = {"kind": "reported", **WHO, **WHEN, "circumstances": "", "told_by": "Aunt Ngozi, 0115 496 0000"}
    answer = await record(desk, **(good | typed))
    page = Page(answer.text)
    assert answer.status_code == 200
    assert f"#{field}" in page.links
    assert {field, f"{field}-error"} <= set(page.ids)
    assert says in page.words
    expected = {name.replace("__", "-"): value for name, value in (good | typed).items()}
    if expected["kind"] in {"", "vanished"}:
        del expected["kind"]
    if expected.get("risk_level") == "grave":
        del expected["risk_level"]
    assert expected.items() <= page.fields.items()
    assert await told(desk) == []


async def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(desk: Desk) -> None:
    page = Page((await record(desk)).text)
    wrong = [link for link in page.links if link.startswith("#") and link != "#main"]
    assert wrong == ["#kind", "#authority_child_id", "#day"]
    assert "Error: Record what you were told" in page.words


async def test_a_time_that_came_twice_is_asked_about(desk: Desk) -> None:
    desk.clock.now = datetime(2026, 10, 26, 9, tzinfo=UTC)
    october = {"kind": "reported", **WHO, "day": "25", "month": "10", "year": "2026", "time": "1:30am"}
    asked = Page((await record(desk, **october)).text)
    assert "#which" in asked.links
    answer = await submit(desk.client, NEW, asked, **october, which="second", record="yes")
    assert answer.status_code == 303
    assert (await told(desk))[0]["data"]["occurred_at"] == "2026-10-25T01:30:00+00:00"


async def test_a_form_that_is_sent_twice_is_recorded_once(desk: Desk) -> None:
    form = await visit(desk.client, NEW)
    typed = {"kind": "reported", **WHO, **WHEN, "record": "yes"}
    answers = await asyncio.gather(*(submit(desk.client, NEW, form, **typed) for _ in range(4)))
    desk.clock.now += timedelta(minutes=1)
    answers.append(await submit(desk.client, NEW, form, **typed))
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, f"/notifications/{form.fields['form_id']}")
    }
    assert len(await told(desk)) == 1
    assert await desk.items("/api/v1/letters") == []


async def test_a_form_that_was_changed_after_it_was_sent_is_not_lost(desk: Desk) -> None:
    form = await visit(desk.client, NEW)
    typed = {"kind": "reported", **WHO, **WHEN, "record": "yes"}
    await submit(desk.client, NEW, form, **typed)
    changed = Page((await submit(desk.client, NEW, form, **typed, risk_level="high")).text)
    assert "This form was recorded before, under the reference S-26-" in changed.words
    assert changed.fields["risk_level"] == "high"
    again = await submit(desk.client, NEW, changed, record="yes")
    assert again.status_code == 303
    assert [one["data"]["missing"].get("risk_level") for one in await told(desk)] == [None, "high"]


async def test_a_report_recorded_here_may_be_cancelled_by_its_reference_alone(desk: Desk) -> None:
    await receipt(desk, await record(desk, kind="reported", **WHO, **WHEN))
    reference = (await told(desk))[0]["subject"]
    desk.clock.now += timedelta(minutes=10)
    page = await receipt(
        desk, await record(desk, kind="cancelled", reference=reference, reason="Was at football.", **WHEN)
    )
    assert "Recorded in error" in page.words
    assert [e["status"] for e in await desk.items("/api/v1/episodes")] == ["cancelled"]


async def test_a_child_without_a_number_keeps_what_identifies_it(desk: Desk) -> None:
    known = {
        "family_name": "Khan",
        "given_names": "Bilal",
        "date_of_birth": "2012-02-29",
        "nhs_number": "9434765919",
        "upn": "A00000000000X",
    }
    await desk.tell(missing(child=known))
    child = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    form = await visit(desk.client, NEW, child=child)
    await receipt(desk, await submit(desk.client, NEW, form, kind="returned", record="yes", **WHEN))
    assert (await told(desk))[0]["data"]["child"] == {
        name: value for name, value in known.items() if name != "upn"
    }
    (episode,) = await desk.items("/api/v1/episodes")
    assert (episode["child_id"], episode["status"]) == (child, "returned")


async def test_a_receipt_does_not_wait_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.entry_receipt.WAIT_SECONDS", 0.05)
    answer = await record(desk, kind="reported", **WHO, **WHEN)
    page = await visit(desk.client, answer.headers["location"])
    assert "It is kept safely and will be applied in a moment" in page.words


async def test_a_receipt_waits_for_what_is_applied_meanwhile(desk: Desk) -> None:
    answer = await record(desk, kind="reported", **WHO, **WHEN)
    looking = asyncio.create_task(visit(desk.client, answer.headers["location"]))
    await asyncio.sleep(0)
    await desk.runner.drain()
    assert "Missing, missing since" in (await looking).words


async def test_a_receipt_of_nothing_is_not_found(desk: Desk) -> None:
    assert (await desk.client.get(f"/notifications/{uuid4()}")).status_code == 404


async def test_while_nothing_can_be_recorded_nothing_typed_is_lost(database: Database, desk: Desk) -> None:
    await desk.tell(missing())
    child = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    form = await visit(desk.client, NEW, child=child)
    typed = {"kind": "returned", **WHEN, "returned_to": "The Limes", "reference_choice": "NP-26-004211"}
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER ROLE homeward_app CONNECTION LIMIT 0")
        await desk.store.close()
        answer = await submit(desk.client, NEW, form, record="yes", **typed)
        superuser.execute("ALTER ROLE homeward_app CONNECTION LIMIT -1")
    page = Page(answer.text)
    assert answer.status_code == 503
    assert "could not be recorded just now" in page.words
    assert (typed | {"child": child}).items() <= page.fields.items()
    assert (await submit(desk.client, NEW, page, record="yes")).status_code == 303
