"""The embedded carrier: one process feeds `casework.carry` from the inbox, and seals the ledger.

Beside Kafka it applies directly what Kafka has not brought in time: the clock never waits for a broker.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import structlog

from casework.carry import Carrier
from casework.seal import publish, seal
from store import inbox
from store.database import CONNECT, DatabaseUnavailable, Store
from store.ledger import Seal

log = structlog.get_logger()
BATCH = 500
LISTEN_SECONDS = 1.0
"""How long to wait for a wake-up at most: a lost notification costs this much, and no more."""
DIRECTLY_AFTER = timedelta(seconds=5)
"""How long a row of the inbox may wait for Kafka to bring it round."""


class Runner:
    """Applies what waits, for each authority served here, until it is stopped.

    With `leave_to_kafka` only what has waited that long. The ledger's heads go to `heads`, if that is given;
    `seals` false leaves the ledger to another process.
    """

    def __init__(
        self,
        carrier: Carrier,
        authorities: Sequence[str],
        heads: Path | None = None,
        *,
        leave_to_kafka: timedelta = timedelta(0),
        seals: bool = True,
    ) -> None:
        self._carrier = carrier
        self._store: Store = carrier.store
        self._authorities = authorities
        self._heads = heads
        self._leave_to_kafka = leave_to_kafka
        self._seals = seals
        self.applied = 0
        self.last_pass_at: datetime | None = None

    async def run(self) -> None:
        """Run until cancelled. A database that is away is waited for, with growing patience."""
        patience = LISTEN_SECONDS
        while True:
            try:
                await self._listen()
            except (DatabaseUnavailable, OSError, psycopg.Error) as error:
                log.warning("database away", reason=str(error), retry_after_seconds=patience)
                await asyncio.sleep(patience)
                patience = min(patience * 2, 30.0)
            else:
                patience = LISTEN_SECONDS

    async def drain(self) -> int:
        """Apply all that waits now, of each authority a batch in turn, then seal; return how many messages
        were applied or set aside.
        """
        done = 0
        while batch := sum([await self._apply(authority) for authority in self._authorities]):
            done += batch
        for authority in self._authorities:
            await self._seal(authority)
        self.applied += done
        self.last_pass_at = self._carrier.clock()
        return done

    async def _listen(self) -> None:
        address = self._store.url.replace("postgresql+psycopg://", "postgresql://")
        async with await psycopg.AsyncConnection.connect(address, autocommit=True, **CONNECT) as connection:
            await connection.execute(f"LISTEN {inbox.CHANNEL}")
            while True:
                await self.drain()
                async for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    pass

    async def _apply(self, authority: str) -> int:
        """Apply one batch; return how many messages were applied or set aside."""
        before = self._carrier.clock() - self._leave_to_kafka
        async with self._store.transaction(authority) as tx:
            keys = await inbox.waiting(tx, BATCH, before)
        if keys:
            await self._carrier.carry(keys, authority)
        return len(keys)

    async def _seal(self, authority: str) -> None:
        while self._seals and (head := await seal(self._store, authority, self._carrier.clock())) is not None:
            if self._heads is not None:
                self._publish(self._heads, authority, head)

    def _publish(self, heads: Path, authority: str, head: Seal) -> None:
        """Publish a head; where that cannot be, say so and go on: the next one says all of it."""
        try:
            publish(heads, authority, head, self._carrier.clock())
        except OSError as error:
            log.error("heads cannot be written", directory=str(heads), reason=error.strerror)  # noqa: TRY400
