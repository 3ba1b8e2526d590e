"""A manager's pages in a real browser: each decision reaches the database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from playwright.async_api import Page

from casework import drafts, gate
from schemas.access import Duty
from schemas.commands import FindingAnswer, Hold, Submit
from store.database import Store
from store.embedded import Server as PostgreSQL
from tests.browser.conftest import IN_ONE_PROCESS, NOW, Open, Shown, serving
from tests.chasing import HOUR, World, allocate, arrange, offer
from tests.messages import NOTTINGHAM
from tests.postgres import database_on
from tests.sessions import lasting
from tests.web.records import RECORD, STAFF

pytestmark = [*IN_ONE_PROCESS]
GRACE = "the session of Grace Bell"


@dataclass(slots=True)
class Office:
    """A site with Amara's interview overdue, Bilal's new, and a record of Carys's handed in."""

    shown: Shown
    amara: UUID
    bilal: UUID
    carys: UUID

    async def one(self, sql: str, **values: object) -> object:
        async with self.shown.store.transaction(NOTTINGHAM) as tx:
            found: object = await tx.scalar(sql, **values)
        return found


@pytest_asyncio.fixture(loop_scope="session")
async def office(cluster: PostgreSQL, template: str) -> AsyncIterator[Office]:
    with database_on(cluster, template) as database:
        store = Store(database.app_url)
        try:
            ids = await _worked(World(store, now=NOW - 80 * HOUR))
        finally:
            await store.close()
        async with serving(database) as shown:
            yield Office(shown, *ids)


async def _worked(world: World) -> tuple[UUID, UUID, UUID]:
    """Let everything happen that the office shows, and return the three interviews."""
    await world.staffed(*STAFF)
    await lasting(world.store, Duty.MANAGER, secret=GRACE, staff_id="M-1", name="Grace Bell")
    amara = await world.returned("Amara", at=world.now, reference="R-1")
    world.now = NOW - 20 * HOUR
    bilal = await world.returned("Bilal", at=world.now, reference="R-2")
    carys = await world.returned("Carys", at=world.now, reference="R-3")
    await world.do(carys, allocate(), offer(), arrange(), Hold(by="W-1"))
    draft = await _written(world, carys)
    judged = await gate.findings(world.store, NOTTINGHAM, carys, person="system:test", now=world.now)
    reason = "The child said it in these words."
    answers = tuple(FindingAnswer(finding=one["id"], reason=reason) for one in judged if one["blocks"])
    await world.do(carys, Submit(by="W-1", draft=draft, answers=answers))
    await world.chase(NOW)
    return amara, bilal, carys


async def _written(world: World, interview: UUID) -> int:
    typed = drafts.Typed(RECORD, 0, "W-1", str(uuid4()))
    saved = await drafts.save(world.store, NOTTINGHAM, interview, typed, person="system:test", now=world.now)
    return saved.no


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
async def test_a_manager_allocates_decides_and_approves(office: Office, opened: Open, scripts: bool) -> None:
    page = await opened(390, scripts=scripts, session=GRACE)
    await page.goto(f"{office.shown.address}/board")
    await page.get_by_role("link", name="Allocate the interview of Amara Okafor").click()
    await page.get_by_label("Ewa Nowak").check()
    await page.get_by_role("button", name="Allocate").click()
    await page.get_by_text("The interview was given to Ewa Nowak").wait_for()
    await decides(office, page)
    await page.goto(f"{office.shown.address}/board?group=approval")
    await page.get_by_role("link", name="Review the record of Carys Okafor").click()
    await page.get_by_label("What you decide, and why").fill("Agreed: the outcomes stand.")
    await page.get_by_role("button", name="Approve the record").click()
    await page.get_by_text("The record was approved").wait_for()
    status = "SELECT status FROM interviews WHERE id = :id"
    assert await office.one(status, id=office.amara) == "allocated"
    assert await office.one(status, id=office.carys) == "approved"


async def decides(office: Office, page: Page) -> None:
    """Acknowledge the first alert about Amara's interview from its ladder."""
    await page.goto(f"{office.shown.address}/interviews/{office.amara}/ladder")
    await page.get_by_text("Decide about").first.click()
    await page.get_by_label("What is done about it, or why nothing").first.fill("Ewa goes there today.")
    await page.get_by_role("button", name="Acknowledge").first.click()
    await page.get_by_text("Your decision is written down").wait_for()
    decision = await office.one("SELECT decision FROM alerts WHERE decision IS NOT NULL")
    assert decision == "Ewa goes there today."
