"""`homeward up`: everything on this machine."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from typing import Annotated, Any

import typer

from cli import processes
from cli.database import Database, database
from cli.demo import AUTHORITY
from cli.door import address_of, listening
from cli.errors import Stop
from cli.home import only_one
from cli.logs import log_from
from cli.settings import Settings, read_settings
from cli.traces import trace_to
from schemas.policy import Policy


def command(
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a month of an invented authority, then go on.")
    ] = False,
    port: Annotated[int | None, typer.Option(metavar="N", help="Default 8000; 0: any free one.")] = None,
    host: Annotated[
        str | None, typer.Option(metavar="HOST", help="Default 127.0.0.1; elsewhere pages need a sign-in.")
    ] = None,
) -> None:
    """Start everything on this machine: PostgreSQL, the pages and the API, what applies notifications, and
    what Prefect does by the clock; with HOMEWARD_KAFKA also a relay and a worker.

    What it keeps is in HOMEWARD_HOME (./var), and is found again on the next start. Ctrl-C stops it.

    \b
    Examples:
      homeward up --demo
      homeward up --port 8080
    """
    settings = read_settings(port=port, host=host)
    log_from(settings.log_level)
    trace_to(settings.traces, "up")
    policy = settings.read_policy()
    if demo and AUTHORITY not in settings.authorities:
        raise Stop(
            f"the demonstration is of {AUTHORITY}, which is not served here: add it, or leave --demo out"
        )
    with (
        only_one(settings.home) as leave_word,
        listening(settings.host, settings.port) as door,
        ThreadPoolExecutor() as meanwhile,
    ):
        leave_word(address_of(settings.host, door))
        site = meanwhile.submit(import_module, "cli.serving")  # half of the time to start is importing
        with database(settings) as ready:
            beside = [partial(processes.beside, settings)]
            if demo:
                beside.append(_demonstration(settings, policy, ready))
            serve = site.result().serve
            asyncio.run(serve(settings, policy, ready, door, runner=True, demo=demo, beside=beside))


def _demonstration(settings: Settings, policy: Policy, ready: Database) -> Any:
    """Return how to play; imported only for who wants it."""
    demonstration = import_module("cli.demonstration")
    asyncio.run(demonstration.refuse_real_data(settings, ready))
    return demonstration.beside(settings, policy)
