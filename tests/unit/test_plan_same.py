"""When two actions say the same: examples, and what stands against it."""

import pytest

from domain.plan.same import alike
from schemas.plan_policy import PlanPolicy
from tests.unit.plan_examples import MISSED, OTHER, SAME

THRESHOLD = PlanPolicy().same_action


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_action_in_other_words_is_seen(one: str, other: str) -> None:
    assert alike(one, other, ("Ms Patel", "Mr Osei")) >= THRESHOLD


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_action_in_like_words_is_not_taken_for_the_same(one: str, other: str) -> None:
    assert alike(one, other) < THRESHOLD


@pytest.mark.parametrize(("one", "other"), MISSED)
def test_where_it_is_doubtful_two_actions_stay_two(one: str, other: str) -> None:
    assert alike(one, other) < THRESHOLD


def test_who_does_it_is_passed_over() -> None:
    one, other = "Ms Patel books the clinic", "Book the clinic with Mr Osei"
    assert alike(one, other) < THRESHOLD
    assert alike(one, other, ("Mr Osei", "Ms Patel")) == 1


def test_words_that_carry_no_content_are_never_enough() -> None:
    assert alike("To be done by them", "It is for us", ()) == 0


def test_the_same_words_are_the_same_whatever_they_are() -> None:
    assert alike("🙂", "🙂") == alike("", "") == alike("Stop!", "stop") == 1


def test_what_both_sides_of_an_opposite_name_does_not_contradict() -> None:
    assert alike("Mum and Dad meet at the centre", "At the centre Mum meets Dad") == 1
