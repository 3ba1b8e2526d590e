"""Domain events on the wire: ids and facts under a published type, and nothing that names a child."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from schemas import events
from schemas.words import EpisodeStatus, Stage

CHILD, EPISODE, INTERVIEW = (UUID(int=number) for number in (1, 2, 3))
RETURNED_AT, DUE_AT = datetime(2026, 3, 28, 2, tzinfo=UTC), datetime(2026, 3, 31, 2, tzinfo=UTC)
OF_ANY: dict[str, Any] = {"authority": "E06000018", "child_id": CHILD}
OF_AN_EPISODE = OF_ANY | {
    "episode_id": EPISODE,
    "status": EpisodeStatus.RETURNED,
    "category": None,
    "risk_level": None,
    "started_at": None,
    "located_at": None,
    "returned_at": RETURNED_AT,
    "conflict_reasons": (),
}
OF_AN_INTERVIEW = OF_ANY | {
    "interview_id": INTERVIEW,
    "episode_id": EPISODE,
    "status": Stage.DUE,
    "clock_started_at": RETURNED_AT,
    "clock_message": ("urn:police:nottinghamshire", "3b0c5d0e"),
    "due_at": DUE_AT,
    "provisional_due": False,
}


MOVED: dict[str, Any] = {
    "version": 2,
    "command": 1,
    "by": "M-1",
    "digest": "00",
    "interviewer": "W-1",
    "attempts": 0,
    "offered_at": None,
    "accepted": None,
    "arranged_for": None,
    "held_at": None,
    "submitted_at": None,
    "approved_at": None,
    "declined_at": None,
    "covered_by": None,
}
HANDOVER: dict[str, Any] = {
    "handover_id": UUID(int=5),
    "interview_id": INTERVIEW,
    "host": "E10000024",
    "by": "M-1",
    "responsible": "E06000018",
}
PLAN: dict[str, Any] = {
    "interview_id": INTERVIEW,
    "entry_id": UUID(int=4),
    "cause": "outcomes",
    "digest": "00",
    "action_id": None,
    "version": 1,
    "actions": 2,
    "open_actions": 2,
}
ALERT: dict[str, Any] = {
    "alert_id": UUID(int=6),
    "interview_id": INTERVIEW,
    "episode_id": None,
    "step": "not_held",
    "due_at": DUE_AT,
    "level": 0,
}
MORE: dict[type[events.Event], dict[str, Any]] = {
    events.EpisodeSuperseded: {"episode_id": EPISODE, "superseded_by": None},
    events.HandoverOffered: {**HANDOVER, "accept_by": DUE_AT},
    events.HandoverAnswered: {**HANDOVER, "answer": "accepted", "recorded_by_owner": False},
    events.PlanChanged: PLAN,
    events.AlertRaised: {**ALERT, "expected_by": DUE_AT},
    events.AlertAcknowledged: {**ALERT, "by": "M-1"},
    events.AlertClimbed: {**ALERT, "role": "service_manager"},
    events.AlertClosed: {**ALERT, "reason": "done"},
}
HAPPENED_TO = {EPISODE: "episode", INTERVIEW: "interview", CHILD: "plan", UUID(int=6): "alert"}


def made(kind: type[events.Event]) -> events.Event:
    """Return an event of this kind, with the facts that it needs."""
    if issubclass(kind, events.InterviewMoved):
        return kind(**OF_AN_INTERVIEW, **MOVED)
    if issubclass(kind, events.InterviewEvent):
        return kind(**OF_AN_INTERVIEW)
    if issubclass(kind, events.EpisodeEvent):
        return kind(**OF_AN_EPISODE)
    return kind(**OF_ANY, **MORE[kind])


def leaves(kinds: Iterable[type[events.Event]]) -> Iterator[type[events.Event]]:
    for kind in kinds:
        yield from leaves(kind.__subclasses__()) if kind.__subclasses__() else [kind]


def test_every_kind_of_event_is_listed_once_under_its_own_type() -> None:
    assert set(events.EVENTS) == set(leaves(events.Event.__subclasses__()))
    assert len({kind.type for kind in events.EVENTS}) == len(events.EVENTS)


@pytest.mark.parametrize("kind", events.EVENTS)
def test_an_event_is_published_on_the_topic_of_what_it_happened_to(kind: type[events.Event]) -> None:
    event = made(kind)
    what = HAPPENED_TO[event.subject_id]
    assert kind.topic == f"homeward.{what}s.v1"
    assert kind.type.startswith(f"homeward.{what}.")
    assert kind.type.endswith(".v1")


@pytest.mark.parametrize("kind", events.EVENTS)
def test_an_event_reads_back_from_json_as_it_was(kind: type[events.Event]) -> None:
    event = made(kind)
    assert kind.model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize("kind", events.EVENTS)
def test_an_event_has_no_place_for_a_name(kind: type[events.Event]) -> None:
    with pytest.raises(ValidationError, match="family_name"):
        kind.model_validate(made(kind).model_dump() | {"family_name": "Okafor"})


def test_an_event_that_happened_to_nothing_cannot_be() -> None:
    with pytest.raises(TypeError, match="abstract"):
        events.Event(**OF_ANY)  # type: ignore[abstract]  # that is what is shown
