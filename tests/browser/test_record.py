"""The record in a real browser: typed, cut off, signed out, written by two, and nothing is lost."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from casework import drafts, signing_in
from casework.conduct import Asked, act
from casework.drafts import Typed
from schemas.access import Duty
from schemas.commands import Allocate, Answer, Command, Hold, Offer
from schemas.policy import Policy
from schemas.record import Contact
from store import accesses, conduct, staff
from store.accesses import Given
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import NOTTINGHAM
from tests.sessions import lasting
from tests.web.plans import interview_of
from tests.web.records import RECORD, STAFF
from tests.web.stories import missing, returned
from web.guard.sessions import COOKIE

pytestmark = [*IN_ONE_PROCESS]
EWA, TOM, AGAIN = "Ewa's session", "Tom's session", "Ewa's next session"
HELD: tuple[Command, ...] = (
    Allocate(by="M-1", interviewer="W-1"),
    Offer(by="W-1", how=Contact.PHONE, answer=Answer.ACCEPTED),
    Hold(by="W-1"),
)
ASIDE = {"sharing": {"nothing_shared": "Nobody needs to know yet."}}


@dataclass(slots=True)
class Record:
    """The record of one interview that was held."""

    site: Shown
    id: UUID

    def at(self, rest: str = "") -> str:
        return f"{self.site.address}/interviews/{self.id}/record{rest}"

    async def write(self, sections: Mapping[str, Any], by: str = "W-1") -> None:
        """Save sections as another program does."""
        async with self.site.store.transaction(NOTTINGHAM) as tx:
            found = await conduct.find(tx, self.id)
            assert found is not None
            no, _ = await drafts.as_it_stands(tx, found)
        typed = Typed(sections, no, by, f"program/{no}")
        await drafts.save(self.site.store, NOTTINGHAM, self.id, typed, person=f"token:{by}", now=NOW)

    async def section(self, name: str) -> Any:
        async with self.site.store.transaction(NOTTINGHAM) as tx:
            found = await conduct.find(tx, self.id)
            assert found is not None
            _, record = await drafts.as_it_stands(tx, found)
        return record.model_dump(mode="json")[name]


@pytest_asyncio.fixture(loop_scope="session")
async def record(shown: Shown) -> Record:
    """An interview that Ewa held; Tom has said that he stands in for her."""
    store = shown.store
    await shown.tell(missing(), returned())
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, STAFF, NOW)
    interview_id = await interview_of(store)
    for version, command in enumerate(HELD, 1):
        asked = Asked(command, f"held/{version}", version)
        await act(store, NOTTINGHAM, interview_id, asked, person="staff:test", policy=Policy(), now=NOW)
    await lasting(store, Duty.WORKER, secret=EWA, name="Ewa Nowak", staff_id="W-1")
    tom = await lasting(store, Duty.WORKER, secret=TOM, name="Tom O'Neill", staff_id="W-2")
    async with store.transaction(NOTTINGHAM, f"person:{tom.id}") as tx:
        found = await conduct.find(tx, interview_id)
        assert found is not None
        digest = signing_in.digest_of(TOM)
        given = Given("covering", None)
        await accesses.write(tx, found.interview.child_id, given, page="why", session=digest, at=NOW)
    return Record(shown, interview_id)


def before(page: Page) -> Any:
    return page.get_by_label("What happened before the child went?")


def saved(page: Page) -> Any:
    return page.locator("[data-record-saved]")


async def test_what_is_typed_is_saved_by_itself_also_past_a_lost_connection(
    record: Record, opened: Open
) -> None:
    page = await opened(390, session=EWA)
    await page.goto(record.at("/account"))
    await before(page).fill("A row about\nthe phone.")
    await expect(saved(page)).to_have_text("Saved at 10am.")
    await page.context.set_offline(True)
    await before(page).press_sequentially(" I went.")
    await expect(saved(page)).to_contain_text("Not saved: the connection is away")
    await page.get_by_role("button", name="Save and continue").click()
    await expect(before(page)).to_have_value("A row about\nthe phone. I went.")
    await page.context.set_offline(False)
    await expect(saved(page)).to_have_text("Saved at 10am.")
    await page.get_by_role("button", name="Save and continue").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Harm and health")
    assert (await record.section("account"))["before"] == "A row about\nthe phone. I went."


async def test_a_page_that_is_left_while_typing_still_sends_what_was_typed(
    record: Record, opened: Open
) -> None:
    page = await opened(session=EWA)
    asked: list[str] = []

    async def leave(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    page.on("dialog", leave)
    await page.goto(record.at("/account"))
    await before(page).press_sequentially("Half a wor")
    await page.goto(record.at("/versions"))
    assert asked == ["beforeunload"]
    async with asyncio.timeout(20):  # a browser sends it after the page is gone
        while (await record.section("account"))["before"] != "Half a wor":
            await asyncio.sleep(0.02)


async def test_whoever_is_signed_out_while_typing_signs_in_in_another_tab_and_loses_nothing(
    record: Record, chromium: Browser
) -> None:
    context = await chromium.new_context(locale="en-GB")
    cookie = {"name": COOKIE, "domain": "127.0.0.1", "path": "/", "httpOnly": True, "sameSite": "Lax"}
    await context.add_cookies([{**cookie, "value": EWA}])  # type: ignore[typeddict-item]
    page = await context.new_page()
    await page.goto(record.at("/account"))
    await context.clear_cookies()
    await before(page).fill("A row.")
    await expect(saved(page)).to_contain_text("you are signed out", timeout=20_000)
    await lasting(record.site.store, Duty.WORKER, secret=AGAIN, name="Ewa Nowak", staff_id="W-1")
    await context.add_cookies([{**cookie, "value": AGAIN}])  # type: ignore[typeddict-item]
    await expect(saved(page)).to_have_text("Saved at 10am.", timeout=20_000)
    assert (await record.section("account"))["before"] == "A row."
    await context.close()


async def test_two_people_see_each_other_and_bring_their_texts_together(record: Record, opened: Open) -> None:
    ewa, tom = await opened(session=EWA), await opened(session=TOM)
    await ewa.goto(record.at("/account"))
    await tom.goto(record.at("/account"))
    await expect(tom.get_by_text("Ewa Nowak has this record open now (The child’s account)")).to_be_visible()
    await before(ewa).fill("Ewa: a row.")
    await expect(ewa.get_by_text("Tom O'Neill has this record open now")).to_be_visible()
    await expect(saved(ewa)).to_have_text("Saved at 10am.")
    await before(tom).fill("Tom: shouting.")
    await expect(saved(tom)).to_contain_text("Somebody else changed this section meanwhile")
    await tom.get_by_role("button", name="Save and continue").click()
    await expect(tom.get_by_role("heading", name="Ewa Nowak changed this")).to_be_visible()
    await expect(tom.locator(".app-side-by-side")).to_contain_text("Ewa: a row.")
    await before(tom).fill("Ewa: a row. Tom: shouting.")
    await tom.get_by_role("button", name="Save and continue").click()
    await expect(tom.get_by_role("heading", level=1)).to_have_text("Harm and health")
    assert (await record.section("account"))["before"] == "Ewa: a row. Tom: shouting."


async def test_a_record_is_written_and_handed_in_without_scripts(record: Record, opened: Open) -> None:
    await record.write({**RECORD, "outcomes": RECORD["outcomes"][:1], "account": {}})
    page = await opened(390, scripts=False, session=EWA)
    await page.goto(record.at())
    await page.get_by_role("link", name="The child’s account").click()
    for label, name in {
        "What happened before": "before",
        "What happened while": "during",
        "What has happened since": "since",
    }.items():
        await page.get_by_label(label).fill(RECORD["account"][name])
    await page.get_by_role("button", name="Save and go back").click()
    await page.get_by_role("link", name="Outcomes").click()
    await page.get_by_role("button", name="Add another outcome").click()
    second = page.get_by_role("group", name="Outcome 2")
    await second.get_by_label("What will change?").fill(RECORD["outcomes"][1]["what"])
    await second.get_by_label("Which part of").fill(RECORD["outcomes"][1]["why"])
    await second.get_by_label("Who does it?").press_sequentially("Grace Bell")
    await page.keyboard.press("Enter")
    await page.get_by_text("Must be mended: Give the day").wait_for()
    second = page.get_by_role("group", name="Outcome 2")
    for label, typed in {"Day": "2", "Month": "4", "Year": "2026"}.items():
        await second.get_by_label(label).fill(typed)
    await page.get_by_role("button", name="Save and go back").click()
    await page.get_by_role("button", name="Check and submit").click()
    await page.get_by_role("button", name="Submit to a manager").click()
    await page.get_by_text("The record is with a manager.").wait_for()
    async with record.site.store.transaction(NOTTINGHAM) as tx:
        found = await conduct.find(tx, record.id)
    assert found is not None
    assert found.interview.stage == "submitted"


async def test_every_page_of_the_record_is_accessible_and_fits(record: Record, opened: Open) -> None:
    outcomes = [{**RECORD["outcomes"][0], "due_on": None}]
    tom, page = await opened(session=TOM), await opened(session=EWA)
    await tom.goto(record.at("/account"))
    await before(tom).fill("Tom: shouting.")
    await record.write({**RECORD, "outcomes": outcomes})
    await tom.get_by_role("button", name="Save and continue").click()
    await tom.locator("#meanwhile").wait_for()
    await checked(tom)
    await page.goto(record.at("/offer"))
    await page.get_by_label("Year").fill("26")
    await page.get_by_role("button", name="Save and continue").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    await checked(page)
    for rest in ("", "/harm?add=actions", "/intelligence", "/exploitation", "/outcomes"):
        await page.goto(record.at(rest))
        await checked(page)
    for rest in ("/check", "/versions", "/versions/2"):
        await page.goto(record.at(rest))
        await checked(page)


async def checked(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width in (1280, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, (page.url, found.generate_report())
