"""Topics as a test wants them: made anew, so that nothing of an earlier test is in them."""

import time
from dataclasses import replace

from schemas import topics
from streams.broker import Broker
from streams.log import Shape, administering, create_topics

NAMES = (topics.NOTIFICATIONS, topics.notifications_of("nottinghamshire"), *topics.EVENTS)
DAY_MS = 86_400_000
LIMIT_SECONDS = 30.0


def reach(address: str) -> Broker:
    """Return how to reach a broker that asks nothing of its clients."""
    return Broker((address,))


def fresh(address: str, partitions: int = 4, max_message_bytes: int = 10_000_000) -> Broker:
    """Make every topic anew, and return how to reach the broker."""
    broker = reach(address)
    with administering(broker) as client:
        if there := [name for name in client.list_topics() if name in NAMES]:
            client.delete_topics(there)
        until = time.monotonic() + LIMIT_SECONDS
        while set(client.list_topics()) & set(NAMES):
            assert time.monotonic() < until, "topics are not gone"
            time.sleep(0.02)
    made_by = replace(broker, max_message_bytes=max_message_bytes)
    create_topics(made_by, NAMES, Shape(partitions, -1, DAY_MS))
    return broker
