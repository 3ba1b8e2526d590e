"""What others are told of alerts: ids and facts on the topic of alerts, under the alert's own id."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from schemas import events, topics
from schemas.acknowledge import Acknowledge

ALERT = UUID(int=4)
FACTS: dict[str, Any] = {
    "authority": "E06000018",
    "child_id": UUID(int=1),
    "alert_id": ALERT,
    "interview_id": UUID(int=3),
    "episode_id": None,
    "step": "not_held_at_deadline",
    "due_at": datetime(2026, 3, 31, 22, 10, tzinfo=UTC),
    "level": 0,
}
MADE = (
    events.AlertRaised(**FACTS, expected_by=datetime(2026, 4, 1, 6, 10, tzinfo=UTC)),
    events.AlertAcknowledged(**FACTS, by="M-1"),
    events.AlertClimbed(**FACTS, role="service_manager"),
    events.AlertClosed(**FACTS, reason="held on 1 April 2026 at 10:00"),
)


@pytest.mark.parametrize("event", MADE)
def test_it_goes_by_the_alert_on_the_topic_of_alerts(event: events.AlertEvent) -> None:
    assert (event.topic, event.subject_id) == (topics.ALERTS, ALERT)
    assert event.type.startswith("homeward.alert.")


@pytest.mark.parametrize("event", MADE)
def test_it_reads_back_as_it_was_and_has_no_place_for_words(event: events.AlertEvent) -> None:
    assert type(event).model_validate_json(event.model_dump_json()) == event
    with pytest.raises(ValidationError, match="decision"):
        type(event).model_validate(event.model_dump() | {"decision": "Amara stays with her aunt"})


@pytest.mark.parametrize("decision", ["", "  ", "Call\x00them"])
def test_an_answer_to_an_alert_is_a_decision_in_words(decision: str) -> None:
    with pytest.raises(ValidationError, match="decision"):
        Acknowledge(by="M-1", decision=decision)
