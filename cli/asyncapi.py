"""The AsyncAPI document: what Homeward reads from Kafka and tells it, made from the code that does so."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from casework.tracing import HEADER
from schemas import topics
from schemas.envelope import data_schema
from schemas.events import EVENTS, Event
from schemas.notification import TYPES, VERSION, staff_source
from schemas.scalars import AuthorityCode, Name

Part = dict[str, Any]

NAME: Final = "asyncapi.v1.json"
CLOUDEVENT: Final = "application/cloudevents+json"
DIALECT: Final = "application/schema+json;version=draft-2020-12"
KAFKA_BINDING: Final = "0.5.0"
NOTIFICATION: Final = "notification"
INTAKE: Final = {
    "notifications": topics.NOTIFICATIONS,
    "notifications-of-a-force": topics.notifications_of("{force}"),
}

INTRODUCTION: Final = """\
Missing-child notifications in; missing episodes, interviews and their deadlines out.

Every message is one CloudEvents 1.0 event, structured JSON. Delivery is at least once: a message may come \
again, also much later. The same `source` and `id` is the same event again: keep the ids that you have seen, \
and pass over what comes again.

Messages of one key stand in one partition, in the order of what happened. Where some come again, an older \
one may follow a newer: `time` tells.

A domain event holds ids and facts, never a name. A notification holds a child's details: let nobody read \
its topics who may not read those.

New types may come, and new fields: pass over what you do not know. What is there is never renamed; a change \
that would break a reader comes as a new version beside the old one."""
TOLD_OF: Final[Mapping[str, str]] = {
    topics.EPISODES: "What became true of missing episodes.",
    topics.INTERVIEWS: "What became true of return home interviews and their deadlines.",
    topics.PLANS: "What became true of safety plans.",
    topics.ALERTS: "What became true of alerts about late interviews.",
}
NOTHING_YET: Final = "The topic is made, but no event is told on it yet."
RECEIVED: Final = (
    "Each is taken in once. The same `source` and `id` again is a duplicate and changes nothing; with other"
    " content the first stands and the other is a dead letter. What cannot be read is a dead letter too."
)
PASSED_ON: Final = "What came another way is told here too, so that the log is whole. At least once."
TOLD: Final = "Each is told at least once, always under the same id."


def document() -> Part:
    """Return the document; it names the JSON Schemas beside it by file."""
    channels = _intake_channels() | {_short(topic): _events_channel(topic) for topic in topics.EVENTS}
    messages = {NOTIFICATION: _notification()} | {event.type: _event(event) for event in EVENTS}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Homeward", "version": "1.0.0", "description": INTRODUCTION},
        "defaultContentType": CLOUDEVENT,
        "channels": channels,
        "operations": _operations(channels),
        "components": {"messages": messages},
    }


def envelope_schema(event: type[Event]) -> Part:
    """Return the JSON Schema of an event as it is published; its data is in the file beside."""
    data = f"{event.type}.json"
    attributes: dict[str, Part] = {
        "specversion": {"const": "1.0"},
        "id": _uuid("Told again, an event has the same id."),
        "source": {"type": "string", "pattern": f"^{staff_source(_ons_code())}"},
        "type": {"const": event.type},
        "subject": _uuid("The episode or interview that it happened to."),
        "time": {"type": "string", "format": "date-time", "description": "When it became true here; UTC."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": data_schema(event.type)},
        "data": {"$ref": data},
    }
    return {"type": "object", "required": list(attributes), "properties": attributes}


def _short(topic: str) -> str:
    """Return `episodes` of `homeward.episodes.v1`."""
    return topic.split(".")[1]


def _intake_channels() -> dict[str, Part]:
    messages = _refs("components/messages", [NOTIFICATION])
    channels: dict[str, Part] = {
        name: {"address": address, "messages": messages} for name, address in INTAKE.items()
    }
    channels["notifications"]["description"] = "Notifications of any force, by whatever way they came."
    channels["notifications-of-a-force"]["description"] = (
        "A force's own topic, for the broker's access lists: only that force's `source` is taken from it,"
        " and what comes from another is a dead letter."
    )
    force = {"description": f"As in the source {topics.POLICE}FORCE.", "examples": ["nottinghamshire"]}
    channels["notifications-of-a-force"]["parameters"] = {"force": force}
    return channels


def _events_channel(topic: str) -> Part:
    types = [event.type for event in EVENTS if event.topic == topic]
    told_of = TOLD_OF[topic] if types else f"{TOLD_OF[topic]} {NOTHING_YET}"
    return {"address": topic, "description": told_of, "messages": _refs("components/messages", types)}


def _operations(channels: Mapping[str, Part]) -> dict[str, Part]:
    wanted = [("receive", name, RECEIVED) for name in INTAKE] + [("send", "notifications", PASSED_ON)]
    wanted += [("send", _short(topic), TOLD) for topic in dict.fromkeys(event.topic for event in EVENTS)]
    return {
        f"{action}-{name}": {
            "action": action,
            "channel": {"$ref": f"#/channels/{name}"},
            "description": description,
            "messages": list(_refs(f"channels/{name}/messages", channels[name]["messages"]).values()),
        }
        for action, name, description in wanted
    }


def _refs(where: str, names: Iterable[str]) -> dict[str, Part]:
    return {name: {"$ref": f"#/{where}/{name}"} for name in names}


def _notification() -> Part:
    return _message(
        "uk.police.missing-child",
        "One message from a police force, or from staff, about one missing child.",
        {
            "allOf": [
                {"$ref": f"{NOTIFICATION}.v{VERSION}.json"},
                {"properties": {"type": {"enum": [*TYPES]}}},
            ]
        },
        TypeAdapter(Name).json_schema() | {"description": "The reference: `subject`."},
    )


def _event(event: type[Event]) -> Part:
    key = _uuid("The child's id: `data.child_id`.")
    return _message(event.type, event.__doc__ or event.__name__, envelope_schema(event), key)


def _message(name: str, summary: str, schema: Part, key: Part) -> Part:
    return {
        "name": name,
        "summary": summary,
        "contentType": CLOUDEVENT,
        "headers": {"type": "object", "properties": {HEADER: TRACE}},
        "payload": {"schemaFormat": DIALECT, "schema": schema},
        "bindings": {"kafka": {"key": key, "bindingVersion": KAFKA_BINDING}},
    }


TRACE: Final = {
    "type": "string",
    "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}",
    "description": "The W3C trace that the message is part of, where whoever sent it follows traces.",
}


def _uuid(description: str) -> Part:
    return {"type": "string", "format": "uuid", "description": description}


def _ons_code() -> str:
    """Return what an authority's code matches, from its first letter to the end of the text."""
    return str(TypeAdapter(AuthorityCode).json_schema()["pattern"]).removeprefix("^")
