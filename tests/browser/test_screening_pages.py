"""A screener's pages in a browser: accessible, and no wider than a telephone."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.conftest import IN_ONE_PROCESS, Open, Shown

pytestmark = [*IN_ONE_PROCESS]


async def question(page: Page, site: Shown, title: str) -> None:
    await page.goto(f"{site.address}/screening")
    await page.get_by_role("link", name=title).first.click()
    await page.get_by_role("heading", name=title).wait_for()


async def evidence(page: Page, site: Shown) -> None:
    await question(page, site, "Who is this child?")


async def preview(page: Page, site: Shown) -> None:
    await evidence(page, site)
    await page.get_by_label("It is a child of its own").check()
    await page.get_by_label("Why").fill("Not known here")
    await page.get_by_role("button", name="Show what will change").click()
    await page.get_by_role("heading", name="What will change").wait_for()


async def times(page: Page, site: Shown) -> None:
    await question(page, site, "Which times are right?")


async def decisions(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/screening/decisions")


async def split(page: Page, site: Shown) -> None:
    await evidence(page, site)
    await page.get_by_role("link", name="choose which notifications").click()
    await page.get_by_role("heading", name="Some of it is of another child").wait_for()


STATES = {one.__name__: one for one in (evidence, preview, times, decisions, split)}


@pytest.mark.parametrize("state", STATES)
async def test_a_screeners_page_is_accessible_and_fits(busy: Shown, opened: Open, state: str) -> None:
    page = await opened()
    await STATES[state](page, busy)
    for width in (1280, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
