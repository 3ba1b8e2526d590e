"""Rules 1 to 4: what an incident is, what holds of it, when it never was, when it starts and ends."""

from domain.episode import Conflict, unplaced
from domain.incident import read_incidents
from schemas.words import Category, EpisodeStatus, Kind, RiskLevel
from tests.unit.tellings import (
    DC,
    DERBYSHIRE,
    NOTTINGHAMSHIRE,
    NP,
    NP_NEXT,
    at,
    cancelled,
    episode,
    facts,
    folded,
    located,
    prevention_interview,
    reported,
    returned,
    told,
    updated,
)

# Rule 1: one reference, one incident; a report after a return begins the next


def test_an_incident_is_all_that_one_force_told_under_one_reference() -> None:
    incidents = read_incidents(
        [
            reported("2026-03-28 22:10"),
            located("2026-03-29 00:10"),
            reported("2026-03-28 22:40", ref=NP_NEXT),
        ]
    )
    assert [(i.reference, len(i.messages)) for i in incidents] == [(NP, 2), (NP_NEXT, 1)]


def test_the_same_reference_of_another_force_is_another_incident() -> None:
    theirs = NP._replace(source=DERBYSHIRE)
    incidents = read_incidents([reported("2026-03-28 22:10"), reported("2026-03-28 22:10", ref=theirs)])
    assert [incident.reference.source for incident in incidents] == [DERBYSHIRE, NOTTINGHAMSHIRE]


def test_one_message_counts_once() -> None:
    report = reported("2026-03-28 22:10")
    assert episode(report, report).notifications == (report.key,)


def test_the_same_id_from_another_force_is_another_message() -> None:
    ours = reported("2026-03-28 22:10", id="1")
    theirs = reported("2026-03-28 22:10", ref=DC, id="1")
    assert episode(ours, theirs).notifications == (theirs.key, ours.key)


def test_a_report_that_occurs_after_the_return_begins_a_new_incident_under_the_same_reference() -> None:
    first, second = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        reported("2026-03-30 19:00"),
    )
    assert (first.returned_at, first.status) == (at("2026-03-29 08:00"), EpisodeStatus.RETURNED)
    assert (second.started_at, second.status) == (at("2026-03-30 19:00"), EpisodeStatus.OPEN)


def test_a_report_that_occurs_at_the_instant_of_the_return_begins_none() -> None:
    told = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        reported("2026-03-29 08:00", told_at="2026-03-29 09:00"),
    )
    assert len(read_incidents(told)) == 1


def test_a_report_told_after_the_return_of_what_occurred_before_it_begins_none() -> None:
    written_up = reported("2026-03-28 21:50", told_at="2026-03-29 10:00")
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 08:00"), written_up)
    assert only.started_at == at("2026-03-28 21:50")


def test_a_report_without_a_return_before_it_begins_none() -> None:
    again = reported("2026-03-30 19:00")
    assert len(read_incidents([reported("2026-03-28 22:10"), again])) == 1


def test_only_the_return_told_last_is_asked_whether_a_report_occurs_after_it() -> None:
    told = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        returned("2026-03-29 12:00", told_at="2026-03-29 12:05"),
        reported("2026-03-29 11:00", told_at="2026-03-29 13:00"),
    )
    assert len(read_incidents(told)) == 1


def test_a_report_is_asked_whether_it_occurs_after_the_return_occurred_whenever_that_was_told() -> None:
    told = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00", told_at="2026-03-29 06:00"),
        reported("2026-03-29 07:00"),
    )
    assert len(read_incidents(told)) == 1


def test_an_update_after_the_return_begins_none() -> None:
    told = (reported("2026-03-28 22:10"), returned("2026-03-29 08:00"), updated("2026-03-29 08:30"))
    assert len(read_incidents(told)) == 1


def test_what_is_told_after_the_second_report_belongs_to_the_second_incident() -> None:
    later = (located("2026-03-30 21:00"), prevention_interview("2026-03-29 08:30", "2026-03-30 22:00"))
    first, second = read_incidents(
        [
            reported("2026-03-28 22:10"),
            returned("2026-03-29 08:00"),
            reported("2026-03-30 19:00"),
            *later,
        ]
    )
    assert len(first.messages) == 2
    assert second.messages[1:] == later


