"""The forms by which a worker says what they did: each is done once, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response

from schemas.access import Duty
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit
from tests.web.records import ASKED, Path, begun, staffed
from tests.web.stories import missing, returned

DAY = {"on__day": "30", "on__month": "3", "on__year": "2026"}
OFFERED = {"how": "phone", "to": "child", "answer": "accepted", **DAY, "time": "10am"}
DECLINED = {
    "declined_by": "child",
    **DAY,
    "time": "2:30pm",
    "reason": "“Leave me alone.”",
    "also_offered": "Tom O’Neill, a call, and a letter.",
    "carer_said": "Her mother says she was at her cousin’s.",
    "authorised_by": "M-1",
}


@pytest.fixture
async def path(desk: Desk) -> Path:
    """The interview of a child who is back, given to W-1."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.do("allocate", by="M-1", interviewer="W-1")
    return path


@pytest.fixture
async def ewa(desk: Desk) -> AsyncClient:
    """Ewa Nowak, W-1, is signed in."""
    return await desk.sign_in(Duty.WORKER, staff_id="W-1", name="Ewa Nowak")


def address(path: Path, command: str) -> str:
    return f"/interviews/{path.id}/do/{command}"


async def give(browser: AsyncClient, path: Path, command: str, **typed: str) -> Response:
    """Open the form of a command and send it with what is typed."""
    form = await visit(browser, address(path, command))
    return await submit(browser, address(path, command), form, **typed)


async def done(browser: AsyncClient, path: Path, command: str, **typed: str) -> dict[str, Any]:
    """Send a form that has to be taken, and return the interview after it."""
    answer = await give(browser, path, command, **typed)
    assert answer.status_code == 303, Page(answer.text).words
    assert answer.headers["location"] == f"/interviews/{path.id}?done={command}"
    found = await path.look()
    path.version = found["version"]
    return found


async def test_a_worker_offers_arranges_and_holds_an_interview(path: Path, ewa: AsyncClient) -> None:
    found = await done(ewa, path, "offer", **OFFERED)
    assert (found["status"], found["offered_at"]) == ("offered", "2026-03-30T09:00:00+00:00")
    day = {"on__day": "31", "on__month": "3", "on__year": "2026"}
    found = await done(ewa, path, "arrange", **day, time="4pm", place="Youth club", minutes="45")
    assert (found["arranged_for"], found["arranged_until"]) == (
        "2026-03-31T15:00:00+00:00",
        "2026-03-31T15:45:00+00:00",
    )
    path.desk.clock.now = NOW + timedelta(hours=7)
    found = await done(ewa, path, "hold")  # what was agreed stands in the form
    assert (found["status"], found["place"]) == ("held", "Youth club")
    assert found["held_at"] == "2026-03-31T15:00:00+00:00"
    words = (await visit(ewa, f"/interviews/{path.id}", done="hold")).words
    assert "It is recorded that the interview was held." in words


async def test_a_decline_keeps_what_was_offered_what_the_carer_said_and_who_agreed(
    path: Path, ewa: AsyncClient
) -> None:
    found = await done(ewa, path, "decline", **DECLINED)
    assert (found["status"], found["closed_reason"]) == ("declined", "“Leave me alone.”")
    [*_, given] = (await path.desk.get(f"/api/v1/interviews/{path.id}/commands")).json()
    assert (given["by"], given["body"]["authorised_by"]) == ("W-1", "M-1")
    assert given["body"]["carer_said"] == DECLINED["carer_said"]


async def test_a_manager_takes_it_off_the_list_puts_it_back_and_closes_it(path: Path, desk: Desk) -> None:
    grace = await desk.sign_in(Duty.MANAGER, staff_id="M-1")
    assert (await done(grace, path, "void", reason="It stands twice."))["status"] == "voided"
    assert (await done(grace, path, "reinstate", reason="It does not."))["status"] == "allocated"
    found = await done(grace, path, "not-possible", reason="Moved abroad.", authorised_by="M-1")
    assert found["status"] == "not_possible"


