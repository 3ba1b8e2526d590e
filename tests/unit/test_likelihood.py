"""What a person who compares two descriptions is told of how likely they are of one child."""

import pytest

from domain.identity import Identity
from domain.matching import Likelihood, likelihood, score
from tests.unit.described import MOVED, NO_HOME, POLICY, told

AMARA = told("Amara", "Okafor")


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
    assert likelihood(score(AMARA, other, POLICY), POLICY) is expected


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
