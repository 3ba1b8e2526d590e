"""`daily-brief`: every manager hears at half past seven what is late, due, and still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from casework.brief import queue
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from flows.way_to_people import Delivered, deliver
from schemas.notices import DAILY_BRIEF
from store import beats

NAME: Final = "daily-brief"
CRON: Final = "30 7-10 * * *"
"""At half past seven; what was missed then is made up for in one of the three hours after it."""
TIME_ZONE: Final = "Europe/London"


@dataclass(frozen=True, slots=True)
class Briefed:
    """Whose briefs were queued now, by authority, and what became of those that went out."""

    queued: Mapping[str, Sequence[str]]
    delivered: Delivered


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=20,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def daily_brief(as_of: datetime | None = None) -> None:
    """Send each manager the brief of the day, once, however often this runs."""
    async with surroundings() as here:
        done = await brief(here, as_of or datetime.now(UTC))
    await acreate_table_artifact(table=table(done), key=NAME, description=description(done))


async def brief(here: Surroundings, as_of: datetime) -> Briefed:
    """Do what the flow does, without Prefect.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    try:
        queued = {authority: await queue(here.store, authority, as_of) for authority in here.authorities}
        done = Briefed(queued, await deliver(here, as_of, DAILY_BRIEF))
    except Exception as error:
        await beats.end(here.store, NAME, as_of, f"it broke off ({type(error).__name__})")
        raise
    await beats.end(here.store, NAME, as_of)
    return done


def table(done: Briefed) -> list[dict[str, Any]]:
    """Return how many briefs there were, as rows for people."""
    return [
        {
            "authority": authority,
            "queued now": len(people),
            **{what: _count(done.delivered, authority, what) for what in ("sent", "later", "failed")},
        }
        for authority, people in done.queued.items()
    ]


def description(done: Briefed) -> str:
    """Return one sentence for whoever looks at night."""
    queued = sum(map(len, done.queued.values()))
    sent = sum(n for (_, _, what), n in done.delivered.messages.items() if what == "sent")
    return f"{queued} briefs were queued, and {sent} went out."


def _count(delivered: Delivered, authority: str, what: str) -> int:
    return sum(n for (of, _, result), n in delivered.messages.items() if (of, result) == (authority, what))
