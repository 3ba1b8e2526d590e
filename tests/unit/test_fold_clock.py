"""Rule 8: when the clock starts, and that nobody who was told returned is without one."""

from datetime import datetime, timedelta

from domain.clock import Clock
from domain.episode import Conflict, Episode
from schemas.words import EpisodeStatus
from tests.unit.tellings import (
    CARER,
    DC,
    at,
    cancelled,
    episode,
    folded,
    located,
    policy,
    reported,
    returned,
    updated,
)


def clock_of(one: Episode) -> Clock:
    assert one.clock is not None
    return one.clock


def starts(one: Episode) -> tuple[datetime, bool]:
    """Return when the clock starts, and whether the deadline is provisional."""
    return clock_of(one).starts_at, one.provisional_due


def test_a_child_who_is_only_missing_has_no_clock() -> None:
    only = episode(reported("2026-03-28 22:10"))
    assert (only.clock, only.provisional_due) == (None, False)


def test_the_clock_runs_from_the_return() -> None:
    back = returned("2026-03-29 03:15")
    only = episode(reported("2026-03-28 22:10"), back)
    assert only.clock == Clock(at("2026-03-29 03:15"), confirmed=True, anchor=back.key)
    assert not only.provisional_due


def test_the_clock_runs_from_the_earliest_of_several_returns() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 05:00"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 03:15", ref=DC),
    )
    assert (starts(only), only.returned_at) == ((at("2026-03-29 03:15"), False), at("2026-03-29 05:00"))


def test_the_clock_runs_from_the_return_though_the_child_was_located_before() -> None:
    only = episode(reported("2026-03-28 22:10"), located("2026-03-29 00:30"), returned("2026-03-29 03:15"))
    assert starts(only) == (at("2026-03-29 03:15"), False)


def test_the_clock_runs_from_a_return_in_another_episode_that_ended_one_of_its_incidents() -> None:
    missing = reported("2026-03-28 22:10")
    first, second = folded(
        missing,
        reported("2026-03-29 09:00", ref=DC),
        returned("2026-03-29 03:15", told_at="2026-03-29 10:00", ref=DC),
    )
    assert first.clock == Clock(at("2026-03-29 03:15"), confirmed=True, anchor=missing.key)
    assert starts(second) == (at("2026-03-29 03:15"), True)


def test_a_return_in_an_episode_that_goes_on_starts_a_provisional_clock() -> None:
    only = episode(
        reported("2026-03-28 22:10"), updated("2026-03-29 09:00"), returned("2026-03-29 03:15", ref=DC)
    )
    assert (only.status, starts(only)) == (EpisodeStatus.OPEN, (at("2026-03-29 03:15"), True))


def test_located_without_a_return_the_clock_runs_from_the_located_until_a_return_corrects_it() -> None:
    found = (reported("2026-03-28 22:10"), located("2026-03-29 00:30"))
    assert starts(episode(*found)) == (at("2026-03-29 00:30"), True)
    assert starts(episode(*found, returned("2026-03-29 03:15"))) == (at("2026-03-29 03:15"), False)


def test_an_amended_return_moves_the_clock() -> None:
    told = (reported("2026-03-28 22:10"), returned("2026-03-29 03:15"))
    amended = returned("2026-03-29 02:40", told_at="2026-03-30 09:00")
    assert starts(episode(*told, amended)) == (at("2026-03-29 02:40"), False)


def test_a_cancelled_incident_has_no_clock_until_a_message_brings_it_back() -> None:
    told = (reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), cancelled("2026-03-29 09:00"))
    assert episode(*told).clock is None
    assert starts(episode(*told, updated("2026-03-28 22:20", "2026-03-29 10:00"))) == (
        at("2026-03-29 03:15"),
        False,
    )


def test_without_any_start_the_clock_runs_from_the_return() -> None:
    assert starts(episode(returned("2026-03-29 03:15"))) == (at("2026-03-29 03:15"), False)


def test_a_return_at_the_start_of_the_episode_counts() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-28 22:10", told_at="2026-03-29 09:00"))
    assert starts(only) == (at("2026-03-28 22:10"), False)


# A return told as before the start of its incident


