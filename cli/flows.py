"""`homeward flows`: serves what Prefect does by the clock."""

import asyncio
import os
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import httpx
import structlog

from casework.measures import Measures
from cli.database import Database, database, opened
from cli.errors import Stop
from cli.going_on import ProbePort, leave, until_signalled
from cli.logs import log_from
from cli.probes import answering, probes
from cli.settings import Settings, config_file, read_settings
from store.views import health

log = structlog.get_logger()
ASK_EVERY_SECONDS: Final = 1.0
LOOK_EVERY_SECONDS: Final = 60.0
END_SECONDS: Final = 10.0
"""Where Prefect has gone first, its client would go on asking it for minutes."""
FLOW: Final = "reconcile-log/by-the-clock"
QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}
"""Nothing is told to anybody outside, and only what is wrong is told on stderr."""


def command(probe_port: ProbePort = None) -> None:
    """Serve the flows: what Prefect starts by the clock runs here.

    It waits until the Prefect server of HOMEWARD_PREFECT answers. `homeward up` does all this by itself.

    \b
    Example:
      HOMEWARD_PREFECT=http://127.0.0.1:4200/api homeward flows --probe-port 8003
    """
    settings = read_settings()
    log_from(settings.log_level)
    if settings.prefect is None:
        raise Stop("there is no Prefect server: set HOMEWARD_PREFECT, such as http://127.0.0.1:4200/api", 2)
    settings.read_policy()  # a wrong one stops the start here, not each run later
    os.environ.update(environment(settings))
    with asyncio.Runner() as runner:
        with database(settings) as ready:
            left = runner.run(_flows(settings, settings.prefect, ready, probe_port))
        if left:
            leave()


def environment(settings: Settings) -> dict[str, str]:
    """Return what Prefect and the processes that it starts have to find in their environment."""
    told = {**QUIET, "PREFECT_API_URL": settings.prefect or "", "HOMEWARD_HOME": str(settings.home.resolve())}
    if path := config_file():
        told["HOMEWARD_CONFIG"] = str(path.resolve())
    return told


async def _flows(settings: Settings, prefect: str, ready: Database, probe_port: int | None) -> bool:
    """Serve until a signal; return whether something goes on all the same."""
    async with opened(ready) as store:

        async def check() -> Mapping[str, str]:
            answers = "ok" if await _answers(prefect) else "does not answer"
            return {**await health.standing(store), "prefect": answers}

        async with answering(settings.host, probe_port, probes(Measures(), check)):
            return await until_signalled(_serve(prefect), _stay_known(prefect), end_seconds=END_SECONDS)


async def _serve(prefect: str) -> None:
    while not await _answers(prefect):
        log.info("waiting for Prefect", address=prefect)
        await asyncio.sleep(ASK_EVERY_SECONDS)
    # importing Prefect takes seconds, and reads the environment that was just set
    await import_module("cli.serving_flows").serve()


async def _stay_known(prefect: str) -> None:
    """Look now and then whether Prefect still knows the flows: with a new database it does not.

    Raises:
        Stop: it does not; whoever keeps this command running starts it again.
    """
    known = False
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        status = await _status(f"{prefect}/deployments/name/{FLOW}")
        if known and status == httpx.codes.NOT_FOUND:
            raise Stop("Prefect has forgotten the flows, as with a new database: start homeward flows again")
        known = known or status == httpx.codes.OK


async def _status(address: str) -> int | None:
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(address)).status_code
    except httpx.HTTPError:
        return None


async def _answers(prefect: str) -> bool:
    return await _status(f"{prefect}/health") == httpx.codes.OK
