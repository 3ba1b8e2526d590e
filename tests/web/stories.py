"""What is told in tests: one child goes missing and comes back, as a force would say it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.messages import message

SEEN = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
BACK = datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
BILAL = {"authority_child_id": "C-2", "family_name": "Khan", "given_names": "Bilal"}


def missing(at: datetime = SEEN, *, id: str = "m1", **other: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    """Return a report of a child last seen `at`."""
    facts = {"category": "missing", "risk_level": "medium", "last_seen_at": at.isoformat()}
    return message("reported", at + timedelta(hours=1), id=id, missing=facts, **other)


def returned(at: datetime = BACK, *, id: str = "m2", **other: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    """Return word that the child was back `at`."""
    return message("returned", at, id=id, **other)