def test_a_cancellation_told_after_the_second_report_cancels_the_second_incident_alone() -> None:
    episodes = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        reported("2026-03-30 19:00"),
        cancelled("2026-03-30 19:30"),
    )
    assert [each.status for each in episodes] == [EpisodeStatus.RETURNED, EpisodeStatus.CANCELLED]


def test_a_return_that_occurs_before_the_second_report_belongs_to_the_first_incident() -> None:
    amended = returned("2026-03-29 07:15", told_at="2026-03-31 10:00")
    first, second = folded(
        reported("2026-03-28 22:10"), returned("2026-03-29 08:00"), reported("2026-03-30 19:00"), amended
    )
    assert first.returned_at == at("2026-03-29 07:15")
    assert second.status is EpisodeStatus.OPEN


def test_a_return_that_occurs_at_the_instant_of_the_second_report_belongs_to_the_second() -> None:
    first, second = read_incidents(
        [
            reported("2026-03-28 22:10"),
            returned("2026-03-29 08:00"),
            reported("2026-03-30 19:00"),
            returned("2026-03-30 19:00", told_at="2026-03-31 10:00"),
        ]
    )
    assert first.returned is not None
    assert first.returned.occurred_at == at("2026-03-29 08:00")
    assert second.returned is not None


def test_a_return_told_late_finds_the_incident_it_belongs_to_among_three() -> None:
    told = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        reported("2026-03-30 19:00"),
        returned("2026-03-30 23:00"),
        reported("2026-04-02 16:00"),
    )
    first = returned("2026-03-29 07:00", told_at="2026-04-03 09:00")
    second = returned("2026-03-30 22:00", told_at="2026-04-03 09:05")
    assert [each.returned_at for each in folded(*told, first, second)] == [
        at("2026-03-29 07:00"),
        at("2026-03-30 22:00"),
        None,
    ]


def test_a_return_told_late_of_an_earlier_incident_does_not_split_the_later_one() -> None:
    told = (
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        reported("2026-03-30 19:00"),
        returned("2026-03-29 07:00", told_at="2026-03-30 20:00"),
        reported("2026-03-30 19:30", told_at="2026-03-30 20:30"),
    )
    assert len(read_incidents(told)) == 2


# Rule 2: what is told later corrects what was told earlier


def test_facts_merge_field_by_field() -> None:
    only = episode(
        reported("2026-03-28 22:10", risk=RiskLevel.MEDIUM, factors=("county_lines",)),
        updated("2026-03-28 23:00", risk=RiskLevel.HIGH),
        updated("2026-03-28 23:30", category=Category.MISSING),
    )
    assert (only.risk_level, only.risk_factors) == (RiskLevel.HIGH, ("county_lines",))
    assert only.category is Category.MISSING


def test_a_second_report_corrects_the_first_as_an_update_does() -> None:
    only = episode(
        reported("2026-03-28 22:10", last_seen="2026-03-28 18:30"),
        reported("2026-03-28 22:40", last_seen="2026-03-28 17:00"),
    )
    assert only.started_at == at("2026-03-28 17:00")


def test_an_empty_list_of_risk_factors_replaces_the_list_before() -> None:
    only = episode(
        reported("2026-03-28 22:10", factors=("county_lines",)), updated("2026-03-28 23:00", factors=())
    )
    assert only.risk_factors == ()


def test_missing_facts_beside_another_kind_of_message_are_not_read() -> None:
    stray = told(Kind.LOCATED, "2026-03-28 23:00", missing=facts(risk=RiskLevel.LOW))
    only = episode(reported("2026-03-28 22:10", risk=RiskLevel.HIGH), stray)
    assert only.risk_level is RiskLevel.HIGH


def test_a_report_without_facts_still_says_that_the_child_is_missing() -> None:
    assert episode(told(Kind.REPORTED, "2026-03-28 22:10")).started_at == at("2026-03-28 22:10")


