"""Before a session ends its reader is told, may stay, and loses nothing that was typed."""

from playwright.async_api import Page, expect

from store.database import Store
from tests.browser.conftest import IN_ONE_PROCESS, Open, Shown

pytestmark = [*IN_ONE_PROCESS]


async def typing(page: Page, site: Shown) -> int:
    """Open a page, type something, and return after how many milliseconds an idle session ends."""
    await page.clock.install()
    await page.goto(f"{site.address}/children")
    await page.get_by_label("Name, beginning").fill("half a na")
    return 1000 * int(await page.locator("body").get_attribute("data-session-idle-seconds") or 0)


async def test_whoever_says_so_in_time_stays_signed_in(shown: Shown, opened: Open) -> None:
    page = await opened(320)
    idle = await typing(page, shown)
    warning = page.get_by_role("alertdialog", name="You will be signed out in 2 minutes")
    await page.clock.run_for(idle - 181_000)
    await expect(warning).to_be_hidden()
    await page.clock.run_for(2_000)
    await expect(warning).to_be_visible()
    await expect(page.get_by_role("heading", name="You will be signed out")).to_be_focused()
    await page.get_by_role("button", name="Stay signed in").click()
    await expect(warning).to_be_hidden()
    await expect(page.get_by_label("Name, beginning")).to_be_focused()
    await page.clock.run_for(idle - 181_000)
    await expect(warning).to_be_hidden()


async def test_only_two_minutes_and_one_minute_are_announced(shown: Shown, opened: Open) -> None:
    page = await opened()
    idle = await typing(page, shown)
    said = page.locator("[data-session-said]")
    heard = []
    await page.clock.run_for(idle - 180_000)
    for _ in range(17):
        await page.clock.run_for(10_000)
        heard.append(await said.inner_text())
    assert list(dict.fromkeys(heard)) == [
        "You will be signed out in 2 minutes",
        "You will be signed out in 1 minute",
    ]


async def test_what_was_typed_outlives_the_session(shown: Shown, opened: Open) -> None:
    page = await opened()
    idle = await typing(page, shown)
    await page.clock.run_for(idle + 1_000)
    await expect(page.get_by_role("alertdialog", name="You were signed out")).to_be_visible()
    await expect(page.get_by_role("link", name="Sign in again in another tab")).to_be_visible()
    await page.get_by_role("button", name="Back to the page").click()
    await expect(page.get_by_label("Name, beginning")).to_have_value("half a na")


async def test_a_page_that_updates_by_itself_says_that_its_session_is_over(
    shown: Shown, opened: Open
) -> None:
    page = await opened()
    await page.goto(f"{shown.address}/now")
    await page.get_by_text("This page updates by itself.").wait_for()
    await _end_all(shown.store)
    async with shown.store.transaction("E06000018") as tx:
        await tx.tell("homeward_changed")
    await expect(page.get_by_text("You were signed out. Sign in again.")).to_be_visible()


async def _end_all(store: Store) -> None:
    async with store.transaction("E06000018", "system:test") as tx:
        await tx.run("UPDATE sessions SET ended_at = begun_at, ended_why = 'test'")
