"""A small authority on a real database: children who went missing, staff, and a clock that a test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from casework.carry import Carrier
from casework.chase import Chased, chase
from casework.conduct import Asked, act
from casework.intake import Sender, receive
from schemas.commands import Allocate, Answer, Arrange, Command, Hold, Offer
from schemas.policy import Policy
from schemas.record import Contact
from schemas.staff import Role, StaffMember
from store import conduct, staff
from store.database import Store
from store.views import interviews
from streams.runner import Runner
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

RETURNED = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
DUE = RETURNED + timedelta(hours=72)
FIRST_SLOT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
_slots = count()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROLES = {
    "W-1": Role.INTERVIEWER,
    "M-1": Role.TEAM_MANAGER,
    "S-1": Role.SERVICE_MANAGER,
    "H-1": Role.HEAD_OF_SERVICE,
    "D-1": Role.DIRECTOR,
    "N-1": Role.SENIOR_MANAGER,
}


def person(id_: str, **facts: Any) -> StaffMember:
    told: dict[str, Any] = {"name": f"Person {id_}", "email": f"{id_}@nottingham.example", "teams": ["north"]}
    told |= {"roles": [ROLES[id_]], "training": ["return_interview"], "employer": "Barnfield"}
    return StaffMember.model_validate({"id": id_, "phone": "07700 900123", **told, **facts})


@dataclass
class World:
    """Nottingham, as it was at `now`."""

    store: Store
    policy: Policy = field(default_factory=Policy)
    now: datetime = RETURNED

    async def staffed(self, *people: StaffMember) -> None:
        """Import these people, and of the other roles one each."""
        ids = {each.id for each in people}
        others = [person(id_) for id_ in ROLES if id_ not in ids]
        async with self.store.transaction(NOTTINGHAM) as tx:
            await staff.save(tx, [*people, *others], self.now)

    async def tell(self, *messages: dict[str, Any]) -> None:
        """Take messages in and apply them now."""
        await receive(self.store, Sender("http", "test", [NOTTINGHAM]), list(messages), self.now)
        await Runner(Carrier(self.store, self.policy, lambda: self.now), [NOTTINGHAM]).drain()

    async def returned(self, child: str = "C-1", at: datetime = RETURNED, reference: str = "R-1") -> UUID:
        """Tell of a child who is back, and return the interview."""
        told = {"authority_child_id": child, "family_name": "Okafor", "given_names": child}
        facts: dict[str, Any] = {"child": told, "subject": reference, "told_at": self.now}
        await self.tell(
            message("reported", at - 2 * HOUR, id=f"{reference}-{child}-1", **facts, missing={}),
            message("returned", at, id=f"{reference}-{child}-2", **facts, returned={}),
        )
        async with self.store.transaction(NOTTINGHAM) as tx:
            (row,) = await tx.all(
                "SELECT i.id FROM interviews i JOIN children c ON c.id = i.child_id"
                " WHERE i.status <> 'voided' AND c.authority_child_id = :child"
                " ORDER BY i.due_at DESC LIMIT 1",
                child=child,
            )
        return UUID(str(row.id))

    async def do(self, interview: UUID, *commands: Command) -> None:
        """Give commands to an interview now."""
        for command in commands:
            async with self.store.transaction(NOTTINGHAM) as tx:
                found = await conduct.find(tx, interview)
            assert found is not None
            asked = Asked(command, str(uuid4()), found.version)
            await act(
                self.store,
                NOTTINGHAM,
                interview,
                asked,
                person="system:test",
                policy=self.policy,
                now=self.now,
            )

    async def hold(self, interview: UUID) -> None:
        """Allocate, offer, arrange and hold it now, whatever of that was not done."""
        async with self.store.transaction(NOTTINGHAM) as tx:
            found = await interviews.find(tx, interview)
        assert found is not None
        if found.status == "due":
            await self.do(interview, allocate())
        await self.do(interview, offer(), arrange())
        self.now += 2 * HOUR
        await self.do(interview, Hold(by="W-1"))

    async def chase(self, at: datetime | None = None) -> Chased:
        """Chase as of a moment, which is the present from then on."""
        self.now = at or self.now
        return await chase(self.store, NOTTINGHAM, self.policy, self.now)

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        async with self.store.transaction(NOTTINGHAM) as tx:
            return [tuple(row) for row in await tx.all(sql)]

    async def steps(self) -> list[str]:
        """Return the steps of all alerts, in the order in which they came due."""
        return [row[0] for row in await self.rows("SELECT step FROM alerts ORDER BY due_at, step")]

    async def told(self, step: str) -> list[tuple[Any, ...]]:
        """Return who was told of a step, by level, way and state."""
        return await self.rows(
            "SELECT recipient, d.level, channel, state FROM deliveries d JOIN alerts a ON a.id = d.alert_id"
            f" WHERE a.step = '{step}' ORDER BY d.level, recipient, channel"
        )


def allocate() -> Allocate:
    return Allocate(by="M-1", interviewer="W-1")


def offer() -> Offer:
    return Offer(by="W-1", how=next(iter(Contact)), answer=Answer.ACCEPTED)


def arrange() -> Arrange:
    """Agree on a slot that nobody else has."""
    starts_at = FIRST_SLOT + next(_slots) * timedelta(minutes=10)
    return Arrange(by="W-1", starts_at=starts_at, minutes=10, place="The Limes")


@asynccontextmanager
async def world(database: Database, *people: StaffMember) -> AsyncIterator[World]:
    """Open an authority with its staff."""
    store = Store(database.app_url)
    made = World(store)
    await made.staffed(*people)
    try:
        yield made
    finally:
        await store.close()
