"""The policy on its pages: looked at, uploaded, seen with what it would change, and accepted."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient

from schemas.access import Duty
from schemas.policy import Policy
from tests.messages import message
from tests.web.conftest import NOW, Desk
from tests.web.reader import BROWSER, Page, submit, visit

FORCES = Path(__file__).parents[2] / "examples" / "forces" / "policy.toml"
TWO_DAYS = '[interview]\nwithin = "P2D"\n'


@pytest.fixture
async def administrator(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.ADMINISTRATOR, name="Ada Lind")


async def returned(desk: Desk, hours_ago: int = 50) -> None:
    """Tell of a child who is back."""
    await desk.tell(message("returned", NOW - timedelta(hours=hours_ago), id=f"m{hours_ago}"))


async def upload(client: AsyncClient, text: str = TWO_DAYS, why: str = "The board wants two days") -> str:
    """Upload a policy as text and return the address of the page to which that leads."""
    form = await visit(client, "/policy/new")
    answer = await submit(client, "/policy/new", form, text=text, why=why)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_the_policy_in_force_is_shown_in_words_with_what_was_changed_marked(
    desk: Desk, administrator: AsyncClient
) -> None:
    shown = await visit(administrator, "/policy")
    assert "In force: as configured" in shown.words
    assert "Time from the return to the deadline 3 days" in shown.words
    await submit(
        administrator,
        f"{await upload(administrator)}/accept",
        await visit(administrator, "/policy/1"),
        why="Agreed",
    )
    shown = await visit(administrator, "/policy")
    assert "In force: version 1" in shown.words
    assert "Time from the return to the deadline 2 days Changed" in shown.words
    assert "by Ada Lind : The board wants two days" in shown.words


async def test_from_upload_to_the_deadline_in_the_database(desk: Desk, administrator: AsyncClient) -> None:
    await returned(desk)
    address = await upload(administrator)
    shown = await visit(administrator, address)
    assert "1 interview becomes overdue" in shown.words
    assert "Time from the return to the deadline 3 days 2 days" in shown.words
    assert "1 April 2026 at 8am 31 March 2026 at 8am" not in shown.words  # told as tomorrow and today
    assert "tomorrow at 8am today at 8am Overdue at once" in shown.words
    assert "Okafor" not in shown.words
    answer = await submit(administrator, f"{address}/accept", shown, why="Agreed by the head of service")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    async with desk.store.transaction("E06000018") as tx:
        assert await tx.scalar("SELECT due_at FROM interviews") == NOW - timedelta(hours=2)
    shown = await visit(administrator, address)
    assert "What it changed" in shown.words
    assert "Agreed by the head of service" in shown.words


async def test_a_file_counts_above_what_was_typed_and_is_shown_again_when_it_is_refused(
    desk: Desk, administrator: AsyncClient
) -> None:
    form = await visit(administrator, "/policy/new")
    fields = form.fields | {"text": TWO_DAYS, "why": "Tried"}
    files = {"file": ("policy.toml", b'[interview]\nwithn = "P2D"\n', "application/toml")}
    answer = await administrator.post("/policy/new", data=fields, files=files, headers=BROWSER)
    assert answer.status_code == 422
    shown = Page(answer.text)
    assert "interview.withn is no setting of a policy: did you mean within?" in shown.words
    assert shown.fields["text"] == '[interview]\nwithn = "P2D"\n'
    assert shown.fields["why"] == "Tried"
    assert "#text" in shown.links
    files = {"file": ("policy.toml", TWO_DAYS.encode(), "application/toml")}
    answer = await administrator.post("/policy/new", data=fields, files=files, headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/policy/1")


async def test_a_file_that_is_no_text_is_refused(desk: Desk, administrator: AsyncClient) -> None:
    form = await visit(administrator, "/policy/new")
    files = {"file": ("policy.xls", b"\xff\xfe\x00", "application/octet-stream")}
    answer = await administrator.post("/policy/new", data=form.fields, files=files, headers=BROWSER)
    assert "is not a text in UTF-8" in Page(answer.text).words


async def test_a_reason_has_to_be_given_and_what_was_typed_stays(
    desk: Desk, administrator: AsyncClient
) -> None:
    form = await visit(administrator, "/policy/new")
    answer = await submit(administrator, "/policy/new", form, text=TWO_DAYS, why=" ")
    assert answer.status_code == 422
    assert Page(answer.text).fields["text"] == TWO_DAYS
    assert "#why" in Page(answer.text).links
    address = await upload(administrator)
    answer = await submit(administrator, f"{address}/accept", await visit(administrator, address), why="")
    assert answer.status_code == 422
    assert "The reason is empty" in Page(answer.text).words


async def test_a_version_that_is_not_the_newest_any_more_is_not_accepted(
    desk: Desk, administrator: AsyncClient
) -> None:
    address = await upload(administrator)
    shown = await visit(administrator, address)
    await upload(administrator, '[interview]\nwithin = "P1D"\n')
    answer = await submit(administrator, f"{address}/accept", shown, why="Agreed")
    assert answer.status_code == 422
    assert "A newer version was uploaded after version 1" in Page(answer.text).words
    assert (await administrator.get("/policy/7")).status_code == 404


@pytest.mark.parametrize("duty", [Duty.MANAGER, Duty.AUDITOR])
async def test_managers_and_auditors_may_look_and_change_nothing(
    duty: Duty, desk: Desk, administrator: AsyncClient
) -> None:
    await returned(desk)
    address = await upload(administrator)
    other = await desk.sign_in(duty)
    shown = await visit(other, address)
    assert "1 interview becomes overdue" in shown.words
    assert "Accept it" not in shown.words
    assert "Upload another version" not in (await visit(other, "/policy")).words
    refused = [
        await other.get("/policy/new"),
        await submit(other, "/policy/new", shown, text=TWO_DAYS, why="Tried"),
        await submit(other, f"{address}/accept", shown, why="Agreed"),
    ]
    assert [each.status_code for each in refused] == [403, 403, 403]


async def test_cases_lead_managers_to_their_interview_and_nobody_to_a_closed_door(
    desk: Desk, administrator: AsyncClient
) -> None:
    await returned(desk)
    address = await upload(administrator)
    interview = (await desk.items("/api/v1/interviews"))[0]["id"]
    assert f"/interviews/{interview}" in (await visit(await desk.sign_in(Duty.MANAGER), address)).links
    shown = await visit(administrator, address)
    assert not [link for link in shown.links if link.startswith(("/interviews/", "/children/"))]


async def test_the_policy_as_json_can_be_edited_and_sent_again(
    desk: Desk, administrator: AsyncClient
) -> None:
    told = (await administrator.get("/policy/in-force.json")).json()
    assert Policy.model_validate(told) == Policy()
    start = await visit(administrator, "/policy/new", start="in-force")
    assert json.loads(start.fields["text"]) == told
    told["interview"]["within"] = "PT48H"
    address = await upload(administrator, json.dumps(told))
    assert (await administrator.get(f"{address}.json")).json()["interview"]["within"] == "P2D"


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"x" * 1_000_001, "multipart/form-data; boundary=b", 413),
        (b"--b\r\nnothing", "multipart/form-data; boundary=b", 403),
        (b"", "multipart/form-data", 400),
        (b"--b--\r\n", "multipart/form-data; boundary=b; charset=punycode", 400),
        (
            b"--b\r\nContent-Disposition: form-data; name=text\r\n\r\n1\r\n--b--\r\n",
            "multipart/form-data; boundary=b",
            403,
        ),
        (b"{}", "application/json", 415),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    content: bytes, media_type: str, status: int, administrator: AsyncClient
) -> None:
    headers = {**BROWSER, "Content-Type": media_type}
    answer = await administrator.post("/policy/new", content=content, headers=headers)
    assert answer.status_code == status


async def test_a_form_with_a_file_from_another_site_is_refused(administrator: AsyncClient) -> None:
    form = await visit(administrator, "/policy/new")
    files = {"file": ("policy.toml", TWO_DAYS.encode(), "application/toml")}
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    answer = await administrator.post("/policy/new", data=form.fields, files=files, headers=headers)
    assert answer.status_code == 403


async def accept(client: AsyncClient, address: str) -> None:
    """Put an uploaded version in force."""
    answer = await submit(client, f"{address}/accept", await visit(client, address), why="Agreed")
    assert answer.status_code == 303


async def test_whose_mail_and_files_are_read_no_longer_is_said_before_it_is_accepted(
    desk: Desk, administrator: AsyncClient
) -> None:
    lists = '[[police_lists.formats]]\nsource = "urn:police:westmere"\n'
    await accept(administrator, await upload(administrator, FORCES.read_text() + lists))
    address = await upload(administrator)
    shown = await visit(administrator, address)
    assert (
        "Mail and files of Westmere Police (“ Westmere morning list ”) will no longer be read" in shown.words
    )
    assert "lists of missing children of Westmere Police will be read only where" in shown.words
    await accept(administrator, address)
    assert "It took formats of forces away" in (await visit(administrator, address)).words


async def test_who_downloads_what_is_in_force_and_changes_one_line_loses_nothing(
    desk: Desk, administrator: AsyncClient
) -> None:
    await accept(administrator, await upload(administrator, FORCES.read_text()))
    in_force = (await administrator.get("/policy/in-force.json")).text
    typed = (await visit(administrator, "/policy/new", start="in-force")).fields["text"]
    assert json.loads(typed) == json.loads(in_force)
    changed = in_force.replace('"within":"P3D"', '"within":"P2D"')
    shown = await visit(administrator, await upload(administrator, changed))
    assert "no longer be read" not in shown.words
    assert (
        "Settings Setting Was Becomes Time from the return to the deadline 3 days 2 days Accept"
        in shown.words
    )
