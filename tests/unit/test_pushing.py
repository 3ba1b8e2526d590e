"""When a push that failed is tried again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from casework.pushing import STUCK_WAIT, later, stuck, wait_after
from store.pushes import Push

NOW = datetime(2026, 4, 2, 15, 20, tzinfo=UTC)
KEY = UUID("5d1b8a3e-0000-4000-8000-000000000001")
PUSH = Push(KEY, "rest", KEY, "waiting", 1, NOW, None, None, None, NOW, None, None)


def test_each_wait_is_longer_up_to_an_hour_and_a_quarter() -> None:
    waits = [wait_after(attempts, KEY) for attempts in range(1, 5)]
    assert waits == sorted(waits)
    longest = max(wait_after(attempts, KEY) for attempts in (20, 1000, 10**6))
    assert timedelta(minutes=45) <= longest <= timedelta(minutes=75)


def test_what_failed_together_does_not_come_again_together() -> None:
    waits = {wait_after(1, uuid5(KEY, str(number))) for number in range(100)}
    assert len(waits) > 90
    assert all(timedelta(seconds=22) < wait < timedelta(seconds=38) for wait in waits)


def test_the_other_system_may_ask_for_longer_but_not_for_more_than_a_day() -> None:
    assert later(PUSH, "429", 600, NOW).next_at == NOW + timedelta(minutes=10)
    assert later(PUSH, "429", 10**9, NOW).next_at == NOW + timedelta(days=1)
    assert later(PUSH, "429", 1, NOW).next_at == NOW + wait_after(1, KEY)


def test_what_is_stuck_is_tried_once_a_day_all_the_same() -> None:
    assert stuck(PUSH, "403", NOW).next_at == NOW + STUCK_WAIT
