"""A chase, in a process of its own, that is killed at some statement: before, amid or after its commit."""

import asyncio
import os
import random
import signal
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casework.chase import chase
from schemas.policy import Policy
from store.database import Store, Transaction
from tests.messages import NOTTINGHAM

STATEMENTS = 40
"""About as many as two chases have: some die in the first, some in a later one, few come through."""


def chase_until_killed(url: str, seed: int, moments: Sequence[datetime]) -> None:
    """Chase as of these moments, in any order, until SIGKILL at a statement that the seed decides on."""
    dice = random.Random(seed)
    burn(dice.randrange(3, STATEMENTS))
    asyncio.run(_chase(url, dice.sample(moments, len(moments))))


def burn(statements: int) -> None:
    """Let this process die at the statement after so many, whoever runs it."""
    left = statements
    plain = Transaction.all, Transaction.run

    async def all_(tx: Transaction, sql: Any, **values: Any) -> Any:
        _count()
        return await plain[0](tx, sql, **values)

    async def run(tx: Transaction, sql: Any, **values: Any) -> Any:
        _count()
        return await plain[1](tx, sql, **values)

    def _count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    Transaction.all, Transaction.run = all_, run  # type: ignore[assignment, method-assign]  # in this process alone


async def _chase(url: str, moments: Sequence[datetime]) -> None:
    store = Store(url, pool_size=2)
    for as_of in moments:
        await chase(store, NOTTINGHAM, Policy(), as_of)
    await store.close()
