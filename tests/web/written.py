"""The pages of one record, and those who write it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from httpx import AsyncClient

from schemas.access import Duty
from store import drafts
from store.drafts import Draft
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.records import Path, begun, staffed
from tests.web.stories import missing, returned


@dataclass(slots=True)
class Written:
    """The pages of one record, and its interviewer's browser."""

    desk: Desk
    path: Path
    ewa: AsyncClient

    def at(self, rest: str = "") -> str:
        return f"/interviews/{self.path.id}/record{rest}"

    async def open(self, rest: str = "", client: AsyncClient | None = None, **query: str) -> Page:
        return await visit(client or self.ewa, self.at(rest), **query)

    async def type(self, section: str, client: AsyncClient | None = None, /, **typed: str) -> str:
        """Open a section, type into it and press a button; return where the browser is led."""
        page = await self.open(f"/{section}", client)
        answer = await submit(client or self.ewa, self.at(f"/{section}"), page, **{"do": "next", **typed})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]).removeprefix(self.at())

    async def drafts(self) -> list[Draft]:
        async with self.desk.store.transaction(NOTTINGHAM) as tx:
            return await drafts.all_of(tx, UUID(self.path.id))

    async def record(self) -> dict[str, Any]:
        answer = await self.desk.get(f"/api/v1/interviews/{self.path.id}/record")
        record: dict[str, Any] = answer.json()["record"]
        return record


async def not_begun(desk: Desk) -> Written:
    """Return a record that nobody has begun, of an interview that was held."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.as_far_as_held()
    return Written(desk, path, await desk.sign_in(Duty.WORKER, name="Ewa Nowak", staff_id="W-1"))


async def standing_in(written: Written) -> AsyncClient:
    """Return the browser of Tom, who said that he stands in for Ewa."""
    tom = await written.desk.sign_in(Duty.WORKER, name="Tom O'Neill", staff_id="W-2")
    why = str((await tom.get(written.at())).headers["location"])
    path, _, _ = why.partition("?")
    page = await visit(tom, path, to=written.at())
    answer = await submit(tom, path, page, purpose="covering", to=written.at())
    assert answer.headers["location"] == written.at()
    return tom
