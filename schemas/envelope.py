"""Domain events as they are published: CloudEvents 1.0, structured JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from schemas.events import EVENTS, Event

BY_TYPE: Mapping[str, type[Event]] = {event.type: event for event in EVENTS}


def data_schema(kind: str) -> str:
    """Return the name of the JSON Schema of an event's data: `schemas/json` has it as `TYPE.json`."""
    return f"urn:homeward:schema:{kind}"


def envelope(event_id: UUID, kind: str, payload: Any, told_at: datetime) -> bytes:
    """Return an event as others read it; `kind` is its CloudEvents type.

    The same `event_id` again is the same event again: whoever reads keeps the ids it has seen.
    """
    event = BY_TYPE[kind].model_validate(payload)
    attributes = {
        "id": str(event_id),
        "source": f"urn:authority:{event.authority}",
        "type": event.type,
        "subject": str(event.subject_id),
        "time": told_at,
        "datacontenttype": "application/json",
        "dataschema": data_schema(kind),
    }
    return JSONFormat().write(CloudEvent(attributes, event.model_dump(mode="json")))
