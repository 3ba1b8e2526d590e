"""What an auditor can answer: who saw this child's record, and why; what was done; is the ledger whole."""

from datetime import timedelta
from typing import LiteralString

import pytest
from httpx import AsyncClient, Response
from psycopg.errors import IntegrityError

from casework.seal import seal
from schemas.access import Duty
from store import ledger
from store.ledger import Entry
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import missing, returned


async def seen(desk: Desk) -> str:
    """Let a worker and a manager look at a child, and return its id."""
    await desk.tell(missing(), returned())
    child = str((await desk.items("/api/v1/episodes"))[0]["child_id"])
    worker = await desk.sign_in(Duty.WORKER, name="Ewa Nowak")
    why = await worker.get(f"/children/{child}")
    assert why.headers["location"].startswith(f"/children/{child}/why")
    form = await visit(worker, why.headers["location"].partition("?")[0], to=f"/children/{child}")
    told = {"purpose": "covering", "reason": "=HYPERLINK(1) for Ania"}
    answer = await submit(worker, f"/children/{child}/why", form, **told)
    assert answer.headers["location"] == f"/children/{child}"
    assert (await worker.get(f"/children/{child}")).status_code == 200
    manager = await desk.sign_in(Duty.MANAGER, name="Mary Okoro")
    assert (await manager.get(f"/children/{child}")).status_code == 200
    return child


async def auditor(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.AUDITOR, name="Audrey Finch")


async def test_an_auditor_finds_who_saw_a_child_by_its_number_and_why(desk: Desk) -> None:
    child, client = await seen(desk), await auditor(desk)
    answer = await submit(client, "/audit/access", await visit(client, "/audit/access"), number="C-100482")
    assert answer.headers["location"] == f"/audit/access?child={child}"
    words = (await visit(client, "/audit/access", child=child)).words
    assert "Ewa Nowak" in words
    assert "Stood in for a colleague: =HYPERLINK(1) for Ania" in words
    assert "Mary Okoro" in words
    assert "Okafor" not in words


async def test_before_anybody_opened_a_record_it_is_said_and_nothing_was_asked(desk: Desk) -> None:
    browser = await auditor(desk)
    assert "Nobody has opened a page about a child yet." in (await visit(browser, "/audit/access")).words
    found = await visit(browser, "/audit/access", from_on="2026-03-01")
    assert "Nobody saw a child that fits what you asked." in found.words


async def test_a_restricted_child_is_no_hole_in_the_log(desk: Desk, database: Database) -> None:
    child, client = await seen(desk), await auditor(desk)
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "INSERT INTO restrictions (child_id, authority) VALUES (%s, %s)", (child, NOTTINGHAM)
        )
    answer = await submit(client, "/audit/access", await visit(client, "/audit/access"), number="C-100482")
    assert "Mary Okoro" in (await visit(client, "/audit/access", child=child)).words
    assert answer.status_code == 303


async def test_views_are_chosen_by_person_purpose_and_day(desk: Desk) -> None:
    child, client = await seen(desk), await auditor(desk)
    assert "Mary Okoro" not in _table((await client.get("/audit/access?purpose=covering")).text)
    assert "Nobody saw a child" in (await visit(client, "/audit/access", to_on="2026-03-30")).words
    assert "Ewa Nowak" in _table((await client.get(f"/audit/access?from_on=2026-03-31&child={child}")).text)


def _table(html: str) -> str:
    return html.partition("<table")[2]


async def test_a_day_that_is_none_is_said_at_the_field(desk: Desk) -> None:
    answer = await (await auditor(desk)).get("/audit/access?from_on=yesterday")
    assert answer.status_code == 422
    assert "#from_on" in Page(answer.text).links


async def test_a_number_that_nobody_has_is_said_and_kept(desk: Desk) -> None:
    client = await auditor(desk)
    answer = await submit(client, "/audit/access", await visit(client, "/audit/access"), number="C-<b>")
    assert answer.status_code == 422
    assert Page(answer.text).fields["number"] == "C-<b>"


