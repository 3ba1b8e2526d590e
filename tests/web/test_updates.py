"""Each page that renews itself can be stopped, and started again from where it stands."""

import re
from pathlib import Path as File

from schemas.access import Duty
from tests.web.conftest import Desk
from tests.web.reader import Page
from tests.web.records import begun, staffed
from tests.web.stories import missing, returned

TEMPLATES = File(__file__).parents[2] / "web" / "templates"
RELOADS = re.compile('http-equiv="refresh"')


def test_no_page_renews_itself_but_in_the_way_that_can_be_stopped() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if path.name != "parts.html":
            assert "data-updates" not in text, path.name
            assert not RELOADS.search(text), path.name
        if "data-live" in text and path.name != "parts.html":
            assert "keeps_current(" in text, path.name


async def test_each_page_that_renews_itself_is_stopped_and_started_where_it_stands(desk: Desk) -> None:
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.as_far_as_held()
    child = (await path.look())["child_id"]
    ewa = await desk.sign_in(Duty.WORKER, Duty.MANAGER, name="Ewa Nowak", staff_id="W-1")
    pages = (
        f"/children/{child}?told=yes",
        f"/interviews/{path.id}?done=hold",
        "/my-interviews",
        "/alerts?state=all",
        "/board?group=all",
        "/load?team=Missing+%26+back",
        "/now?show=overdue",
    )
    for address in pages:
        on = Page((await ewa.get(address)).text)
        [stop] = [
            link for link in on.links if "updates=off" in link and "#" not in link and "page=" not in link
        ]
        answer = await ewa.get(stop)
        off = Page(answer.text)
        assert "This page does not update by itself. Start updates" in off.words
        assert not RELOADS.search(answer.text)
        assert re.sub(r"[?&]done=hold", "", address) in off.links, address


async def test_what_was_stopped_stays_so_where_something_else_is_chosen(desk: Desk) -> None:
    boss = await desk.sign_in(Duty.MANAGER, name="Grace Bell", staff_id="M-1")
    asked = {
        address: (await boss.get(f"{address}?updates=off&team=x")).text for address in ("/alerts", "/load")
    }
    assert all('name="updates" value="off"' in text for text in asked.values())
    states = [link for link in Page(asked["/alerts"]).links if link.startswith("/alerts?state=")]
    assert states
    assert all("updates=off" in link for link in states)
