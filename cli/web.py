"""`homeward web`: the pages and the API alone."""

import asyncio
from typing import Annotated

import typer

from cli.database import database
from cli.door import listening
from cli.logs import log_from
from cli.serving import serve
from cli.settings import read_settings
from cli.traces import trace_to


def command(
    port: Annotated[int | None, typer.Option(metavar="N", help="Default 8000; 0: any free one.")] = None,
    host: Annotated[
        str | None, typer.Option(metavar="HOST", help="Default 127.0.0.1; elsewhere pages need a sign-in.")
    ] = None,
    runner: Annotated[
        bool, typer.Option("--runner", help="Also apply what comes in, when nothing else does.")
    ] = False,
) -> None:
    """Serve the pages and the API, beside something else that applies what comes in.

    Any number may run on one database. Without --runner notifications are taken in and wait, until `homeward
    up`, another `homeward web --runner` or `homeward ingest` applies them.

    \b
    Example:
      HOMEWARD_DATABASE_URL_FILE=/run/secrets/database homeward web --host 0.0.0.0
    """
    settings = read_settings(port=port, host=host)
    log_from(settings.log_level)
    trace_to(settings.traces, "web")
    policy = settings.read_policy()
    with listening(settings.host, settings.port) as door, database(settings) as ready:
        asyncio.run(serve(settings, policy, ready, door, runner=runner))
