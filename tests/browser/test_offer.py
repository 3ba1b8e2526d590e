"""The offer in a real browser: the card that a worker shows, and the child who answers on a telephone."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route, expect

from casework import offering
from schemas.childs_answer import How, Said
from schemas.policy import Policy
from store import staff
from store.database import Store
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import AMARA, NOTTINGHAM, message
from tests.web.records import STAFF
from tests.web.test_offer import ROSA
from web.pages.childs_rendering import ELSEWHERE

pytestmark = [*IN_ONE_PROCESS]
TELEPHONE = 390
LANGUAGES = ("en", "cy", "ar")


@dataclass(slots=True)
class Offer:
    """An interview that can be offered."""

    address: str
    store: Store
    interview_id: UUID

    @property
    def card(self) -> str:
        return f"{self.address}/interviews/{self.interview_id}/card"

    async def link(self) -> str:
        """Make a link, as a worker does."""
        code = await offering.make_link(
            self.store, NOTTINGHAM, self.interview_id, "en",
            by="W-1", person="person:test", policy=Policy(), now=NOW,
        )  # fmt: skip
        return f"{self.address}/answer/{code}"

    async def answers(self) -> list[offering.Answered]:
        async with self.store.transaction(NOTTINGHAM) as tx:
            return await offering.answers(tx, self.interview_id)


@pytest_asyncio.fixture(loop_scope="session")
async def offer(shown: Shown) -> AsyncIterator[Offer]:
    day = timedelta(days=1)
    await shown.tell(
        message("reported", NOW - 3 * day, id="m1", child=AMARA),
        message("returned", NOW - 2 * day, id="m2", child=AMARA),
    )
    async with shown.store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [*STAFF, ROSA], NOW)
        interview_id = await tx.scalar("SELECT id FROM interviews")
    yield Offer(shown.address, shown.store, interview_id)


async def is_for_everybody(page: Page) -> None:
    """Check what every page must be: of one heading, without a fault for axe, and not too wide."""
    assert await page.locator("h1").count() == 1
    for width in (TELEPHONE, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    found = await Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


async def test_the_card_is_for_everybody_in_each_language_and_prints_on_one_sheet(
    offer: Offer, opened: Open
) -> None:
    page = await opened()
    await page.goto(offer.card)
    await page.get_by_role("button", name="Make a link").click()
    await expect(page.get_by_label("The link, to be sent")).to_have_value(
        re.compile(r"/answer/[0-9A-Z-]{14}$")
    )
    for language in LANGUAGES:
        await page.goto(f"{offer.card}?language={language}")
        await is_for_everybody(page)
        await page.emulate_media(media="print")
        await expect(page.get_by_role("button", name="Withdraw the link")).not_to_be_visible()
        await expect(page.locator(".app-qr")).to_be_visible()
        printed = await page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        await page.emulate_media(media="screen")


async def test_the_pages_for_the_child_are_for_everybody_in_each_language(offer: Offer, opened: Open) -> None:
    page = await opened(TELEPHONE, session=None)
    link = await offer.link()
    for language in LANGUAGES:
        await page.goto(f"{link}?language={language}")
        await page.locator("summary").click()
        await page.locator("#said").check()
        await page.locator("#who-other").check()
        await is_for_everybody(page)
        await page.locator("#said-no").check()
        await page.locator("#why").fill("x" * 20_001)
        await page.locator("button[type=submit]").click()
        await expect(page.locator(".govuk-error-summary")).to_be_focused()
        await is_for_everybody(page)
        for path in ("/answer", "/answer/0000"):
            await page.goto(f"{offer.address}{path}?language={language}")
            await is_for_everybody(page)


async def test_what_stands_on_the_left_stands_on_the_right_in_arabic(offer: Offer, opened: Open) -> None:
    page = await opened(TELEPHONE, session=None)
    await page.goto(f"{await offer.link()}?language=ar")
    label = page.locator("label[for=said]")
    radio = await label.evaluate("one => getComputedStyle(one, '::before').right")
    box = await page.locator("#said").bounding_box()
    assert (radio, await page.locator("html").get_attribute("dir")) == ("2px", "rtl")
    assert box is not None
    assert box["x"] > TELEPHONE / 2


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_child_answers_on_a_telephone(offer: Offer, opened: Open, scripts: bool) -> None:
    page = await opened(TELEPHONE, scripts=scripts, session=None)
    await page.goto(await offer.link())
    await page.get_by_role("link", name="Cymraeg").click()
    await page.get_by_label("Hoffwn, hoffwn i siarad").check()
    await page.get_by_label("Rosa").check()
    await page.get_by_label("Dros y ffôn").check()
    await page.get_by_label("Pryd sy’n amser da i ti?").fill("Ar ôl ysgol")
    await page.get_by_role("button", name="Anfon fy ateb").click()
    await expect(page.get_by_role("heading", name="Diolch")).to_be_visible()
    await is_for_everybody(page) if scripts else None
    [answered] = await offer.answers()
    answer = answered.answer
    assert (answer.said, answer.how, answer.when, answered.person) == (
        Said.YES, How.PHONE, "Ar ôl ysgol", "Rosa Ali",
    )  # fmt: skip


@pytest.mark.parametrize("way", ["button", "Esc"])
async def test_the_quick_way_out_leaves_no_way_back_and_tells_nobody(
    offer: Offer, opened: Open, way: str
) -> None:
    page = await opened(TELEPHONE, session=None)
    referrers: list[str | None] = []

    async def weather(route: Route) -> None:
        referrers.append(route.request.headers.get("referer"))
        await route.fulfill(body="<h1>Weather</h1>", content_type="text/html")

    await page.route(ELSEWHERE, weather)
    await page.goto(f"{offer.address}/answer")
    await page.goto(await offer.link())
    await page.get_by_role("link", name="العربية").click()
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await expect(page.locator("[data-exit-hint]")).to_be_visible()  # so that the script is there
    if way == "button":
        await page.locator("[data-exit]").click()
    else:
        for _ in range(3):
            await page.keyboard.press("Escape")
    await page.wait_for_url(ELSEWHERE)
    await page.go_back(wait_until="commit")
    await page.wait_for_url(ELSEWHERE)
    await expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    assert set(referrers) == {None}
