"""`homeward worker`: applies what comes by Kafka."""

import asyncio
from collections.abc import Mapping
from functools import partial

from casework.carry import Carrier
from cli.alarm import Alarm
from cli.broker import broker_of
from cli.database import Database, database, opened
from cli.going_on import ProbePort, kept_running, leave, until_signalled
from cli.logs import log_from
from cli.probes import answering, kafka_check, probes
from cli.settings import Settings, read_settings
from cli.traces import trace_to
from schemas.policy import Policy
from store.database import Store
from store.views import health
from streams.broker import Broker
from streams.delivery import Delivery
from streams.runner import DIRECTLY_AFTER, Runner
from streams.worker import Worker


def command(probe_port: ProbePort = None) -> None:
    """Apply notifications as Kafka brings them; as many workers share the work as topics have partitions.

    What Kafka has not brought round in 5 seconds it applies all the same.

    \b
    Example:
      HOMEWARD_KAFKA=127.0.0.1:9092 homeward worker --probe-port 8002
    """
    settings = read_settings()
    log_from(settings.log_level)
    trace_to(settings.traces, "worker")
    broker, policy = broker_of(settings), settings.read_policy()
    with asyncio.Runner() as runner:
        with database(settings) as ready:
            left = runner.run(_work(settings, policy, broker, ready, probe_port))
        if left:
            leave()


async def _work(
    settings: Settings, policy: Policy, broker: Broker, ready: Database, probe_port: int | None
) -> bool:
    """Work until a signal; return whether something goes on all the same."""
    async with opened(ready) as store:
        carrier = Carrier(store, policy)
        delivery = Delivery(carrier, settings.authorities)
        worker = Worker(broker, settings.intake_topics, settings.kafka_group, delivery.deliver)
        directly = Runner(carrier, settings.authorities, leave_to_kafka=DIRECTLY_AFTER, seals=False)
        alarm = Alarm(settings, policy, store)
        watching = (alarm.run,) if settings.flows_expected else ()
        app = probes(carrier.measures, partial(_ready, settings, store, worker, alarm))
        async with answering(settings.host, probe_port, app):
            await until_signalled(*map(kept_running, (worker.run, directly.run, *watching)))
    return worker.left


async def _ready(settings: Settings, store: Store, worker: Worker, alarm: Alarm) -> Mapping[str, str]:
    waits = "degraded: it is not in its group; what comes in is applied directly"
    reads = "ok" if worker.at_work else waits
    flows = await alarm.standing()
    beside = {"worker": reads, "flows": flows if flows.startswith("ok") else f"degraded: {flows}"}
    return {**await health.standing(store), **await kafka_check(settings), **beside}
