"""What staff do by hand: recording what they are told, finding a child, mending a letter."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import message

pytestmark = [
    *IN_ONE_PROCESS,
    pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"]),
]


async def fill_in_when(page: Page, time: str) -> None:
    when = page.get_by_role("group", name="Date", exact=True)
    for label, value in {"Day": "30", "Month": "3", "Year": "2026"}.items():
        await when.get_by_label(label).fill(value)
    await page.get_by_label("Time").fill(time)


async def test_a_carer_s_call_that_a_child_is_back_starts_the_clock(
    shown: Shown, opened: Open, scripts: bool
) -> None:
    await shown.tell(message("reported", NOW.replace(day=29), id="m1"))
    page = await opened(scripts=scripts)
    await page.goto(f"{shown.address}/now")
    await page.get_by_role("link", name="Record", exact=True).click()
    await page.get_by_label("A child is back at home or in care").check()
    await page.get_by_label("Family name").fill("Okafor")
    await page.get_by_role("button", name="Find this child").click()
    await page.get_by_role("button", name="Amara Grace Okafor").click()
    await expect(page.get_by_label("A child is back at home or in care")).to_be_checked()
    await page.get_by_label("NP-26-004211").check()
    await fill_in_when(page, "9pm")
    await page.get_by_label("Where did the child come back to?").fill("The Limes")
    await page.get_by_role("button", name="Record").click()
    await expect(page.get_by_role("heading", name="Recorded")).to_be_visible()
    await expect(page.get_by_text("Due by 2 April 2026 at 9pm: 59 hours left")).to_be_visible()
    await page.get_by_role("link", name="Amara Grace Okafor").click()
    await expect(page.get_by_text("The Limes", exact=True)).to_be_visible()


async def test_a_mistake_is_shown_at_its_field_and_mended(shown: Shown, opened: Open, scripts: bool) -> None:
    page = await opened(scripts=scripts)
    await page.goto(f"{shown.address}/notifications/new")
    await page.get_by_label("A child is missing").check()
    await page.get_by_label("Given names").fill("Amara")
    await page.get_by_label("What happened?").fill("Left school at noon.")
    await fill_in_when(page, "25:00")
    await page.get_by_role("button", name="Record").click()
    summary = page.get_by_role("alert")
    await expect(summary).to_contain_text("Enter a real time")
    if scripts:
        await expect(page.locator(".govuk-error-summary")).to_be_focused()
    await summary.get_by_role("link", name="Enter a real time").click()
    if scripts:
        await expect(page.get_by_label("Time")).to_be_focused()
    await expect(page.get_by_label("What happened?")).to_have_value("Left school at noon.")
    await page.get_by_label("Time").fill("6pm")
    await page.get_by_role("button", name="Record").click()
    await expect(page.get_by_role("heading", name="Recorded")).to_be_visible()
    await expect(page.get_by_text("This child is not known here yet.")).to_be_visible()


async def test_only_what_belongs_to_the_kind_is_asked_where_scripts_run(
    shown: Shown, opened: Open, scripts: bool
) -> None:
    page = await opened(scripts=scripts)
    await page.goto(f"{shown.address}/notifications/new")
    await page.get_by_label("A child is back").check()
    await expect(page.get_by_label("Was the child harmed?")).to_be_visible()
    await expect(page.get_by_label("What happened?")).to_be_visible(visible=not scripts)


async def test_pressing_enter_in_a_field_records_nothing_by_mistake(
    shown: Shown, opened: Open, scripts: bool
) -> None:
    page = await opened(scripts=scripts)
    await page.goto(f"{shown.address}/notifications/new")
    await page.get_by_label("Family name").fill("Okafor")
    await page.get_by_label("Family name").press("Enter")
    await expect(page.get_by_text("Nobody of this name or number is known here.")).to_be_visible()


async def test_a_letter_is_mended_and_taken(shown: Shown, opened: Open, scripts: bool) -> None:
    good = message("reported", NOW, id="m1")
    await shown.tell(good | {"time": "2026-03-31T09:00:00"})
    page = await opened(scripts=scripts)
    await page.goto(f"{shown.address}/now")
    await page.get_by_role("link", name="Look at it").click()
    await page.get_by_role("link", name="Sent by force").click()
    await page.get_by_text("Mend the text itself").click()
    await page.get_by_label("Mended text").fill(json.dumps(good))
    await page.get_by_role("button", name="Keep the mended text and take it").click()
    await expect(page.get_by_text("accepted.")).to_be_visible()
    await shown.applied()
    await page.get_by_role("link", name="Now").click()
    await expect(page.get_by_role("link", name="Amara Grace Okafor")).to_be_visible()


async def test_a_child_is_found_by_name_and_no_name_stands_in_an_address(
    shown: Shown, opened: Open, scripts: bool
) -> None:
    await shown.tell(message("reported", NOW, id="m1"))
    page = await opened(scripts=scripts)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    await page.goto(f"{shown.address}/children")
    await page.get_by_label("Name, beginning of a name").fill("okaf")
    await page.get_by_role("button", name="Find").click()
    await page.get_by_role("link", name="Amara Grace Okafor").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Amara Grace Okafor")
    assert [url for url in seen if "okaf" in url.lower()] == []
