"""Every page there is, with something on it, and every form that is refused: usable by everybody.

Each state is looked at by axe at 1280 and 320 pixels, which is also a 1280 pixel window at 400%.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Final, NamedTuple

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from cli.demo.staff import CHIEF
from schemas.access import Duty
from store.embedded import Server as PostgreSQL
from tests.browser.conftest import IN_ONE_PROCESS, Open
from tests.browser.test_every_page import receipt
from tests.browser.town import WORKER, Town, town_on
from tests.browser.whole_town import fill
from tests.postgres import database_on
from tests.sessions import lasting
from web import access

pytestmark = [*IN_ONE_PROCESS]
WIDTHS: Final = (1280, 320)
ANIA, EVERYBODY = "the session of Ania", "the session of somebody who may do everything"


class Whole(NamedTuple):
    """The town, and the ids of what is in it."""

    town: Town
    ids: Mapping[str, str]


class State(NamedTuple):
    """A page in some state: its route, its address, who looks, and the button whose form is refused."""

    route: str
    address: str = ""
    who: str | None = EVERYBODY
    refused: str = ""


NO_PAGES: Final[Mapping[str, str]] = {
    "/": "leads to where somebody begins the day",
    "/live": "events for a script",
    "/sign-in/start": "leads to the provider",
    "/sign-in/callback": "the provider leads back to it, and it leads on",
    "/audit": "leads to its first page",
    "/admin": "leads to its first page",
    "/audit/access.csv": "a file",
    "/audit/ledger.csv": "a file",
    "/figures/{name}.csv": "a file",
    "/policy/in-force.json": "a file",
    "/policy/{no}.json": "a file",
    "/interviews/{interview_id}/invitation.ics": "a file",
    "/screening/letters/{letter_id}/original": "a file",
}
DO: Final = "/interviews/{interview_id}/do/{command}"
RECORD: Final = "/interviews/{interview_id}/record"
SECTION: Final = f"{RECORD}/{{section_name}}"
CHILD: Final = "/children/{child_id}"
PLAN: Final = f"{CHILD}/safety-plan"

STATES: Final = (
    State("/accessibility", who=None),
    State("/sign-in", who=None),
    State("/signed-out", who=None),
    State("/sign-in/prove", "/sign-in/prove?to=/restricted"),
    State("/answer", who=None),
    State("/answer/{code}", who=None),
    State("/answer/{code}", who=None, refused="Send my answer"),
    State("/now"),
    State("/notifications/new"),
    State("/notifications/{message_id}"),
    State("/children"),
    State(CHILD, "/children/{child}"),
    State(f"{CHILD}/plan", "/children/{child}/plan"),
    State(PLAN, "/children/{child}/safety-plan"),
    State(PLAN, "/children/{child}/safety-plan", refused="Save the review"),
    State(f"{PLAN}/actions/{{action_id}}", "/children/{child}/safety-plan/actions/{action}"),
    State(f"{PLAN}/actions/{{action_id}}", "/children/{child}/safety-plan/actions/{action}", refused="Save"),
    State(f"{CHILD}/why", "/children/{child}/why", ANIA),
    State(f"{CHILD}/why", "/children/{child}/why", ANIA, "Go on to the record"),
    State(f"{CHILD}/restriction", "/children/{child}/restriction"),
    State(f"{CHILD}/restriction", "/children/{child}/restriction", refused="Restrict the record"),
    State("/my-interviews", who=ANIA),
    State("/interviews/{interview_id}", "/interviews/{offered}", ANIA),
    State("/interviews/{interview_id}", "/interviews/{late}"),
    State(DO, "/interviews/{given}/do/offer", ANIA, "Record the attempt"),
    State(DO, "/interviews/{offered}/do/arrange", ANIA, "Record time and place"),
    State(DO, "/interviews/{offered}/do/hold", ANIA),
    State(DO, "/interviews/{offered}/do/decline", ANIA, "Record that the child declined"),
    State(DO, "/interviews/{offered}/do/not-possible", refused="Record that it is not possible"),
    State(DO, "/interviews/{late}/do/void", refused="Take it off the list"),
    State(DO, "/interviews/{held}/do/cover"),
    State(DO, "/interviews/{late}/do/reinstate"),
    State("/interviews/{interview_id}/card", "/interviews/{offered}/card", ANIA),
    State(RECORD, "/interviews/{held}/record", ANIA),
    State(f"{RECORD}/check", "/interviews/{held}/record/check", ANIA),
    State(f"{RECORD}/check", "/interviews/{held}/record/check", ANIA, "Submit to a manager"),
    State(f"{RECORD}/versions", "/interviews/{held}/record/versions", ANIA),
    State(f"{RECORD}/versions/{{no}}", "/interviews/{held}/record/versions/1", ANIA),
    State(SECTION, "/interviews/{held}/record/account", ANIA),
    State(SECTION, "/interviews/{held}/record/outcomes", ANIA),
    State("/board", "/board?group=all"),
    State("/board", "/board?group=all&risk=high"),
    State("/allocate"),
    State("/interviews/{interview_id}/allocate", "/interviews/{new}/allocate"),
    State("/interviews/{interview_id}/allocate", "/interviews/{given}/allocate", refused="Give it to them"),
    State("/interviews/{interview_id}/review", "/interviews/{submitted}/review"),
    State("/interviews/{interview_id}/review", "/interviews/{submitted}/review",
          EVERYBODY, "Approve the record"),
    State("/interviews/{interview_id}/ladder", "/interviews/{late}/ladder"),
    State("/alerts"),
    State("/alerts", refused="Acknowledge"),
    State("/load"),
    State("/figures", "/figures?period=52"),
    State("/screening"),
    State("/screening", "/screening?kind=unknown_child"),
    State("/screening/letters/{letter_id}", "/screening/letters/{letter}", refused="Try again"),
    State("/screening/letters/{letter_id}", "/screening/letters/{draft}"),
    State("/screening/letters/{letter_id}", "/screening/letters/{draft}", refused="Take it as it stands"),
    State("/screening/questions/{question_id}", "/screening/questions/{question}"),
    State("/screening/questions/{question_id}", "/screening/questions/{question}",
          EVERYBODY, "Show what will change"),
    State("/screening/children/{child_id}/split", "/screening/children/{known}/split"),
    State("/screening/children/{child_id}/split", "/screening/children/{known}/split",
          EVERYBODY, "Show what will change"),
    State("/screening/times/{episode_id}", "/screening/times/{conflict}", refused="Settle it"),
    State("/screening/reconciliation"),
    State("/screening/reconciliation", refused="The list is right"),
    State("/screening/reconciliation/{task_id}", "/screening/reconciliation/{listed}", refused="Not ours"),
    State("/screening/reconciliation/{task_id}", "/screening/reconciliation/{unlisted}",
          EVERYBODY, "Record as returned"),
    State("/screening/decisions"),
    State("/screening/decisions/{decision_id}", "/screening/decisions/{decision}",
          EVERYBODY, "Show what undoing changes"),
    State("/policy"),
    State("/policy/new"),
    State("/policy/new", refused="Upload and see what changes"),
    State("/policy/{no}", "/policy/{policy}"),
    State("/policy/{no}", "/policy/{policy}", refused="Accept version 2"),
    State("/restricted", refused="Open the record, and tell the managers"),
    State("/restricted/review"),
    State("/restricted/review", refused="Write it down"),
    State("/audit/access"),
    State("/audit/access", refused="Show who saw it"),
    State("/audit/ledger"),
    State("/audit/chain"),
    State("/admin/people"),
    State("/admin/tokens"),
    State("/admin/tokens", refused="Make the token"),
    State("/admin/staff"),
    State("/admin/staff", refused="Import it"),
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def whole(cluster: PostgreSQL, template: str) -> AsyncIterator[Whole]:
    with database_on(cluster, template) as database:
        async with town_on(database) as town:
            await lasting(town.store, Duty.WORKER, secret=ANIA, name="Ania Kowalska", staff_id=WORKER)
            await lasting(town.store, secret=EVERYBODY, name="Mary Okoro", staff_id=CHIEF)
            yield Whole(town, await fill(town))


async def test_every_page_is_looked_at() -> None:
    routes = {
        route.removeprefix("GET ") for route in access.TABLE.keys() | access.PUBLIC if route[:4] == "GET "
    }
    assert {state.route for state in STATES} == routes - NO_PAGES.keys()
    assert NO_PAGES.keys() <= routes


@pytest.mark.parametrize(
    "state", STATES, ids=lambda state: f"{state.address or state.route} {state.refused}".strip()
)
async def test_by_axe_twice_each_page_is_accessible_and_fits(
    whole: Whole, opened: Open, state: State
) -> None:
    page = await opened(WIDTHS[0], session=state.who)
    await page.clock.install(time=whole.town.world.now)
    await go(page, whole, state)
    assert await page.locator("h1").count() == 1
    await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate("document.scrollingElement.scrollWidth") <= width, f"wide at {width}"
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    await page.emulate_media(reduced_motion="reduce")
    assert await page.evaluate(MOVES) == []


async def go(page: Page, whole: Whole, state: State) -> None:
    """Open a page, and press the button whose form is refused."""
    if state.route == "/notifications/{message_id}":
        await receipt(page, whole.town)  # type: ignore[arg-type]  # it needs no more than an address
        return
    if state.route == "/restricted":
        await page.goto(f"{whole.town.address}/sign-in/prove?to=/restricted")
        await page.get_by_role("button", name="Yes, I am").click()
    answer = await page.goto(whole.town.address + (state.address or state.route).format(**whole.ids))
    assert answer is not None
    assert answer.status == 200
    if state.refused:
        await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        await page.get_by_role("button", name=state.refused).first.click()
        await expect(page.locator(".govuk-error-summary")).to_be_focused(timeout=20_000)


MOVES: Final = """() => [...document.querySelectorAll('*')].filter((one) => {
  const style = getComputedStyle(one);
  const times = [style.animationDuration, style.transitionDuration].join(',').split(',').map(parseFloat);
  return Math.max(...times) > 0.01 && (style.animationName !== 'none' || style.transitionProperty !== 'none');
}).map((one) => one.outerHTML.slice(0, 100))"""
"""What still moves where somebody asked that nothing does."""
