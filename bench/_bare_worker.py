"""A Faust agent that only takes batches and validates them: what no worker of ours can be quicker than.

`python -m bench._bare_worker ADDRESS COUNT` says `joined` once it reads, and `done` after COUNT messages.
"""

import asyncio
import sys
from collections.abc import Sequence

from cli.logs import log_from
from schemas.reading import parse_json, read_notification
from schemas.topics import NOTIFICATIONS
from streams.broker import Broker
from streams.delivery import Record
from streams.worker import Worker


async def read(address: str, count: int) -> None:
    """Read and validate so many messages, in the batches of a worker of ours."""
    log_from("error")
    taken, done = 0, asyncio.Event()

    async def validate(records: Sequence[Record]) -> None:
        nonlocal taken
        for record in records:
            read_notification(parse_json(record.value or b""))
        taken += len(records)
        if taken >= count:
            done.set()

    worker = Worker(Broker((address,)), [NOTIFICATIONS], "bare", validate)
    running = asyncio.create_task(worker.run())
    while not worker.at_work:  # noqa: ASYNC110  # Faust has no event for it
        await asyncio.sleep(0.05)
    print("joined", flush=True)
    await done.wait()
    print("done", flush=True)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(read(sys.argv[1], int(sys.argv[2])))
