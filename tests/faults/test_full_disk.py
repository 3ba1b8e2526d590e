"""A disk that fills up: intake answers 503, nothing is half-written, and all goes on once there is space."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.product import Product
from tests.messages import NOTTINGHAMSHIRE, message
from tests.postgres import open_directory

LIMIT_SECONDS = 120.0
DISK = "160m"


@contextmanager
def small_disk(directory: Path) -> Iterator[Path]:
    """Mount a disk of its own, small enough to be filled; mounting takes root."""
    assert os.geteuid() == 0, "this test mounts a small disk: run it as root, or in a container where you are"
    directory.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", directory], check=True)
    try:
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", directory], check=True)


@pytest.fixture
def product() -> Iterator[Product]:
    with open_directory() as directory, small_disk(directory / "disk") as disk:
        made = Product(disk / "home")
        try:
            yield made
        finally:
            made.kill()


def fill(disk: Path) -> Path:
    """Write until the disk is full."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        block = bytes(65536)
        try:
            while True:
                file.write(block)
        except OSError:
            return ballast


def large(number: int) -> dict[str, Any]:
    """Return a notification that needs some space."""
    at = datetime.now(UTC) - timedelta(hours=5)
    told = {"circumstances": os.urandom(20_000).hex(), "risk_level": "low"}
    return message("reported", at, id=f"large {number}", subject=f"NP-{number}", missing=told)


async def test_a_full_disk_is_answered_with_503_and_nothing_is_half_written(product: Product) -> None:
    token = product.make_token(NOTTINGHAMSHIRE)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents+json"}
    await product.start()
    address = f"{product.url}/api/v1/notifications"
    acknowledged: list[str] = []
    async with httpx.AsyncClient(timeout=30, headers=headers) as client, asyncio.timeout(LIMIT_SECONDS):
        ballast = fill(product.home.parent)
        refused = await send_until(client, address, 503, acknowledged)
        assert refused.headers["content-type"] == "application/problem+json"
        assert "retry-after" in refused.headers
        ballast.unlink()
        await send_until(client, address, 202, acknowledged)
        while await asyncio.to_thread(waiting, product):
            await asyncio.sleep(0.1)
    with product.database() as database:
        kept = {row[0] for row in database.execute("SELECT id FROM inbox")}
    assert set(acknowledged) <= kept
    verified = product.run("verify")
    assert verified.returncode == 0, verified.stdout


async def send_until(
    client: httpx.AsyncClient, address: str, status: int, acknowledged: list[str]
) -> httpx.Response:
    """Send one new notification after the other until one is answered with that status."""
    number = len(acknowledged)
    while True:
        number += 1
        answer = await client.post(address, json=large(number))
        assert answer.status_code in {202, 503}, answer.text
        if answer.status_code == httpx.codes.ACCEPTED:
            acknowledged.append(answer.json()["id"])
        if answer.status_code == status:
            return answer
        if status == httpx.codes.ACCEPTED:
            await asyncio.sleep(0.2)


def waiting(product: Product) -> int:
    with product.database() as database:
        row = database.execute("SELECT count(*) FROM inbox WHERE applied_at IS NULL").fetchone()
    return int(row[0]) if row else 0
