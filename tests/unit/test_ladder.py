"""The ladder of an interview: which steps came due, judged from what was known at each step's instant."""

from datetime import datetime, timedelta

import pytest

from domain.ladder.due import instants
from schemas.ladder_policy import LadderPolicy, LadderStep, Watch
from schemas.words import Stage
from tests.unit.ladder import HOUR, POLICY, at, due, interview, known, names, steps

RETURNED, DUE = "03-28 22:10", "03-31 22:10"
"""The return is told in the night when clocks go forward: 72 hours stay 72 hours."""


def test_an_interview_that_nobody_touches_climbs_the_whole_ladder() -> None:
    assert steps(interview(known(RETURNED, Stage.DUE, DUE)), "04-20 00:00") == [
        ("not_allocated_48h_before", at("03-29 22:10")),
        ("not_arranged_24h_before", at("03-30 22:10")),
        ("not_held_at_deadline", at("03-31 22:10")),
        ("not_held_24h_after", at("04-01 22:10")),
        ("not_held_72h_after", at("04-03 22:10")),
        ("not_held_weekly", at("04-10 22:10")),
        ("not_held_weekly", at("04-17 22:10")),
    ]


def test_a_step_is_due_at_its_instant_and_not_before() -> None:
    untouched = interview(known(RETURNED, Stage.DUE, DUE))
    assert names(untouched, "03-29 22:09") == []
    assert names(untouched, "03-29 22:10") == ["not_allocated_48h_before"]


def test_nothing_is_due_of_what_is_not_known_yet() -> None:
    assert names(interview(known(RETURNED, Stage.DUE, DUE)), "03-28 22:00") == []


def test_what_was_allocated_in_time_is_not_chased_for_it() -> None:
    allocated = interview(known(RETURNED, Stage.DUE, DUE), known("03-29 22:10", Stage.ALLOCATED, DUE))
    assert names(allocated, "03-30 12:00") == []


def test_what_was_allocated_late_was_late_whenever_somebody_asks() -> None:
    late = interview(known(RETURNED, Stage.DUE, DUE), known("03-29 22:11", Stage.ALLOCATED, DUE))
    assert names(late, "03-30 12:00") == ["not_allocated_48h_before"]


def test_held_in_time_nothing_more_is_due_until_the_record() -> None:
    held = interview(
        known(RETURNED, Stage.ARRANGED, DUE), known("03-31 17:00", Stage.HELD, DUE, held_at=at("03-31 15:00"))
    )
    assert names(held, "04-02 12:00") == []


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.NOT_POSSIBLE])
def test_what_is_settled_in_another_way_is_chased_no_further(stage: Stage) -> None:
    settled = interview(known(RETURNED, Stage.ARRANGED, DUE), known("04-01 09:00", stage, DUE))
    assert names(settled, "04-20 00:00") == ["not_held_at_deadline"]


def test_a_conversation_told_late_was_not_known_at_the_deadline() -> None:
    told_late = interview(
        known(RETURNED, Stage.ARRANGED, DUE), known("04-01 09:00", Stage.HELD, DUE, held_at=at("03-31 15:00"))
    )
    assert names(told_late, "04-01 10:00") == ["not_held_at_deadline"]


def test_a_deadline_that_moves_starts_the_ladder_anew_and_what_is_past_under_it_stays_silent() -> None:
    moved = interview(known(RETURNED, Stage.DUE, DUE), known("03-30 00:00", Stage.DUE, "03-31 12:00"))
    assert steps(moved, "04-02 00:00") == [
        ("not_allocated_48h_before", at("03-29 22:10")),
        ("not_arranged_24h_before", at("03-30 12:00")),
        ("not_held_at_deadline", at("03-31 12:00")),
        ("not_held_24h_after", at("04-01 12:00")),
    ]


def test_overdue_under_its_new_deadline_an_interview_is_chased_by_the_next_step() -> None:
    moved = interview(known(RETURNED, Stage.DUE, DUE), known("03-29 12:00", Stage.DUE, "03-28 10:00"))
    assert steps(moved, "04-08 00:00") == [
        ("not_held_72h_after", at("03-31 10:00")),
        ("not_held_weekly", at("04-07 10:00")),
    ]


def test_a_deadline_put_off_is_chased_at_its_new_instants_too() -> None:
    moved = interview(known(RETURNED, Stage.DUE, DUE), known("03-30 09:00", Stage.DUE, "04-02 22:10"))
    raised = [instant for name, instant in steps(moved, "04-01 00:00") if name == "not_allocated_48h_before"]
    assert raised == [at("03-29 22:10"), at("03-31 22:10")]


def test_a_return_told_late_has_its_past_steps_come_due_at_once() -> None:
    told_late = interview(known("04-02 09:00", Stage.DUE, DUE))
    assert names(told_late, "04-02 09:00") == [
        "not_allocated_48h_before",
        "not_arranged_24h_before",
        "not_held_at_deadline",
        "not_held_24h_after",
    ]


