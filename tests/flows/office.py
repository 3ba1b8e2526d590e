"""An office whose people are to be told: a database, its directory, its ways, and alerts that wait."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from connectors.channel import Channel
from connectors.smtp import Mailer, Smtp
from flows.surroundings import Surroundings
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import alerts, staff
from store.alerts import Alert, Delivery
from store.database import Store
from tests.connectors.mouth import Peer
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
ADDRESS = "https://homeward.example"
GRACE = StaffMember(
    id="M-1",
    name="Grace Bell",
    email="grace.bell@nottingham.example",
    phone="07700 900123",
    roles=frozenset({Role.TEAM_MANAGER}),
)
OMAR = StaffMember(
    id="S-1",
    name="Omar Aziz",
    email="omar.aziz@nottingham.example",
    phone="07700 900456",
    roles=frozenset({Role.SENIOR_MANAGER, Role.SERVICE_MANAGER}),
)


def mail(peer: Peer) -> dict[str, Channel]:
    """Return e-mail by this server."""
    sender = "homeward@nottingham.example"
    return {"email": Smtp(Mailer("127.0.0.1", peer.port, sender, security="none", timeout_seconds=5))}


@dataclass
class Office:
    """One authority's people, and what is to be told to them."""

    database: Database
    here: Surroundings

    @property
    def store(self) -> Store:
        return self.here.store

    async def has(self, *people: StaffMember) -> None:
        async with self.store.transaction(NOTTINGHAM) as tx:
            await staff.save(tx, people, NOW)

    async def waits(self, count: int = 1, channel: str = "email", at: datetime = NOW) -> list[UUID]:
        """Let this many alerts wait for Grace, and return the ids of their deliveries."""
        made = [_alert(at) for _ in range(count)]
        told = [_delivery(alert.id, channel, at) for alert in made]
        async with self.store.transaction(NOTTINGHAM) as tx:
            await alerts.raise_(tx, made)
            await alerts.tell(tx, told)
        return [each.id for each in told]

    def deliveries(self) -> list[dict[str, Any]]:
        """Return all deliveries outside the inbox, past all row-level security."""
        columns = (
            "id", "alert_id", "recipient", "channel", "state", "why", "attempts", "sent_at", "reference",
        )  # fmt: skip
        with connect(self.database.superuser_url) as looking:
            rows = looking.execute(
                f"SELECT {', '.join(columns)} FROM deliveries WHERE channel <> 'inbox'"
                " ORDER BY queued_at, id".encode()
            ).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def states(self) -> list[tuple[str, str | None]]:
        return [(each["state"], each["why"]) for each in self.deliveries()]

    def noted(self) -> list[str]:
        """Return what the ledger says of alerts."""
        with connect(self.database.superuser_url) as looking:
            rows = looking.execute("SELECT action FROM ledger WHERE action LIKE 'alert.%' ORDER BY no")
            return [row[0] for row in rows]


@asynccontextmanager
async def office(
    database: Database, channels: Mapping[str, Channel], policy: Policy | None = None
) -> AsyncIterator[Office]:
    store = Store(database.app_url, pool_size=4)
    here = Surroundings(store, (NOTTINGHAM,), None, policy or Policy(), channels=channels, address=ADDRESS)
    made = Office(database, here)
    await made.has(GRACE, OMAR)
    try:
        yield made
    finally:
        await store.close()


def _alert(at: datetime) -> Alert:
    return Alert(
        id=uuid4(),
        subject_id=uuid4(),
        interview_id=None,
        episode_id=None,
        step="flow_failed",
        due_at=at - timedelta(hours=5),
        raised_at=at,
        expected="Tell those who run Homeward: work that is done by the clock has failed.",
        expected_by=at + timedelta(hours=4),
    )


def _delivery(alert_id: UUID, channel: str, at: datetime) -> Delivery:
    return Delivery(
        id=uuid4(),
        alert_id=alert_id,
        recipient=GRACE.id,
        role="team_manager",
        level=0,
        channel=channel,
        state="queued",
        why=None,
        queued_at=at,
        not_before=at,
    )
