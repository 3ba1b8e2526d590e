"""`reconcile-log`: every hole in what was read of Kafka's log is filled, and what waits is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from prefect import flow
from prefect.artifacts import acreate_table_artifact

from casework.reconcile import Backlog, ReadSoFar, backlogs
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from store import beats

log = structlog.get_logger()
NAME: Final = "reconcile-log"
EVERY_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation found and did. `trouble` says why Kafka's log could not be read, if so."""

    as_of: datetime
    backlogs: Sequence[Backlog]
    log: Sequence[ReadSoFar]
    trouble: Exception | None = None


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=20,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def reconcile_log(as_of: datetime | None = None) -> None:
    """Fill every hole in what was read of Kafka's log, and write down what waits and since when.

    It may run twice, at once, or after days of silence: what was applied before is not applied again.
    """
    async with surroundings() as here:
        found = await reconcile(here, as_of or datetime.now(UTC))
    await acreate_table_artifact(table=table(found), key=NAME, description=description(found))
    if found.trouble:
        raise found.trouble


async def reconcile(here: Surroundings, as_of: datetime) -> Reconciled:
    """Do what the flow does, without Prefect.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    read: Sequence[ReadSoFar] = ()
    trouble: Exception | None = None
    if here.log:
        try:
            read = await here.log.fill(as_of)
        except Exception as error:
            log.warning("the log cannot be reconciled", kind=type(error).__name__)
            trouble = error  # what waits in the inbox is measured all the same
    await beats.end(here.store, NAME, as_of, f"it broke off ({type(trouble).__name__})" if trouble else None)
    return Reconciled(as_of, await backlogs(here.store, here.authorities), read, trouble)


def table(found: Reconciled) -> list[dict[str, Any]]:
    """Return what was found as rows for people: one for each inbox, one for each partition."""
    return [
        *(
            {
                "what": f"inbox of {each.authority}",
                "waiting": each.waiting,
                "oldest, seconds": _seconds(found.as_of, each.oldest_received_at),
                "holes": "",
                "filled": "",
                "lost": "",
            }
            for each in found.backlogs
        ),
        *(
            {
                "what": f"{each.of.topic}/{each.of.partition}",
                "waiting": each.behind,
                "oldest, seconds": "",
                "holes": ", ".join(f"{hole.start} to {hole.end - 1}" for hole in each.holes),
                "filled": each.filled,
                "lost": each.lost,
            }
            for each in found.log
        ),
    ]


def description(found: Reconciled) -> str:
    """Return one sentence for whoever looks at night."""
    if found.trouble:
        return f"Kafka's log could not be read: {found.trouble}"
    filled = sum(each.filled for each in found.log)
    waiting = sum(each.waiting for each in found.backlogs)
    return f"{filled} messages were in holes and are applied now; {waiting} wait in the inbox."


def _seconds(now: datetime, then: datetime | None) -> int:
    return round((now - then).total_seconds()) if then else 0