def test_of_two_returns_the_one_told_last_holds_and_the_other_takes_no_part() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 03:00"),
        returned("2026-03-29 08:00", told_at="2026-03-29 09:00"),
    )
    assert only.returned_at == at("2026-03-29 08:00")
    assert only.conflicts == ()


def test_a_superseded_return_ends_no_other_incident() -> None:
    ours, theirs = folded(
        reported("2026-03-28 22:10"),
        reported("2026-03-28 23:40", ref=DC),
        returned("2026-03-29 03:00"),
        returned("2026-03-28 23:00", told_at="2026-03-29 09:00"),
    )
    assert ours.returned_at == at("2026-03-28 23:00")
    assert theirs.status is EpisodeStatus.OPEN


def test_of_two_locateds_the_one_told_last_holds() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 03:00"),
        located("2026-03-29 02:00", told_at="2026-03-29 04:00"),
    )
    assert only.located_at == at("2026-03-29 02:00")


def test_a_return_told_before_it_occurs_counts_when_it_was_told() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-29 11:00", told_at="2026-03-29 08:00"))
    assert only.returned_at == at("2026-03-29 08:00")


def test_a_located_told_before_it_occurs_counts_when_it_was_told() -> None:
    only = episode(reported("2026-03-28 22:10"), located("2026-03-29 11:00", told_at="2026-03-29 08:00"))
    assert only.located_at == at("2026-03-29 08:00")


def test_a_report_counts_when_it_occurs_however_early_it_was_told() -> None:
    only = episode(reported("2026-03-28 22:10", told_at="2026-03-28 22:05"))
    assert only.started_at == at("2026-03-28 22:10")


# Rule 3: cancelled means that it never was


def test_an_incident_whose_last_message_is_a_cancellation_is_shown_as_cancelled() -> None:
    only = episode(
        reported(
            "2026-03-28 22:10",
            last_seen="2026-03-28 18:30",
            risk=RiskLevel.HIGH,
            factors=("county_lines",),
            category=Category.AWAY,
        ),
        located("2026-03-29 00:10"),
        returned("2026-03-29 02:30"),
        cancelled("2026-03-29 09:00"),
    )
    assert (only.status, only.started_at) == (EpisodeStatus.CANCELLED, at("2026-03-28 18:30"))
    assert (only.risk_level, only.risk_factors) == (RiskLevel.HIGH, ("county_lines",))
    assert only.category is Category.AWAY


def test_a_cancelled_episode_has_no_located_no_return_no_clock_no_conflict_and_no_period() -> None:
    only = episode(
        reported("2026-03-28 22:10"),
        located("2026-03-29 00:10"),
        returned("2026-03-28 21:00", told_at="2026-03-29 02:30"),
        cancelled("2026-03-29 09:00"),
    )
    assert (only.located_at, only.returned_at, only.clock, only.period) == (None, None, None, None)
    assert (only.conflicts, only.provisional_due) == ((), False)


def test_a_cancelled_incident_never_joins_another() -> None:
    standing, never_was = folded(
        reported("2026-03-28 22:10"),
        reported("2026-03-28 22:40", ref=DC),
        cancelled("2026-03-28 23:00", ref=DC),
    )
    assert (standing.incidents, never_was.incidents) == ((NP,), (DC,))


def test_the_return_of_a_cancelled_incident_ends_no_other() -> None:
    standing, _ = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 02:30", ref=DC),
        cancelled("2026-03-29 03:00", ref=DC),
    )
    assert standing.status is EpisodeStatus.OPEN


def test_the_start_of_a_cancelled_incident_is_no_new_absence() -> None:
    standing, _ = folded(
        reported("2026-03-28 22:10"),
        located("2026-03-28 23:00"),
        reported("2026-03-29 14:00", ref=DC),
        cancelled("2026-03-29 14:30", ref=DC),
        returned("2026-03-29 18:00", ref=NP_NEXT),
    )
    assert (standing.returned_at, standing.incidents) == (at("2026-03-29 18:00"), (NP, NP_NEXT))


