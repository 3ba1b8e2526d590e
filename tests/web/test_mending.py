"""A message that could not be taken is mended in plain fields, in London time, and nothing typed is lost."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.letters import problems_of
from schemas.formats_policy import FIELDS
from schemas.reading import canonical
from tests.messages import NOTTINGHAM
from tests.unit.forces import row
from tests.web import drafts
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import missing
from web.mending.asked import PLACES_ASKED
from web.mending.filling import fields_of, mended
from web.mending.sheet import sheet_of
from web.pages.marked import marked


async def drafted(desk: Desk, content: bytes) -> str:
    """Take in a list with a row that is not understood, and return the address of its page."""
    return f"/screening/letters/{await drafts.drafted(desk.store, content, NOW)}"


async def taken(desk: Desk) -> Any:
    """Return the message that was taken of the one letter."""
    async with desk.store.transaction(NOTTINGHAM, "system:test") as tx:
        assert await tx.scalar("SELECT outcome FROM letters") == "accepted"
        return json.loads(bytes(await tx.scalar("SELECT mended FROM letters")))


def when(name: str, day: str, month: str, time: str) -> dict[str, str]:
    """Return the fields of a moment in 2026."""
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": "2026", f"{name}-time": time}


def test_there_is_a_question_for_all_that_a_format_can_fill() -> None:
    envelope = {"subject", "type", "time"}
    places = {name if name in envelope else f"data.{name}" for name in FIELDS} - {"data.child.name"}
    assert places <= PLACES_ASKED.keys()


async def test_a_wrong_date_is_told_in_plain_words_and_mended(desk: Desk) -> None:
    path = await drafted(desk, row(DOB="31/02/2012", Risk="VERY HIGH"))
    page = await visit(desk.client, path)
    assert "Date of birth: “31/02/2012” does not exist, or is not written as this force does" in page.words
    assert "Risk: “VERY HIGH” is no word that is known here" in page.words
    assert {"#child-date_of_birth-day", "#missing-risk_level", "#line-2"} <= set(page.links)
    typed = {"missing__risk_level": "high", "missing__circumstances": "Ran off.\r\n<b>Twice."}
    refused = await submit(desk.client, path, page, fill="yes", **typed, child__date_of_birth__day="29")
    again = Page(refused.text)
    assert "Date of birth: enter the day, the month and the year" in again.words
    assert again.fields["missing-circumstances"] == "Ran off.\r\n<b>Twice."
    assert (again.fields["missing-risk_level"], again.fields["child-date_of_birth-day"]) == ("high", "29")
    date = {"child__date_of_birth__month": "2", "child__date_of_birth__year": "2012"}
    assert (await submit(desk.client, path, again, fill="yes", **date)).status_code == 303
    message = await taken(desk)
    assert message["data"]["child"]["date_of_birth"] == "2012-02-29"
    assert message["data"]["missing"]["risk_level"] == "high"
    assert message["data"]["missing"]["circumstances"] == "Ran off.\n<b>Twice."
    assert message["data"]["occurred_at"] == "2026-08-28T17:30:00+00:00"


async def test_what_came_is_left_out_only_when_somebody_says_that_nobody_knows(desk: Desk) -> None:
    path = await drafted(desk, row(Risk="VERY HIGH"))
    page = await visit(desk.client, path)
    refused = await submit(desk.client, path, page, fill="yes")
    assert "known here: say what it is, or tick that nobody knows" in Page(refused.text).words
    both = {"missing__risk_level__unknown": "yes", "missing__risk_level": "low"}
    assert "take away what you entered" in (await submit(desk.client, path, page, fill="yes", **both)).text
    answer = await submit(desk.client, path, page, fill="yes", missing__risk_level__unknown="yes")
    assert answer.status_code == 303
    assert "risk_level" not in (await taken(desk))["data"]["missing"]


@pytest.mark.parametrize(
    ("typed", "which", "at"),
    [
        ("29 8 06:00", "", "2026-08-29T05:00:00+00:00"),
        ("29 11 6am", "", "2026-11-29T06:00:00+00:00"),
        ("25 10 1:30am", "second", "2026-10-25T01:30:00+00:00"),
    ],
)
async def test_a_time_is_one_of_a_clock_in_london(desk: Desk, typed: str, which: str, at: str) -> None:
    path = await drafted(desk, row(Time_Last_Seen=""))
    page = await visit(desk.client, path)
    answer = await submit(desk.client, path, page, fill="yes", **when("occurred_at", *typed.split()))
    if which:
        assert "01:30 on 25 October 2026 happened twice: say which of the two it was" in answer.text
        assert "occurred_at-which" in Page(answer.text).ids
        page = Page(answer.text)
        answer = await submit(desk.client, path, page, fill="yes", occurred_at__which=which)
    assert answer.status_code == 303
    data = (await taken(desk))["data"]
    assert data["occurred_at"] == data["missing"]["last_seen_at"] == at


async def test_an_hour_that_never_was_is_refused_in_words(desk: Desk) -> None:
    path = await drafted(desk, row(Time_Last_Seen=""))
    typed = when("occurred_at", "29", "3", "1:30am")
    answer = await submit(desk.client, path, await visit(desk.client, path), fill="yes", **typed)
    page = Page(answer.text)
    assert "did not happen: the clocks went forward" in page.words
    assert {name: page.fields[name] for name in typed} == typed


async def test_only_what_was_changed_is_changed(desk: Desk) -> None:
    wrong = missing() | {"time": "2026-03-28T19:30:00", "traceparent": "00-1"}
    at = "2026-03-28T22:41:07.5+01:00"
    wrong["data"]["occurred_at"] = wrong["data"]["missing"]["last_seen_at"] = at
    path = f"/screening/letters/{(await desk.post(json.dumps(wrong))).json()['letter']}"
    page = await visit(desk.client, path)
    assert (
        "When the police told it: “2026-03-28T19:30:00” does not say whether it is London time" in page.words
    )
    typed = when("time", "28", "3", "7:30pm")
    assert (await submit(desk.client, path, page, fill="yes", **typed)).status_code == 303
    assert await taken(desk) == wrong | {"time": "2026-03-28T19:30:00+00:00"}


async def test_of_a_message_that_tells_nothing_all_is_asked(desk: Desk) -> None:
    path = f"/screening/letters/{(await desk.tell({'id': 'x'}))[0]['letter']}"
    page = await visit(desk.client, path)
    for words in ("What it tells: not told", "When it happened: not told", "The return"):
        assert words in page.words
    typed = {
        "specversion": "1.0", "source": "urn:police:x", "subject": "NP-1", "authority": NOTTINGHAM,
        "type": "uk.police.missing-child.returned.v1", "returned__returned_to": "Home",
    }  # fmt: skip
    for name in ("time", "occurred_at"):
        typed |= {
            f"{name}__day": "28",
            f"{name}__month": "3",
            f"{name}__year": "2026",
            f"{name}__time": "7pm",
        }
    answer = await submit(desk.client, path, page, fill="yes", **typed)
    assert answer.status_code == 303
    assert (await taken(desk))["data"]["returned"] == {"returned_to": "Home"}


async def test_the_line_of_a_draft_is_marked_in_its_original(desk: Desk) -> None:
    content = row(Risk="VERY HIGH") + b"\r\n"
    html = (await desk.client.get(await drafted(desk, content))).text
    assert '<mark id="line-2">line 2: WM-1 | MISPER | Ward' in html


def test_a_line_is_marked_only_where_it_is_certain() -> None:
    assert marked("[a.csv]\nh\nline 2: x\n\n[b.csv]\nh\nline 2: y", "b.csv, line 2").line == "line 2: y"
    assert marked("line 2: h\nline 2: x", "line 2").id == ""
    assert marked("\n".join(["head", *(f"line {n}: {'x' * 90}" for n in range(2, 400))]), "line 390").line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(["2026-02-30", "1.0"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*PLACES_ASKED, "data", "data.child", "other"]), JSON, max_size=8))
def test_whatever_came_can_be_shown_and_a_form_sent_twice_changes_nothing_more(told: dict[str, Any]) -> None:
    message: dict[str, Any] = {}
    for place, value in told.items():
        *path, last = place.split(".")
        where = message
        for part in path:
            if not isinstance(where.get(part), dict):
                where[part] = {}
            where = where[part]
        where[last] = value
    sheet = sheet_of(message, problems_of(canonical(message)))
    once = mended(message, sheet.fields, frozenset()).message
    assert mended(once, fields_of(once), frozenset()).message == once
    assert once.get("other") == message.get("other")
