"""`homeward relay`: what is true in the database, told to Kafka."""

import asyncio
from collections.abc import Mapping
from functools import partial

from casework.carry import Carrier
from cli.broker import broker_of
from cli.database import Database, database, opened
from cli.going_on import ProbePort, kept_running, until_signalled
from cli.logs import log_from
from cli.probes import answering, kafka_check, probes
from cli.settings import Settings, read_settings
from cli.traces import trace_to
from schemas.policy import Policy
from store.database import Store
from store.views import health
from streams.broker import Broker
from streams.relay import Relay
from streams.runner import DIRECTLY_AFTER, Runner
from streams.watch import LagMeasured, LogWatch


def command(probe_port: ProbePort = None) -> None:
    """Publish domain events, and notifications that came another way, to Kafka; seal the ledger.

    What Kafka has not brought round in 5 seconds it applies itself. Several may run: one publishes, the
    others stand by.

    \b
    Example:
      HOMEWARD_KAFKA=127.0.0.1:9092 homeward relay --probe-port 8001
    """
    settings = read_settings()
    log_from(settings.log_level)
    trace_to(settings.traces, "relay")
    broker = broker_of(settings)
    policy = settings.read_policy()
    with database(settings) as ready:
        asyncio.run(_relay(settings, policy, broker, ready, probe_port))


async def _relay(
    settings: Settings, policy: Policy, broker: Broker, ready: Database, probe_port: int | None
) -> None:
    async with opened(ready) as store:
        carrier = Carrier(store, policy)
        relay = Relay(store, settings.authorities, broker, carrier.measures)
        directly = Runner(
            carrier, settings.authorities, settings.heads_directory, leave_to_kafka=DIRECTLY_AFTER
        )
        watch = LogWatch(broker, settings.intake_topics, settings.kafka_group, store)
        app = probes(carrier.measures, partial(_ready, settings, store, relay))
        async with answering(settings.host, probe_port, app):
            lag = LagMeasured(watch, carrier.measures)
            await until_signalled(*map(kept_running, (relay.run, directly.run, lag.run)))


async def _ready(settings: Settings, store: Store, relay: Relay) -> Mapping[str, str]:
    stands_by = "degraded: it stands by for another relay, or Kafka does not take all that it is told"
    published = "ok" if relay.at_work else stands_by
    return {**await health.standing(store), **await kafka_check(settings), "relay": published}
