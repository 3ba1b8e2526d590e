"""Kafka's topics by name, and what is taken from which."""

from typing import Final

NOTIFICATIONS: Final = "homeward.notifications.v1"
"""What every way in brings, any force's; key: the reference (`subject`)."""
EPISODES: Final = "homeward.episodes.v1"
INTERVIEWS: Final = "homeward.interviews.v1"
PLANS: Final = "homeward.plans.v1"
ALERTS: Final = "homeward.alerts.v1"
EVENTS: Final = (EPISODES, INTERVIEWS, PLANS, ALERTS)
"""Domain events; key: the child's id."""
POLICE: Final = "urn:police:"


def notifications_of(force: str) -> str:
    """Return a force's own topic, which the broker's access lists let nobody else write to."""
    return f"{NOTIFICATIONS}.{force}"


def intake_topics(forces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the topics that notifications are taken from: the common one, then each force's own."""
    return (NOTIFICATIONS, *map(notifications_of, forces))


def only_source(topic: str) -> str | None:
    """Return the one `source` that is taken from a topic; None where any is."""
    force = topic.removeprefix(f"{NOTIFICATIONS}.")
    return None if force == topic else f"{POLICE}{force}"
