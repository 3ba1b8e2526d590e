"""A manager's way, from the sign-in page to the rows in the database."""

from datetime import timedelta
from uuid import UUID

from playwright.async_api import Page, expect

from cli.demo.staff import CHIEF
from schemas.commands import Submit
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.town import NOW, WAYS, WORKER, Town
from tests.web.records import RECORD

pytestmark = [*IN_ONE_PROCESS]
BETTER = "Say what it means for Amara that Josh knows where she lives."
DECISION = "Agreed. The police were told of Josh today."
ANSWER = "Ania rings the home this morning, and I look at it again at noon."


@WAYS
async def test_interviews_are_given_out_one_by_one_and_all_at_once(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    amara, bilal, carys = [
        await town.back(name, ago) for name, ago in (("Amara", 20), ("Bilal", 9), ("Carys", 5))
    ]
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, CHIEF)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Board")
    await page.locator("#group-all").click()
    await page.get_by_role("link", name="Allocate the interview of Amara Okafor").click()
    await page.get_by_label("Ania Kowalska").check()
    await page.get_by_label("Why this person").fill("She knows the family.")
    await page.get_by_role("button", name="Allocate").click()
    await expect(page.get_by_role("alert")).to_contain_text("Ania Kowalska")
    town.world.now += timedelta(minutes=1)
    await page.get_by_role("link", name="Allocate what nobody has").click()
    await page.get_by_role("button", name="Allocate these").click()
    await expect(page.get_by_role("alert")).to_contain_text("2 interviews given")
    assert (await town.standing(amara)).progress.interviewer == WORKER
    for other in (bilal, carys):
        found = await town.standing(other)
        assert found.interview.stage == "allocated"
        assert found.progress.interviewer is not None


@WAYS
async def test_a_record_goes_back_and_once_mended_into_the_plan(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    amara = await town.back("Amara", 40)
    await town.submitted(amara)
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, CHIEF)
    await to_the_record(page)
    await page.get_by_text("Say what has to be better in Your analysis").click()
    await page.get_by_label("What has to be better in “Your analysis”").fill(BETTER)
    await page.get_by_role("button", name="Send it back").click()
    await expect(page.get_by_role("alert")).to_contain_text("went back to Ania Kowalska")
    assert (await town.standing(amara)).interview.stage == "held"
    await mended(town, amara)
    await page.goto(town.address)
    await to_the_record(page)
    await page.get_by_label("What you decide, and why").fill(DECISION)
    await page.get_by_role("button", name="Approve the record").click()
    await expect(page.get_by_role("alert")).to_contain_text("The record was approved")
    by = await town.value(
        "SELECT by FROM plan_entries WHERE interview_id = :id AND kind = 'outcomes'", id=amara
    )
    assert ((await town.standing(amara)).interview.stage, by) == ("approved", CHIEF)


async def to_the_record(page: Page) -> None:
    await page.locator("#group-approval").click()
    await page.get_by_role("link", name="Review the record of Amara Okafor").click()


async def mended(town: Town, interview: UUID) -> None:
    """Submit it again, as its interviewer does."""
    draft = await town.write(interview, {"analysis": {**RECORD["analysis"], "meaning": BETTER}})
    await town.world.do(interview, Submit(by=WORKER, draft=draft))


@WAYS
async def test_what_is_done_about_an_alert_is_written_down(
    town: Town, opened: Open, scripts: bool, width: int
) -> None:
    amara = await town.back("Amara", 30)
    await town.world.chase(NOW)
    page = await opened(width, scripts=scripts, session=None)
    await town.sign_in(page, CHIEF)
    await page.goto(f"{town.address}/alerts")
    await page.get_by_text("Decide about").first.click()
    await page.get_by_label("What is done about it").first.fill(ANSWER)
    await page.get_by_role("button", name="Acknowledge").first.click()
    await expect(page.get_by_role("alert")).to_contain_text(ANSWER)
    decided = await town.value(
        "SELECT acknowledged_by || ': ' || decision FROM alerts"
        " WHERE interview_id = :id AND acknowledged_at IS NOT NULL",
        id=amara,
    )
    assert decided == f"{CHIEF}: {ANSWER}"
