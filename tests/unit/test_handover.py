"""Handing an interview over: who is responsible when, until when a host may answer, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.handover import (
    Handover,
    answer_at,
    is_open,
    latest_answer,
    responsible,
    why_not_answered,
    why_not_offered,
)
from schemas.events import HandoverAnswered
from schemas.handover import HANDOVER_STEPS, AcceptHandover, HandoverAnswer, RefuseHandover
from schemas.words import Stage

NOTTINGHAM, DERBY, LEEDS = "E06000018", "E06000015", "E08000035"
OFFERED = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
UNTIL = OFFERED + timedelta(hours=24)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
OPEN = Handover(UUID(int=1), NOTTINGHAM, DERBY, UUID(int=2), OFFERED, UNTIL)


def answered(answer: HandoverAnswer, at: datetime = OFFERED + HOUR) -> Handover:
    return replace(OPEN, answer=answer, answered_at=at)


ACCEPTED = answered(HandoverAnswer.ACCEPTED)


def test_without_any_hand_over_the_owner_is_responsible() -> None:
    assert responsible([], NOTTINGHAM, OFFERED) == NOTTINGHAM


def test_an_offer_leaves_the_owner_responsible() -> None:
    assert responsible([OPEN], NOTTINGHAM, UNTIL) == NOTTINGHAM


def test_the_host_is_responsible_from_the_moment_at_which_it_accepts() -> None:
    assert responsible([ACCEPTED], NOTTINGHAM, OFFERED + HOUR - TICK) == NOTTINGHAM
    assert responsible([ACCEPTED], NOTTINGHAM, OFFERED + HOUR) == DERBY


@pytest.mark.parametrize("answer", [HandoverAnswer.REFUSED, HandoverAnswer.WITHDRAWN, HandoverAnswer.LAPSED])
def test_any_other_answer_leaves_it_with_the_owner(answer: HandoverAnswer) -> None:
    assert responsible([answered(answer)], NOTTINGHAM, UNTIL + HOUR) == NOTTINGHAM


def test_an_offer_is_open_at_its_last_moment_and_lapsed_after_it_though_nobody_noted_it() -> None:
    assert (is_open(OPEN, UNTIL), answer_at(OPEN, UNTIL)) == (True, None)
    assert (is_open(OPEN, UNTIL + TICK), answer_at(OPEN, UNTIL + TICK)) == (False, HandoverAnswer.LAPSED)


def test_the_host_may_be_given_until_the_deadline_and_a_day_in_any_case() -> None:
    assert latest_answer(OFFERED + 60 * HOUR, OFFERED) == OFFERED + 60 * HOUR
    assert latest_answer(OFFERED - 60 * HOUR, OFFERED) == OFFERED + 24 * HOUR


@pytest.mark.parametrize(
    "stage", [Stage.HELD, Stage.SUBMITTED, Stage.APPROVED, Stage.DECLINED, Stage.NOT_POSSIBLE, Stage.VOIDED]
)
def test_what_need_not_be_held_any_more_is_not_handed_over(stage: Stage) -> None:
    assert "only one that still has to be held" in (why_not_offered(stage, [], OFFERED) or "")


def test_only_one_offer_at_a_time_stands() -> None:
    assert "it is offered to E06000015 already" in (why_not_offered(Stage.DUE, [OPEN], UNTIL) or "")
    assert why_not_offered(Stage.DUE, [ACCEPTED], UNTIL) == "E06000015 took it already"
    assert why_not_offered(Stage.DUE, [OPEN], UNTIL + TICK) is None
    assert why_not_offered(Stage.DUE, [answered(HandoverAnswer.REFUSED)], UNTIL) is None


def test_what_is_answered_or_lapsed_cannot_be_answered() -> None:
    assert why_not_answered(OPEN, UNTIL) is None
    assert why_not_answered(ACCEPTED, UNTIL) == "it was accepted already"
    assert "E06000018 stays responsible" in (why_not_answered(OPEN, UNTIL + TICK) or "")


def test_each_step_has_an_answer_of_its_own() -> None:
    steps = {step.name: step.answer for step in HANDOVER_STEPS}
    assert set(steps.values()) == set(HandoverAnswer) - {HandoverAnswer.LAPSED}


def test_who_said_so_is_named_or_left_out() -> None:
    assert AcceptHandover(by="D-1").said_by is None
    assert AcceptHandover(by="M-1", said_by="Joan Firth").said_by == "Joan Firth"
    with pytest.raises(ValidationError, match="name who of the host authority said so"):
        RefuseHandover(by="M-1", said_by=" ", reason="No interviewer")


def test_an_event_of_a_hand_over_is_about_its_interview() -> None:
    event = HandoverAnswered(
        authority=NOTTINGHAM,
        child_id=UUID(int=3),
        handover_id=OPEN.id,
        interview_id=OPEN.interview_id,
        host=DERBY,
        by="D-1",
        responsible=DERBY,
        answer=HandoverAnswer.ACCEPTED,
        recorded_by_owner=False,
    )
    assert event.subject_id == OPEN.interview_id
