"""The carriers that the suite runs on. Each takes messages to `casework.apply` in its own way."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casework import carry
from casework.intake import Receipt, Sender, receive
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.messages import DERBY, NOTTINGHAM
from tests.postgres import Database

AUTHORITIES = (NOTTINGHAM, DERBY)


class Carrier:
    """The embedded carrier: a runner feeds what is in the inbox."""

    def __init__(self, store: Store, heads: Path, policy: Policy) -> None:
        self.store = store
        self.heads = heads
        self.policy = policy
        self.runner = Runner(carry.Carrier(store, policy), AUTHORITIES, heads)

    async def send(
        self, *messages: dict[str, Any] | bytes, at: datetime | None = None, source: str | None = None
    ) -> list[Receipt]:
        """Take messages in, as received `at`, and wait until they are applied."""
        receipts = await self.take_in(messages, at, source)
        await self.runner.drain()
        return receipts

    async def take_in(
        self,
        messages: Sequence[dict[str, Any] | bytes],
        at: datetime | None = None,
        source: str | None = None,
    ) -> list[Receipt]:
        sender = Sender("http", "test", AUTHORITIES, source=source)
        return await receive(self.store, sender, messages, at or datetime.now(UTC))

    async def rows(self, sql: str, authority: str = NOTTINGHAM, **values: Any) -> Sequence[Any]:
        async with self.store.transaction(authority) as tx:
            return await tx.all(sql, **values)


@pytest.fixture
async def carrier(database: Database, tmp_path: Path) -> AsyncIterator[Carrier]:
    store = Store(database.app_url)
    yield Carrier(store, tmp_path / "heads", Policy())
    await store.close()
