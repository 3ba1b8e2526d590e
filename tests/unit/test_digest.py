"""How much one person is told by one way."""

from datetime import UTC, datetime, timedelta

from domain.digest import bundled, wait_until
from schemas.alerts_policy import AlertsPolicy

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
POLICY = AlertsPolicy()


def ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in minutes]


def test_up_to_three_things_go_each_by_itself() -> None:
    assert bundled("abc", [], POLICY, NOW) == (("a",), ("b",), ("c",))


def test_more_than_three_go_together() -> None:
    assert bundled("abcd", [], POLICY, NOW) == (("a", "b", "c", "d"),)


def test_what_would_be_more_than_ten_in_an_hour_goes_together() -> None:
    assert bundled("ab", ago(*range(1, 10)), POLICY, NOW) == (("a", "b"),)


def test_what_went_an_hour_ago_counts_no_longer() -> None:
    assert bundled("ab", ago(*range(60, 80)), POLICY, NOW) == (("a",), ("b",))
    assert wait_until(ago(*range(60, 80)), POLICY, NOW) is None


def test_after_ten_in_an_hour_the_next_waits_for_a_quarter_of_an_hour_after_the_last() -> None:
    assert wait_until(ago(*range(5, 15)), POLICY, NOW) == NOW + timedelta(minutes=10)
    assert wait_until(ago(*range(15, 25)), POLICY, NOW) is None


def test_nine_in_an_hour_hold_nothing_up() -> None:
    assert wait_until(ago(*range(5, 14)), POLICY, NOW) is None
