"""A page that updates by itself takes nothing out of anybody's hands."""

from playwright.async_api import expect

from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import message

pytestmark = [*IN_ONE_PROCESS]
FIELD = "document.querySelector('#missing').insertAdjacentHTML('beforeend', '<input aria-label=\"Why\">')"


async def test_a_part_in_which_somebody_types_stays_as_it_is_until_it_is_empty_again(
    shown: Shown, opened: Open
) -> None:
    page = await opened()
    async with page.expect_response("**/live"):
        await page.goto(f"{shown.address}/now")
    await page.evaluate(FIELD)
    await page.get_by_label("Why").fill("because")
    await page.locator("h1").click()
    await shown.tell(message("reported", NOW, id="m1"))
    await expect(page.locator("#count-missing")).to_contain_text("1 missing now")
    await expect(page.get_by_label("Why")).to_have_value("because")
    await page.get_by_label("Why").fill("")
    await page.locator("h1").click()
    await shown.tell(message("reported", NOW, id="m2", subject="NP-2", child={"family_name": "Khan"}))
    await expect(page.get_by_role("link", name="Khan")).to_be_visible()
    await expect(page.get_by_label("Why")).to_have_count(0)
