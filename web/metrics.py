"""Measurements for Prometheus. Counts only: no label ever names a child."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import Counter, Gauge, Histogram

from casework.measures import Measures
from store.database import Store
from store.views import health
from web.site import Clock, Site

FRESH = timedelta(seconds=5)
"""For how long counts from the database are good: scrapes may come often, and from several places."""


class Metrics(Measures):
    """What a site measures beside, and what it counts in the database for everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = Counter(
            "homeward_http_requests",
            "HTTP requests answered",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.latency = Histogram(
            "homeward_http_request_seconds",
            "Time to the end of the answer",
            ["method", "route"],
            registry=self.registry,
        )
        self.counts = {
            count.name: Gauge(f"homeward_{count.name}", count.help, ["authority"], registry=self.registry)
            for count in COUNTS
        }
        self._counted_at: datetime | None = None

    async def counted(self, store: Store, site: Site, clock: Clock) -> bytes:
        """Count anew, unless that was just done, and return everything in Prometheus's text format."""
        now = clock()
        if self._counted_at is None or now - self._counted_at > FRESH:
            for authority in site.authorities:
                async with store.transaction(authority, person="system:metrics") as tx:
                    self._count(authority, await health.counts(tx, now), now)
            self._counted_at = now
        return self.exposition()

    def _count(self, authority: str, counts: health.Counts, now: datetime) -> None:
        oldest, chased_at = counts.oldest_unapplied_at, counts.chased_at
        values = {
            "notifications_applied": counts.applied,
            "inbox_waiting": counts.inbox_waiting,
            "oldest_unapplied_seconds": (now - oldest).total_seconds() if oldest else 0,
            "dead_letters_waiting": counts.letters_waiting,
            "questions_open": counts.questions_open,
            "interviews_overdue": counts.interviews_overdue,
            "episodes_open": counts.episodes_open,
            "chase_age_seconds": (now - chased_at).total_seconds() if chased_at else 0,
            "alerts_unanswered": counts.alerts_unanswered,
            "pushes_waiting": counts.pushes_waiting,
            "pushes_stuck": counts.pushes_stuck,
            "police_differences": counts.police_differences,
        }
        for name, value in values.items():
            self.counts[name].labels(authority).set(value)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the database gives."""

    name: str
    help: str


COUNTS = (
    Count("notifications_applied", "Notifications in the inbox that are applied"),
    Count("inbox_waiting", "Notifications that are received and not applied yet"),
    Count("oldest_unapplied_seconds", "How long the oldest of those has waited"),
    Count(
        "dead_letters_waiting",
        "Dead letters that wait for a screener of this authority, also those of nobody known",
    ),
    Count("questions_open", "Questions that wait for a screener"),
    Count("interviews_overdue", "Interviews past their deadline that nobody has held"),
    Count("episodes_open", "Children who are missing now"),
    Count("chase_age_seconds", "How long ago the last chase ended; 0 where nobody is to chase"),
    Count("alerts_unanswered", "Alerts that are open and that nobody has answered with a decision"),
    Count("pushes_waiting", "Approved outcomes on their way to another system"),
    Count("pushes_stuck", "Approved outcomes that another system refuses, each with the reason"),
    Count("police_differences", "Differences between forces' lists and ours that wait for a screener"),
)
