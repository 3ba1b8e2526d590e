"""What people do to an interview: which move may follow which, and what each leaves behind."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.lifecycle import (
    MOVES,
    NOT_YET,
    Covered,
    Deed,
    NotAllowed,
    Progress,
    Uncovered,
    after,
    allowed,
    progress_of,
)
from schemas.commands import COMMANDS, Answer, Offer, Reinstate
from schemas.record import Contact
from schemas.words import Stage
from tests.unit.conduct import (
    ALLOCATE,
    APPROVE,
    ARRANGE,
    DECLINE,
    HOLD,
    MONDAY,
    NOBODY,
    NOT_POSSIBLE,
    NOW,
    OFFER,
    REALLOCATE,
    REINSTATE,
    SEND_BACK,
    SUBMIT,
    TUESDAY,
    VOID,
)

COVER = UUID("3b0c5d0e-0000-4000-8000-000000000001")


def done(*deeds: Deed) -> Progress:
    return progress_of((deed, NOW) for deed in deeds)


def test_the_ordinary_path_goes_from_due_to_approved() -> None:
    path = (ALLOCATE, OFFER, ARRANGE, HOLD, SUBMIT, APPROVE)
    stages = [done(*path[: number + 1]).stage.value for number in range(len(path))]
    assert stages == ["allocated", "offered", "arranged", "held", "submitted", "approved"]


def test_each_step_leaves_its_own_moment() -> None:
    progress = done(ALLOCATE, OFFER, ARRANGE, HOLD, SUBMIT, APPROVE)
    assert progress == Progress(
        stage=Stage.APPROVED,
        interviewer="W-1",
        allocated_at=NOW,
        attempts=1,
        attempted_at=MONDAY,
        offered_at=MONDAY,
        accepted=True,
        arranged_at=NOW,
        arranged_for=TUESDAY,
        arranged_until=TUESDAY + timedelta(hours=1),
        place="The Limes",
        held_at=TUESDAY,
        submitted_at=NOW,
        record_no=3,
        approved_at=NOW,
    )


def test_an_attempt_that_reaches_nobody_is_counted_and_offers_nothing() -> None:
    progress = done(ALLOCATE, NOBODY)
    assert (progress.stage, progress.attempts, progress.attempted_at) == (Stage.ALLOCATED, 1, MONDAY)
    assert progress.offered_at is None


@pytest.mark.parametrize(
    ("answer", "accepted"), [(Answer.ACCEPTED, True), (Answer.DECLINED, False), (Answer.UNDECIDED, None)]
)
def test_an_offer_keeps_the_answer(answer: Answer, accepted: bool | None) -> None:
    assert done(ALLOCATE, OFFER.model_copy(update={"answer": answer})).accepted is accepted


def test_the_first_offer_stays_the_first_and_every_attempt_counts() -> None:
    later = Offer(by="W-1", at=TUESDAY, how=Contact.VISIT, answer=Answer.ACCEPTED)
    progress = done(ALLOCATE, later, OFFER, NOBODY)
    assert (progress.offered_at, progress.attempts) == (MONDAY, 3)


def test_a_command_without_a_moment_of_its_own_happened_when_it_was_given() -> None:
    progress = done(
        ALLOCATE, OFFER.model_copy(update={"at": None}), HOLD.model_copy(update={"held_at": None})
    )
    assert (progress.offered_at, progress.held_at) == (NOW, NOW)


def test_a_new_offer_takes_back_the_slot() -> None:
    progress = done(ALLOCATE, OFFER, ARRANGE, OFFER)
    assert (progress.stage, progress.arranged_for, progress.place) == (Stage.OFFERED, None, None)


def test_somebody_else_takes_it_over_without_losing_what_was_done() -> None:
    progress = done(ALLOCATE, OFFER, ARRANGE, REALLOCATE)
    assert (progress.interviewer, progress.stage) == ("W-2", Stage.ARRANGED)


def test_the_place_of_the_conversation_may_differ_from_the_arranged_one() -> None:
    progress = done(ALLOCATE, OFFER, ARRANGE, HOLD.model_copy(update={"place": "In the car"}))
    assert progress.place == "In the car"


def test_a_record_sent_back_is_held_and_not_submitted() -> None:
    progress = done(ALLOCATE, OFFER, HOLD, SUBMIT, SEND_BACK)
    assert (progress.stage, progress.submitted_at, progress.sent_back_at) == (Stage.HELD, None, NOW)


def test_a_child_who_declined_may_be_asked_again() -> None:
    declined = done(ALLOCATE, DECLINE)
    assert (declined.stage, declined.accepted, declined.declined_at) == (Stage.DECLINED, False, MONDAY)
    again = after(declined, OFFER, NOW)
    assert (again.stage, again.declined_at, again.closed_reason) == (Stage.OFFERED, None, None)


def test_what_was_not_possible_may_become_possible() -> None:
    assert done(NOT_POSSIBLE).closed_reason == "Moved to Poland"
    assert done(NOT_POSSIBLE, ALLOCATE).closed_reason is None


def test_a_refusal_says_what_can_be_done_instead() -> None:
    with pytest.raises(NotAllowed, match="not allocated yet; what can be done now: allocate, not-possible"):
        done(OFFER)


def test_nothing_can_be_done_to_what_a_person_took_off_the_list() -> None:
    with pytest.raises(NotAllowed, match="voided; what can be done now: reinstate"):
        done(VOID, ALLOCATE)


def test_what_a_person_took_off_the_list_goes_on_from_where_it_was_when_it_is_put_back() -> None:
    before = done(ALLOCATE, OFFER)
    assert done(ALLOCATE, OFFER, VOID).struck_from is Stage.OFFERED
    assert done(ALLOCATE, OFFER, VOID, REINSTATE) == before


def test_what_nobody_took_off_the_list_cannot_be_put_back() -> None:
    with pytest.raises(NotAllowed, match="reinstate cannot follow"):
        done(ALLOCATE, REINSTATE)


def test_nothing_can_follow_an_approval() -> None:
    with pytest.raises(NotAllowed, match="approved; nothing more can be done to it"):
        done(ALLOCATE, OFFER, HOLD, SUBMIT, APPROVE, VOID)


def test_who_held_it_after_all_is_its_interviewer() -> None:
    assert done(ALLOCATE, OFFER, HOLD.model_copy(update={"held_by": "W-2"})).interviewer == "W-2"


def test_every_command_has_a_place_in_the_table() -> None:
    assert {command for _, command in MOVES} | {Reinstate} == set(COMMANDS)


def test_every_stage_but_the_last_ones_leads_on() -> None:
    assert {stage for stage in Stage if not allowed(stage)} == {Stage.APPROVED}


def test_a_covered_interview_shares_what_is_done_to_the_other_and_keeps_its_own_first_moments() -> None:
    other = done(ALLOCATE, OFFER, ARRANGE)
    early = replace(NOT_YET, attempts=1, attempted_at=MONDAY - timedelta(days=1))
    progress = after(after(early, Covered(COVER, other), NOW), HOLD, NOW)
    assert (progress.stage, progress.covered_by, progress.held_at) == (Stage.HELD, COVER, TUESDAY)
    assert (progress.attempts, progress.attempted_at) == (2, MONDAY - timedelta(days=1))


def test_one_that_stayed_behind_catches_up_without_counting_attempts_twice() -> None:
    shared = after(NOT_YET, Covered(COVER, done(ALLOCATE, OFFER)), NOW)
    caught_up = after(shared, Covered(COVER, done(ALLOCATE, OFFER, HOLD)), NOW)
    assert (caught_up.stage, caught_up.attempts) == (Stage.HELD, 1)


def test_without_the_conversation_it_goes_on_from_where_it_was_and_keeps_what_was_offered() -> None:
    was = done(ALLOCATE)
    covered = after(was, Covered(COVER, done(ALLOCATE, OFFER)), NOW)
    progress = after(covered, Uncovered(was), NOW)
    assert (progress.stage, progress.covered_by) == (Stage.ALLOCATED, None)
    assert (progress.offered_at, progress.attempts) == (MONDAY, 1)
