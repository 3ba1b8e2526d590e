"""`homeward demo`: the demonstration's police forces and its team, as a process of their own."""

import asyncio
import json
import os
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.demo import FOLDER
from cli.demo.feed import play
from cli.demo.laying import lay_down
from cli.demo.office import TEAM
from cli.demo.patience import FeedError
from cli.demo.team import work
from cli.errors import Stop
from cli.group import group
from cli.logs import log_from
from cli.settings import read_settings
from schemas.scalars import read_instant

command = group("Play the demonstration.")
FILE = "demo.json"


@command.callback()
def _only_in_its_group() -> None:
    """Play the demonstration: invented children of Nottingham, eight forces, and the team who talks."""


@command.command()
def feed(
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where Homeward is served.")] = None,
    home: Annotated[Path | None, typer.Option(metavar="DIRECTORY", help="Where demo.json is.")] = None,
    minutes: Annotated[float, typer.Option(min=0, help="How long the month takes.")] = 3.0,
    every: Annotated[float, typer.Option(min=1, help="Seconds between tellings after that.")] = 30.0,
    parent: Annotated[
        int | None,
        typer.Option(metavar="PID", help="End when this parent is gone. [default: who started it]"),
    ] = None,
) -> None:
    """Tell of a month in minutes, then go on as it happens, until stopped or left by whoever started it.

    Four forces post to the API. Four others write: lists, e-mails, a spreadsheet and documents, each in the
    format that examples/forces has of it. These lie in HOME/demo, where `homeward up --demo` takes them in;
    elsewhere `homeward ingest` does, with that policy.

    When the month is told, the invented team works on its interviews: offers, holds, records and approves
    them, leaves some lying, and answers some of the alerts. Needs demo.json, which `homeward up --demo`
    writes. Begun again it sends the same again, which does no harm, and goes on.

    \b
    Example:
      homeward demo feed --url http://127.0.0.1:8000
    """
    started_by = parent or os.getppid()
    settings = read_settings(home=home)
    log_from(settings.log_level)
    known = read_demo(settings.home / FILE)
    where = url or f"http://{settings.host}:{settings.port}"
    between = timedelta(seconds=every)
    try:
        worked = work(where, known.team, known.ends_at, minutes, every=between)
        told = play(where, known.tokens, known.ends_at, minutes, every=between)
        laid = lay_down(settings.home / FOLDER, known.ends_at, minutes)
        asyncio.run(_while_wanted(_together(told, worked, laid), started_by))
    except FeedError as error:
        raise Stop(str(error)) from error


@dataclass(frozen=True, slots=True)
class Demo:
    """What `homeward up --demo` leaves for the feed: everybody's token, and when the month ended."""

    tokens: dict[str, str]
    ends_at: datetime

    @property
    def team(self) -> str:
        """The team's token.

        Raises:
            FeedError: there is none, as in a file that an earlier release wrote.
        """
        if TEAM not in self.tokens:
            raise FeedError("demo.json has no token of the team: start `homeward up --demo` anew")
        return self.tokens[TEAM]


def read_demo(path: Path) -> Demo:
    """Return what the file says.

    Raises:
        Stop: there is no such file, or it does not say what it should.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Demo({str(k): str(v) for k, v in told["tokens"].items()}, read_instant(told["ends_at"]))
    except OSError as error:
        raise Stop(f"{path} cannot be read ({error.strerror}): `homeward up --demo` writes it", 2) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stop(
            f"{path} is not what `homeward up --demo` writes: remove it, and start that again", 2
        ) from error


async def _together(*plays: Coroutine[None, None, None]) -> None:
    """Play them side by side; where one fails, none goes on."""
    tasks = [asyncio.ensure_future(one) for one in plays]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


async def _while_wanted(told: Coroutine[None, None, None], started_by: int) -> None:
    """Play until it fails or whoever started this process is gone."""
    playing = asyncio.ensure_future(told)
    while os.getppid() == started_by and not playing.done():
        await asyncio.wait({playing}, timeout=1)
    playing.cancel()
    with suppress(asyncio.CancelledError):
        await playing
