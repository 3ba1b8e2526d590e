"""The gate on outcomes by classes of words: formulas and plans, reasons, measures, owners, days."""

from typing import Any

import pytest

from tests.unit.interview_records import found

ALONE: dict[str, Any] = {"outcomes__0__why": "she was on her own"}


@pytest.mark.parametrize(
    "what",
    [
        "Young person to be referred to appropriate services",
        "Work to be undertaken on healthy relationships",
        "6 sessions of key work",
        "1:1 sessions to raise awareness of risks",
        "Mum to be supported with parenting strategies",
        "Improve communication between Amara and her mother",
        "Encourage hobbies and interests",
        "Education on consent and grooming",
        "Intensive support package to be put in place for the family",
        "Consideration to be given to a referral",
    ],
)
def test_a_formula_is_generic_whatever_it_is_about(what: str) -> None:
    assert found(outcomes__0__what=what)["outcome_generic"] == "outcomes.0.what"


@pytest.mark.parametrize(
    "what",
    [
        "Dad rings every night at eight",
        "Contact with her brother once a month at the contact centre",
        "Nan has her on Wednesdays",
        "Head of year tells the class that the photo is gone",
        "Victim Support to meet Amara about the robbery",
        "Appointment with the diabetes nurse",
        "Swap the evening tablets to the morning so she can sleep",
        "Meet the police officer who found her",
        "Six talks about consent, on the allotment",
        "Get her glasses mended",
    ],
)
def test_what_is_to_be_done_for_this_child_is_specific(what: str) -> None:
    assert "outcome_generic" not in found(outcomes__0__what=what, **ALONE)


@pytest.mark.parametrize(
    "why",
    [
        "Every child has a right to be safe",
        "She is vulnerable",
        "So that she is safe",
        "It was felt that this would be beneficial",
        "The service has capacity",
        "Agreed at the strategy meeting",
        "Amara needs support",
    ],
)
def test_a_reason_that_fits_any_child_ties_nothing(why: str) -> None:
    assert found(outcomes__0__why=why)["outcome_not_tied"] == "outcomes.0.why"


@pytest.mark.parametrize(
    "why",
    [
        "She said she would go again",
        "She hadn't anywhere to go",
        "He hit her with the remote",
        "'nobody asks'",
        "Bullied at the bus stop",
        "they laughed at her",
        "Amara laughed, then cried",
    ],
)
def test_a_reason_is_tied_by_what_was_said_or_done(why: str) -> None:
    assert "outcome_not_tied" not in found(outcomes__0__why=why)


@pytest.mark.parametrize(
    "measure",
    [
        "A sense of belonging",
        "Stronger bond with mum",
        "Improved mood and sleep",
        "She has a better understanding of risk",
        "Relationship with mum improves",
        "Less conflict",
    ],
)
def test_nobody_can_see_that_something_is_better(measure: str) -> None:
    assert found(outcomes__0__measure=measure)["outcome_not_measurable"] == "outcomes.0.measure"


@pytest.mark.parametrize(
    "measure",
    [
        "Meeting held",
        "Moved",
        "Both appointments kept",
        "She's been",
        "Report number",
        "The register shows it",
    ],
)
def test_that_something_took_place_can_be_seen(measure: str) -> None:
    assert "outcome_not_measurable" not in found(outcomes__0__measure=measure)


@pytest.mark.parametrize(
    "owner", ["Everyone around Amara", "All adults in Amara's life", "Amara's social worker", "Night staff"]
)
def test_a_crowd_around_the_child_owns_nothing(owner: str) -> None:
    assert found(outcomes__0__owner=owner)["outcome_no_owner"] == "outcomes.0.owner"


@pytest.mark.parametrize("owner", ["Amara", "Amara's mum", "Amara and Dawn Petrie", "Sgt Mia Calvert"])
def test_one_person_owns_it(owner: str) -> None:
    assert "outcome_no_owner" not in found(outcomes__0__owner=owner)


@pytest.mark.parametrize("when", ["at regular intervals", "from time to time", "as soon as she is able"])
def test_regularity_is_no_day(when: str) -> None:
    assert "timescale_vague" in found(outcomes__0__what=f"Phone rule at the kitchen table {when}")
