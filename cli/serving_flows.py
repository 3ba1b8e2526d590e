"""Serving the flows to Prefect: which there are, how often they run, and how they are ended."""

import signal
from datetime import timedelta
from types import FrameType
from typing import Any, Final

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from cli import served
from flows import chase_overdue, daily_brief, deliver_alerts, push_outcomes, reconcile_log, reconcile_police

SCHEDULED: Final[tuple[tuple[Flow[..., Any], Schedule], ...]] = (
    (served.chase_overdue, Interval(timedelta(seconds=chase_overdue.EVERY_SECONDS))),
    (served.deliver_alerts, Interval(timedelta(seconds=deliver_alerts.EVERY_SECONDS))),
    (served.daily_brief, Cron(daily_brief.CRON, timezone=daily_brief.TIME_ZONE)),
    (served.push_outcomes, Interval(timedelta(seconds=push_outcomes.EVERY_SECONDS))),
    (served.reconcile_log, Interval(timedelta(seconds=reconcile_log.EVERY_SECONDS))),
    (served.reconcile_police, Interval(timedelta(seconds=reconcile_police.EVERY_SECONDS))),
)
DEPLOYMENT: Final = "by-the-clock"


class Serving(Runner):
    """Prefect's runner, that leaves signals to the command."""

    def handle_sigterm(self, _signal: int | None = None, _frame: FrameType | None = None) -> None:
        signal.raise_signal(signal.SIGINT)  # which `cli.going_on` waits for


async def serve() -> None:
    """Serve every flow until cancelled."""
    runner = Serving(name="homeward", pause_on_shutdown=False)
    for flow, schedule in SCHEDULED:
        await runner.aadd_deployment(deployment(flow, schedule))
    await runner.start()


def deployment(flow: Flow[..., Any], schedule: Schedule) -> RunnerDeployment:
    """Return how a flow runs by the clock: what was missed while nobody served it is run once, not again
    and again.
    """
    made = RunnerDeployment.from_flow(
        flow,
        name=DEPLOYMENT,
        schedule=schedule,
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
    )
    made.entrypoint = f"{served.__name__}.{flow.fn.__name__}"
    return made
