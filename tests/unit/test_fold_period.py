"""Rules 5 and 6: a return is about the child, and what overlaps or touches is one absence."""

from domain.episode import unplaced
from domain.period import Period
from schemas.words import EpisodeStatus
from tests.unit.tellings import (
    CARER,
    DC,
    DC_NEXT,
    NP,
    at,
    episode,
    folded,
    located,
    policy,
    prevention_interview,
    reported,
    returned,
    updated,
)

# Rule 5: a return is about the child


def test_an_incident_without_a_return_of_its_own_ends_at_the_childs_return() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        reported("2026-03-28 22:40", ref=DC),
        returned("2026-03-29 03:15", ref=DC),
    )
    assert (only.status, only.returned_at) == (EpisodeStatus.RETURNED, at("2026-03-29 03:15"))


def test_it_ends_at_the_earliest_of_the_childs_returns() -> None:
    first, second = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 04:30", ref=CARER),
        returned("2026-03-29 03:15", ref=DC),
    )
    assert (first.returned_at, first.incidents) == (at("2026-03-29 03:15"), (DC, NP))
    assert second.incidents == (CARER,)


def test_a_return_before_its_start_does_not_end_it() -> None:
    _, later = folded(reported("2026-03-28 22:10"), returned("2026-03-28 20:00", ref=DC))
    assert (later.incidents, later.status) == ((NP,), EpisodeStatus.OPEN)


def test_a_return_at_its_start_ends_it() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-28 22:10", ref=DC))
    assert only.returned_at == at("2026-03-28 22:10")


def test_a_return_before_a_later_word_that_the_child_is_missing_does_not_end_it() -> None:
    still_missing = updated("2026-03-29 04:00")
    only = episode(reported("2026-03-28 22:10"), still_missing, returned("2026-03-29 03:15", ref=DC))
    assert (only.status, only.returned_at) == (EpisodeStatus.OPEN, None)


def test_a_return_before_a_start_that_is_later_than_the_report_does_not_end_it() -> None:
    corrected = reported("2026-03-28 22:10", last_seen="2026-03-28 22:45")
    _, later = folded(corrected, returned("2026-03-28 22:30", ref=DC))
    assert (later.incidents, later.returned_at) == ((NP,), None)


def test_without_a_start_a_return_after_its_located_ends_it() -> None:
    only = episode(located("2026-03-29 03:00"), returned("2026-03-29 04:00", ref=DC))
    assert (only.status, only.returned_at) == (EpisodeStatus.RETURNED, at("2026-03-29 04:00"))


def test_without_a_start_a_return_before_its_located_does_not_end_it() -> None:
    _, later = folded(located("2026-03-29 03:00"), returned("2026-03-29 02:30", ref=DC))
    assert (later.incidents, later.status) == ((NP,), EpisodeStatus.LOCATED)


def test_a_return_told_before_the_start_of_its_own_incident_ends_another_incident_where_it_fits() -> None:
    first, second = folded(
        reported("2026-03-28 22:10"),
        reported("2026-03-29 09:00", ref=DC),
        returned("2026-03-29 03:15", told_at="2026-03-29 10:00", ref=DC),
    )
    assert (first.incidents, first.returned_at) == ((NP,), at("2026-03-29 03:15"))
    assert (second.incidents, second.returned_at) == ((DC,), at("2026-03-29 09:00"))


def test_a_child_located_and_reported_anew_after_the_grace_had_come_back_untold_in_between() -> None:
    first, second = folded(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        reported("2026-03-29 14:00", ref=DC),
        returned("2026-03-29 18:00", ref=DC),
    )
    assert (first.status, first.returned_at) == (EpisodeStatus.LOCATED, None)
    assert (second.started_at, second.returned_at) == (at("2026-03-29 14:00"), at("2026-03-29 18:00"))


