"""An authority in which a manager has work: children back, interviews at every stage, alerts raised."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from httpx import AsyncClient, Response

from schemas.access import Duty
from tests.chasing import RETURNED, World
from tests.web.conftest import Desk
from tests.web.reader import Page
from tests.web.records import STAFF

NOBODYS = UUID(int=0)


@dataclass(slots=True)
class Managing:
    """The desk, the world in which children come back, and the browser of Grace Bell, a manager."""

    desk: Desk
    world: World
    grace: AsyncClient
    interview: UUID = NOBODYS
    """The one that a test is about."""

    def at(self, hours: float) -> None:
        """Set both clocks to so many hours after the return."""
        self.world.now = self.desk.clock.now = RETURNED + timedelta(hours=hours)

    async def returned(self, name: str, hours: float = 0) -> UUID:
        """Tell of a child of this name who came back so many hours after the first, once that is so."""
        self.world.now = max(self.world.now, RETURNED + timedelta(hours=hours))
        return await self.world.returned(name, at=RETURNED + timedelta(hours=hours), reference=f"R-{name}")


async def managing(desk: Desk) -> Managing:
    """Open the authority at the moment of the first return."""
    world = World(desk.store, desk.site.policy)
    await world.staffed(*STAFF)
    made = Managing(desk, world, await desk.sign_in(Duty.MANAGER, name="Grace Bell", staff_id="M-1"))
    made.at(0)
    return made


async def followed(client: AsyncClient, answer: Response) -> str:
    """Return the words of the page to which a form led."""
    assert answer.status_code == 303, answer.text
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200, page.text
    return Page(page.text).words
