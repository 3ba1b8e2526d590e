"""What the other system's answers mean."""

from datetime import UTC, datetime

import httpx
import pytest

from connectors.answers import document_of, refused, retry_after_seconds
from connectors.case_management import NotNow, Refused

NOW = datetime(2026, 4, 2, 15, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        ("Thu, 02 Apr 2026 15:21:30 GMT", 90.0),
        ("Thu, 02 Apr 2026 15:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_how_long_to_wait_is_read_in_seconds_or_as_an_instant(told: str, seconds: float | None) -> None:
    assert retry_after_seconds(httpx.Response(429, headers={"Retry-After": told}), NOW) == seconds


@pytest.mark.parametrize("status", [401, 408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_later(status: int) -> None:
    assert isinstance(refused(httpx.Response(status)), NotNow)


@pytest.mark.parametrize("status", [301, 400, 403, 404, 410, 413, 415, 422])
def test_what_will_not_work_waits_for_a_person(status: int) -> None:
    assert isinstance(refused(httpx.Response(status)), Refused)


def test_the_other_systems_own_words_are_not_repeated() -> None:
    assert "Okafor" not in str(refused(httpx.Response(400, text="no plan for Amara Okafor")))


@pytest.mark.parametrize("content", ["<html>Bad gateway</html>", "[]", ""])
def test_what_is_not_a_plan_is_tried_later(content: str) -> None:
    with pytest.raises(NotNow, match="not a JSON object"):
        document_of(httpx.Response(200, text=content))