def test_a_return_up_to_seven_days_before_the_start_is_taken_at_its_word() -> None:
    mistyped = returned("2026-03-21 22:10", told_at="2026-03-29 09:00")
    only = episode(reported("2026-03-28 22:10"), mistyped)
    assert only.clock == Clock(at("2026-03-21 22:10"), confirmed=False, anchor=mistyped.key)
    assert (only.status, only.provisional_due) == (EpisodeStatus.RETURNED, True)


def test_a_return_more_than_seven_days_before_the_start_counts_at_the_start() -> None:
    mistyped = returned("2025-03-29 03:15", told_at="2026-03-29 09:00")
    only = episode(reported("2026-03-28 22:10"), mistyped)
    assert starts(only) == (at("2026-03-28 22:10"), True)


def test_a_return_more_than_seven_days_before_the_start_counts_when_it_was_told_if_that_is_earlier() -> None:
    told_before = returned("2026-03-10 03:15", told_at="2026-03-10 09:00")
    only = episode(told_before, updated("2026-03-28 22:10"))
    assert starts(only) == (at("2026-03-10 09:00"), True)


def test_a_return_before_its_own_start_but_not_before_the_episodes_counts_as_a_return() -> None:
    only = episode(
        reported("2026-03-28 18:00"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 22:10", ref=DC),
        returned("2026-03-28 20:00", told_at="2026-03-29 09:00", ref=DC),
    )
    assert Conflict.RETURN_BEFORE_START in only.conflicts
    assert starts(only) == (at("2026-03-28 20:00"), False)


def test_such_a_return_starts_the_clock_also_when_the_episode_is_not_ended() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-28 20:00", told_at="2026-03-29 09:00"),
        reported("2026-03-28 22:05", ref=DC),
    )
    assert (only.status, starts(only)) == (EpisodeStatus.OPEN, (at("2026-03-28 20:00"), True))


def test_of_a_located_and_a_return_before_the_start_the_earlier_starts_the_clock() -> None:
    told = (reported("2026-03-28 22:10"), located("2026-03-29 00:30"))
    early = returned("2026-03-28 20:00", told_at="2026-03-29 09:00")
    assert starts(episode(*told, early)) == (at("2026-03-28 20:00"), True)


def test_of_a_return_long_before_the_start_and_a_located_the_start_is_the_earlier() -> None:
    told = (reported("2026-03-28 22:10"), located("2026-03-29 00:30"))
    mistyped = returned("2025-03-29 03:15", told_at="2026-03-29 09:00")
    assert starts(episode(*told, mistyped)) == (at("2026-03-28 22:10"), True)


def test_of_two_returns_before_the_start_the_earlier_starts_the_clock() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-28 20:00", told_at="2026-03-29 09:00"),
        reported("2026-03-28 22:10", ref=DC),
        returned("2026-03-28 19:00", told_at="2026-03-29 09:00", ref=DC),
    )
    assert starts(only) == (at("2026-03-28 19:00"), True)


def test_a_return_before_the_next_start_is_not_lost_when_a_merge_gap_joins_them() -> None:
    only = episode(
        returned("2026-03-28 21:00", ref=CARER),
        reported("2026-03-28 22:10"),
        under=policy(gap_hours=2),
    )
    assert (only.status, only.conflicts) == (EpisodeStatus.OPEN, ())
    assert starts(only) == (at("2026-03-28 21:00"), True)


# The message that the interview follows


def test_at_the_same_instant_the_incidents_own_return_is_the_anchor() -> None:
    own = returned("2026-03-29 03:15", ref=DC)
    only = episode(reported("2026-03-28 22:10"), reported("2026-03-28 23:00", ref=DC), own)
    assert clock_of(only).anchor == own.key


def test_the_located_shown_is_the_anchor_of_a_provisional_clock() -> None:
    latest = located("2026-03-29 03:20", ref=DC)
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 03:00"),
        reported("2026-03-28 23:00", ref=DC),
        latest,
    )
    assert clock_of(only) == Clock(at("2026-03-29 03:20"), confirmed=False, anchor=latest.key)


def test_a_clock_change_between_start_and_return_moves_nothing() -> None:
    before = episode(reported("2026-03-28 22:10"), returned("2026-03-29 00:10"))
    after = episode(reported("2026-03-28 22:10"), returned("2026-03-29 03:10"))
    assert clock_of(after).starts_at - clock_of(before).starts_at == timedelta(hours=2)
