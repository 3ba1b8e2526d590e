"""The plan as a fold of its entries: joining, dates, and how an action ends."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.plan.fold import after, fold
from domain.plan.parts import Plan, action_id
from schemas.plan import Done, NotDone, OnAction, Reviewed, Revised, State, Superseded
from schemas.plan_policy import PlanPolicy
from tests.unit.plans import (
    BUS,
    FIRST,
    MARCH,
    MEDIATION,
    MEDIATION_AGAIN,
    SECOND,
    THIRD,
    only,
    outcome,
    outcomes,
    step,
)

POLICY = PlanPolicy()
ACTION = action_id(FIRST, 1)


def test_there_is_no_plan_before_anything_was_approved() -> None:
    plan = fold([], POLICY)
    assert (plan.number, plan.actions, plan.find(ACTION)) == (0, (), None)


def test_an_outcome_becomes_an_action_with_all_that_it_says() -> None:
    action = only(fold([outcomes(1, FIRST, outcome(MEDIATION))], POLICY))
    (source,) = action.sources
    assert (action.id, action.what, action.owner, action.due_on) == (
        ACTION, MEDIATION, "Ms Patel", date(2026, 3, 20),
    )  # fmt: skip
    assert (source.interview_id, source.number, source.told_on, source.by) == (
        FIRST, 1, date(2026, 3, 4), "K. Osei",
    )  # fmt: skip


def test_an_action_that_says_the_same_as_an_open_one_joins_it() -> None:
    plan = fold(
        [outcomes(1, FIRST, outcome(MEDIATION)), outcomes(2, SECOND, outcome(MEDIATION_AGAIN))], POLICY
    )
    action = only(plan)
    assert (action.id, action.what) == (ACTION, MEDIATION)
    assert [source.interview_id for source in action.sources] == [FIRST, SECOND]
    assert plan.find(action_id(SECOND, 1)) is action


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (date(2026, 3, 20), date(2026, 3, 27), date(2026, 3, 20)),
        (date(2026, 3, 20), date(2026, 3, 10), date(2026, 3, 10)),
        (None, date(2026, 3, 10), date(2026, 3, 10)),
        (date(2026, 3, 20), None, date(2026, 3, 20)),
        (None, None, None),
    ],
)
def test_an_action_asked_for_twice_is_due_by_the_earlier_day(
    first: date | None, second: date | None, holds: date | None
) -> None:
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION, due_on=first)),
        outcomes(2, SECOND, outcome(MEDIATION_AGAIN, due_on=second)),
    ]
    assert only(fold(entries, POLICY)).due_on == holds


def test_the_later_interview_says_who_does_it_if_it_says_so() -> None:
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION)),
        outcomes(2, SECOND, outcome(MEDIATION, "Mr Osei")),
        outcomes(3, THIRD, outcome(MEDIATION, "")),
    ]
    assert only(fold(entries, POLICY)).owner == "Mr Osei"


def test_two_outcomes_of_one_record_never_become_one_action() -> None:
    both = (outcome(MEDIATION, "Mum"), outcome(MEDIATION, "Dad"))
    plan = fold([outcomes(1, FIRST, *both), outcomes(2, SECOND, *both)], POLICY)
    assert [[source.interview_id for source in action.sources] for action in plan.actions] == [
        [FIRST, SECOND], [FIRST, SECOND],
    ]  # fmt: skip


def test_an_action_that_has_ended_is_not_joined() -> None:
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION)),
        step(2, Done(action=ACTION, seen="They met twice.")),
        outcomes(3, SECOND, outcome(MEDIATION)),
    ]
    assert [action.state for action in fold(entries, POLICY).actions] == [State.DONE, State.OPEN]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (Done(action=ACTION, seen="They met twice."), State.DONE),
        (NotDone(action=ACTION, reason="Mum does not want it."), State.NOT_DONE),
        (
            Superseded(action=ACTION, superseded_by=action_id(FIRST, 2), reason="The bus is enough."),
            State.SUPERSEDED,
        ),
    ],
)
def test_an_action_ends_with_what_was_said_by_whom_and_when(told: OnAction, state: State) -> None:
    plan = fold([outcomes(1, FIRST, outcome(MEDIATION), outcome(BUS)), step(2, told)], POLICY)
    ended, other = plan.actions
    assert ended.closing
    assert (ended.state, ended.closing.step, ended.closing.by) == (state, told, "Ms Patel")
    assert other.is_open()


def test_the_latest_word_on_how_an_action_ended_holds() -> None:
    """As when the plans of two children who are one are folded together."""
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION)),
        outcomes(2, SECOND, outcome(MEDIATION)),
        step(3, Done(action=ACTION, seen="They met twice.")),
        step(4, NotDone(action=action_id(SECOND, 1), reason="Mum does not want it."), SECOND),
    ]
    assert only(fold(entries, POLICY)).state is State.NOT_DONE


def test_a_person_may_move_the_day_and_change_who_does_it() -> None:
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION)),
        step(2, Revised(action=ACTION, due_on=date(2026, 4, 30), reason="The centre has no room before.")),
        step(3, Revised(action=ACTION, owner="Mr Osei", reason="Ms Patel is away.")),
    ]
    action = only(fold(entries, POLICY))
    assert (action.due_on, action.owner) == (date(2026, 4, 30), "Mr Osei")


def test_a_step_about_an_action_of_another_plan_changes_nothing() -> None:
    """As when the interview that it came from is now another child's."""
    before = fold([outcomes(1, FIRST, outcome(MEDIATION))], POLICY)
    now = after(before, step(2, Done(action=action_id(SECOND, 1), seen="They met twice.")), POLICY)
    assert (now.number, now.actions) == (2, before.actions)


