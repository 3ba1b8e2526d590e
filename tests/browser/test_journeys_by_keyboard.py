"""The keyboard alone: each form is reached, seen, left and sent with Tab, Space, arrows and Enter."""

from typing import Final

from playwright.async_api import Locator, Page, expect

from cli.demo.staff import CHIEF
from store import conduct
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.town import HOUR, NAMES, NOW, WORKER, Town
from tests.browser.whole_town import link
from tests.messages import NOTTINGHAM, message

pytestmark = [*IN_ONE_PROCESS]
MOST_STOPS: Final = 150
LOOKS_FOCUSED: Final = """() => {
  const one = document.activeElement;
  const seen = (part, before) => {
    const style = getComputedStyle(part, before);
    return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth];
  };
  const look = () => String([seen(one), ...[...(one.labels ?? [])].map((label) => seen(label, "::before"))]);
  const focused = look();
  one.blur();
  const plain = look();
  one.focus({ preventScroll: true });
  return focused !== plain;
}"""
"""Whether what has the focus looks otherwise than without it."""


async def press(page: Page, key: str) -> None:
    """Press a key; wherever the focus then is, it can be seen."""
    await page.keyboard.press(key)
    if key == "Tab" and await page.evaluate("document.activeElement !== document.body"):
        seen = await page.evaluate(LOOKS_FOCUSED)
        assert seen, await page.evaluate("document.activeElement.outerHTML")


async def to(page: Page, wanted: Locator) -> None:
    """Go on with Tab until something has the focus."""
    await wanted.wait_for()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("one => one === document.activeElement"):
            return
        await press(page, "Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


async def choose(page: Page, wanted: Locator) -> None:
    """Go to a group of radio buttons or to a box, and take the choice that is wanted."""
    name = await wanted.get_attribute("name")
    first = page.locator(f"[name='{name}']").first
    await to(page, first)
    if await wanted.evaluate("one => one !== document.activeElement"):
        for _ in range(await page.locator(f"[name='{name}']").count()):
            if await wanted.is_checked():
                return
            await press(page, "ArrowDown")
        raise AssertionError(f"no arrow reaches {wanted}")
    await press(page, "Space")


async def activate(page: Page, wanted: Locator) -> None:
    await to(page, wanted)
    await press(page, "Enter")


async def write(page: Page, wanted: Locator, words: str) -> None:
    await to(page, wanted)
    await page.keyboard.type(words)


async def is_taken_to_what_is_wrong(page: Page) -> None:
    summary = page.locator(".govuk-error-summary")
    await expect(summary).to_be_focused()
    await press(page, "Tab")
    await press(page, "Enter")
    assert await page.evaluate("document.activeElement.matches('input, textarea, select')")


async def skips_to_the_content(page: Page) -> None:
    await page.evaluate("document.activeElement.blur()")
    await page.reload()
    await press(page, "Tab")
    await expect(page.locator(".govuk-skip-link")).to_be_focused()
    await press(page, "Enter")
    await expect(page.locator("#main")).to_be_focused()


async def goes_round(page: Page) -> None:
    """Go on with Tab to the end of the page and out of it: nothing holds the focus."""
    last = page.get_by_role("link", name="Accessibility")
    await to(page, last)
    await press(page, "Tab")
    await expect(last).not_to_be_focused()


async def signed_in(town: Town, page: Page, who: str) -> None:
    await page.clock.install(time=town.world.now)
    await page.goto(town.address)
    await activate(page, page.get_by_role("button", name=f"Sign in as {NAMES[who]}"))
    await page.get_by_role("button", name="Sign out", exact=True).wait_for()


async def test_a_worker_offers_an_interview(town: Town, opened: Open) -> None:
    interview = await town.back("Amara", 20)
    await town.given_out(interview)
    page = await opened(session=None)
    await signed_in(town, page, WORKER)
    await activate(page, page.locator(f"#next-{interview}"))
    await page.get_by_role("heading", level=1, name="Amara").wait_for()
    await skips_to_the_content(page)
    await activate(page, page.get_by_role("button", name="Record the attempt"))
    await is_taken_to_what_is_wrong(page)
    await choose(page, page.get_by_label("Nobody was reached"))
    await choose(page, page.get_by_label("Telephone"))
    await goes_round(page)
    await activate(page, page.get_by_role("button", name="Record the attempt"))
    await page.get_by_role("heading", name="Next: Try again to offer it").wait_for()
    async with town.store.transaction(NOTTINGHAM) as tx:
        last = (await conduct.given_to(tx, interview))[-1]
    assert (last.name, last.body["answer"], last.body["how"]) == ("offer", "not_reached", "phone")


async def test_a_manager_sends_a_record_back(town: Town, opened: Open) -> None:
    interview = await town.back("Amara", 30)
    await town.submitted(interview)
    page = await opened(session=None)
    await signed_in(town, page, CHIEF)
    await activate(page, page.locator("#group-approval"))
    await activate(page, page.locator(f"#do-{interview}"))
    await page.get_by_role("heading", level=1, name="Review the record").wait_for()
    await skips_to_the_content(page)
    await activate(page, page.get_by_role("button", name="Approve the record"))
    await is_taken_to_what_is_wrong(page)
    await page.reload()
    await activate(page, page.locator("summary", has_text="Say what has to be better in Your analysis"))
    await write(page, page.locator("#reason-analysis"), "Say what it means for her.")
    await goes_round(page)
    await activate(page, page.get_by_role("button", name="Send it back"))
    await expect(page.get_by_role("alert")).to_contain_text("went back to Ania Kowalska")
    assert (await town.standing(interview)).interview.stage == "held"


async def test_a_screener_links_a_child(town: Town, opened: Open) -> None:
    await town.back("Bilal", 20, family_name="Khan")
    bill = {"family_name": "Khan", "given_names": "Bill", "date_of_birth": "2011-07-02"}
    await town.world.tell(message("reported", NOW - HOUR, id="u1", subject="NP-9", child=bill, missing={}))
    page = await opened(session=None)
    await signed_in(town, page, "sam")
    await activate(page, page.get_by_role("link", name="Who is this child?"))
    await page.get_by_role("heading", level=1, name="Who is this child?").wait_for()
    await skips_to_the_content(page)
    await activate(page, page.get_by_role("button", name="Show what will change"))
    await is_taken_to_what_is_wrong(page)
    await choose(page, page.get_by_label("It is Bilal Khan"))
    await write(page, page.get_by_label("Why", exact=True), "His carer calls him Bill.")
    await goes_round(page)
    await activate(page, page.get_by_role("button", name="Show what will change"))
    await activate(page, page.get_by_role("button", name="Decide"))
    await expect(page.get_by_role("alert")).to_contain_text("Your decision was recorded")
    assert await town.value("SELECT kind FROM decisions") == "link"


async def test_a_child_answers(town: Town, opened: Open) -> None:
    interview = await town.back("Amara", 20)
    page = await opened(session=None)
    await page.goto(f"{town.address}/answer/{await link(town, interview)}")
    await press(page, "Tab")
    await press(page, "Enter")
    await expect(page.locator("#main")).to_be_focused()
    await activate(page, page.get_by_role("button", name="Send my answer"))
    await is_taken_to_what_is_wrong(page)
    await choose(page, page.get_by_label("Not now"))
    await write(page, page.get_by_label("You can tell us why, if you like"), "I am tired.")
    await activate(page, page.get_by_role("button", name="Send my answer"))
    await page.get_by_role("heading", name="Thank you").wait_for()
    assert await town.value("SELECT count(*) FROM offer_links WHERE answered_at IS NOT NULL") == 1
