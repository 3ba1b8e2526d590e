"""Rule 7: what an episode says of its incidents taken together."""

from domain.episode import Conflict
from schemas.words import Category, EpisodeStatus, Kind, Mark, RiskLevel
from tests.unit.tellings import (
    CARER,
    DC,
    NP,
    NP_NEXT,
    at,
    cancelled,
    episode,
    folded,
    located,
    policy,
    reported,
    returned,
    told,
    updated,
)


def test_an_episode_starts_at_its_earliest_known_start() -> None:
    only = episode(
        reported("2026-03-28 22:10", last_seen="2026-03-28 18:30"),
        reported("2026-03-28 22:40", last_seen="2026-03-28 17:45", ref=DC),
    )
    assert only.started_at == at("2026-03-28 17:45")


def test_an_episode_without_a_known_start_has_none() -> None:
    only = episode(located("2026-03-29 03:00"), returned("2026-03-29 04:00"))
    assert (only.started_at, only.returned_at) == (None, at("2026-03-29 04:00"))


def test_an_episode_is_ended_when_every_incident_with_a_known_start_has_an_end() -> None:
    only = episode(
        reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), reported("2026-03-28 23:00", ref=DC)
    )
    assert only.status is EpisodeStatus.RETURNED


def test_one_incident_that_goes_on_keeps_the_episode_open() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        updated("2026-03-29 04:00", ref=DC),
    )
    assert (only.status, only.returned_at) == (EpisodeStatus.OPEN, None)


def test_an_incident_without_a_start_and_an_end_does_not_keep_it_open() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 03:15", ref=DC),
        returned("2026-03-29 03:15"),
        located("2026-03-29 03:20", ref=CARER),
        under=policy(gap_hours=1),
    )
    assert (only.incidents, only.status) == ((CARER, DC, NP), EpisodeStatus.RETURNED)


def test_an_episode_in_which_nothing_has_an_end_is_not_ended() -> None:
    only = episode(located("2026-03-29 03:00"))
    assert (only.status, only.returned_at) == (EpisodeStatus.LOCATED, None)


def test_the_end_of_an_episode_is_the_latest_end_in_it() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 03:40", ref=DC),
    )
    assert only.returned_at == at("2026-03-29 03:40")


def test_the_latest_located_is_shown() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 03:00"),
        reported("2026-03-28 23:00", ref=DC),
        located("2026-03-29 03:20", ref=DC),
    )
    assert only.located_at == at("2026-03-29 03:20")


def test_a_located_before_the_start_of_the_episode_is_not_shown() -> None:
    only = episode(reported("2026-03-28 22:10"), located("2026-03-28 21:00", told_at="2026-03-28 23:00"))
    assert (only.located_at, only.status, only.clock) == (None, EpisodeStatus.OPEN, None)


def test_a_located_at_the_start_of_the_episode_is_shown() -> None:
    only = episode(reported("2026-03-28 22:10"), located("2026-03-28 22:10"))
    assert only.located_at == at("2026-03-28 22:10")


def test_a_located_child_of_whom_no_later_word_says_missing_is_located() -> None:
    only = episode(reported("2026-03-28 22:10"), located("2026-03-29 03:00"), updated("2026-03-29 03:00"))
    assert only.status is EpisodeStatus.LOCATED


def test_a_later_word_that_the_child_is_missing_makes_the_episode_open_and_leaves_the_clock() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 03:00"),
        reported("2026-03-28 23:00", ref=DC),
        updated("2026-03-29 03:01", ref=DC),
    )
    assert (only.status, only.located_at) == (EpisodeStatus.OPEN, at("2026-03-29 03:00"))
    assert only.clock is not None
    assert only.clock.starts_at == at("2026-03-29 03:00")


def test_a_word_told_later_of_what_was_before_the_located_leaves_it_located() -> None:
    written_up = updated("2026-03-28 23:00", told_at="2026-03-29 09:00")
    only = episode(reported("2026-03-28 22:10"), located("2026-03-29 03:00"), written_up)
    assert only.status is EpisodeStatus.LOCATED


def test_the_risk_level_is_the_highest_that_holds_in_any_incident() -> None:
    only = episode(
        reported("2026-03-28 22:10", risk=RiskLevel.HIGH),
        updated("2026-03-28 22:30", risk=RiskLevel.LOW),
        reported("2026-03-28 23:00", ref=DC, risk=RiskLevel.MEDIUM),
        reported("2026-03-28 23:10", ref=CARER, risk=RiskLevel.NO_APPARENT_RISK),
        reported("2026-03-28 23:20", ref=NP_NEXT),
    )
    assert only.risk_level is RiskLevel.MEDIUM


def test_an_episode_of_which_nobody_told_a_risk_has_none() -> None:
    only = episode(reported("2026-03-28 22:10"))
    assert (only.risk_level, only.risk_factors, only.category) == (None, (), None)


