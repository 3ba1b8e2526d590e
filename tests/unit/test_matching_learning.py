"""Weights are learnt from descriptions whose child is known, and measured on other children."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from domain.identity import Identity
from domain.matching.learning import halves, learn, prior, thresholds
from domain.matching.measuring import Labelled, Pair, measure, pairs_between, parted
from domain.matching.scoring import Bar, Score
from schemas.matching_policy import MatchingPolicy

GIVEN = ("amara", "leo", "zofia", "callum", "freya", "nadia", "oscar", "hamza", "niamh", "tobias")
FAMILIES = (
    "okafor",
    "kent",
    "nowak",
    "patterson",
    "mistry",
    "hussain",
    "cole",
    "doyle",
    "adeyemi",
    "brookes",
)


def told_twice() -> Iterator[Labelled]:
    """Yield 100 children, each described twice; of every tenth the second time with another birth date."""
    chance = Random(20260328)
    for number, (given, family) in enumerate((g, f) for g in GIVEN for f in FAMILIES):
        born = date(2009, 1, 1) + timedelta(days=chance.randrange(5000))
        one = Identity(
            given_names=(given,),
            family_name=family,
            date_of_birth=born,
            postcode=f"ng{number}aa",
            address=None,
        )
        yield Labelled(str(number), one)
        again = one if number % 10 else replace(one, date_of_birth=born + timedelta(days=400))
        yield Labelled(str(number), again)


def pair(one: int, weight: float, *, true: bool, bars: tuple[Bar, ...] = ()) -> Pair:
    return Pair(one, one, true, Score((), weight, 1.0, bars))


def test_what_is_learnt_on_one_half_holds_on_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.matching.learning.RANDOM_PAIRS", 2000)
    learnt = learn(told_twice(), MatchingPolicy())
    policy, here, there = learnt.policy, learnt.here, learnt.held_out
    assert here.looked_up + there.looked_up == 100
    assert policy.date_of_birth.same.m == pytest.approx(0.9, abs=0.08)
    assert policy.given_names.same.u == pytest.approx(0.1, abs=0.04)
    assert (there.precision, there.found, there.blocking) == (1.0, 1.0, 1.0)
    assert 0 < there.asks < 0.2


def test_the_halves_have_no_child_in_common() -> None:
    mine, others = halves(told_twice())
    assert {each.entity for each in mine}.isdisjoint(each.entity for each in others)


def test_one_description_of_each_child_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="described twice"):
        learn(parted(told_twice())[0], MatchingPolicy())


def test_the_prior_is_of_one_child_against_one_not_known() -> None:
    assert prior(100_000) == pytest.approx(0.00019, rel=0.01)


def test_the_threshold_is_above_what_would_be_wrong() -> None:
    pairs = [pair(n, 10.0 + n, true=True) for n in range(5)]
    wrong = pair(9, 8.0, true=False)
    chosen = thresholds([*pairs, wrong], 6, 5, MatchingPolicy())
    assert (chosen.same_from, chosen.perhaps_from) == (9.99, 7.99)


def test_two_above_the_threshold_link_nobody_and_what_is_barred_counts_as_nothing() -> None:
    right, rival = pair(1, 20.0, true=True), pair(1, 15.0, true=False)
    twin = pair(2, 30.0, true=False, bars=(Bar.GIVEN_NAMES,))
    chosen = thresholds([right, rival, twin], 2, 1, MatchingPolicy())
    assert chosen.same_from == pytest.approx(14.99)


def test_where_nothing_is_right_nothing_is_linked() -> None:
    assert thresholds([pair(1, 50.0, true=False)], 1, 0, MatchingPolicy()).same_from == pytest.approx(
        100, abs=0.01
    )


def test_of_nothing_nothing_is_asked() -> None:
    nothing = measure([], [], pairs_between([], [], MatchingPolicy()), MatchingPolicy())
    assert (nothing.precision, nothing.found, nothing.asks) == (1.0, 1.0, 0.0)


def test_who_is_found_only_beside_others_is_no_child_of_the_index() -> None:
    child, namesake = (each.identity for each in parted(told_twice())[0][:2])
    index = [Labelled("1", child), Labelled("2", replace(namesake, postcode=child.postcode))]
    told = [Labelled("3", child)]
    measured = measure(index, told, pairs_between(index, told, MatchingPolicy()), MatchingPolicy())
    assert (measured.known, measured.linked, measured.wrong) == (0, 1, 1)
