"""The plan for the child in a real browser: read by everybody, on any screen, and on one sheet of paper."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from casework.plans import Asked, take_step
from casework.views.plans import find_plan
from schemas.plan import Done, NotDone, Superseded
from schemas.plan_policy import PlanPolicy
from schemas.record import InterviewRecord, Outcome
from schemas.staff import StaffMember
from store import children, staff
from store.database import Store
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import AMARA, NOTTINGHAM, message
from tests.web.plans import ACCOUNT, BUS, MEDIATION, approved, interview_of

pytestmark = [*IN_ONE_PROCESS]
WIDTHS = (1280, 660, 320)
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
SINCE = "أريد أن أرى جدتي كل أسبوع. And I’d go swimming if Mia came too! 🙂"
ZAINAB, POLICE = "Zainab O’Neill-Ďurič", "Tell the police about the older boys at the square"
RECORD = InterviewRecord(
    account=ACCOUNT.model_copy(update={"since": SINCE}),
    outcomes=(
        MEDIATION,
        BUS,
        Outcome(what="Swimming with Mia every Friday", owner=ZAINAB, due_on=date(2026, 4, 10)),
        Outcome(what="أريد أن أرى جدتي كل أسبوع", owner="جدة", due_on=date(2026, 4, 12)),
        Outcome(what=f"A weekend with Nan in {LONG}"),
        Outcome(what=POLICE, owner="PC Khan", due_on=date(2026, 3, 30)),
        Outcome(what="A new lock for her bedroom", owner="The Limes", due_on=date(2026, 4, 1)),
        Outcome(what="A phone of her own", owner="Ms Patel", due_on=date(2026, 4, 1)),
    ),
)


async def fill(store: Store) -> None:
    """Approve a record with everything in it, and end some of its actions."""
    await approved(store, await interview_of(store), NOW, RECORD)
    async with store.transaction(NOTTINGHAM) as tx:
        child_id, plan = await find_plan(tx, "C-100482", PlanPolicy())
        await staff.save(tx, [StaffMember(id="W-1", name="Zainab Patel", phone="0115 496 0001")], NOW)
        await tx.run("UPDATE interviews SET interviewer = 'W-1'")
        await children.save_care(
            tx, [children.Care(child_id, date(2026, 1, 1), None, None, None, "Mr Adeyemi")]
        )
    done, dropped, replaced = (plan.actions[place].id for place in (6, 7, 1))
    steps = (
        Done(action=done, seen="The lock is in, and you have the key."),
        NotDone(action=dropped, reason="Mum wants to buy it with you."),
        Superseded(
            action=replaced,
            superseded_by=plan.actions[2].id,
            reason="You go straight from school to the pool.",
        ),
    )
    for version, step in enumerate(steps, start=1):
        asked = Asked(step, "Ms Patel", f"key {version}", version)
        await take_step(
            store, NOTTINGHAM, "C-100482", asked, person="staff:test", policy=PlanPolicy(), now=NOW
        )


@pytest_asyncio.fixture(loop_scope="session")
async def page_of(shown: Shown) -> Callable[[Page], Awaitable[None]]:
    """A way to open Amara's plan."""
    day = timedelta(days=1)
    await shown.tell(
        message("reported", NOW - 3 * day, id="m1", child=AMARA),
        message("returned", NOW - 2 * day, id="m2", child=AMARA),
    )
    await fill(shown.store)
    child = UUID(await shown.child("Okafor"))

    async def go(page: Page) -> None:
        await page.goto(f"{shown.address}/children/{child}/plan")

    return go


async def test_the_page_is_accessible_and_fits(
    page_of: Callable[[Page], Awaitable[None]], opened: Open
) -> None:
    page = await opened()
    await page_of(page)
    assert await page.locator("h1").count() == 1
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()


async def test_it_is_read_without_scripts(page_of: Callable[[Page], Awaitable[None]], opened: Open) -> None:
    page = await opened(scripts=False)
    await page_of(page)
    for heading in ("What you told us", "What we will do", "What has been done", "Who you can talk to"):
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
    await expect(page.get_by_role("row", name="Swimming with Mia every Friday")).to_contain_text(
        "10 April 2026"
    )


async def test_it_prints_on_one_sheet_without_what_leads_elsewhere(
    page_of: Callable[[Page], Awaitable[None]], opened: Open
) -> None:
    page = await opened()
    await page_of(page)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("navigation")).not_to_be_visible()
    await expect(page.get_by_role("link", name="line of time")).not_to_be_visible()
    await expect(page.get_by_text("Childline")).to_be_visible()
    printed = await page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


async def test_a_script_that_runs_from_right_to_left_is_shown_so(
    page_of: Callable[[Page], Awaitable[None]], opened: Open
) -> None:
    page = await opened()
    await page_of(page)
    words = page.locator("blockquote", has_text="جدتي")
    assert await words.evaluate("one => getComputedStyle(one).direction") == "rtl"
