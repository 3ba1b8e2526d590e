"""What `homeward doctor` asks of what is beside the database: Kafka, Prefect and the mailbox."""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

import httpx

from cli.finding import Finding, fail, note, ok
from cli.settings import Settings

ANSWER_SECONDS: Final = 5.0


def beside(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of Kafka, of Prefect and, where there is one, of the mailbox."""
    if settings.kafka:
        yield from import_module("cli.kafka_checks").kafka(settings)  # its client takes long to import
    else:
        yield ok("kafka", "none is configured: what comes in is applied by homeward up")
    yield _prefect(settings)
    if settings.mailbox_host:
        yield from import_module("cli.mailbox_checks").mailbox(settings)


def _prefect(settings: Settings) -> Finding:
    if settings.prefect is None and settings.flows:
        return ok("prefect", "homeward up starts one of its own")
    if settings.prefect is None:
        return note("prefect", "no flow runs here", "set HOMEWARD_PREFECT, or unset HOMEWARD_FLOWS")
    try:
        found = httpx.get(f"{settings.prefect}/health", timeout=ANSWER_SECONDS)
        found.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0]
        told = f"{settings.prefect} does not answer ({why})"
        return fail("prefect", told, "start it, or correct HOMEWARD_PREFECT: nothing is chased meanwhile")
    return ok("prefect", f"answers at {settings.prefect}")
