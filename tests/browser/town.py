"""An invented town whose people sign in by the page, as whoever looks round the demonstration does."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Page

from casework import drafts, gate
from casework.carry import Carrier
from casework.directory import import_staff
from casework.staff_rows import read_staff
from cli.demo.personas import PERSONAS
from cli.demo.staff import CHIEF, DIRECTORY
from schemas.commands import Allocate, Answer, Command, FindingAnswer, Hold, Offer, Submit
from schemas.policy import Policy
from schemas.record import Contact
from store import conduct
from store.conduct import Conducted
from store.database import Store
from streams.runner import Runner
from tests.chasing import World
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database
from tests.web.records import RECORD
from web.app import create_app
from web.server import Server
from web.site import Clock, Site

WAYS = pytest.mark.parametrize(
    ("scripts", "width"),
    [(True, 1280), (False, 390)],
    ids=["with scripts on a desktop", "without scripts on a telephone"],
)
"""How each journey is gone: of scripts and widths, the two that differ most."""
NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORKER = "ania"
NAMES: Mapping[str, str] = {each.subject: each.name for each in PERSONAS}
RISKS: Mapping[str, Any] = {
    "risk_level": "high",
    "category": "missing",
    "circumstances": "Left after a row about her phone and did not come back from town.",
    "risk_factors": ["county_lines"],
    "last_seen_place": "Slab Square",
}
ACCEPTED = Offer(by=WORKER, at=NOW - 3 * HOUR, how=Contact.PHONE, answer=Answer.ACCEPTED)


@dataclass(slots=True)
class Town:
    """A site, the people of the demonstration's team, and the children of whom a force told."""

    address: str
    database: Database
    world: World
    interviews: dict[str, UUID] = field(default_factory=dict)
    """By the child's given name."""

    @property
    def store(self) -> Store:
        return self.world.store

    async def sign_in(self, page: Page, who: str) -> None:
        """Come in by the first page, as one of the personas."""
        await sign_in(page, self.address, who, self.world.now)

    async def back(self, name: str, hours_ago: float, **facts: Any) -> UUID:
        """Tell of a child of this name who was away for nine hours, and is back; return the interview."""
        at = NOW - hours_ago * HOUR
        child = {
            "family_name": "Okafor",
            "given_names": name,
            "date_of_birth": "2011-07-02",
            "authority_child_id": f"C-{name}",
        }
        about: dict[str, Any] = {"child": child | facts, "subject": f"NP-{name}"}
        await self.world.tell(
            message("reported", at - 9 * HOUR, id=f"r-{name}", missing=dict(RISKS), **about),
            message("returned", at, id=f"b-{name}", returned={"returned_to": "home"}, **about),
        )
        found = await self.value(
            "SELECT i.id FROM interviews i JOIN children c ON c.id = i.child_id"
            " WHERE c.authority_child_id = :child",
            child=f"C-{name}",
        )
        self.interviews[name] = found
        return self.interviews[name]

    async def given_out(self, interview: UUID, *further: Command) -> None:
        """Give an interview to the worker, who goes on with it."""
        await self.world.do(interview, Allocate(by=CHIEF, interviewer=WORKER), *further)

    async def held(self, interview: UUID) -> None:
        """Take an interview as far as that it was held, two hours ago."""
        await self.given_out(interview, ACCEPTED, Hold(by=WORKER, held_at=self.world.now - 2 * HOUR))

    async def write(self, interview: UUID, sections: Mapping[str, Any] = RECORD) -> int:
        """Save sections of its record, as another program does; return the draft's number."""
        async with self.store.transaction(NOTTINGHAM) as tx:
            found = await conduct.find(tx, interview)
            assert found is not None
            no, _ = await drafts.as_it_stands(tx, found)
        typed = drafts.Typed(sections, no, WORKER, str(uuid4()))
        done = await drafts.save(
            self.store, NOTTINGHAM, interview, typed, person="system:test", now=self.world.now
        )
        return done.no

    async def submitted(self, interview: UUID) -> None:
        """Take an interview as far as that its record waits for a manager."""
        await self.held(interview)
        draft = await self.write(interview)
        found = await gate.findings(
            self.store, NOTTINGHAM, interview, person="system:test", now=self.world.now
        )
        answers = tuple(
            FindingAnswer(finding=each["id"], reason="The child said so twice, in other words.")
            for each in found
            if each["blocks"]
        )
        await self.world.do(interview, Submit(by=WORKER, draft=draft, answers=answers))

    async def standing(self, interview: UUID) -> Conducted:
        """Return how an interview stands."""
        async with self.store.transaction(NOTTINGHAM) as tx:
            found = await conduct.find(tx, interview)
        assert found is not None
        return found

    async def value(self, sql: str, **values: Any) -> Any:
        """Return one value from the database."""
        async with self.store.transaction(NOTTINGHAM, "system:test") as tx:
            return await tx.scalar(sql, **values)

    async def child_of(self, name: str) -> str:
        """Return the id of a child."""
        return str(
            await self.value("SELECT id FROM children WHERE authority_child_id = :child", child=f"C-{name}")
        )


async def sign_in(page: Page, address: str, who: str, now: datetime) -> None:
    """Come in by the first page, as one of the personas; the browser's clock is the site's."""
    await page.clock.install(time=now)
    await page.goto(address)
    await page.get_by_role("button", name=f"Sign in as {NAMES[who]}").click()
    await page.get_by_role("button", name="Sign out", exact=True).wait_for()


@asynccontextmanager
async def serving(store: Store, clock: Clock) -> AsyncIterator[str]:
    """Serve what is in a database to the personas, with what applies beside; return the address."""
    site = Site((NOTTINGHAM,), Policy(), demo=True, personas=PERSONAS)
    runner = Runner(Carrier(store, site.policy, clock), site.authorities)
    server = Server(create_app(store, site, [runner.run], clock=clock), port=0)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def town_on(database: Database, clock: Clock | None = None) -> AsyncIterator[Town]:
    """Serve the town on a free port. Its clock is the world's, unless another is given."""
    store = Store(database.app_url, pool_size=5)
    world = World(store, now=NOW)
    people = read_staff(DIRECTORY.splitlines(keepends=True))
    await import_staff(store, NOTTINGHAM, people, person="system:test", now=NOW)
    async with serving(store, clock or (lambda: world.now)) as address:
        yield Town(address, database, world)
    await store.close()