def test_a_start_that_is_exactly_the_grace_after_the_located_is_the_same_absence() -> None:
    only = episode(
        reported("2026-03-28 16:00"),
        located("2026-03-28 17:00"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 03:15", ref=DC),
    )
    assert only.returned_at == at("2026-03-29 03:15")


def test_the_grace_is_the_authoritys_own() -> None:
    messages = (
        reported("2026-03-28 16:00"),
        located("2026-03-28 17:00"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 03:15", ref=DC),
    )
    assert len(folded(*messages, under=policy(grace_hours=5))) == 2


def test_a_start_at_the_instant_of_the_return_leaves_the_located_one_without_an_end() -> None:
    first, second = folded(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        reported("2026-03-29 14:00", ref=DC),
        returned("2026-03-29 14:00", ref=CARER),
    )
    assert (first.incidents, first.returned_at) == ((NP,), None)
    assert (second.incidents, second.returned_at) == ((CARER, DC), at("2026-03-29 14:00"))


def test_a_start_after_the_return_is_no_reason_to_leave_it_without_an_end() -> None:
    first, second = folded(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        returned("2026-03-29 09:00", ref=CARER),
        reported("2026-03-29 14:00", ref=DC),
    )
    assert (first.incidents, first.returned_at) == ((CARER, NP), at("2026-03-29 09:00"))
    assert second.incidents == (DC,)


def test_a_child_said_missing_after_the_located_ends_at_the_return_all_the_same() -> None:
    only = episode(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        updated("2026-03-28 21:30"),
        reported("2026-03-29 14:00", ref=DC),
        returned("2026-03-29 18:00", ref=DC),
    )
    assert (only.incidents, only.returned_at) == ((DC, NP), at("2026-03-29 18:00"))


def test_located_without_a_start_and_reported_anew_after_the_grace_stays_without_an_end() -> None:
    first, second = folded(
        located("2026-03-28 21:00"),
        reported("2026-03-29 14:00", ref=DC),
        returned("2026-03-29 18:00", ref=DC),
    )
    assert (first.incidents, first.status) == ((NP,), EpisodeStatus.LOCATED)
    assert second.returned_at == at("2026-03-29 18:00")


# Rule 6: periods, and which of them are one missing episode


def test_incidents_whose_periods_overlap_are_one_episode() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-28 23:00", ref=DC),
        returned("2026-03-29 03:20", ref=DC),
    )
    assert only.incidents == (DC, NP)
    assert only.period == Period(at("2026-03-28 22:10"), at("2026-03-29 03:20"))


def test_incidents_whose_periods_touch_are_one_episode() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-29 03:15", ref=DC),
        returned("2026-03-29 05:00", ref=DC),
    )
    assert only.returned_at == at("2026-03-29 05:00")


def test_incidents_a_minute_apart_are_two_episodes() -> None:
    episodes = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-29 03:16", ref=DC),
        returned("2026-03-29 05:00", ref=DC),
    )
    assert [each.incidents for each in episodes] == [(NP,), (DC,)]


def test_with_a_merge_gap_incidents_that_far_apart_are_one_episode_and_no_further() -> None:
    messages = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:15"),
        reported("2026-03-29 05:15", ref=DC),
    )
    assert len(folded(*messages, under=policy(gap_hours=2))) == 1
    assert len(folded(*messages, under=policy(gap_hours=1.99))) == 2


def test_incidents_that_never_meet_are_one_episode_when_a_third_joins_them() -> None:
    only = episode(
        reported("2026-03-28 20:00"),
        returned("2026-03-28 21:00"),
        reported("2026-03-28 22:00", ref=DC),
        returned("2026-03-28 23:00", ref=DC),
        reported("2026-03-28 20:30", ref=CARER),
        returned("2026-03-28 22:30", ref=CARER),
    )
    assert only.incidents == (CARER, DC, NP)


