"""Every page and state of one: usable by everybody, on a narrow screen, without a fault."""

from collections.abc import Awaitable, Callable

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.conftest import IN_ONE_PROCESS, Open, Shown

pytestmark = [*IN_ONE_PROCESS]
WIDTHS = (1280, 660, 320)
Going = Callable[[Page, Shown], Awaitable[None]]


def to(path: str) -> Going:
    async def go(page: Page, site: Shown) -> None:
        await page.goto(site.address + path)

    return go


def child(name: str) -> Going:
    async def go(page: Page, site: Shown) -> None:
        await page.goto(f"{site.address}/children/{await site.child(name)}")
        await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")

    return go


def search(typed: str) -> Going:
    async def go(page: Page, site: Shown) -> None:
        await page.goto(f"{site.address}/children")
        await page.get_by_label("Name, beginning").fill(typed)
        await page.get_by_role("button", name="Find").click()
        await page.get_by_role("heading", name="found").wait_for()

    return go


async def form_about_a_child(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/notifications/new?child={await site.child('Okafor')}")


async def form_with_children_found(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/notifications/new")
    await page.get_by_label("A child is missing").check()
    await page.get_by_label("Family name").fill("Okafor")
    await page.get_by_role("button", name="Find this child").click()
    await page.get_by_text("Is it one of these?").wait_for()


async def form_with_everything_wrong(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/notifications/new")
    await page.get_by_role("button", name="Record").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()


async def form_that_asks_which_hour(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/notifications/new")
    when = page.get_by_role("group", name="Date", exact=True)
    for label, value in {"Day": "26", "Month": "10", "Year": "2025"}.items():
        await when.get_by_label(label).fill(value)
    await page.get_by_label("Time").fill("1:30am")
    await page.get_by_role("button", name="Record").click()
    await page.get_by_text("Which of the two was it?").wait_for()


async def receipt(page: Page, site: Shown) -> None:
    await page.goto(f"{site.address}/notifications/new")
    await page.get_by_label("A child is back").check()
    await page.get_by_label("The authority’s number").fill("C-100482")
    when = page.get_by_role("group", name="Date", exact=True)
    for label, value in {"Day": "30", "Month": "3", "Year": "2026"}.items():
        await when.get_by_label(label).fill(value)
    await page.get_by_label("Time").fill("9pm")
    await page.get_by_role("button", name="Record").click()
    await page.get_by_role("heading", name="Recorded").wait_for()


def letter(why: str) -> Going:
    async def go(page: Page, site: Shown) -> None:
        await page.goto(f"{site.address}/screening")
        await page.locator("li", has_text=why).get_by_role("link", name="Sent by force").click()
        await page.get_by_role("heading", name="As it came").wait_for()

    return go


async def letter_that_still_cannot_be_taken(page: Page, site: Shown) -> None:
    await letter("Sender, as it names itself: is")(page, site)
    await page.get_by_role("button", name="Try again").click()
    await page.get_by_role("heading", name="It still cannot be taken").wait_for()


STATES: dict[str, Going] = {
    "board": to("/now"),
    "board of what is overdue": to("/now?show=overdue"),
    "board that stands still": to("/now?updates=off"),
    "child": child("Okafor"),
    "child whom nobody confirmed": child("Khan"),
    "child with a conflict": child("Price"),
    "child without an episode": child("Evans"),
    "child with a long name": child("Ferreira-Montgomery-Featherstonehaugh"),
    "search": to("/children"),
    "search with a child found": search("Okafor"),
    "search with nobody found": search("Zzz"),
    "form": to("/notifications/new"),
    "form about a child": form_about_a_child,
    "form with children found": form_with_children_found,
    "form with everything wrong": form_with_everything_wrong,
    "form that asks which hour": form_that_asks_which_hour,
    "receipt": receipt,
    "screening": to("/screening"),
    "letter": letter("not JSON"),
    "letter that is no text": letter("not UTF-8"),
    "letter that still cannot be taken": letter_that_still_cannot_be_taken,
    "page not found": to("/nowhere"),
    "address not understood": to("/now?page=x"),
}


@pytest.mark.parametrize("state", STATES)
async def test_a_page_is_accessible_and_fits(busy: Shown, opened: Open, state: str) -> None:
    page = await opened()
    await STATES[state](page, busy)
    assert await page.locator("h1").count() == 1
    assert (await page.title()).endswith(" – Homeward")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", ["/now", "/screening"])
async def test_a_page_with_nothing_to_show_is_accessible(shown: Shown, opened: Open, path: str) -> None:
    page = await opened(WIDTHS[-1])
    await page.goto(shown.address + path)
    found = await Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


async def test_the_keyboard_reaches_the_content_first(busy: Shown, opened: Open) -> None:
    page = await opened()
    await page.goto(f"{busy.address}/now")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"
