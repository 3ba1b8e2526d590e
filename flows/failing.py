"""A flow that fails for good is an alert itself."""

from datetime import UTC, datetime
from typing import Any

from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun

from casework.alerts import raise_failure
from flows.surroundings import surroundings


async def tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Raise an alert that a flow has failed for good: one for each authority, until it goes well again.

    Prefect calls it after the last retry. It works for any flow: `@flow(on_failure=[tell_of_failure])`.
    """
    async with surroundings() as here:
        now = datetime.now(UTC)
        for authority in here.authorities:
            await raise_failure(here.store, authority, here.policy, flow.name, now, now=now)
