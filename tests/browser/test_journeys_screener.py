"""A screener's way, from the sign-in page to the rows in the database."""

import json

from playwright.async_api import expect

from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.town import HOUR, NOW, WAYS, Town
from tests.messages import message

pytestmark = [*IN_ONE_PROCESS]
WHY = "His carer calls him Bill, and gave his birthday."
NOT_HIM = "His carer has now seen a photograph: it is another boy."
EPISODES = "SELECT count(*) FROM episodes WHERE NOT superseded"


@WAYS
async def test_an_unknown_child_is_linked_and_the_link_is_undone(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    await town.back("Bilal", 20, family_name="Khan")
    bill = {"family_name": "Khan", "given_names": "Bill", "date_of_birth": "2011-07-02"}
    await town.world.tell(message("reported", NOW - HOUR, id="u1", subject="NP-9", child=bill, missing={}))
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, "sam")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Screening")
    await page.get_by_role("link", name="Who is this child?").click()
    await page.get_by_label("It is Bilal Khan").check()
    await page.get_by_label("Why", exact=True).fill(WHY)
    await page.get_by_role("button", name="Show what will change").click()
    await expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    await page.get_by_role("button", name="Decide").click()
    await expect(page.get_by_role("alert")).to_contain_text("Your decision was recorded")
    assert await town.value("SELECT kind || ': ' || reason FROM decisions") == f"link: {WHY}"
    assert await town.value("SELECT count(*) FROM children WHERE absorbed_by IS NOT NULL") == 1
    await page.get_by_role("link", name="What was decided").click()
    await page.get_by_role("link", name="Linked to a known child").click()
    await page.get_by_label("Why it is undone").fill(NOT_HIM)
    await page.get_by_role("button", name="Show what undoing changes").click()
    await page.get_by_role("button", name="Undo the decision").click()
    await expect(page.get_by_role("alert")).to_contain_text("The decision was undone")
    assert await town.value("SELECT reason FROM decisions WHERE undoes IS NOT NULL") == NOT_HIM
    assert await town.value("SELECT count(*) FROM children WHERE absorbed_by IS NOT NULL") == 0


@WAYS
async def test_a_message_is_mended_and_its_child_is_there(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    good = message("reported", NOW - HOUR, id="m1")
    await town.world.tell(good | {"time": "2026-03-31T08:00:00"})
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, "sam")
    await page.get_by_role("link", name="test, today at 10am").click()
    await page.get_by_text("Mend the text itself").click()
    await page.get_by_role("button", name="Keep the mended text and take it").click()
    await expect(page.get_by_role("alert")).to_contain_text("It still cannot be taken")
    await page.get_by_label("Mended text").fill(json.dumps(good))
    await page.get_by_role("button", name="Keep the mended text and take it").click()
    await expect(page.get_by_text("accepted.")).to_be_visible()
    await town.world.tell()  # and everything that waits is applied
    assert await town.value("SELECT outcome FROM letters") == "accepted"
    assert await town.value(EPISODES) == 1
