"""The ways of an auditor and an administrator, from the sign-in page to the rows in the database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest_asyncio
from playwright.async_api import Page, expect

from casework.seal import seal
from cli.demo.staff import CHIEF
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.test_policy import POLICY
from tests.browser.town import NAMES, WAYS, WORKER, Town, town_on
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

pytestmark = [*IN_ONE_PROCESS]
WHY = "The child’s life may be in danger, and nobody named answers the telephone."
FOUND = "I spoke with Ania and the duty social worker: it was needed."


@WAYS
async def test_an_auditor_sees_who_saw_a_child_and_that_the_ledger_is_whole(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    await town.back("Amara", 20)
    mary = await opened(width, scripts=scripts, session=None)
    await town.sign_in(mary, CHIEF)
    await mary.goto(f"{town.address}/children/{await town.child_of('Amara')}")
    await seal(town.store, NOTTINGHAM, town.world.now)
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, "audrey")
    await page.get_by_label("The authority’s number of the child").fill("C-Amara")
    await page.get_by_role("button", name="Show who saw it").click()
    await expect(page.get_by_role("row").filter(has_text=NAMES[CHIEF])).to_have_count(1)
    await page.get_by_role("link", name="Is the ledger whole?").click()
    await page.get_by_role("button", name="Walk the chain").click()
    await expect(page.get_by_role("heading", name="The chain is whole")).to_be_visible()
    seen = await town.value("SELECT person || ' ' || purpose FROM accesses")
    mary_id = await town.value("SELECT id FROM people WHERE name = :name", name=NAMES[CHIEF])
    assert seen == f"person:{mary_id} managing"


@WAYS
async def test_an_administrator_makes_and_revokes_a_token_and_ends_a_person_s_access(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    ania, page = [await opened(width, scripts=scripts, session=None) for _ in range(2)]
    await town.sign_in(ania, WORKER)
    await town.sign_in(page, "ade")
    await page.get_by_role("link", name="Forces and systems").click()
    await page.get_by_label("Name", exact=True).fill("Power BI")
    await page.get_by_label("Read everything that is not restricted").check()
    await page.get_by_role("button", name="Make the token").click()
    headers = {"Authorization": f"Bearer {await page.locator('#secret').inner_text()}"}
    async with httpx.AsyncClient(base_url=town.address, headers=headers) as system:
        assert (await system.get("/api/v1/episodes")).status_code == 200
        await page.get_by_role("button", name="Revoke Power BI").click()
        await expect(page.get_by_text("Revoked")).to_be_visible()
        assert (await system.get("/api/v1/episodes")).status_code == 401
    await page.get_by_role("link", name="People").click()
    await page.get_by_role("button", name=f"Take access away from {NAMES[WORKER]}").click()
    await expect(page.get_by_role("button", name=f"Give access back to {NAMES[WORKER]}")).to_be_visible()
    await ania.goto(f"{town.address}/my-interviews")
    await expect(ania.get_by_role("heading", level=1)).to_have_text("Sign in")
    sessions = await town.value(
        "SELECT count(*) FROM sessions s JOIN people p ON p.id = s.person_id"
        " WHERE p.name = :name AND p.disabled_at IS NOT NULL AND s.ended_at IS NULL",
        name=NAMES[WORKER],
    )
    assert sessions == 0
    assert await town.value("SELECT revoked_at IS NOT NULL FROM tokens WHERE name = 'Power BI'")


@WAYS
async def test_an_administrator_puts_a_policy_in_force(
    town: Town, opened: Open, tmp_path: Path, scripts: bool, width: int
) -> None:
    interview = await town.back("Amara", 50)
    due_at = (await town.standing(interview)).interview.due_at
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, "ade")
    await page.get_by_label("Administration").get_by_role("link", name="Policy").click()
    await page.get_by_role("button", name="Upload another version").click()
    await page.get_by_label("Choose a file").set_input_files(file)
    await page.get_by_label("Why").fill("The board wants two days")
    await page.get_by_role("button", name="Upload and see what changes").click()
    await expect(page.get_by_text("1 interview becomes overdue")).to_be_visible()
    await page.get_by_label("Why, and who agreed").fill("Agreed by the head of service")
    await page.get_by_role("button", name="Accept version 1").click()
    await expect(page.get_by_role("heading", name="What it changed")).to_be_visible()
    assert (due_at - (await town.standing(interview)).interview.due_at).total_seconds() == 24 * 3600


@pytest_asyncio.fixture(loop_scope="session")
async def today(database: Database) -> AsyncIterator[Town]:
    """A town of today: the database's own clock says how long a restricted record stays open."""
    async with town_on(database, clock=lambda: datetime.now(UTC)) as made:
        yield made


@WAYS
async def test_a_child_is_restricted_opened_in_need_and_that_is_looked_at(
    today: Town, opened: Open, scripts: bool, width: int
) -> None:
    await today.back("Amara", 20)
    today.world.now = datetime.now(UTC)
    child = await today.child_of("Amara")
    mary, ania = [await opened(width, scripts=scripts, session=None) for _ in range(2)]
    await today.sign_in(mary, CHIEF)
    await mary.goto(f"{today.address}/children/{child}/restriction")
    await mary.get_by_label(NAMES[CHIEF]).check()
    await mary.get_by_label("Why", exact=True).fill(WHY)
    await mary.get_by_role("button", name="Restrict the record").click()
    await mary.get_by_role("heading", level=1, name="Amara").wait_for()
    await today.sign_in(ania, WORKER)
    assert await status_of(ania, f"{today.address}/children/{child}") == 404
    await open_in_need(ania, today)
    await expect(ania.get_by_role("heading", level=1)).to_contain_text("Amara Okafor")
    await ania.goto(f"{today.address}/my-interviews")
    await mary.goto(f"{today.address}/restricted/review")
    await mary.get_by_label("What you found, and what follows").fill(FOUND)
    await mary.get_by_role("button", name="Write it down").click()
    await expect(mary.get_by_text(FOUND)).to_be_visible()
    assert await status_of(ania, f"{today.address}/children/{child}") == 404
    with connect(today.database.superuser_url) as superuser:
        kept = superuser.execute("SELECT reason, review, ended_at IS NOT NULL FROM break_glass").fetchall()
    assert kept == [(WHY, FOUND, True)]


async def open_in_need(page: Page, town: Town) -> None:
    await page.goto(f"{town.address}/restricted")
    if await page.get_by_role("heading", name="Is it still you?").is_visible():
        await page.get_by_role("button", name="Yes, I am").click()
    await page.get_by_label("The authority’s number of the child").fill("C-Amara")
    await page.get_by_label("Why you have to see it now").fill(WHY)
    await page.get_by_role("button", name="Open the record, and tell the managers").click()


async def status_of(page: Page, address: str) -> int:
    answer = await page.goto(address)
    assert answer is not None
    return answer.status
