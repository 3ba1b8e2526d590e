"""A worker's pages in a real browser: what is mine, one interview, and the forms by which it goes on."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe

from casework import conduct
from casework.chase import chase
from casework.conduct import Asked
from casework.deeds import read_command
from schemas.access import Duty
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import conduct as kept
from store import staff
from store.embedded import Server as PostgreSQL
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown, serving
from tests.messages import AMARA, NOTTINGHAM, message
from tests.postgres import database_on
from tests.sessions import lasting

pytestmark = [*IN_ONE_PROCESS]
EWA, GRACE = "the session of Ewa Nowak", "the session of Grace Bell"
STAFF = (
    StaffMember(id="W-1", name="Ewa Nowak", training=("return_interview",)),
    StaffMember(id="W-2", name="Tom O’Neill", training=("return_interview",)),
    StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER})),
)
HOUR = timedelta(hours=1)
CHILDREN = (
    ("Okafor", AMARA, 80 * HOUR),
    ("Khan", {"authority_child_id": "C-2", "family_name": "Khan", "given_names": "Bilal"}, 60 * HOUR),
    ("Price", {"authority_child_id": "C-3", "family_name": "Price", "given_names": "Carys"}, 5 * HOUR),
    ("Doyle", {"authority_child_id": "C-4", "family_name": "Doyle", "given_names": "Dee"}, 30 * HOUR),
    ("Evans", {"authority_child_id": "C-5", "family_name": "Evans", "given_names": "Eli"}, 40 * HOUR),
)
"""Who came back, and how long ago."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(cluster: PostgreSQL, template: str) -> AsyncIterator[Shown]:
    """Ewa Nowak has five interviews: one late, one arranged for today, one offered, one held, one new."""
    with database_on(cluster, template) as database:
        async with serving(database) as shown:
            async with shown.store.transaction(NOTTINGHAM) as tx:
                await staff.save(tx, STAFF, NOW)
            await lasting(shown.store, Duty.WORKER, secret=EWA, name="Ewa Nowak", staff_id="W-1")
            await lasting(shown.store, Duty.MANAGER, secret=GRACE, name="Grace Bell", staff_id="M-1")
            await shown.tell(*[one for told in CHILDREN for one in _told(*told)])
            for name, _, _ in CHILDREN:
                await do(shown, name, "allocate", by="M-1", interviewer="W-1")
            answered = {"by": "W-1", "at": _at(-4), "how": "phone", "answer": "accepted"}
            await do(shown, "Khan", "offer", **answered)
            await do(shown, "Khan", "arrange", by="W-1", starts_at=_at(5), place="Youth club, Sneinton")
            await do(
                shown, "Doyle", "offer", **{**answered, "answer": "undecided", "note": "Ring on Friday."}
            )
            await do(shown, "Evans", "offer", **answered)
            await do(shown, "Evans", "hold", by="W-1", held_at=_at(-2), place="At home")
            await chase(shown.store, NOTTINGHAM, Policy(), NOW)
            yield shown


async def do(site: Shown, name: str, command: str, **body: Any) -> UUID:
    """Give one command to the interview of a child, and return the interview's id."""
    interview_id = await interview_of(site, name)
    async with site.store.transaction(NOTTINGHAM) as tx:
        found = await kept.find(tx, interview_id)
        assert found is not None
    asked = Asked(read_command(command, body), str(uuid4()), found.version)
    await conduct.act(
        site.store, NOTTINGHAM, interview_id, asked, person="system:test", policy=Policy(), now=NOW
    )
    return interview_id


async def interview_of(site: Shown, name: str) -> UUID:
    async with site.store.transaction(NOTTINGHAM) as tx:
        found = await tx.scalar(
            "SELECT i.id FROM interviews i JOIN children c ON c.id = i.child_id"
            " WHERE c.facts->>'family_name' = :name",
            name=name,
        )
    assert isinstance(found, UUID)
    return found


STATES = {
    "my interviews": (EWA, "/my-interviews"),
    "an interview that is late": (EWA, "/interviews/{Okafor}"),
    "an interview that is arranged": (EWA, "/interviews/{Khan}"),
    "the form of an offer": (EWA, "/interviews/{Okafor}/do/offer"),
    "the form of a conversation": (EWA, "/interviews/{Khan}/do/hold"),
    "the form of a decline": (EWA, "/interviews/{Doyle}/do/decline"),
    "a form that is not for now": (EWA, "/interviews/{Evans}/do/offer"),
    "the form of a cover": (GRACE, "/interviews/{Okafor}/do/cover"),
    "the form of what leaves the list": (GRACE, "/interviews/{Okafor}/do/void"),
}


async def test_every_page_of_a_worker_is_accessible_and_fits(site: Shown, opened: Open) -> None:
    ids = {name: await interview_of(site, name) for name, _, _ in CHILDREN}
    for state, (session, path) in STATES.items():
        page = await opened(1280, session=session)
        await page.goto(site.address + path.format(**ids))
        assert await page.locator("h1").count() == 1
        for width in (1280, 320):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, state
        found = await Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_worker_goes_from_the_list_through_an_offer_on_a_telephone(
    site: Shown, opened: Open, scripts: bool
) -> None:
    page = await opened(390, scripts=scripts, session=EWA)
    await page.goto(f"{site.address}/my-interviews")
    await (
        page.get_by_role("button", name="offer").and_(page.get_by_role("button", name="Carys Price")).click()
    )
    await page.get_by_role("button", name="Record the attempt").click()
    summary = page.get_by_role("alert")
    await summary.get_by_role("link", name="Choose what came of it").click()
    assert await page.evaluate("document.activeElement.id") == "answer"
    await page.get_by_label("Nobody was reached").check()
    await page.get_by_label("Telephone").check()
    await page.get_by_role("button", name="Record the attempt").click()
    await page.get_by_role("heading", name="Next: Try again to offer it").wait_for()
    async with site.store.transaction(NOTTINGHAM) as tx:
        last = await kept.given_to(tx, await interview_of(site, "Price"))
    assert (last[-1].name, last[-1].by, last[-1].body["answer"]) == ("offer", "W-1", "not_reached")


async def test_my_interviews_follow_what_changes_elsewhere(site: Shown, opened: Open) -> None:
    page = await opened(390, session=EWA)
    await page.goto(f"{site.address}/my-interviews")
    await page.get_by_text("This page updates by itself.").wait_for()
    answered = {"by": "W-1", "at": _at(-1), "how": "visit", "answer": "accepted"}
    interview_id = await do(site, "Doyle", "offer", **answered)
    await page.locator(f"#next-{interview_id}", has_text="Arrange a time").wait_for()


def _told(name: str, child: dict[str, str], ago: timedelta) -> list[dict[str, Any]]:
    at, facts = NOW - ago, {"category": "missing", "risk_level": "medium"}
    about: dict[str, Any] = {"child": child, "subject": f"NP-{name}"}
    return [
        message("reported", at - 9 * HOUR, id=f"r-{name}", missing=facts, **about),
        message("returned", at, id=f"b-{name}", **about),
    ]


def _at(hours: int) -> str:
    moment: datetime = NOW + hours * HOUR
    return moment.isoformat()
