"""A child's page: what to do next, and all that happened in one line of time."""

import re
from uuid import UUID, uuid4

from httpx import AsyncClient

from domain.decisions import Decision, DecisionKind
from schemas.access import Duty
from store import decisions
from store.decisions import Recorded
from tests.life import whole_life
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.reader import submit, visit
from tests.web.stories import missing
from web.guard.sessions import BACKGROUND

EVERY_SORT = {"Episode", "Told", "Interview", "Plan", "Alert", "Decision"}


async def test_what_to_do_next_stands_above_all_that_happened(desk: Desk) -> None:
    page = f"/children/{await whole_life(desk.store, NOW)}"
    html = (await desk.client.get(page)).text
    words = (await visit(desk.client, page)).words
    for part in (
        "Missing now, for 5 hours Since today at 5am . Risk: High",
        "Next: Hold the interview Zainab Patel has it. It is agreed for tomorrow at 6am, The library at"
        " Sneinton.",
        "21 hours left Interview due tomorrow at 7:30am",
        "Decision Zainab sees her at school tomorrow. Kwame Osei",
        "Safety plan, version 2 Done: Arrange mediation",
    ):
        assert part in words
    moments = re.findall(r'<time datetime="([^"]+)">[\dapm:]+<span', html)
    assert moments == sorted(moments, reverse=True)
    assert sorts(html) == EVERY_SORT
    await _is_filtered(desk.client, page)
    await _leads_a_screener_only_where_they_may_go(desk, page)


async def _is_filtered(client: AsyncClient, page: str) -> None:
    for ticks in ({"Plan"}, {"Alert", "Decision"}, {"Told"}):
        names = {"Alert": "alerts", "Decision": "decisions", "Plan": "plan", "Told": "told"}
        html = (await client.get(page, params={names[tick]: "yes" for tick in ticks})).text
        assert sorts(html) == ticks
        assert html.count(" checked") == len(ticks)
    words = (await visit(client, page, order="oldest", episodes="yes")).words
    assert words.index("19 March 2026 Episode 6:30pm") < words.index("28 March 2026 Episode 7:30pm")


async def _leads_a_screener_only_where_they_may_go(desk: Desk, page: str) -> None:
    screener = await desk.sign_in(Duty.SCREENER)
    answer = await submit(
        screener, f"{page}/why", await visit(screener, f"{page}/why"), purpose="safeguarding"
    )
    assert answer.status_code == 303
    links = (await visit(screener, page)).links
    assert [link for link in links if link.startswith("/interviews/")] == []
    assert f"{page}/safety-plan" in links
    assert any(link.startswith("/interviews/") for link in (await visit(desk.client, page)).links)


async def test_a_line_that_cannot_be_is_not_understood(desk: Desk) -> None:
    page = await _child(desk)
    for query in ({"order": "sideways"}, {"page": "0"}, {"told": "no"}):
        assert (await desk.client.get(page, params=query)).status_code == 422


async def test_a_page_that_lies_open_is_written_down_once_and_not_each_time_that_it_asks_again(
    desk: Desk,
) -> None:
    page = await _child(desk)
    for _ in range(3):
        assert (await desk.client.get(page, headers={BACKGROUND: "refresh"})).status_code == 200
    async with desk.store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM accesses WHERE page = 'child'") == 1


async def test_a_child_who_is_nobody_is_not_found(desk: Desk) -> None:
    assert (await desk.client.get(f"/children/{uuid4()}/safety-plan")).status_code == 404


async def test_the_accessibility_statement_is_for_everybody(desk: Desk) -> None:
    words = (await visit(desk.browser(), "/accessibility")).words
    assert "partially compliant with the Web Content Accessibility Guidelines version 2.2" in words


def sorts(html: str) -> set[str]:
    """Return what stands beside the entries of the line."""
    return set(re.findall(r"app-badge[^>]*>(\w+)<", html))


async def _child(desk: Desk) -> str:
    await desk.tell(missing())
    (episode,) = await desk.items("/api/v1/episodes")
    return f"/children/{episode['child_id']}"


async def test_what_a_screener_decided_stands_on_the_line(desk: Desk) -> None:
    page = await _child(desk)
    child = UUID(page.rpartition("/")[2])
    kept = Decision(uuid4(), DecisionKind.NEW, child)
    why = "Her school confirmed it."
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await decisions.add(tx, Recorded(kept, (child,), "k", b"", why, "S-9", "system:test", NOW))
    words = (await visit(desk.client, page, decisions="yes")).words
    assert "Screened: this is a child of their own Why Her school confirmed it. S-9" in words
