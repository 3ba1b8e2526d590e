"""An administrator changes the policy, from the file to the deadline, with and without scripts."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown
from tests.messages import AMARA, NOTTINGHAM, message

pytestmark = [*IN_ONE_PROCESS]
WIDTHS = (1280, 320)
HOUR = timedelta(hours=1)
POLICY = """
[interview]
within = "PT48H"
[[ladder.steps]]
id = "held_soon"
watches = "not_held"
after = "-P3D"
tells = ["team_manager"]
expects = "See that the interview is held."
"""


async def fits(page: Page) -> None:
    """Look that everybody can use the page."""
    assert await page.locator("h1").count() == 1
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    found = await Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_file_becomes_the_policy_in_force(
    shown: Shown, opened: Open, tmp_path: Path, *, scripts: bool
) -> None:
    await shown.tell(message("returned", NOW - 50 * HOUR, id="a1", child=AMARA))
    file = tmp_path / "policy.toml"
    file.write_text(POLICY)
    page = await opened(WIDTHS[0], scripts=scripts)
    look = fits if scripts else _nothing
    await page.goto(f"{shown.address}/policy")
    await look(page)
    await (
        page.get_by_role("button", name="Upload another version")
        .or_(page.get_by_role("link", name="Upload another version"))
        .click()
    )
    await look(page)
    await page.get_by_label("Choose a file").set_input_files(file)
    await page.get_by_label("Why").fill("The board wants two days")
    await page.get_by_role("button", name="Upload and see what changes").click()
    await expect(page.get_by_text("1 interview becomes overdue")).to_be_visible()
    await look(page)
    await page.get_by_label("Why, and who agreed").fill("Agreed by the head of service")
    await page.get_by_role("button", name="Accept version 1").click()
    await expect(page.get_by_role("heading", name="What it changed")).to_be_visible()
    await page.goto(f"{shown.address}/policy")
    await expect(page.get_by_role("heading", name="In force: version 1")).to_be_visible()
    await look(page)
    async with shown.store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT due_at FROM interviews") == NOW - 2 * HOUR


async def test_what_is_wrong_with_a_policy_is_named_and_what_was_typed_stays(
    shown: Shown, opened: Open
) -> None:
    page = await opened(WIDTHS[0])
    await page.goto(f"{shown.address}/policy/new")
    await page.get_by_label("Or write it here").fill('[interview]\nwithn = "P2D"\n')
    await page.get_by_role("button", name="Upload and see what changes").click()
    await expect(page.get_by_role("link", name="did you mean within?")).to_be_visible()
    await expect(page.get_by_label("Or write it here")).to_have_value('[interview]\nwithn = "P2D"\n')
    await fits(page)


async def _nothing(page: Page) -> None:
    """Look at nothing: the checks themselves are a script."""