def test_what_was_past_long_before_anybody_told_of_it_stays_silent() -> None:
    told_late = interview(known("2026-06-01 09:00", Stage.DUE, "2026-01-05 12:00"))
    assert steps(told_late, "06-01 12:00") == [
        ("not_held_weekly", at(day)) for day in ("05-07 12:00", "05-14 12:00", "05-21 12:00", "05-28 12:00")
    ]


def test_an_interview_that_comes_back_is_chased_for_what_passed_meanwhile() -> None:
    revived = interview(
        known(RETURNED, Stage.ALLOCATED, DUE),
        known("03-30 09:00", Stage.VOIDED, DUE),
        known("03-31 23:00", Stage.ALLOCATED, DUE),
    )
    assert names(revived, "03-31 22:30") == []
    assert names(revived, "03-31 23:00") == ["not_arranged_24h_before", "not_held_at_deadline"]


def test_what_was_put_right_in_the_same_moment_was_never_so() -> None:
    followed = interview(
        known(RETURNED, Stage.VOIDED, DUE),
        known("04-01 09:00", Stage.DUE, DUE),
        known("04-01 09:00", Stage.DUE, "04-08 09:00"),
    )
    assert names(followed, "04-02 09:00") == []


def test_a_record_is_due_three_working_days_after_the_conversation() -> None:
    held = interview(
        known(RETURNED, Stage.ARRANGED, DUE), known("03-31 17:00", Stage.HELD, DUE, held_at=at("03-31 15:00"))
    )
    easter = at("04-07 15:00")  # Wednesday, Thursday, and Tuesday after Easter
    assert steps(held, "04-30 00:00") == [("record_not_submitted", easter)]


def test_a_conversation_without_a_time_counts_from_when_it_was_told() -> None:
    held = interview(known("03-24 15:00", Stage.HELD, DUE))
    assert steps(held, "03-27 15:00") == [("record_not_submitted", at("03-27 15:00"))]


def test_a_record_sent_back_has_its_three_days_again() -> None:
    back = interview(
        known("03-16 09:00", Stage.HELD, DUE, held_at=at("03-16 09:00")),
        known("03-17 09:00", Stage.SUBMITTED, DUE, submitted_at=at("03-17 09:00")),
        known("03-18 09:00", Stage.HELD, DUE),
    )
    assert steps(back, "03-27 00:00") == [("record_not_submitted", at("03-23 09:00"))]


def test_a_record_waits_two_working_days_for_its_manager() -> None:
    submitted = interview(known("03-26 16:00", Stage.SUBMITTED, DUE, submitted_at=at("03-26 16:00")))
    assert steps(submitted, "04-30 00:00") == [("record_not_approved", at("03-30 15:00"))]


def test_an_approved_record_is_chased_no_further() -> None:
    approved = interview(
        known("03-26 16:00", Stage.SUBMITTED, DUE, submitted_at=at("03-26 16:00")),
        known("03-27 09:00", Stage.APPROVED, DUE),
    )
    assert names(approved, "04-30 00:00") == []


def test_a_step_names_whom_it_is_about() -> None:
    subject = interview(known(RETURNED, Stage.DUE, DUE), interviewer="W-1")
    (only,) = due(subject, "03-29 22:10")
    assert (only.subject.interview_id, only.subject.interviewer) == (subject.id, "W-1")


def test_a_repeated_step_comes_due_as_often_as_its_time_passes() -> None:
    step = next(step for step in POLICY.steps if step.repeats_every)
    found = list(instants(step, at("03-01 00:00"), at("03-25 00:00")))
    assert found == [at("03-11 00:00"), at("03-18 00:00"), at("03-25 00:00")]


def test_an_authority_may_have_a_ladder_of_its_own() -> None:
    step = LadderStep(
        id="tell", watches=Watch.NOT_HELD, after=-6 * HOUR, tells=("service_manager",), expects="Look."
    )
    policy = LadderPolicy(steps=(step,))
    assert steps(interview(known(RETURNED, Stage.DUE, DUE)), "04-20 00:00", policy) == [
        ("tell", at("03-31 16:10"))
    ]


@pytest.mark.parametrize("as_of", [at("03-30 00:00") + timedelta(hours=hours) for hours in range(0, 200, 7)])
def test_who_asks_earlier_finds_a_part_of_what_is_found_later(as_of: datetime) -> None:
    from domain.ladder.due import due_steps

    moved = interview(known(RETURNED, Stage.DUE, DUE), known("03-31 00:00", Stage.DUE, "04-02 12:00"))
    earlier = {(one.step.id, one.due_at) for one in due_steps(moved, POLICY, as_of)}
    assert earlier <= set(steps(moved, "04-20 00:00"))
