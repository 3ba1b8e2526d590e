"""The ladder as data: the default is the issue's, and what does not fit is refused by name."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.alerts_policy import AlertsPolicy, When
from schemas.ladder_policy import DEADLINE, LadderPolicy, LadderStep, Watch

HOURS = timedelta(hours=1)


def test_the_default_is_the_ladder_of_the_guidance_and_of_local_practice() -> None:
    told = {step.id: (step.after / HOURS, step.working_days, *step.tells) for step in LadderPolicy().steps}
    assert told == {
        "not_allocated_48h_before": (-48, None, "team_manager"),
        "not_arranged_24h_before": (-24, None, "worker", "team_manager"),
        "not_held_at_deadline": (0, None, "worker", "team_manager"),
        "not_held_24h_after": (24, None, "service_manager"),
        "not_held_72h_after": (72, None, "head_of_service"),
        "not_held_weekly": (240, None, "director"),
        "record_not_submitted": (0, 3, "worker", "team_manager"),
        "record_not_approved": (0, 2, "team_manager"),
        "return_not_confirmed_12h": (12, None, "team_manager", "duty_desk"),
        "missing_24h": (24, None, "senior_manager"),
        "repeatedly_missing": (0, None, "team_manager", "senior_manager"),
        "outcomes_stuck": (0, None, "team_manager"),
        "outcomes_not_confirmed_24h": (24, None, "team_manager"),
        "flow_failed": (0, None, "team_manager"),
    }


def test_a_child_who_is_missing_is_told_of_at_any_hour() -> None:
    step = LadderPolicy().step("missing_24h")
    assert step is not None
    assert (step.when, "text" in step.channels) == (When.ANY_HOUR, True)


def test_a_step_that_the_policy_does_not_have_is_none() -> None:
    assert LadderPolicy().step("tell_the_mayor") is None


def test_steps_are_found_by_what_they_watch() -> None:
    assert LadderPolicy().of(Watch.RECORD_NOT_SUBMITTED, Watch.FLOW_FAILED) == (
        "record_not_submitted",
        "flow_failed",
    )
    assert len(LadderPolicy().of(*DEADLINE)) == 6


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"after": "PT24H", "working_days": 3}, "has both after and working_days"),
        ({"watches": "flow_failed", "repeats_every": "PT2H"}, "told at once and once"),
        ({"repeats_every": "PT1M"}, "repeats_every"),
        ({"tells": []}, "tells"),
        ({"tells": ["mayor"]}, "tells"),
        ({"expects": "  "}, "expects"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(wrong: dict[str, Any], says: str) -> None:
    step = {"id": "late", "watches": "not_held", "tells": ["director"], "expects": "Hold it."}
    with pytest.raises(ValidationError, match=says):
        LadderStep.model_validate(step | wrong)


def test_an_id_is_of_one_step() -> None:
    step = {"id": "late", "watches": "not_held", "tells": ["director"], "expects": "Hold it."}
    with pytest.raises(ValidationError, match="has the step late twice"):
        LadderPolicy.model_validate({"steps": [step, step]})


def test_a_person_may_be_told_in_another_way_than_the_step_says() -> None:
    policy = AlertsPolicy.model_validate({"people": {"M-1": {"channels": ["teams"]}}})
    assert (policy.people["M-1"].channels, policy.people["M-1"].when) == (("teams",), None)
