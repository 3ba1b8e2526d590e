"""`deliver-alerts`: what waits to be told goes to people, by e-mail, text or Teams."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from flows.way_to_people import Delivered
from flows.way_to_people import deliver as send
from store import beats

NAME: Final = "deliver-alerts"
EVERY_SECONDS: Final = 60


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=10,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def deliver_alerts(as_of: datetime | None = None) -> None:
    """Send what waits, one message or one digest to each person and way, and write down what became of it.

    It may run twice, at once, or after days of silence: what one run has taken no other sends.
    """
    async with surroundings() as here:
        done = await deliver(here, as_of or datetime.now(UTC))
    await acreate_table_artifact(table=table(done), key=NAME, description=description(done))


async def deliver(here: Surroundings, as_of: datetime) -> Delivered:
    """Do what the flow does, without Prefect.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    try:
        done = await send(here, as_of)
    except Exception as error:
        await beats.end(here.store, NAME, as_of, f"it broke off ({type(error).__name__})")
        raise
    await beats.end(here.store, NAME, as_of)
    return done


def table(done: Delivered) -> list[dict[str, Any]]:
    """Return what became of the messages, as rows for people."""
    return [
        {"authority": authority, "by": channel, "what became of it": what, "messages": count}
        for (authority, channel, what), count in sorted(done.messages.items())
    ]


def description(done: Delivered) -> str:
    """Return one sentence for whoever looks at night."""
    results = Counter[str]()
    for (_, _, what), count in done.messages.items():
        results[what] += count
    return (
        f"{results['sent']} messages went out; {results['later']} are tried again later;"
        f" {results['failed']} failed for good."
    )
