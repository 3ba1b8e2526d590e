"""What `homeward up` starts beside the site: Prefect, the flows, and with Kafka a relay and a worker."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cli.children_beside import Child, keep
from cli.door import free_port
from cli.settings import Settings, config_file
from store.database import Store

HOMEWARD: Final = (sys.executable, "-m", "cli.main")
LOGS: Final = "logs"
PREFECT: Final = "prefect"


async def beside(settings: Settings, _store: Store, _address: str) -> None:
    """Keep them running until cancelled; what they say is in the home, under `logs`."""
    (settings.home / LOGS).mkdir(parents=True, exist_ok=True)
    async with asyncio.TaskGroup() as group:  # which waits until each has ended, as gather does not
        for child in children(settings):
            group.create_task(keep(child))


def children(settings: Settings) -> Iterator[Child]:
    """Yield the processes that these settings ask for."""
    if settings.kafka:
        yield _homeward(settings, "relay")
        yield _homeward(settings, "worker")
    if settings.flows:
        api = settings.prefect
        if api is None:
            port = free_port("127.0.0.1")
            api = f"http://127.0.0.1:{port}/api"
            yield prefect(settings, port)
        yield _homeward(settings, "flows", HOMEWARD_PREFECT=api)


def _homeward(settings: Settings, command: str, **environment: str) -> Child:
    told = {"HOMEWARD_HOME": str(settings.home.resolve()), **environment}
    if path := config_file():
        told["HOMEWARD_CONFIG"] = str(path.resolve())
    return Child(command, (*HOMEWARD, command), _log(settings, command), told)


def prefect(settings: Settings, port: int) -> Child:
    """Return a Prefect server on its SQLite, which tells nobody outside anything."""
    home = settings.home.resolve() / PREFECT
    command = ("-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port))
    return Child(
        PREFECT,
        (sys.executable, *command),
        _log(settings, PREFECT),
        {
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_CLI_PROMPT": "false",
            "DO_NOT_TRACK": "1",
        },
    )


def _log(settings: Settings, name: str) -> Path:
    return settings.home / LOGS / f"{name}.log"
