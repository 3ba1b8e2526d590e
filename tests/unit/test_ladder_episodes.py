"""The ladder of missing episodes and of outcomes on their way, and when an alert is over."""

from uuid import UUID

import pytest

from domain.ladder.due import Subject
from domain.ladder.over import DECIDED, GONE, MOVED, NO_STEP, over
from domain.ladder.standing import EpisodeAt, PushAt, spoken, standing_of_interview, subject_of_push
from schemas.ladder_policy import LadderStep
from schemas.words import EpisodeStatus, Stage
from tests.unit.ladder import CHILD, INTERVIEW, POLICY, at, away, episodes, interview, known, names, steps

RETURNED, DUE = "03-28 22:10", "03-31 22:10"
LOCATED, BACK, CANCELLED = EpisodeStatus.LOCATED, EpisodeStatus.RETURNED, EpisodeStatus.CANCELLED


def step(id_: str) -> LadderStep:
    found = POLICY.step(id_)
    assert found is not None
    return found


def one(*told: EpisodeAt) -> Subject:
    return episodes(first=told)["first"]


def test_a_child_missing_for_a_day_is_told_to_the_named_senior_manager() -> None:
    missing = one(away("03-28 22:41", started_at="03-28 18:30"))
    assert steps(missing, "04-02 00:00") == [("missing_24h", at("03-29 18:30"))]


def test_a_child_found_within_a_day_is_not() -> None:
    found = one(
        away("03-28 22:41", started_at="03-28 18:30"),
        away("03-29 18:00", LOCATED, started_at="03-28 18:30", located_at="03-29 17:00"),
        away("03-29 19:00", BACK, returned_at="03-29 18:40"),
    )
    assert names(found, "04-02 00:00") == []


def test_a_child_missing_again_after_all_is_chased_from_then_on() -> None:
    gone_again = one(
        away("03-28 22:41", started_at="03-28 18:30"),
        away("03-29 06:00", LOCATED, started_at="03-28 18:30", located_at="03-29 05:00"),
        away("03-29 20:00", started_at="03-28 18:30"),
    )
    assert names(gone_again, "03-29 19:00") == ["return_not_confirmed_12h"]
    assert names(gone_again, "03-29 20:00") == ["return_not_confirmed_12h", "missing_24h"]


def test_a_return_that_nobody_confirms_is_asked_for_after_twelve_hours() -> None:
    located = one(away("03-29 05:10", LOCATED, started_at="03-28 18:30", located_at="03-29 05:00"))
    assert steps(located, "04-02 00:00") == [("return_not_confirmed_12h", at("03-29 17:00"))]


def test_a_child_located_at_no_known_time_counts_from_when_it_was_told() -> None:
    assert steps(one(away("03-29 05:10", LOCATED)), "04-02 00:00") == [
        ("return_not_confirmed_12h", at("03-29 17:10"))
    ]


def back(day: str) -> list[EpisodeAt]:
    return [away(f"{day} 20:00", BACK, started_at=f"{day} 18:00", returned_at=f"{day} 19:00")]


def test_the_third_episode_in_ninety_days_asks_for_a_strategy_discussion() -> None:
    three = episodes(first=back("01-10"), second=back("02-10"), third=back("03-10"))
    assert [names(each, "06-01 00:00") for each in three.values()] == [[], [], ["repeatedly_missing"]]
    assert steps(three["third"], "06-01 00:00") == [("repeatedly_missing", at("03-10 18:00"))]


def test_three_episodes_over_more_than_ninety_days_do_not() -> None:
    three = episodes(first=back("01-10"), second=back("02-10"), third=back("04-10"))
    assert [names(each, "06-01 00:00") for each in three.values()] == [[], [], []]


def test_an_episode_recorded_in_error_does_not_count_from_then_on() -> None:
    cancelled = [*back("02-10"), away("02-11 09:00", CANCELLED)]
    three = episodes(first=back("01-10"), second=cancelled, third=back("03-10"))
    assert names(three["third"], "06-01 00:00") == []


def test_an_episode_told_late_makes_a_later_one_the_third() -> None:
    told_late = [away("03-20 09:00", BACK, started_at="02-10 18:00", returned_at="02-10 19:00")]
    three = episodes(first=back("01-10"), second=told_late, third=back("03-10"))
    assert names(three["third"], "03-20 08:59") == []
    assert steps(three["third"], "03-20 09:00") == [("repeatedly_missing", at("03-10 18:00"))]


