"""`homeward up`: everything on this machine."""

import asyncio
import socket
from contextlib import AsyncExitStack
from functools import partial
from typing import Annotated

import typer

from cli.database import Database, database, opened
from cli.demonstration import Demonstration, check_served
from cli.home import only_one
from cli.keeping import keep_running
from cli.logs import log_from
from cli.serving import Serving, address_of, listening, say_ready, site_of
from cli.settings import Settings, read_settings
from schemas.policy import Policy
from streams.runner import Runner
from web.app import Background, create_app


def command(
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a month of an invented authority, then go on.")
    ] = False,
    port: Annotated[int | None, typer.Option(metavar="N", help="Default 8000; 0: any free one.")] = None,
    host: Annotated[
        str | None, typer.Option(metavar="HOST", help="Default 127.0.0.1; elsewhere the API alone.")
    ] = None,
) -> None:
    """Start everything on this machine: PostgreSQL, the pages and the API, and what applies notifications.

    What it keeps is in HOMEWARD_HOME (./var), and is found again on the next start. Ctrl-C stops it.

    \b
    Examples:
      homeward up --demo
      homeward up --port 8080
    """
    settings = read_settings(port=port, host=host)
    log_from(settings.log_level)
    policy = settings.read_policy()
    if demo:
        check_served(settings)
    with only_one(settings.home) as leave_word, listening(settings.host, settings.port) as door:
        leave_word(address_of(settings.host, door))
        with database(settings) as ready:
            asyncio.run(_serve(settings, policy, ready, door, demo=demo))


async def _serve(
    settings: Settings, policy: Policy, ready: Database, door: socket.socket, *, demo: bool
) -> None:
    address = address_of(settings.host, door)
    async with opened(ready) as store, AsyncExitStack() as beside:
        runner = Runner(store, policy, settings.authorities, settings.heads_directory)
        background: list[Background] = [runner.run]
        if settings.database_url is None:
            background.append(partial(keep_running, settings))
        app = create_app(store, site_of(settings, policy, demo=demo), background)
        server = Serving(app, lambda: say_ready(settings, address))
        if demo:
            await beside.enter_async_context(Demonstration(store, settings, policy, address).played())
        await server.serve(sockets=[door])
