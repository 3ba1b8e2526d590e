"""Chased by many at once, at any instants, each killed anywhere: the steps are those of one last run."""

import asyncio
import multiprocessing
import random
import signal
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from schemas.commands import Decline, Spoken
from store.embedded import Server
from tests.chasing import DAY, HOUR, World, allocate, arrange, offer, world
from tests.faults import chase_that_dies
from tests.postgres import Database, connect, database_on

EPOCHS, AT_ONCE, CHILDREN = 8, 4, 12
LIMIT_SECONDS = 30.0
RAISED = "SELECT subject_id, step, due_at FROM alerts"

pytestmark = pytest.mark.xdist_group("faults")  # takes both cores: not beside others of its kind


def kill_chases(url: str, moments: list[datetime], seeds: range) -> list[int | None]:
    """Start chases at once, wait until each was killed or came through, and return how they ended."""
    server = multiprocessing.get_context("forkserver")  # forks what has imported, and opened nothing
    server.set_forkserver_preload([chase_that_dies.__name__])
    running = [
        server.Process(target=chase_that_dies.chase_until_killed, args=(url, seed, moments)) for seed in seeds
    ]
    for process in running:
        process.start()
    ends: list[int | None] = []
    for process in running:
        process.join(LIMIT_SECONDS)
        ends.append(process.exitcode)
        process.kill()
        process.join()
        process.close()
    return ends


async def live_on(nottingham: World, open_: dict[UUID, int], dice: random.Random, epoch: int) -> None:
    """Let a day and a half pass in which some come back, and some of the others are worked on."""
    for number in range(CHILDREN // EPOCHS + 1):
        nottingham.now += 2 * HOUR
        returned_at = nottingham.now - dice.randrange(60) * HOUR
        interview = await nottingham.returned(
            f"C-{epoch}-{number}", at=returned_at, reference=f"R-{epoch}-{number}"
        )
        open_[interview] = 0
    for interview in dice.sample(sorted(open_), len(open_) // 2):
        nottingham.now += timedelta(minutes=dice.randrange(1, 200))
        await one_more_deed(nottingham, interview, open_, dice)
    nottingham.now += dice.randrange(6, 30) * HOUR


async def one_more_deed(
    nottingham: World, interview: UUID, open_: dict[UUID, int], dice: random.Random
) -> None:
    match open_[interview]:
        case 0:
            await nottingham.do(interview, allocate(), offer())
        case 1 if dice.random() < 0.3:
            await nottingham.do(interview, declined())
            del open_[interview]
            return
        case 1:
            await nottingham.do(interview, arrange())
        case _:
            await nottingham.hold(interview)
            del open_[interview]
            return
    open_[interview] += 1


def declined() -> Decline:
    words = "Does not want to talk about it today."
    return Decline(
        by="W-1",
        declined_by=Spoken.CHILD,
        reason=words,
        also_offered=words,
        carer_said=words,
        authorised_by="M-1",
    )


async def test_chases_at_any_instants_at_once_and_killed_anywhere_raise_what_one_run_at_the_end_raises(
    database: Database, cluster: Server
) -> None:
    dice, open_, ends = random.Random(4), dict[UUID, int](), list[int | None]()
    async with world(database) as nottingham:
        for epoch in range(EPOCHS):
            began = nottingham.now
            await live_on(nottingham, open_, dice, epoch)
            passed = (nottingham.now - began) / HOUR
            moments = [began + dice.random() * passed * HOUR for _ in range(4)] + [nottingham.now]
            seeds = range(epoch * AT_ONCE, (epoch + 1) * AT_ONCE)
            ends += await asyncio.to_thread(kill_chases, database.app_url, moments, seeds)
        end = nottingham.now + 5 * DAY
        await asyncio.gather(*(nottingham.chase(end) for _ in range(3)))

    with database_on(cluster, database.name) as copy:
        with connect(copy.superuser_url) as superuser:
            killed = everything(superuser)
            superuser.execute("TRUNCATE alerts, deliveries, beats")
        async with world(copy) as once:
            await once.chase(end)
            at_the_end = set(await once.rows(RAISED))

    assert Counter(ends)[-signal.SIGKILL] >= EPOCHS * AT_ONCE // 2
    assert set(ends) <= {-signal.SIGKILL, 0}
    assert killed["raised"] == at_the_end
    assert len(at_the_end) > 3 * CHILDREN
    assert killed["untold"] == killed["told_twice"] == []
    assert killed["events"] == killed["lines"] == len(at_the_end)


def everything(superuser: Any) -> dict[str, Any]:
    """Return what there is of the alerts: the steps, and whatever would be wrong with their telling."""

    def asked(sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in superuser.execute(sql).fetchall()]

    return {
        "raised": set(asked(RAISED)),
        "untold": asked(
            "SELECT id FROM alerts a WHERE NOT EXISTS (SELECT FROM deliveries WHERE alert_id = a.id)"
        ),
        "told_twice": asked(
            "SELECT alert_id, recipient, channel FROM deliveries GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ),
        "events": asked("SELECT count(*) FROM outbox WHERE type = 'homeward.alert.raised.v1'")[0][0],
        "lines": asked("SELECT count(*) FROM ledger WHERE action = 'alert.raised'")[0][0],
    }
