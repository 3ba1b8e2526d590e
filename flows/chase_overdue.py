"""`chase-overdue`: every step of the ladder that has come due is raised, once, for every authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from prefect import flow
from prefect.artifacts import acreate_table_artifact

from casework import handovers
from casework.chase import SETTLED, Chased, chase
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from store import beats
from store.alerts import Alert

log = structlog.get_logger()
NAME: Final = "chase-overdue"
EVERY_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class ChaseReport:
    """What was done for each authority; `trouble` is why some of them could not be chased, if so."""

    as_of: datetime
    done: Sequence[Chased]
    trouble: Exception | None = None


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=20,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def chase_overdue(as_of: datetime | None = None) -> None:
    """Raise every ladder step that has come due, once each; lift what nobody answers; end what is done.

    It may run twice, at once, or after days of silence. A moment ahead of the present is not taken: a step
    that has not come due is not raised.
    """
    now = datetime.now(UTC)
    async with surroundings() as here:
        report = await chase_all(here, min(as_of or now, now) - SETTLED)
    await acreate_table_artifact(table=table(report), key=NAME, description=description(report))
    if report.trouble:
        raise report.trouble


async def chase_all(here: Surroundings, as_of: datetime) -> ChaseReport:
    """Do what the flow does, without Prefect: an authority that cannot be chased does not stop the others.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    done: list[Chased] = []
    trouble: Exception | None = None
    for authority in here.authorities:
        try:
            await handovers.lapse(here.store, authority, as_of)
            done.append(await chase(here.store, authority, here.policy, as_of))
        except Exception as error:
            log.exception("an authority cannot be chased", authority=authority, kind=type(error).__name__)
            trouble = error  # the others are chased all the same
    await beats.end(here.store, NAME, as_of, f"it broke off ({type(trouble).__name__})" if trouble else None)
    return ChaseReport(as_of, done, trouble)


def table(report: ChaseReport) -> list[dict[str, Any]]:
    """Return what happened as rows for people, each with a link to the alert."""
    return [
        {
            "authority": each.authority,
            "what": what,
            "step": alert.step,
            "due": alert.due_at.isoformat(),
            "level": alert.level,
            "why": alert.closed_why or "",
            "alert": f"[{alert.id}](/api/v1/alerts/{alert.id})",
        }
        for each in report.done
        for what, alerts in _happened(each)
        for alert in alerts
    ]


def description(report: ChaseReport) -> str:
    """Return one sentence for whoever looks at night."""
    raised, climbed, closed = (
        sum(len(getattr(each, what)) for each in report.done) for what in ("raised", "climbed", "closed")
    )
    broke = f" An authority could not be chased: {type(report.trouble).__name__}." if report.trouble else ""
    return f"{raised} steps came due; {climbed} alerts went up a role; {closed} are over.{broke}"


def _happened(each: Chased) -> Sequence[tuple[str, Sequence[Alert]]]:
    return (("raised", each.raised), ("went up", each.climbed), ("over", each.closed))