async def test_the_log_is_taken_as_a_file_in_which_nothing_is_a_formula(desk: Desk) -> None:
    child, client = await seen(desk), await auditor(desk)
    answer = await client.get(f"/audit/access.csv?child={child}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "'=HYPERLINK(1) for Ania" in answer.text
    assert "Okafor" not in answer.text


@pytest.mark.parametrize(
    "statement", ["UPDATE accesses SET purpose = 'x'", "DELETE FROM accesses", "TRUNCATE accesses"]
)
async def test_the_log_cannot_be_changed(desk: Desk, database: Database, statement: LiteralString) -> None:
    await seen(desk)
    with connect(database.owner_url) as owner, pytest.raises(IntegrityError, match="append-only"):
        owner.execute(statement)


async def test_the_ledger_is_searched_by_whom_and_what(desk: Desk) -> None:
    await seen(desk)
    client = await auditor(desk)
    words = (await visit(client, "/audit/ledger", action="notification.received")).words
    assert words.count("in full") == 2
    assert "No line fits" in (await visit(client, "/audit/ledger", actor="Nobody")).words


async def test_the_ledger_begins_with_the_newest_line_in_words_and_leads_to_older_ones(desk: Desk) -> None:
    child, client = await seen(desk), await auditor(desk)
    async with desk.store.transaction(NOTTINGHAM, "token:Power BI") as tx:
        for number in range(60):
            entry = Entry("policy.uploaded", f"policy/{number}", {"no": number})
            await ledger.write(tx, [entry], desk.clock())
    page = await visit(client, "/audit/ledger")
    assert "Policy uploaded , by Power BI (a system, by its token) , today at 10am" in page.words
    assert "/policy/59" in page.links
    assert "/policy/9" not in page.links
    older = next(link for link in page.links if "before=" in link)
    page = Page((await client.get(older)).text)
    assert "/policy/9" in page.links
    assert "Interview became due" in page.words
    assert f"/audit/ledger?child={child}" in page.links
    assert "C-100482" in page.words
    assert "Okafor" not in page.words


async def test_the_ledger_is_searched_by_any_id_a_child_and_the_days(desk: Desk) -> None:
    child, client = await seen(desk), await auditor(desk)
    interview = str((await desk.items("/api/v1/interviews"))[0]["id"])
    found = await visit(client, "/audit/ledger", subject=interview.upper())
    assert "Interview became due" in _lines(found)
    assert "Child back: the clock runs" not in _lines(found)
    for field in ("child", "subject"):
        assert "Child back: the clock runs" in _lines(await visit(client, "/audit/ledger", **{field: child}))
    assert f"/audit/access?child={child}" in (await visit(client, "/audit/ledger", child=child)).links
    assert "Nothing found" in (await visit(client, "/audit/ledger", child=child, to_on="2026-03-30")).words
    signed = await visit(client, "/audit/ledger", from_on="2026-03-31", to_on="2026-03-31", child=child)
    assert "Child back: the clock runs" in _lines(signed)


async def test_the_ledger_is_searched_by_a_part_of_a_name(desk: Desk) -> None:
    client = await auditor(desk)
    async with desk.store.transaction(NOTTINGHAM, desk.person_of(client)) as tx:
        await ledger.write(tx, [Entry("policy.accepted", "policy/4", {})], desk.clock())
    page = await visit(client, "/audit/ledger", actor="finch")
    assert _lines(page).count("in full") == 1
    assert "by Audrey Finch" in page.words


def _lines(page: Page) -> str:
    return page.words.partition("The latest first")[2]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("child", "C-100482"), ("from_on", "yesterday"), ("to_on", "9999-12-31"),
        ("to_on", "2026-03-30"),
    ],
)  # fmt: skip
async def test_what_cannot_be_searched_for_is_said_at_its_field(desk: Desk, field: str, typed: str) -> None:
    client, asked = await auditor(desk), {"from_on": "2026-03-31", "action": "x.y", field: typed}
    answer = await client.get("/audit/ledger", params=asked)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert f"#{field}" in page.links
    assert (page.fields[field], page.fields["action"]) == (typed, "x.y")
    assert (await client.get("/audit/ledger.csv", params=asked)).status_code == 303


async def test_what_was_found_in_the_ledger_is_taken_as_a_file(desk: Desk) -> None:
    await seen(desk)
    answer = await (await auditor(desk)).get("/audit/ledger.csv?action=interview.due")
    assert answer.headers["content-disposition"] == 'attachment; filename="what-was-done.csv"'
    assert len(answer.text.splitlines()) == 2
    assert "Interview became due" in answer.text


async def test_what_one_person_opened_again_within_an_hour_is_one_row_and_each_in_the_file(
    desk: Desk,
) -> None:
    child, client = await seen(desk), await auditor(desk)
    manager = await desk.sign_in(Duty.MANAGER, name="Zoe Adeyemi")
    for minutes in (0, 20, 20, 61):
        desk.clock.now += timedelta(minutes=minutes)
        await manager.get(f"/children/{child}")
    words = _words(await client.get(f"/audit/access?child={child}"))
    assert words.count("Zoe Adeyemi") == 2
    assert "3 times, from today at 10am to today at 10:40am Zoe Adeyemi C-100482" in words
    assert (await client.get(f"/audit/access.csv?child={child}")).text.count("Zoe Adeyemi") == 4


async def test_a_child_without_a_number_or_restricted_is_shown_by_its_id(
    desk: Desk, database: Database
) -> None:
    child, client = await seen(desk), await auditor(desk)
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "INSERT INTO restrictions (child_id, authority) VALUES (%s, %s)", (child, NOTTINGHAM)
        )
    words = _words(await client.get("/audit/access"))
    assert f"{child[:8]}… (show who saw this child)" in words
    assert "C-100482" not in words


def _words(answer: Response) -> str:
    return Page(_table(answer.text)).words


async def test_the_chain_is_walked_and_a_break_is_named(desk: Desk, database: Database) -> None:
    await seen(desk)
    await seal(desk.store, NOTTINGHAM, desk.clock())
    client = await auditor(desk)
    whole = await submit(client, "/audit/chain", await visit(client, "/audit/chain"))
    assert "The chain is whole" in whole.text
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE ledger DISABLE TRIGGER ALL")
        superuser.execute("UPDATE ledger SET actor = 'somebody' WHERE position = 2")
    broken = await submit(client, "/audit/chain", await visit(client, "/audit/chain"))
    assert "is not what was sealed at position 2" in broken.text