def test_a_long_absence_holds_each_incident_within_it() -> None:
    only = episode(
        reported("2026-03-28 20:00"),
        returned("2026-03-29 08:00"),
        reported("2026-03-28 20:30", ref=DC),
        returned("2026-03-28 21:00", ref=DC),
        returned("2026-03-29 07:00", ref=CARER),
    )
    assert only.incidents == (CARER, DC, NP)


def test_a_return_without_a_start_is_a_single_instant() -> None:
    only = episode(returned("2026-03-29 03:15"))
    assert only.period == Period(at("2026-03-29 03:15"), at("2026-03-29 03:15"))


def test_a_located_without_a_start_reaches_to_the_childs_return() -> None:
    only = episode(
        located("2026-03-29 03:00"),
        reported("2026-03-29 03:30", ref=DC),
        returned("2026-03-29 05:00", ref=DC),
    )
    assert (only.incidents, only.started_at) == ((DC, NP), at("2026-03-29 03:30"))
    assert only.period == Period(at("2026-03-29 03:00"), at("2026-03-29 05:00"))


def test_a_located_without_start_and_end_is_a_single_instant() -> None:
    first, second = folded(located("2026-03-29 03:00"), reported("2026-03-29 03:30", ref=DC))
    assert first.period == Period(at("2026-03-29 03:00"), at("2026-03-29 03:00"))
    assert second.incidents == (DC,)


def test_without_an_end_an_incident_goes_on() -> None:
    only = episode(reported("2026-03-28 22:10"), reported("2026-04-02 16:00", ref=DC))
    assert only.incidents == (DC, NP)
    assert only.period == Period(at("2026-03-28 22:10"), None)


def test_without_an_end_a_located_incident_reaches_to_its_located_when_the_child_is_reported_anew() -> None:
    first, second = folded(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        reported("2026-03-29 14:00", ref=DC),
    )
    assert first.period == Period(at("2026-03-28 20:00"), at("2026-03-28 21:00"))
    assert (first.status, first.returned_at) == (EpisodeStatus.LOCATED, None)
    assert (second.status, second.started_at) == (EpisodeStatus.OPEN, at("2026-03-29 14:00"))


def test_reported_anew_within_the_grace_is_the_same_absence() -> None:
    only = episode(
        reported("2026-03-28 16:00"),
        located("2026-03-28 17:00"),
        reported("2026-03-28 23:00", ref=DC),
    )
    assert (only.incidents, only.status) == ((DC, NP), EpisodeStatus.OPEN)


def test_a_located_before_the_start_does_not_end_the_period() -> None:
    only = episode(
        reported("2026-03-28 20:00"),
        located("2026-03-28 19:00", told_at="2026-03-28 21:00"),
        reported("2026-03-29 14:00", ref=DC),
    )
    assert only.incidents == (DC, NP)


def test_a_located_at_the_start_ends_the_period_as_well() -> None:
    first, _ = folded(
        reported("2026-03-28 20:00"),
        located("2026-03-28 20:00"),
        reported("2026-03-29 14:00", ref=DC),
    )
    assert first.period == Period(at("2026-03-28 20:00"), at("2026-03-28 20:00"))


def test_a_later_word_that_the_child_is_missing_keeps_the_period_open() -> None:
    only = episode(
        reported("2026-03-28 20:00"),
        located("2026-03-28 21:00"),
        updated("2026-03-28 21:30"),
        reported("2026-03-29 14:00", ref=DC),
    )
    assert (only.incidents, only.status) == ((DC, NP), EpisodeStatus.OPEN)


def test_prevention_interviews_alone_make_no_episode_and_go_to_a_screener() -> None:
    told = (
        prevention_interview("2026-03-29 10:00"),
        prevention_interview("2026-03-29 11:00"),
        reported("2026-03-28 22:10", ref=DC_NEXT),
    )
    assert [each.incidents for each in folded(*told)] == [(DC_NEXT,)]
    assert [(each.reference, len(each.messages)) for each in unplaced(told)] == [(NP, 2)]