def test_a_step_of_a_kind_that_nobody_knows_leaves_an_action_as_it_is() -> None:
    before = fold([outcomes(1, FIRST, outcome(MEDIATION))], POLICY)
    assert after(before, step(2, OnAction(action=ACTION)), POLICY).actions == before.actions


def test_an_open_action_is_overdue_from_the_day_after_it_was_due() -> None:
    plan = fold(
        [outcomes(1, FIRST, outcome(MEDIATION, due_on=date(2026, 3, 20)), outcome(BUS, due_on=None))], POLICY
    )
    mediation, bus = plan.actions
    assert (mediation.is_overdue(date(2026, 3, 20)), mediation.is_overdue(date(2026, 3, 21))) == (False, True)
    assert not bus.is_overdue(date(2026, 3, 21))


def test_a_done_action_is_not_overdue() -> None:
    plan = fold(
        [outcomes(1, FIRST, outcome(MEDIATION)), step(2, Done(action=ACTION, seen="They met."))], POLICY
    )
    assert not only(plan).is_overdue(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("due_on", "review_on"),
    [
        (date(2026, 3, 20), date(2026, 3, 20)),
        (date(2026, 5, 1), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
        (None, date(2026, 4, 1)),
    ],
    ids=[
        "when something is due",
        "after four weeks",
        "what was due before is late already",
        "nothing is due",
    ],
)
def test_a_plan_is_looked_at_again_in_time(due_on: date | None, review_on: date) -> None:
    plan = fold([outcomes(1, FIRST, outcome(MEDIATION, due_on=due_on))], POLICY)
    assert plan.versions[-1].review_on == review_on


def test_a_review_makes_a_version_and_moves_the_next_one_on() -> None:
    entries = [
        outcomes(1, FIRST, outcome(MEDIATION, due_on=None)),
        step(11, Reviewed(note="Amara says that it helps.")),
    ]
    before, now = fold(entries, PlanPolicy(review_after=timedelta(days=14))).versions
    assert (now.number, now.actions) == (2, before.actions)
    assert now.review_on - before.review_on == timedelta(days=10)


def test_a_day_is_that_of_london() -> None:
    late = outcomes(1, FIRST, outcome(MEDIATION, due_on=None))
    at_night = type(late)(1, FIRST, late.step, "K. Osei", MARCH.replace(month=6, hour=23, minute=30))
    assert fold([at_night], POLICY).versions[-1].review_on == date(2026, 7, 2)


def test_an_action_cannot_take_its_own_place() -> None:
    with pytest.raises(ValidationError, match="name the other one"):
        Superseded(action=ACTION, superseded_by=ACTION, reason="It is better.")


def test_a_revision_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="give an owner or due_on"):
        Revised(action=ACTION, reason="No reason.")


def test_a_plan_is_as_its_entries_are() -> None:
    assert fold([outcomes(1, FIRST, outcome(BUS))], POLICY) != Plan()


def test_the_child_reads_an_action_in_the_words_written_for_them() -> None:
    told = outcome(MEDIATION).model_copy(update={"for_child": "We help you and Mum to talk"})
    assert only(fold([outcomes(1, FIRST, told)], POLICY)).for_child == "We help you and Mum to talk"
    assert only(fold([outcomes(1, FIRST, outcome(MEDIATION))], POLICY)).for_child == MEDIATION


def test_what_one_record_keeps_back_from_the_child_stays_back_when_another_asks_for_it_too() -> None:
    kept = outcome(MEDIATION).model_copy(update={"kept_back": "The police are still looking for him"})
    plan = fold([outcomes(1, FIRST, outcome(MEDIATION)), outcomes(2, SECOND, kept)], POLICY)
    assert only(plan).for_child is None
