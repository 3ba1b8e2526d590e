"""What a process that takes in or applies notifications measures. No label ever names a child."""

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600)


class Measures:
    """One process's measurements for Prometheus, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter(
            "homeward_notifications_received",
            "Notifications received, by the way they came and what became of them",
            ["via", "verdict"],
            registry=self.registry,
        )
        self.applied_after = Histogram(
            "homeward_applied_after_seconds",
            "From the receipt of a notification to the commit that applied it",
            ["authority"],
            buckets=SECONDS,
            registry=self.registry,
        )

    def applied(self, authority: str, received_at: Iterable[datetime], now: datetime) -> None:
        """Note how long each of these waited from its receipt until `now`."""
        waited = self.applied_after.labels(authority)
        for at in received_at:
            waited.observe(max(0.0, (now - at).total_seconds()))

    def exposition(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self.registry)
