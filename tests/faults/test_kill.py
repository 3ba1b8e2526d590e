"""Everything is killed in the middle of the work, and nothing is lost or doubled."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from schemas.policy import Policy
from store.embedded import running
from tests.expected import STORED_EPISODES, expected_episodes, in_order
from tests.faults.product import Product
from tests.messages import FORCES, many
from tests.postgres import connect, open_directory

COUNT, CHILDREN = 20_000, 2_000
LIMIT_SECONDS = 300.0


@dataclass(slots=True)
class Sender:
    """A force that sends its batches one after the other, and each again until it is acknowledged."""

    token: str
    messages: list[dict[str, Any]]
    acknowledged: set[tuple[str, str]] = field(default_factory=set)

    async def send_all(self, product: Product, dice: random.Random) -> None:
        left = self.messages
        async with httpx.AsyncClient(timeout=30) as client:
            while left:
                size = dice.randrange(1, 250)
                await self._send(client, product, left[:size])
                left = left[size:]

    async def _send(self, client: httpx.AsyncClient, product: Product, batch: list[dict[str, Any]]) -> None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/cloudevents-batch+json",
        }
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                await product.serving.wait()
                try:
                    answer = await client.post(
                        f"{product.url}/api/v1/notifications", json=batch, headers=headers
                    )
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                    continue
                if answer.status_code == httpx.codes.ACCEPTED:
                    break
                assert answer.status_code in {429, 503}, answer.text
                await asyncio.sleep(0.05)
        receipts = answer.json()
        assert {receipt["status"] for receipt in receipts} <= {"accepted", "duplicate"}
        self.acknowledged |= {(receipt["source"], receipt["id"]) for receipt in receipts}


@pytest.fixture
def product() -> Iterator[Product]:
    with open_directory() as directory:
        made = Product(directory / "home")
        try:
            yield made
        finally:
            made.kill()


async def test_everything_killed_between_a_fifth_and_four_fifths_leaves_exactly_the_fold_of_the_set(
    product: Product,
) -> None:
    messages = many(COUNT, CHILDREN, datetime.now(UTC), seed=26)
    dice = random.Random(26)
    senders = [
        Sender(product.make_token(force), shuffled([m for m in messages if m["source"] == force], dice))
        for force in FORCES
    ]
    await product.start()
    sending = [asyncio.create_task(sender.send_all(product, dice)) for sender in senders]
    await wait_until_applied(product, COUNT * 3 // 10)
    product.kill()
    assert COUNT // 5 < applied_after_the_kill(product.home) < COUNT * 4 // 5
    await product.start()
    await asyncio.gather(*sending)
    await wait_until_applied(product, COUNT)
    with product.database() as database:
        stored = database.execute(STORED_EPISODES.encode()).fetchall()
        kept = set(database.execute("SELECT source, id FROM inbox").fetchall())
    assert {key for sender in senders for key in sender.acknowledged} <= kept
    assert in_order(stored) == expected_episodes(messages, datetime.now(UTC), Policy())
    verified = product.run("verify")
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout


def shuffled(messages: Sequence[dict[str, Any]], dice: random.Random) -> list[dict[str, Any]]:
    """Return the messages in any order, a tenth of them twice."""
    mixed = [*messages, *dice.sample(messages, len(messages) // 10)]
    dice.shuffle(mixed)
    return mixed


async def wait_until_applied(product: Product, count: int) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while (await asyncio.to_thread(product.applied)) < count:
            await asyncio.sleep(0.25)


def applied_after_the_kill(home: Path) -> int:
    """Count what was committed, with nothing running but the database."""
    with running(home) as server, connect(server.url("postgres")) as database:
        row = database.execute("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL").fetchone()
    return int(row[0]) if row else 0
