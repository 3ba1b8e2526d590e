"""What a person who compares two descriptions is told of how likely they are of one child."""

import pytest

from domain.identity import Identity
from domain.matching import Among, Likelihood, Unsure, among, choose, likelihood, score
from tests.unit.described import MOVED, NO_HOME, POLICY, SAME, told

AMARA = told("Amara", "Okafor")
HOUSEMATES = [
    told(*name.split()) for name in ("Yonas Haile", "Sami Noori", "Freya Patterson", "Callum Doyle")
]
BORN = ("2009-02-03", "2010-04-05", "2012-06-07", "2013-08-09", "2014-10-11")
NAMESAKES = [told("Amara", "Okafor", day, "NG9 9ZZ", line=None) for day in BORN]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (told("Amara", "Okafor"), Likelihood.VERY_LIKELY),
        (told("Amara", "Okafor-Smith", None, "NG7 1AB", line=None), Likelihood.LIKELY),
        (told("Adaeze", "Okafor"), Likelihood.POSSIBLE),
        (told("Amara", "Okafor", None, **NO_HOME), Likelihood.POSSIBLE),
        (told("Leo", "Okafor", "2013-01-17", **MOVED), Likelihood.UNLIKELY),
    ],
)
def test_it_is_said_in_four_steps_and_twins_are_no_more_than_possible(
    other: Identity, expected: Likelihood
) -> None:
    assert likelihood(Among(score(AMARA, other, POLICY)), POLICY) is expected


@pytest.mark.parametrize(
    ("told_of", "one", "others", "expected", "unsure"),
    [
        (AMARA, AMARA, [], Likelihood.VERY_LIKELY, ()),
        (AMARA, AMARA, HOUSEMATES, Likelihood.VERY_LIKELY, (Unsure.HOME_FOR_MANY,)),
        (told("Amara", "Okafor", None), AMARA, HOUSEMATES, Likelihood.POSSIBLE, (Unsure.HOME_FOR_MANY,)),
        (told("Sam"), HOUSEMATES[0], HOUSEMATES, Likelihood.UNLIKELY, (Unsure.HOME_FOR_MANY,)),
        (AMARA, AMARA, [AMARA], Likelihood.POSSIBLE, (Unsure.ANOTHER,)),
        (
            AMARA,
            told("Amara", "Okafor", **MOVED),
            [told("Amaro", "Okafor")],
            Likelihood.POSSIBLE,
            (Unsure.ANOTHER,),
        ),
        (AMARA, told("Amara Ada", "Okafor", **MOVED), NAMESAKES, Likelihood.POSSIBLE, (Unsure.NAMESAKES,)),
        (AMARA, told("Amara Ada", "Okafor", **MOVED), NAMESAKES[1:], Likelihood.VERY_LIKELY, ()),
    ],
)
def test_very_likely_is_only_whom_the_rules_would_take_among_all_who_are_alike(
    told_of: Identity, one: Identity, others: list[Identity], expected: Likelihood, unsure: tuple[Unsure, ...]
) -> None:
    scores = dict(enumerate(score(told_of, each, POLICY) for each in (one, *others)))
    found = among(0, scores, POLICY)
    assert (likelihood(found, POLICY), found.unsure) == (expected, unsure)
    taken = choose(scores, POLICY)
    assert (taken.verdict is SAME and taken.keys == (0,)) is (expected is Likelihood.VERY_LIKELY)


def test_a_home_for_many_weighs_nothing_and_is_still_shown_to_be_the_same() -> None:
    scores = dict(enumerate(score(AMARA, each, POLICY) for each in (AMARA, *HOUSEMATES)))
    found = among(0, scores, POLICY)
    (home,) = [each for each in found.score.fields if each.field == "home"]
    assert (home.level, home.weight) == ("same", 0.0)


def test_a_score_tells_what_was_supposed_before_and_whether_a_number_is_shared() -> None:
    scored = score(AMARA, told("Amara", "Okafor"), POLICY)
    assert scored.prior == pytest.approx(-12.36, abs=0.01)
    assert not scored.shares_a_number
    assert scored.told == {
        "given_names": "same",
        "family_name": "same",
        "date_of_birth": "same",
        "home": "same",
        "weight": round(scored.weight, 2),
    }
    one, other = Identity(upn="X"), Identity(upn="X")
    assert score(one, other, POLICY).shares_a_number
