"""What the other system's answers mean: in plain words, without any of theirs, which may name a child."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

import httpx

from connectors.case_management import NotDelivered, NotNow, Refused

AGAIN: Final = frozenset({HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED})
"""Answers after which the plan is read again: somebody changed it, or the same update is there already."""
LATER: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
SERVER_ERROR: Final = 500
WHY: Final[Mapping[int, str]] = {
    401: "the other system does not accept our token",
    403: "the other system does not let us do that: give our client the right to it",
    409: "the other system is still busy with the same update",
    412: "others keep changing the child’s plan there",
    413: "the update is too large for the other system",
    422: "the other system does not accept what the update holds: compare the policy with its fields",
    429: "the other system asks for fewer requests",
}


def refused(answer: httpx.Response) -> NotDelivered:
    """Return why an answer that is no success is none, and whether it may be another time."""
    status = answer.status_code
    why = f"{WHY.get(status, 'the other system refuses')} ({status})"
    if status >= SERVER_ERROR or status in LATER or status == HTTPStatus.UNAUTHORIZED:
        told = why if status in WHY else f"the other system failed ({status})"
        return NotNow(told, retry_after_seconds(answer, datetime.now(UTC)))
    return Refused(why)


def conflict(answer: httpx.Response) -> NotDelivered:
    """Return what to say when an answer that asks for another look is the last one.

    Raises:
        NotDelivered: the answer asks for nothing of the kind.
    """
    if answer.status_code not in AGAIN:
        raise refused(answer)
    return NotNow(f"{WHY[answer.status_code]} ({answer.status_code})")


def retry_after_seconds(answer: httpx.Response, now: datetime) -> float | None:
    """Return how long the other system asks to wait: seconds, or until an instant (RFC 9110, 10.2.3)."""
    told = answer.headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def document_of(answer: httpx.Response) -> Mapping[str, Any]:
    """Return the JSON object of an answer.

    Raises:
        NotNow: it holds something else, such as a gateway's page.
    """
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise NotNow("the other system answers with what is not a JSON object")
    return told