def test_the_risk_factors_are_those_of_all_incidents_once_each() -> None:
    only = episode(
        reported("2026-03-28 22:10", factors=("county_lines", "self_harm")),
        reported("2026-03-28 23:00", ref=DC, factors=("child_sexual_exploitation", "county_lines")),
        returned("2026-03-29 03:15"),
    )
    assert only.risk_factors == ("child_sexual_exploitation", "county_lines", "self_harm")


def test_the_category_is_missing_if_any_says_so() -> None:
    away = reported("2026-03-28 22:10", category=Category.AWAY)
    missing = reported("2026-03-28 23:00", ref=DC, category=Category.MISSING)
    assert episode(away, missing).category is Category.MISSING
    assert episode(away, reported("2026-03-28 23:00", ref=DC)).category is Category.AWAY


def test_notifications_are_in_the_order_of_telling_then_by_source() -> None:
    first = reported("2026-03-28 22:10", id="b")
    theirs = reported("2026-03-28 23:00", ref=DC, id="1")
    ours = reported("2026-03-28 22:30", told_at="2026-03-28 23:00", id="0")
    carers = reported("2026-03-28 23:00", ref=CARER, id="1")
    only = episode(theirs, ours, carers, first)
    assert only.notifications == (first.key, ours.key, carers.key, theirs.key)


def test_a_superseded_cancellation_stays_in_the_history() -> None:
    revoked = cancelled("2026-03-28 22:30")
    only = episode(reported("2026-03-28 22:10"), revoked, updated("2026-03-28 23:00"))
    assert only.notifications[1] == revoked.key


def test_parts_say_which_messages_are_of_one_incident() -> None:
    ours, back = reported("2026-03-28 22:10"), returned("2026-03-29 03:15")
    theirs = reported("2026-03-28 23:00", ref=DC)
    assert set(episode(ours, theirs, back).parts) == {
        frozenset({ours.key, back.key}),
        frozenset({theirs.key}),
    }


def test_a_reference_that_tells_of_two_incidents_in_one_episode_is_named_once() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-29 03:45"),
        under=policy(gap_hours=1),
    )
    assert (only.incidents, len(only.parts)) == ((NP,), 2)


def test_the_marks_of_an_episode_are_those_of_its_messages() -> None:
    only = episode(
        told(Kind.REPORTED, "2026-03-28 22:10", marks=[Mark.NO_BIRTH_DATE]),
        told(Kind.LOCATED, "2026-03-29 03:00", marks=[Mark.FUTURE_INSTANT, Mark.NO_BIRTH_DATE]),
    )
    assert only.marks == (Mark.FUTURE_INSTANT, Mark.NO_BIRTH_DATE)


def test_episodes_come_earliest_first_and_cancelled_ones_last() -> None:
    episodes = folded(
        cancelled("2026-03-20 09:00", ref=CARER),
        reported("2026-03-30 19:00", ref=NP_NEXT),
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
    )
    assert [each.incidents for each in episodes] == [(NP,), (NP_NEXT,), (CARER,)]


# When what was told does not fit together


def test_returns_that_differ_by_an_hour_are_no_conflict() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 04:15", ref=DC),
    )
    assert only.conflicts == ()


def test_returns_that_differ_by_more_than_an_hour_are_a_conflict() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 04:16", ref=DC),
    )
    assert only.conflicts == (Conflict.RETURNS_DIFFER,)


def test_returns_differ_also_in_an_episode_that_is_not_ended() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 05:00", ref=DC),
        reported("2026-03-28 23:30", ref=CARER),
        updated("2026-03-29 06:00", ref=CARER),
    )
    assert (only.status, only.conflicts) == (EpisodeStatus.OPEN, (Conflict.RETURNS_DIFFER,))


def test_a_located_an_hour_after_the_end_is_no_conflict() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), located("2026-03-29 04:15"))
    assert only.conflicts == ()


def test_a_located_more_than_an_hour_after_the_end_is_a_conflict() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), located("2026-03-29 04:16"))
    assert (only.status, only.conflicts) == (EpisodeStatus.RETURNED, (Conflict.LOCATED_AFTER_END,))


def test_a_word_that_the_child_is_missing_an_hour_after_the_end_is_no_conflict() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), updated("2026-03-29 04:15"))
    assert only.conflicts == ()


def test_a_word_that_the_child_is_missing_more_than_an_hour_after_the_end_is_a_conflict() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 03:15"), updated("2026-03-29 04:16"))
    assert (only.status, only.conflicts) == (EpisodeStatus.RETURNED, (Conflict.MISSING_AFTER_END,))


def test_in_an_episode_that_is_not_ended_nothing_is_after_the_end() -> None:
    only = episode(
        reported("2026-03-28 22:10"), updated("2026-03-29 09:00"), returned("2026-03-29 03:15", ref=DC)
    )
    assert (only.status, only.conflicts) == (EpisodeStatus.OPEN, ())