async def test_a_manager_lets_one_conversation_cover_another_absence(path: Path, desk: Desk) -> None:
    await desk.tell(missing(NOW, id="m3", subject="NP-2"), returned(NOW, id="m4", subject="NP-2"))
    [other] = await desk.items("/api/v1/interviews", status="due")
    grace = await desk.sign_in(Duty.MANAGER, staff_id="M-1")
    refused = await give(grace, path, "cover", reason="She tells of both.")
    assert "Choose at least one other absence" in Page(refused.text).words
    chosen = {f"covered-{other['id']}": "yes"}
    found = await done(grace, path, "cover", reason="She tells of both.", **chosen)
    assert found["covers"] == [other["episode_id"]]


EMPTY = {
    "offer": ("Choose what came of it", "Choose how you tried"),
    "arrange": ("Enter the day, the month and the year", "Enter the time", "Say where"),
    "decline": (
        "Say why, in the child’s words",
        "Say what else",
        "Say what the parent or carer",
        "Choose the manager",
    ),
    "not-possible": ("Say why it cannot be held", "Choose the manager who agreed"),
}


async def test_a_form_says_in_plain_words_what_lacks(path: Path, ewa: AsyncClient) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    for command, messages in EMPTY.items():
        page = Page((await give(ewa, path, command)).text)
        assert "There is a problem" in page.words
        assert [message for message in messages if message not in page.words] == []
        targets = {link[1:] for link in page.links if link.startswith("#")} - {"main"}
        assert targets <= set(page.ids)


async def test_what_was_typed_stays_when_a_form_is_refused(path: Path, ewa: AsyncClient) -> None:
    page = Page(
        (await give(ewa, path, "decline", **{**DECLINED, "time": "25:99", "carer_said": "<b>a\nb"})).text
    )
    assert page.fields["reason"] == DECLINED["reason"]
    assert page.fields["carer_said"] == "<b>a\nb"
    assert page.fields["authorised_by"] == "M-1"
    assert page.fields["time"] == "25:99"


WRONG = (
    (
        "on",
        "The time lies before the child's return at 29 March 2026 at 8am",
        {"on__day": "29", "time": "7:59am"},
    ),
    ("on", "The time lies in the future", {"on__year": "2027"}),
    ("note", "The note is longer than 20,000 characters", {"note": "x" * 20_001}),
)


async def test_what_the_casework_refuses_stands_by_its_field(path: Path, ewa: AsyncClient) -> None:
    for field, said, typed in WRONG:
        page = Page((await give(ewa, path, "offer", **{**OFFERED, **typed})).text)
        assert said in page.words
        assert f"#{field}" in page.links


async def test_an_interviewer_cannot_agree_on_two_conversations_at_once(path: Path, ewa: AsyncClient) -> None:
    bilal = {"authority_child_id": "C-2", "family_name": "Khan", "given_names": "Bilal"}
    await path.desk.tell(
        missing(id="m3", child=bilal, subject="NP-2"), returned(id="m4", child=bilal, subject="NP-2")
    )
    [other] = await path.desk.items("/api/v1/interviews", status="due")
    theirs = Path(path.desk, other["id"], other["version"])
    await theirs.do("allocate", by="M-1", interviewer="W-1")
    for each in (path, theirs):
        await each.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await theirs.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="School")
    typed = {"on__day": "31", "on__month": "3", "on__year": "2026", "time": "4:30pm", "place": "Home"}
    words = Page((await give(ewa, path, "arrange", **typed)).text).words
    assert "Ewa Nowak has another interview from 31 March 2026 at 4pm to 5pm" in words


async def test_an_hour_that_comes_twice_is_asked_about(path: Path, desk: Desk) -> None:
    desk.clock.now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    ewa = await desk.sign_in(Duty.WORKER, staff_id="W-1")
    typed = {"on__day": "25", "on__month": "10", "on__year": "2026", "time": "1:30am", "place": "Home"}
    asked = Page((await give(ewa, path, "arrange", **typed)).text)
    assert "happened twice: say which of the two it was" in asked.words
    answer = await submit(ewa, address(path, "arrange"), asked, which="second")
    assert answer.status_code == 303
    assert (await path.look())["arranged_for"] == "2026-10-25T01:30:00+00:00"