def test_a_cancellation_alone_is_shown_without_a_start() -> None:
    only = episode(cancelled("2026-03-29 09:00"))
    assert (only.status, only.started_at) == (EpisodeStatus.CANCELLED, None)


def test_a_message_told_after_the_cancellation_brings_all_of_it_back() -> None:
    only = episode(
        reported("2026-03-28 22:10", last_seen="2026-03-28 18:30"),
        returned("2026-03-29 02:30"),
        cancelled("2026-03-29 09:00"),
        prevention_interview("2026-03-29 10:00"),
    )
    assert (only.status, only.returned_at) == (EpisodeStatus.RETURNED, at("2026-03-29 02:30"))
    assert only.started_at == at("2026-03-28 18:30")


def test_a_late_return_of_a_cancelled_incident_brings_it_back_beside_the_next() -> None:
    first, second = folded(
        reported("2026-03-28 22:10"),
        returned("2026-03-29 08:00"),
        cancelled("2026-03-29 09:00"),
        reported("2026-03-30 19:00"),
        returned("2026-03-29 07:30", told_at="2026-03-31 10:00"),
    )
    assert first.returned_at == at("2026-03-29 07:30")
    assert second.started_at == at("2026-03-30 19:00")


# Rule 4: when an incident starts and ends


def test_an_incident_starts_when_the_child_was_last_seen() -> None:
    only = episode(reported("2026-03-28 22:10", last_seen="2026-03-28 18:30"))
    assert only.started_at == at("2026-03-28 18:30")


def test_without_a_last_seen_it_starts_at_the_earliest_word_that_the_child_is_missing() -> None:
    told = (reported("2026-03-28 22:10"), updated("2026-03-28 21:30", told_at="2026-03-28 23:00"))
    assert episode(*told).started_at == at("2026-03-28 21:30")


def test_the_last_seen_counts_even_when_it_is_after_the_report() -> None:
    only = episode(reported("2026-03-28 22:10", last_seen="2026-03-28 22:20"))
    assert only.started_at == at("2026-03-28 22:20")


def test_an_update_without_a_report_gives_a_start() -> None:
    assert episode(updated("2026-03-28 22:10")).started_at == at("2026-03-28 22:10")


def test_without_any_word_that_the_child_is_missing_the_start_is_not_known() -> None:
    assert episode(returned("2026-03-29 02:30")).started_at is None


def test_an_incident_ends_at_its_own_return_though_another_was_earlier() -> None:
    ours, theirs = reported("2026-03-28 22:10"), reported("2026-03-28 22:40", ref=DC)
    only = episode(ours, theirs, returned("2026-03-29 02:30"), returned("2026-03-29 02:00", ref=DC))
    assert only.returned_at == at("2026-03-29 02:30")


def test_a_return_before_a_known_start_is_a_conflict_and_the_incident_ends_at_its_start() -> None:
    only = episode(
        reported("2026-03-28 22:10", last_seen="2026-03-28 18:30"),
        returned("2026-03-28 08:00", told_at="2026-03-29 09:00"),
    )
    assert Conflict.RETURN_BEFORE_START in only.conflicts
    assert only.returned_at == at("2026-03-28 18:30")


def test_a_return_at_the_start_is_no_conflict() -> None:
    only = episode(reported("2026-03-28 22:10"), returned("2026-03-28 22:10", told_at="2026-03-29 09:00"))
    assert only.conflicts == ()


def test_a_return_without_a_known_start_is_no_conflict() -> None:
    only = episode(located("2026-03-29 03:00"), returned("2026-03-29 02:30", told_at="2026-03-29 04:00"))
    assert (only.conflicts, only.returned_at) == ((), at("2026-03-29 02:30"))


def test_a_cancellation_superseded_beside_prevention_interviews_makes_no_episode() -> None:
    told = (cancelled("2026-03-29 09:00"), prevention_interview("2026-03-29 10:00"))
    assert folded(*told) == ()
    assert [len(incident.messages) for incident in unplaced(told)] == [2]
