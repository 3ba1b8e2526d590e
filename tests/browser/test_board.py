"""The board lives: what changes shows by itself, and nobody is disturbed by it."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import message

pytestmark = [*IN_ONE_PROCESS]
LIVE = "This page updates by itself."


async def board(shown: Shown, opened: Open) -> Page:
    """Open the board, and wait until it listens."""
    page = await opened()
    async with page.expect_response("**/live"):
        await page.goto(f"{shown.address}/now")
    return page


async def test_a_notification_shows_on_an_open_board_by_itself(shown: Shown, opened: Open) -> None:
    page = await board(shown, opened)
    await expect(page.get_by_text("Nobody is missing.")).to_be_visible()
    await shown.tell(message("reported", NOW, id="m1"))
    await expect(page.get_by_role("link", name="Amara Grace Okafor")).to_be_visible()
    await expect(page.locator("#count-missing")).to_have_text(re.compile("1 missing now"))


async def test_a_return_moves_the_child_to_the_interviews(shown: Shown, opened: Open) -> None:
    await shown.tell(message("reported", NOW, id="m1"))
    page = await board(shown, opened)
    await shown.tell(message("returned", NOW, id="m2"))
    await expect(page.locator("#interviews").get_by_text("72 hours left")).to_be_visible()
    await expect(page.get_by_text("Nobody is missing.")).to_be_visible()


async def test_whoever_is_on_a_link_stays_on_it(shown: Shown, opened: Open) -> None:
    await shown.tell(message("reported", NOW, id="m1"))
    page = await board(shown, opened)
    await page.get_by_role("link", name="Amara Grace Okafor").focus()
    await shown.tell(message("reported", NOW, id="m2", subject="NP-2", child={"family_name": "Khan"}))
    await expect(page.get_by_role("link", name="Khan")).to_be_visible()
    await expect(page.get_by_role("link", name="Amara Grace Okafor")).to_be_focused()


async def test_whoever_is_on_a_link_that_goes_is_taken_to_its_heading(shown: Shown, opened: Open) -> None:
    await shown.tell(message("reported", NOW, id="m1"))
    page = await board(shown, opened)
    await page.locator("#missing").get_by_role("link", name="Amara Grace Okafor").focus()
    await shown.tell(message("returned", NOW, id="m2"))
    await expect(page.get_by_role("heading", name="Missing now")).to_be_focused()


async def test_a_board_may_be_stopped_and_started(shown: Shown, opened: Open) -> None:
    page = await board(shown, opened)
    await page.get_by_role("link", name="Stop updates").click()
    await expect(page.get_by_text("This page does not update by itself.")).to_be_visible()
    await shown.tell(message("reported", NOW, id="m1"))
    await expect(page.get_by_text("Nobody is missing.")).to_be_visible()
    await page.get_by_role("link", name="Start updates").click()
    await expect(page.get_by_role("link", name="Amara Grace Okafor")).to_be_visible()


async def test_a_lost_connection_is_said_and_taken_up_again(shown: Shown, opened: Open) -> None:
    page = await board(shown, opened)
    await page.route("**/live", lambda route: route.abort())
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page.get_by_text("Connection lost. Trying again.")).to_be_visible()
    await shown.tell(message("reported", NOW, id="m1"))
    await page.unroute("**/live")
    await expect(page.get_by_role("link", name="Amara Grace Okafor")).to_be_visible()
    await expect(page.get_by_text(LIVE)).to_be_visible()


async def test_without_scripts_a_board_is_asked_for_again_by_the_browser(shown: Shown, opened: Open) -> None:
    page = await opened(scripts=False)
    await page.goto(f"{shown.address}/now")
    assert await page.locator('meta[http-equiv="refresh"]').count() == 1
    await page.get_by_role("link", name="Stop updates").click()
    assert await page.locator('meta[http-equiv="refresh"]').count() == 0


async def test_filters_keep_what_else_was_chosen(busy: Shown, opened: Open) -> None:
    page = await opened()
    await page.goto(f"{busy.address}/now?updates=off")
    await page.get_by_role("link", name=re.compile("^Overdue")).click()
    await expect(page.get_by_text("This page does not update by itself.")).to_be_visible()
    await expect(page.locator("#interviews").get_by_text("Overdue by 90 hours")).to_be_visible()
    await expect(page.locator("#interviews").get_by_text("hours left")).to_have_count(0)


async def test_a_summary_leads_to_what_it_counts(busy: Shown, opened: Open) -> None:
    page = await opened()
    await page.goto(f"{busy.address}/now")
    await page.get_by_role("link", name=re.compile("overdue$")).click()
    assert page.url.endswith("/now?show=overdue#interviews")


async def test_a_child_is_one_step_from_the_board(busy: Shown, opened: Open) -> None:
    page = await opened()
    await page.goto(f"{busy.address}/now")
    await page.locator("#missing").get_by_role("link", name="Amara Grace Okafor").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Amara Grace Okafor")
    await expect(page.get_by_role("heading", name="Line of time")).to_be_visible()
    await expect(page.get_by_text("Did not come back from town.").first).to_be_visible()
