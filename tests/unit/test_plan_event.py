"""The event of a plan's new version: ids and counts, about its child."""

from uuid import UUID

from schemas.events import PlanChanged

CHILD, INTERVIEW, ENTRY = (UUID(int=number) for number in (1, 3, 4))


def test_a_plan_s_event_is_about_its_child() -> None:
    event = PlanChanged(
        authority="E06000018",
        child_id=CHILD,
        interview_id=INTERVIEW,
        entry_id=ENTRY,
        cause="outcomes",
        digest="00" * 32,
        action_id=None,
        version=1,
        actions=2,
        open_actions=2,
    )
    assert (event.subject_id, event.topic) == (CHILD, "homeward.plans.v1")
    assert PlanChanged.model_validate_json(event.model_dump_json()) == event