def test_an_episode_that_another_one_took_over_does_not_count() -> None:
    gone = [*back("02-10"), away("02-11 09:00", None)]
    three = episodes(first=back("01-10"), second=gone, third=back("03-10"))
    assert names(three["third"], "06-01 00:00") == []
    assert three["second"].now.stands == "part of another episode"


def push(*, confirmed: str | None = None, stuck: bool = False) -> Subject:
    return subject_of_push(
        PushAt(INTERVIEW, CHILD, at("04-01 10:00"), at(confirmed) if confirmed else None, stuck)
    )


def test_outcomes_that_are_not_seen_to_arrive_within_a_day_are_told() -> None:
    assert steps(push(), "04-05 00:00") == [("outcomes_not_confirmed_24h", at("04-02 10:00"))]
    assert names(push(confirmed="04-02 10:01"), "04-05 00:00") == ["outcomes_not_confirmed_24h"]
    assert names(push(confirmed="04-02 09:59"), "04-05 00:00") == []


def test_outcomes_that_are_stuck_are_told_at_once() -> None:
    assert names(push(stuck=True), "04-01 10:05") == ["outcomes_stuck"]


@pytest.mark.parametrize(
    ("stage", "facts", "why"),
    [
        (Stage.ALLOCATED, {}, None),
        (Stage.HELD, {"held_at": at("03-31 09:00")}, "held on 31 March 2026 at 10:00"),
        (Stage.SUBMITTED, {"held_at": at("03-31 09:00")}, "submitted, held on 31 March 2026 at 10:00"),
        (Stage.HELD, {}, "held"),
        (Stage.DECLINED, {}, "declined"),
        (Stage.NOT_POSSIBLE, {}, "not possible"),
        (Stage.VOIDED, {}, "voided"),
    ],
)
def test_an_alert_is_over_when_what_was_expected_is_done(
    stage: Stage, facts: dict[str, object], why: str | None
) -> None:
    subject = interview(known(RETURNED, Stage.DUE, DUE), known("04-01 09:00", stage, DUE, **facts))  # type: ignore[arg-type]  # held_at alone
    assert over(step("not_held_at_deadline"), at(DUE), subject, decided=False) == why


def test_an_alert_for_a_deadline_that_moved_is_over_and_says_so() -> None:
    moved = interview(known(RETURNED, Stage.DUE, DUE), known("04-01 09:00", Stage.DUE, "04-02 22:10"))
    assert over(step("not_held_at_deadline"), at(DUE), moved, decided=True) == MOVED


def test_a_repeated_alert_stands_while_its_deadline_does() -> None:
    late = interview(known(RETURNED, Stage.DUE, DUE))
    assert over(step("not_held_weekly"), at("04-17 22:10"), late, decided=True) is None


def test_an_alert_without_its_step_or_its_subject_is_over() -> None:
    assert over(None, at(DUE), interview(known(RETURNED, Stage.DUE, DUE)), decided=False) == NO_STEP
    assert over(step("missing_24h"), at(DUE), None, decided=False) == GONE


def test_a_strategy_discussion_that_was_considered_is_over() -> None:
    third = episodes(first=back("01-10"), second=back("02-10"), third=back("03-10"))["third"]
    asked = step("repeatedly_missing"), at("03-10 18:00"), third
    assert over(*asked, decided=False) is None
    assert over(*asked, decided=True) == DECIDED


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (away("03-29 19:00", BACK, returned_at="03-29 18:40"), "returned on 29 March 2026 at 19:40"),
        (away("03-29 19:00", LOCATED, located_at="03-29 00:40"), "located on 29 March 2026 at 00:40"),
        (away("03-29 19:00", CANCELLED), "cancelled"),
        (away("03-29 19:00"), "open"),
    ],
)
def test_how_far_an_episode_is_stands_in_plain_words(told: EpisodeAt, stands: str) -> None:
    assert one(told).now.stands == stands


def test_outcomes_that_arrived_say_when() -> None:
    assert push(confirmed="04-02 09:00").now.stands == "confirmed on 2 April 2026 at 10:00"


def test_an_hour_is_spoken_as_london_has_it() -> None:
    assert spoken(at("2026-10-25 00:30")) == "25 October 2026 at 01:30"
    assert spoken(at("2026-10-25 01:30")) == "25 October 2026 at 01:30"  # the hour that comes twice


def test_a_history_of_nothing_is_nothing() -> None:
    assert standing_of_interview(()) == ()
    assert Subject(UUID(int=9), CHILD, ()).history == ()
