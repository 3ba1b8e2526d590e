"""The flows as Prefect finds them by name, each in a process of its own, with what they work with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from casework.carry import Carrier
from cli.broker import broker_of
from cli.case_management import targets
from cli.channels import channels_of
from cli.database import database, opened
from cli.logs import log_from
from cli.settings import Settings, read_settings
from cli.traces import trace_to
from flows.chase_overdue import chase_overdue
from flows.daily_brief import daily_brief
from flows.deliver_alerts import deliver_alerts
from flows.push_outcomes import push_outcomes
from flows.reconcile_log import reconcile_log
from flows.reconcile_police import reconcile_police
from flows.surroundings import Surroundings, provide
from store.database import Store
from streams.delivery import Delivery
from streams.gaps import GapReader
from streams.watch import LogWatch

__all__ = [
    "chase_overdue",
    "daily_brief",
    "deliver_alerts",
    "push_outcomes",
    "reconcile_log",
    "reconcile_police",
]


@asynccontextmanager
async def as_configured() -> AsyncIterator[Surroundings]:
    """Open what the settings name."""
    settings = read_settings()
    log_from(settings.log_level)
    trace_to(settings.traces, "flows")
    with database(settings) as ready:
        async with opened(ready) as store:
            log = gap_reader(settings, store) if settings.kafka else None
            yield Surroundings(
                store,
                settings.authorities,
                log,
                settings.read_policy(),
                case_management=partial(targets, settings),
                channels=channels_of(settings),
                address=settings.address,
                police_lists=settings.police_lists,
            )


def gap_reader(settings: Settings, store: Store) -> GapReader:
    """Return what fills the holes in what was read of Kafka's log."""
    watch = LogWatch(broker_of(settings), settings.intake_topics, settings.kafka_group, store)
    return GapReader(watch, Delivery(Carrier(store, settings.read_policy()), settings.authorities))


provide(as_configured)
