"""What an administrator does: people and their sessions, tokens, the directory of staff."""

from httpx import AsyncClient

from schemas.access import Duty
from tests.messages import NOTTINGHAMSHIRE
from tests.web.conftest import Desk
from tests.web.reader import BROWSER, Page, submit, visit

CSV = "id,name,roles,teams\nW-9,Ania O’Neill,interviewer,Missing\n"


async def administrator(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.ADMINISTRATOR, name="Ade Martins")


async def test_access_is_taken_away_at_once_and_given_back(desk: Desk) -> None:
    client, worker = await administrator(desk), await desk.sign_in(Duty.WORKER, name="Ewa Nowak")
    path = f"/admin/people/{desk.people[worker].id}"
    form = await visit(client, "/admin/people")
    assert "Ewa Nowak" in form.words
    assert (await submit(client, path, form, do="disable")).status_code == 303
    assert (await worker.get("/now")).status_code == 303
    assert "No access" in (await visit(client, "/admin/people")).words
    await submit(client, path, form, do="enable")
    assert "No access" not in (await visit(client, "/admin/people")).words
    told = [line["actor"] for line in await desk.items("/api/v1/ledger", action="person.disabled")]
    assert told == [desk.person_of(client)]


async def test_sessions_are_ended(desk: Desk) -> None:
    client, worker = await administrator(desk), await desk.sign_in(Duty.WORKER)
    form = await visit(client, "/admin/people")
    await submit(client, f"/admin/people/{desk.people[worker].id}", form, do="sessions")
    assert (await worker.get("/now")).status_code == 303


async def test_nobody_takes_away_their_own_access(desk: Desk) -> None:
    client = await administrator(desk)
    form = await visit(client, "/admin/people")
    answer = await submit(client, f"/admin/people/{desk.people[client].id}", form, do="disable")
    assert answer.status_code == 409
    assert (await client.get("/admin/people")).status_code == 200


async def test_a_token_is_made_shown_once_used_and_revoked(desk: Desk) -> None:
    client = await administrator(desk)
    form = await visit(client, "/admin/tokens")
    made = await submit(client, "/admin/tokens", form, name="reader", scope="read")
    secret = made.text.partition('id="secret">')[2].partition("<")[0]
    assert secret not in (await client.get("/admin/tokens")).text
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await desk.client.get("/api/v1/episodes", headers=headers)).status_code == 200
    answer = await submit(
        client, "/admin/tokens/revoke", await visit(client, "/admin/tokens"), revoke="reader"
    )
    assert answer.status_code == 303
    assert (await desk.client.get("/api/v1/episodes", headers=headers)).status_code == 401


async def test_a_token_that_cannot_be_made_says_why_and_keeps_what_was_typed(desk: Desk) -> None:
    client = await administrator(desk)
    form = await visit(client, "/admin/tokens")
    answer = await submit(client, "/admin/tokens", form, name="feed", scope="read", source=NOTTINGHAMSHIRE)
    assert answer.status_code == 422
    assert Page(answer.text).fields["source"] == NOTTINGHAMSHIRE


async def send(client: AsyncClient, content: bytes) -> Page:
    form = await visit(client, "/admin/staff")
    answer = await client.post(
        "/admin/staff", data=form.fields, files={"file": ("staff.csv", content, "text/csv")}, headers=BROWSER
    )
    return Page(answer.text)


async def test_the_directory_is_imported_from_a_file(desk: Desk) -> None:
    client = await administrator(desk)
    assert "1 person new" in (await send(client, CSV.encode())).words
    assert "Ania O’Neill" in (await visit(client, "/admin/staff")).words


async def test_a_wrong_file_changes_nothing_and_names_each_line(desk: Desk) -> None:
    client = await administrator(desk)
    words = (await send(client, b"id,name,email\nW-1,Ewa,nonsense\n,Nobody,\n")).words
    assert "Nothing was imported" in words
    assert "Line 2" in words
    assert "Line 3" in words
    assert "not UTF-8" in (await send(client, b"\xff\xfe")).words
    assert "The directory is empty" in (await visit(client, "/admin/staff")).words
