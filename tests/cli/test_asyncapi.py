"""The AsyncAPI document: whole, resolvable, and true of what is really published.

No tool of ours knows AsyncAPI, so that what its specification requires of this document stands here.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from cli.asyncapi import NAME, envelope_schema
from cli.schemas import texts
from schemas import topics
from schemas.envelope import envelope
from schemas.events import EVENTS, Event
from schemas.notification import TYPES, ChildFacts
from tests.unit.test_events import made
from tests.unit.wire import REPORTED

TOLD_AT = datetime(2026, 3, 28, 22, 41, tzinfo=UTC)
OFFERED = json.loads(texts()[NAME])
CHANNELS, MESSAGES = OFFERED["channels"], OFFERED["components"]["messages"]
FILES: Registry[Any] = Registry().with_resources(
    (name, DRAFT202012.create_resource(json.loads(text))) for name, text in texts().items()
)


def published(kind: type[Event]) -> Any:
    """Return an event of this kind as the relay sends it, read back."""
    return json.loads(envelope(UUID(int=7), kind.type, made(kind).model_dump(mode="json"), TOLD_AT))


def faults(value: object, schema: Any) -> list[str]:
    validator = Draft202012Validator(
        schema, registry=FILES, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict) and isinstance(part.get("$ref"), str):
        yield part["$ref"]
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from references(each)


def sent_or_received(action: str) -> set[str]:
    """Return the addresses that Homeward sends to, or receives from."""
    names = [one["channel"]["$ref"] for one in OFFERED["operations"].values() if one["action"] == action]
    return {CHANNELS[name.removeprefix("#/channels/")]["address"] for name in names}


def test_it_has_what_asyncapi_3_requires() -> None:
    assert OFFERED["asyncapi"] == "3.0.0"
    assert all(isinstance(OFFERED["info"][field], str) for field in ("title", "version"))


def test_its_components_have_names_that_asyncapi_allows() -> None:
    assert [name for name in MESSAGES if not re.fullmatch(r"[A-Za-z0-9._-]+", name)] == []


@pytest.mark.parametrize("operation", OFFERED["operations"].values())
def test_an_operation_is_of_messages_of_its_own_channel(operation: Any) -> None:
    assert operation["action"] in {"send", "receive"}
    channel = operation["channel"]["$ref"]
    offered = [
        f"{channel}/messages/{name}" for name in FILES.resolver(NAME).lookup(channel).contents["messages"]
    ]
    assert sorted(message["$ref"] for message in operation["messages"]) == sorted(offered)


@pytest.mark.parametrize("name", texts())
def test_every_reference_leads_somewhere(name: str) -> None:
    resolver = FILES.resolver(name)
    assert all(resolver.lookup(one).contents is not None for one in references(json.loads(texts()[name])))


def test_every_topic_is_a_channel() -> None:
    ours = {name for name in vars(topics).values() if isinstance(name, str) and name.startswith("homeward.")}
    addresses = {channel["address"] for channel in CHANNELS.values()}
    assert addresses == {*topics.intake_topics(("{force}",)), *topics.EVENTS}
    assert ours <= addresses


def test_an_address_with_a_part_left_open_says_what_goes_there() -> None:
    for channel in CHANNELS.values():
        assert set(re.findall(r"{(\w+)}", channel["address"])) == set(channel.get("parameters", {}))


def test_notifications_are_received_from_everywhere_and_sent_to_the_common_topic() -> None:
    assert sent_or_received("receive") == set(topics.intake_topics(("{force}",)))
    assert sent_or_received("send") == {topics.NOTIFICATIONS, *(event.topic for event in EVENTS)}


@pytest.mark.parametrize("topic", topics.EVENTS)
def test_a_topic_carries_its_events_or_says_that_it_has_none_yet(topic: str) -> None:
    channel = next(one for one in CHANNELS.values() if one["address"] == topic)
    assert set(channel["messages"]) == {event.type for event in EVENTS if event.topic == topic}
    assert ("no event is told on it yet" in channel["description"]) == (not channel["messages"])


@pytest.mark.parametrize("message", MESSAGES.values())
def test_a_message_says_how_it_is_keyed_and_traced(message: Any) -> None:
    assert message["bindings"]["kafka"]["key"]["type"] == "string"
    assert list(message["headers"]["properties"]) == ["traceparent"]
    assert "required" not in message["headers"]


@pytest.mark.parametrize("kind", EVENTS)
def test_a_published_event_is_as_its_message_says(kind: type[Event]) -> None:
    payload = MESSAGES[kind.type]["payload"]
    assert payload["schemaFormat"] == "application/schema+json;version=draft-2020-12"
    assert faults(published(kind), payload["schema"]) == []


@pytest.mark.parametrize("kind", EVENTS)
def test_a_message_describes_all_of_the_envelope(kind: type[Event]) -> None:
    assert set(envelope_schema(kind)["properties"]) == set(published(kind))


@pytest.mark.parametrize("kind", EVENTS)
def test_nothing_of_a_childs_details_is_published(kind: type[Event]) -> None:
    told = json.dumps(published(kind))
    assert [name for name in ChildFacts.model_fields if f'"{name}"' in told] == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_notification_of_every_kind_is_as_its_message_says(kind: str) -> None:
    assert faults(REPORTED | {"type": kind}, MESSAGES["notification"]["payload"]["schema"]) == []


def test_a_notification_of_another_type_is_not() -> None:
    told = faults(REPORTED | {"type": "uk.police.weather.v1"}, MESSAGES["notification"]["payload"]["schema"])
    assert len(told) == 1
    assert told[0].startswith("$.type")
