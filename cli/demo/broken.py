"""What comes along that nobody can read, or that may not be sent: it becomes dead letters."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cli.demo import DERBYSHIRE, LEICESTERSHIRE, LINCOLNSHIRE, NOTTINGHAMSHIRE
from cli.demo.desk import Event
from schemas.notification import TYPE_PREFIX


@dataclass(frozen=True, slots=True)
class Broken:
    """A body that is sent alone, and the force whose token it comes with."""

    source: str
    content: bytes


def broken(events: Sequence[Event]) -> list[Broken]:
    """Return what goes wrong in a month: each a message like others, with one thing wrong."""
    ours = [event for event in events if event["source"] == NOTTINGHAMSHIRE]
    first, second, third, fourth, fifth = (ours[n * len(ours) // 8] for n in range(1, 6))  # long sent by then
    no_offset = _changed(first, time=str(first["time"]).partition("+")[0])
    no_type = _changed(second, source=LEICESTERSHIRE, type=f"{TYPE_PREFIX}found.v1")
    other_content = _changed(third, id=third["id"], subject="NP-26-WRONG")
    other_force = _changed(fourth)
    elsewhere = _changed(fifth, source=DERBYSHIRE, data={**_data(fifth), "authority": "E10000024"})
    return [
        Broken(NOTTINGHAMSHIRE, _json(no_offset)),
        Broken(LEICESTERSHIRE, _json(no_type)),
        Broken(NOTTINGHAMSHIRE, _json(other_content)),
        Broken(LINCOLNSHIRE, _json(other_force)),
        Broken(DERBYSHIRE, _json(elsewhere)),
        Broken(LINCOLNSHIRE, _json(first)[:300]),
    ]


def _changed(event: Event, **wrong: object) -> Event:
    return {**event, "id": f"{event['id']}-again", **wrong}


def _data(event: Event) -> Event:
    data = event["data"]
    assert isinstance(data, dict)
    return data


def _json(event: Event) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()
