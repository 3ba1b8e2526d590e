"""The difference between two versions of a plan, in plain words."""

from datetime import date

import pytest

from domain.plan.changes import changes, in_words
from domain.plan.fold import fold
from domain.plan.parts import action_id
from schemas.plan import Done, NotDone, Reviewed, Revised, Step, Superseded
from schemas.plan_policy import PlanPolicy
from tests.unit.plans import BUS, FIRST, MEDIATION, SECOND, outcome, outcomes, step

ACTION = action_id(FIRST, 1)
BOTH = outcomes(1, FIRST, outcome(MEDIATION), outcome(BUS, "", None))


def told(*steps: Step, since: int = 1) -> list[str]:
    """Return what changed since the version, in a plan with mediation, the bus and then these steps."""
    plan = fold([BOTH, *(step(no, each) for no, each in enumerate(steps, start=2))], PlanPolicy())
    return [change.text for change in changes(plan, since, plan.number)]


def test_what_is_new_is_told_with_who_and_by_when() -> None:
    assert told(since=0) == [
        f"New: {MEDIATION}. Who: Ms Patel. By 20 March 2026.",
        f"New: {BUS}.",
    ]


def test_nothing_changed_between_a_version_and_itself() -> None:
    assert told() == []


def test_another_interview_that_asks_for_it_is_told_with_its_day_and_what_moved() -> None:
    again = outcomes(2, SECOND, outcome(MEDIATION, "Mr Osei", date(2026, 3, 10)))
    plan = fold([BOTH, again], PlanPolicy())
    assert [change.text for change in changes(plan, 1, 2)] == [
        f"Now also asked for by the interview of 5 March 2026: {MEDIATION}.",
        f"Who does it changed from Ms Patel to Mr Osei: {MEDIATION}.",
        f"Due date moved from 20 March 2026 to 10 March 2026: {MEDIATION}.",
    ]


def test_an_action_of_two_interviews_is_new_and_asked_for_again_to_who_saw_neither() -> None:
    plan = fold([outcomes(1, FIRST, outcome(BUS)), outcomes(2, SECOND, outcome(BUS))], PlanPolicy())
    assert [change.kind for change in changes(plan, 0, 2)] == ["new", "asked_again"]


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (Done(action=ACTION, seen="They met twice"), f"Done: {MEDIATION}. What was seen: They met twice."),
        (NotDone(action=ACTION, reason="Mum says no!"), f"Not done: {MEDIATION}. Why: Mum says no!"),
        (
            Superseded(action=ACTION, superseded_by=action_id(FIRST, 2), reason="The bus is enough."),
            f"Replaced: {MEDIATION}. Instead: {BUS}. Why: The bus is enough.",
        ),
        (
            Superseded(action=ACTION, superseded_by=action_id(SECOND, 2), reason="The bus is enough."),
            f"Replaced: {MEDIATION}. Why: The bus is enough.",
        ),
    ],
)
def test_how_an_action_ended_is_told_with_why(ended: Step, sentence: str) -> None:
    assert told(ended) == [sentence]


def test_a_day_and_somebody_given_for_the_first_time_are_told() -> None:
    assert told(
        Revised(action=action_id(FIRST, 2), owner="Mr Osei", due_on=date(2026, 4, 30), reason="Late.")
    ) == [
        f"Who does it changed from nobody to Mr Osei: {BUS}. Why: Late.",
        f"Due date moved from no day to 30 April 2026: {BUS}. Why: Late.",
    ]


def test_a_review_is_told_with_its_note() -> None:
    assert told(Reviewed(note="It helps.")) == ["Looked at on 5 March 2026 by Ms Patel: It helps."]


def test_a_long_action_is_named_by_its_beginning() -> None:
    long = "Amara and her mum meet Ms Patel " * 10
    plan = fold([outcomes(1, FIRST, outcome(long)), step(2, Done(action=ACTION, seen="Yes."))], PlanPolicy())
    (change,) = changes(plan, 1, 2)
    assert change.text.endswith(" … What was seen: Yes.")
    assert len(change.text) < 170


@pytest.mark.parametrize(("since", "until"), [(-1, 1), (1, 0), (0, 2)])
def test_versions_that_are_not_there_are_refused(since: int, until: int) -> None:
    with pytest.raises(ValueError, match="the versions are 0 to 1"):
        changes(fold([BOTH], PlanPolicy()), since, until)


def test_a_day_is_written_out() -> None:
    assert (in_words(date(2026, 3, 3)), in_words(None)) == ("3 March 2026", "no day")
