"""How long the server takes for each page with 100,000 episodes behind it, and what a page weighs.

`python -m bench.pages [EPISODES]` starts a PostgreSQL of its own, fills it (`_pages_fill`: five years of one
authority), and asks the application for every main page as whoever it is for, in one process and without a
network: twice to warm up, then 20 times, each time after a page that shows no data (`/accessibility`, signed
in as the same person). It prints the first request, the median and the 95th percentile in milliseconds, the
ratio of the medians, and the bytes of each page as it is and as gzip; below it, of the styles and scripts
that belong to it. A page that does not answer 200 makes the exit status 1.
"""

import asyncio
import gzip
import logging
import math
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from httpx import ASGITransport, AsyncClient, Response

from bench import _pages_fill
from bench._pages_fill import NOW, secret_of
from bench._pages_list import Wanted, wanted
from schemas.access import Duty
from schemas.policy import Policy
from store.database import Store
from store.embedded import running
from store.migrate import upgrade
from tests.messages import NOTTINGHAM
from tests.postgres import database_on, open_directory
from web.app import create_app
from web.guard.sessions import COOKIE
from web.pages import STATIC
from web.site import Site

EPISODES, WARM_UP, REQUESTS = 100_000, 2, 20
NO_DATA = "/accessibility"
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
IMPORTED = re.compile(r'from\s*"\./([^"]+\.js)"|import\s*"\./([^"]+\.js)"')


@dataclass(slots=True)
class Measured:
    """What one page took, request by request, and the page with no data before each; in milliseconds."""

    page: Wanted
    first: float
    answer: Response
    own: list[float] = field(default_factory=list)
    no_data: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.own) / statistics.median(self.no_data)


async def measure(app_url: str, pages: Sequence[Wanted]) -> list[Measured]:
    """Ask for every page."""
    store = Store(app_url)
    site = Site((NOTTINGHAM,), Policy(), pages_per_minute=1_000_000)
    app = create_app(store, site, clock=lambda: NOW)
    try:
        async with AsyncExitStack() as stack:
            browsers = {}
            for duty in Duty:
                opened = AsyncClient(transport=ASGITransport(app), base_url="http://localhost")
                opened.cookies.set(COOKIE, secret_of(duty))
                browsers[duty] = await stack.enter_async_context(opened)
                await _timed(opened, NO_DATA)
            return [await _measure(browsers[page.duty], page) for page in pages]
    finally:
        await store.close()


async def _measure(browser: AsyncClient, page: Wanted) -> Measured:
    first, answer = await _timed(browser, page.path)
    made = Measured(page, first, answer)
    for turn in range(WARM_UP + REQUESTS if answer.status_code == 200 else 1):
        no_data, _ = await _timed(browser, NO_DATA)
        own, _ = await _timed(browser, page.path)
        if turn >= WARM_UP or answer.status_code != 200:
            made.no_data.append(no_data)
            made.own.append(own)
    return made


async def _timed(browser: AsyncClient, path: str) -> tuple[float, Response]:
    begun = time.perf_counter()
    answer = await browser.get(path)
    return 1000 * (time.perf_counter() - begun), answer


def percentile_95(taken: Sequence[float]) -> float:
    """Return what 95 in 100 requests did not exceed."""
    return sorted(taken)[math.ceil(0.95 * len(taken)) - 1]


def table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'page':40}{'first':>8}{'median':>8}{'95 %':>8}{'ratio':>7}{'bytes':>9}{'gzip':>8}"
    for each in measured:
        content = each.answer.content
        wrong = "" if each.answer.status_code == 200 else f"  answered {each.answer.status_code}"
        yield (
            f"{each.page.name:40}{each.first:8.1f}{statistics.median(each.own):8.1f}"
            f"{percentile_95(each.own):8.1f}{each.ratio:7.1f}{len(content):9,}"
            f"{len(gzip.compress(content)):8,}{wrong}"
        )
    no_data = [taken for each in measured for taken in each.no_data]
    middle, furthest = statistics.median(no_data), percentile_95(no_data)
    yield f"{'the page with no data':40}{'':8}{middle:8.1f}{furthest:8.1f}{1:7.1f}"


def weights(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield what a browser fetches beside the pages, for each set of styles and scripts."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in measured:
        groups.setdefault(_fetched(each.answer.text), []).append(each.page.name)
    largest = max(groups.values(), key=len)
    for files, names in groups.items():
        css, js = (_bytes(name for name in files if name.endswith(end)) for end in (".css", ".js"))
        yield f"styles {css}, scripts {js}: {'all others' if names is largest else ', '.join(names)}"


def _fetched(html: str) -> tuple[str, ...]:
    """Return the files that a page names, and those that its scripts import."""
    found = dict.fromkeys(LINKED.findall(html))
    for name in [*found]:
        if name.endswith(".js"):
            beside = Path(name).parent
            told = IMPORTED.findall((STATIC / name).read_text("utf-8"))
            found |= dict.fromkeys((beside / (a or b)).as_posix() for a, b in told)
    return tuple(found)


def _bytes(names: Iterator[str]) -> str:
    contents = [(STATIC / name).read_bytes() for name in names]
    return f"{sum(map(len, contents)):,} bytes ({sum(len(gzip.compress(c)) for c in contents):,} gzip)"


def main(episodes: int) -> int:
    """Fill a database, measure every page, and print what came of it; return the exit status."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with (
        open_directory() as directory,
        running(directory / "home") as server,
        database_on(server) as database,
    ):
        upgrade(database.owner_url)
        begun = time.perf_counter()
        _pages_fill.fill(database, episodes)
        print(
            f"{episodes:,} episodes made in {time.perf_counter() - begun:.0f} s; milliseconds, bytes:",
            flush=True,
        )
        measured = asyncio.run(measure(database.app_url, wanted(database)))
    print(*table(measured), *weights(measured), sep="\n")
    return int(any(each.answer.status_code != 200 for each in measured))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else EPISODES))
