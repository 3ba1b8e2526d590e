"""A worker's whole way, from the sign-in page to the rows in the database."""

import re
from datetime import timedelta

from playwright.async_api import Page, expect

from store import conduct
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.town import HOUR, NOW, WAYS, WORKER, Town
from tests.messages import NOTTINGHAM
from tests.web.records import RECORD

pytestmark = [*IN_ONE_PROCESS]
OWN = ("account", "living")
"""The sections that are typed in here; the others come from another program."""


@WAYS
async def test_from_the_offer_to_the_record_in_a_manager_s_hands(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    interview = await town.back("Amara", 30)
    await town.given_out(interview)
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, WORKER)
    await expect(page.get_by_role("heading", level=1)).to_have_text("My interviews")
    await page.get_by_role("button", name=re.compile("Offer the interview.*Amara Okafor")).click()
    await offer(page)
    await arrange(page)
    town.world.now += 5 * HOUR
    await town.sign_in(page, WORKER)  # the session has ended meanwhile
    await page.get_by_role("button", name="Record that it was held").click()
    await hold(page)
    await page.locator("#next").click()
    await town.write(interview, {name: told for name, told in RECORD.items() if name not in OWN})
    await write_the_account(page, by_itself=scripts)
    await write_about_living(page)
    await hand_in(page)
    async with town.store.transaction(NOTTINGHAM) as tx:
        given = await conduct.given_to(tx, interview)
        found = await conduct.find(tx, interview)
    assert found is not None
    assert found.interview.stage == "submitted"
    assert found.progress.held_at == NOW + timedelta(hours=4, minutes=30)
    assert [each.name for each in given] == ["allocate", "offer", "arrange", "hold", "submit"]
    assert {each.by for each in given[1:]} == {WORKER}
    submitted = await town.value(
        "SELECT record->'account'->>'during' FROM drafts WHERE interview_id = :id ORDER BY no DESC LIMIT 1",
        id=interview,
    )
    assert submitted == RECORD["account"]["during"]


async def offer(page: Page) -> None:
    await page.get_by_label("The child wants to talk").check()
    await page.get_by_label("Telephone").check()
    await page.get_by_label("The child", exact=True).check()
    await page.get_by_role("button", name="Record the attempt").click()
    await page.get_by_role("heading", name="Next: Arrange a time").wait_for()


async def at(page: Page, time: str) -> None:
    for label, value in {"Day": "31", "Month": "3", "Year": "2026"}.items():
        await page.get_by_label(label, exact=True).fill(value)
    await page.get_by_label("Time").fill(time)


async def arrange(page: Page) -> None:
    await page.locator("#next").click()
    await at(page, "2:30pm")
    await page.get_by_label("How many minutes?").fill("45")
    await page.get_by_label("Where?").fill("Youth club, Sneinton")
    await page.get_by_role("button", name="Record time and place").click()
    await expect(page.get_by_role("alert")).to_contain_text("The time and place are recorded")


async def hold(page: Page) -> None:
    await at(page, "2:30pm")
    await page.get_by_label("Who held it?").select_option(WORKER)
    await page.get_by_role("button", name="Record that it was held").click()
    await page.get_by_role("heading", name="Next: Write the record").wait_for()


async def write_the_account(page: Page, *, by_itself: bool) -> None:
    """Type a section; where scripts run it is saved before any button is pressed."""
    told = RECORD["account"]
    await page.get_by_role("link", name="The child’s account").click()
    await page.get_by_label("What happened before the child went?").fill(told["before"])
    await page.get_by_label("What happened while").fill(told["during"])
    await page.get_by_label("What has happened since").fill(told["since"])
    if by_itself:
        await expect(page.locator("[data-record-saved]")).to_have_text("Saved at 3pm.")
        await page.reload()
        await expect(page.get_by_label("What happened while")).to_have_value(told["during"])
    await page.get_by_role("button", name="Save and go back to the list").click()


async def write_about_living(page: Page) -> None:
    await page.get_by_role("link", name="Home, placement and school").click()
    for name, told in RECORD["living"].items():
        await page.locator(f"#{name}").fill(told)
    await page.get_by_role("button", name="Save and go back to the list").click()


async def hand_in(page: Page) -> None:
    await page.get_by_role("button", name="Check and submit").click()
    await page.get_by_role("button", name="Submit to a manager").click()
    await page.get_by_text("The record is with a manager.").wait_for()
