"""Seconds from `homeward up` to the first page, and the memory of the idle product.

`python -m bench.startup` runs the command itself, five times in fresh homes, each started a first time and a
second; the floor beside it is a Python that imports nothing and ends. Memory is the proportional set size of
`homeward up` with Prefect and the flows beside it, and of PostgreSQL, half a minute after the last page was
asked for.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.faults.product import Product
from tests.postgres import open_directory

RUNS = 5
IDLE_SECONDS = 30.0


async def first_page(product: Product) -> float:
    """Return the seconds from the command to the first whole page."""
    begun = time.perf_counter()
    await product.start()
    async with httpx.AsyncClient() as client:
        (await client.get(product.url)).raise_for_status()
    return time.perf_counter() - begun


def floor() -> float:
    """Return the seconds that a bare Python takes to start and end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)
    return time.perf_counter() - begun


def memory_mb(process: int) -> float:
    """Return the proportional set size in megabytes; nothing for a process that has just ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1000


async def main() -> None:
    """Measure, and print the medians."""
    first, later, bare, memory = [], [], [], []
    for _ in range(RUNS):
        with open_directory() as directory:
            product = Product(directory / "home", HOMEWARD_FLOWS="true")
            try:
                bare.append(floor())
                first.append(await first_page(product))
                product.stop()
                later.append(await first_page(product))
                await asyncio.sleep(IDLE_SECONDS)
                memory.append([sum(map(memory_mb, group)) for group in product.processes()])
                product.stop()
            finally:
                product.kill()
    for name, figures in (("first start", first), ("later start", later)):
        ratio = statistics.median(figures) / statistics.median(bare)
        print(
            f"{name}: {statistics.median(figures):.1f} s to the first page ({ratio:,.0f} times a bare Python)"
        )
    ours, postgres = (statistics.median(figures) for figures in zip(*memory, strict=True))
    print(f"idle: {ours:.0f} MB for homeward up with Prefect and the flows, {postgres:.0f} MB for PostgreSQL")


if __name__ == "__main__":
    asyncio.run(main())
