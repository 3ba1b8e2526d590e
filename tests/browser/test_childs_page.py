"""A child's page and plan in a browser: for everybody, on every width, with and without scripts."""

from collections.abc import AsyncIterator

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from store.database import Store
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown, serving
from tests.life import whole_life
from tests.messages import AMARA, message
from tests.postgres import Database

pytestmark = [*IN_ONE_PROCESS]
WIDTHS = (1280, 320)


@pytest_asyncio.fixture(loop_scope="session")
async def lived(database: Database) -> AsyncIterator[tuple[Shown, str]]:
    """A site with one child's whole life, told before it is served: its runner would apply it as of now."""
    store = Store(database.app_url, pool_size=3)
    child = await whole_life(store, NOW)
    await store.close()
    async with serving(database) as site:
        yield site, child


Lived = tuple[Shown, str]


async def test_the_pages_of_a_whole_life_are_accessible_and_fit(lived: Lived, opened: Open) -> None:
    shown, child_id = lived
    child = f"{shown.address}/children/{child_id}"
    page = await opened()
    for address in (child, f"{child}?plan=yes&order=oldest", f"{child}/safety-plan"):
        await page.goto(address)
        await _is_for_everybody(page)
    await page.get_by_role("link", name="Done, changed or dropped").click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    await _is_for_everybody(page)
    await page.goto(f"{shown.address}/accessibility")
    await _is_for_everybody(page)


async def _is_for_everybody(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()


async def test_without_scripts_the_line_is_filtered_and_an_action_is_done(lived: Lived, opened: Open) -> None:
    shown, child = lived
    page = await opened(390, scripts=False)
    await page.goto(f"{shown.address}/children/{child}")
    await page.get_by_text("Choose what is shown").click()
    await page.get_by_label("Decisions").check()
    await page.get_by_role("button", name="Show these").click()
    await expect(page.get_by_role("heading", level=4)).to_have_count(1)
    await page.get_by_role("link", name="Safety plan", exact=True).click()
    await page.get_by_role("link", name="Done, changed or dropped").click()
    await page.get_by_label("It was done").check()
    await page.get_by_label("What was seen, or why").fill("She takes the bus.")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Safety plan")).to_be_visible()
    async with shown.store.transaction("E06000018") as tx:
        kept = await tx.all("SELECT body FROM plan_entries WHERE kind = 'done' ORDER BY no DESC LIMIT 1")
    assert kept[0].body["seen"] == "She takes the bus."


async def test_what_is_told_of_the_child_appears_where_the_page_lies_open(shown: Shown, opened: Open) -> None:
    await shown.tell(message("reported", NOW, id="o1", child=AMARA, missing={"risk_level": "high"}))
    page = await opened()
    await page.goto(f"{shown.address}/children/{await shown.child('Okafor')}")
    await page.get_by_text("Choose what is shown").click()
    await page.get_by_label("Alerts").check()
    await page.get_by_text("This page updates by itself.").wait_for()
    await shown.tell(message("returned", NOW, id="o2", child=AMARA, returned={"returned_to": "home"}))
    await expect(page.get_by_role("heading", name="Next: Give it to an interviewer")).to_be_visible()
    await expect(page.get_by_role("heading", name="Returned")).to_be_visible()
    await expect(page.get_by_label("Alerts")).to_be_checked()
