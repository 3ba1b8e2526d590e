"""Pages full of what people typed to harm: in a real browser none of it runs, with our policy or without."""

from collections.abc import AsyncIterator
from itertools import islice

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.conftest import IN_ONE_PROCESS, NOW, SESSION, Shown
from tests.messages import message
from tests.web.hostile import FAMILIES
from web.guard.sessions import COOKIE

pytestmark = [*IN_ONE_PROCESS]
MARKUP = [FAMILIES[name](number) for name in ("markup", "script") for number in range(88)]
LINES = [one for one in MARKUP if len(one) < 200]
WATCH = """
window.pwned = 0; window.said = [];
document.addEventListener("securitypolicyviolation", (event) => window.said.push(event.violatedDirective));
"""


async def told(site: Shown) -> str:
    """Tell of a child of whom everything is hostile; return its page."""
    names = iter(LINES * 3)
    child = {"authority_child_id": "C-9", "date_of_birth": "2011-07-02"} | {
        name: next(names) for name in ("family_name", "given_names")
    }
    facts = {"circumstances": "\n".join(MARKUP), "last_seen_place": next(names), "risk_level": "high"}
    reports = [
        message("reported", NOW, id=f"x{number}", subject=name, child=child, missing=facts)
        for number, name in enumerate(islice(names, 5))
    ]
    await site.tell(*reports, b"<b hostile>{" + "\n".join(MARKUP).encode())
    return f"/children/{await site.child(child['family_name'])}"


@pytest_asyncio.fixture(loop_scope="session", params=[False, True], ids=["policy", "no policy"])
async def page(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A window of somebody who is signed in; in one of the two the browser does not heed our policy."""
    context = await chromium.new_context(bypass_csp=request.param, locale="en-GB")
    cookie = {"name": COOKIE, "value": SESSION, "domain": "127.0.0.1", "path": "/"}
    await context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[typeddict-item]
    await context.add_init_script(WATCH)
    made = await context.new_page()
    made.set_default_timeout(20_000)
    yield made
    await context.close()


async def test_stored_strings_run_nowhere(shown: Shown, page: Page) -> None:
    child = await told(shown)
    await page.goto(f"{shown.address}/screening")
    letters = await page.locator("a[href^='/screening/']").evaluate_all("all => all.map((a) => a.pathname)")
    spoken: list[str] = []
    page.on("dialog", lambda one: spoken.append(one.message))
    for path in (
        child,
        "/now",
        "/screening",
        "/children",
        f"/notifications/new?child={child[10:]}",
        *letters,
    ):
        await page.goto(shown.address + path)
        await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        await _nothing_ran(page)
    assert spoken == []


async def test_what_is_shown_again_in_a_form_runs_nowhere(shown: Shown, page: Page) -> None:
    await page.goto(f"{shown.address}/notifications/new")
    for place, field in enumerate(await page.locator("main input[type=text], main textarea").all()):
        if await field.is_visible():
            await field.fill(LINES[place % len(LINES)])
    await page.get_by_role("button", name="Record").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    assert LINES[0] in await page.locator("main input[type=text]").evaluate_all(
        "all => all.map((a) => a.value)"
    )
    await _nothing_ran(page)


async def _nothing_ran(page: Page) -> None:
    assert await page.locator("[hostile]").count() == 0
    assert await page.evaluate("[window.pwned, window.said]") == [0, []]
