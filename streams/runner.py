"""The embedded carrier: one process feeds `casework.carry` from the inbox, and seals the ledger."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import structlog

from casework.carry import carry
from casework.seal import publish, seal
from schemas.policy import Policy
from store import inbox
from store.database import DatabaseUnavailable, Store

log = structlog.get_logger()
BATCH = 500
LISTEN_SECONDS = 1.0
"""How long to wait for a wake-up at most: a lost notification costs this much, and no more."""


def now_utc() -> datetime:
    """Return the present moment; the only clock that the runner has."""
    return datetime.now(UTC)


class Runner:
    """Applies what waits, for each authority served here, until it is stopped."""

    def __init__(
        self,
        store: Store,
        policy: Policy,
        authorities: Sequence[str],
        heads: Path | None = None,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        self._store = store
        self._policy = policy
        self._authorities = authorities
        self._heads = heads
        self._clock = clock
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
        """Apply and seal all that waits now; return how many messages were applied."""
        done = 0
        for authority in self._authorities:
            done += await self._apply(authority)
            await self._seal(authority)
        self.applied += done
        self.last_pass_at = self._clock()
        return done

    async def _listen(self) -> None:
        address = self._store.url.replace("postgresql+psycopg://", "postgresql://")
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {inbox.CHANNEL}")
            while True:
                await self.drain()
                async for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                    pass

    async def _apply(self, authority: str) -> int:
        done = 0
        while True:
            async with self._store.transaction(authority) as tx:
                keys = await inbox.waiting(tx, BATCH)
            if not keys:
                return done
            results = await carry(keys, authority, self._store, self._policy, self._clock)
            done += sum(result.messages for result in results)

    async def _seal(self, authority: str) -> None:
        while (head := await seal(self._store, authority, self._clock())) is not None:
            if self._heads is not None:
                publish(self._heads, authority, head, self._clock())