async def test_a_form_sent_twice_is_done_once(path: Path, ewa: AsyncClient) -> None:
    form = await visit(ewa, address(path, "offer"))
    answers = [await submit(ewa, address(path, "offer"), form, **OFFERED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (await path.look())["attempts"] == 1


async def test_a_form_that_was_changed_and_sent_again_is_asked_about(path: Path, ewa: AsyncClient) -> None:
    form = await visit(ewa, address(path, "offer"))
    await submit(ewa, address(path, "offer"), form, **OFFERED)
    changed = Page((await submit(ewa, address(path, "offer"), form, **{**OFFERED, "how": "visit"})).text)
    assert "This form was recorded before, and you have changed it since." in changed.words
    answer = await submit(ewa, address(path, "offer"), changed)
    assert (answer.status_code, (await path.look())["attempts"]) == (303, 2)


async def test_who_comes_second_is_told_what_changed_and_sends_again(path: Path, ewa: AsyncClient) -> None:
    form = await visit(ewa, address(path, "decline"))
    await path.do("offer", by="M-2", at=ASKED, how="visit", answer="undecided")
    page = Page((await submit(ewa, address(path, "decline"), form, **DECLINED)).text)
    assert "Since you opened this form: Offered, by Sunil Rao, 31 March 2026 at 10am." in page.words
    assert page.fields["reason"] == DECLINED["reason"]
    answer = await submit(ewa, address(path, "decline"), page)
    assert (answer.status_code, (await path.look())["status"]) == (303, "declined")


async def test_what_is_not_possible_any_more_says_so_and_keeps_what_was_typed(
    path: Path, ewa: AsyncClient
) -> None:
    form = await visit(ewa, address(path, "decline"))
    await path.do("not-possible", by="M-1", reason="Moved abroad.", authorised_by="M-1")
    page = Page((await submit(ewa, address(path, "decline"), form, **DECLINED)).text)
    assert "The interview stands at “Not possible”: this cannot be recorded now" in page.words
    assert page.fields["reason"] == DECLINED["reason"]
    opened = await visit(ewa, address(path, "hold"))
    assert "this cannot be recorded now" in opened.words
    assert "held_by" not in opened.fields


async def test_what_is_for_managers_says_so_to_a_worker(path: Path, ewa: AsyncClient) -> None:
    words = (await visit(ewa, address(path, "void"))).words
    assert "Only a manager of the directory of staff can do this." in words


async def test_who_is_not_in_the_directory_is_told_how_that_is_mended(path: Path, desk: Desk) -> None:
    stranger = await desk.sign_in(Duty.MANAGER)
    words = (await visit(stranger, address(path, "offer"))).words
    assert "Ask your administrator to put your staff number into your account" in words
    form = await visit(await desk.sign_in(Duty.WORKER, staff_id="W-1"), address(path, "offer"))
    form.fields["form_token"] = (await visit(stranger, "/children")).fields["form_token"]
    answer = await submit(stranger, address(path, "offer"), form, **OFFERED)
    page = Page(answer.text)
    assert "Nothing was recorded: your account is not linked" in page.words
    assert page.fields["how"] == "phone"


async def test_a_form_of_an_earlier_session_comes_back_without_the_childs_name(
    path: Path, desk: Desk
) -> None:
    tom = await desk.sign_in(Duty.WORKER, staff_id="W-2")
    form = await visit(await desk.sign_in(Duty.WORKER, staff_id="W-1"), address(path, "offer"))
    form.fields["form_token"] = (await visit(tom, "/children")).fields["form_token"]
    page = Page((await submit(tom, address(path, "offer"), form, how="phone")).text)
    assert page.fields["how"] == "phone"
    assert "Okafor" not in page.words


async def test_a_command_that_has_no_form_here_is_not_found(path: Path, ewa: AsyncClient) -> None:
    assert (await ewa.get(address(path, "approve"))).status_code == 404
