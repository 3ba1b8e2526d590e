"""Nottinghamshire's list of children still missing: one of them it never told of, and one lacks."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any, Final

from cli.demo import NOTTINGHAMSHIRE, SEED
from cli.demo.child import in_turn
from cli.demo.desk import SUBJECTS
from cli.demo.month import Month, play
from cli.demo.writing import LONDON, Sent
from schemas.notification import TYPES
from schemas.words import Kind

COLUMNS: Final = ("reference", "family_name", "given_names", "date_of_birth", "missing_since")
SINCE: Final = timedelta(hours=7)
"""How long the child has been away of whom no message came."""
NUMBER: Final = 9999
"""The number of the reference that only the list has."""


def still_missing(ends_at: datetime) -> Sent:
    """Return the list as of the end of the month; the same moment gives the same bytes."""
    month = play(SEED, ends_at)
    text = StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n", restval="")
    table.writeheader()
    table.writerows([*_agreed(month), _never_told(month, ends_at)])
    day = f"{ends_at.astimezone(LONDON):%Y-%m-%d}"
    return Sent(f"missing-{day}.csv", text.getvalue().encode())


def _agreed(month: Month) -> Iterator[dict[str, str]]:
    """Yield a row for each child of whom nothing was told but the report, without the forgotten one."""
    told: dict[tuple[str, str], list[Any]] = {}
    for event in month.events:
        if event["source"] == NOTTINGHAMSHIRE:
            told.setdefault(_who(event), []).append(event)
    for (reference, _), events in told.items():
        still = all(TYPES[event["type"]] in {Kind.REPORTED, Kind.UPDATED} for event in events)
        if still and reference != month.forgotten.subject:
            data = next(one["data"] for one in events if "last_seen_at" in one["data"].get("missing", {}))
            who = {name: data["child"].get(name, "") for name in COLUMNS[1:4]}
            yield {"reference": reference, **who, "missing_since": data["missing"]["last_seen_at"]}


def _who(event: Any) -> tuple[str, str]:
    return event["subject"], event["data"]["child"].get("given_names", "")


def _never_told(month: Month, ends_at: datetime) -> dict[str, str]:
    """Return a row of a child of the index who goes missing later than anybody watches."""
    child, at = in_turn(month.others)[-1], ends_at.replace(microsecond=0) - SINCE
    subject = SUBJECTS[NOTTINGHAMSHIRE]
    return {
        "reference": subject.format(year=at.year % 100, day=at.timetuple().tm_yday, number=NUMBER),
        "family_name": child.family_name,
        "given_names": child.given_names,
        "date_of_birth": child.date_of_birth.isoformat(),
        "missing_since": at.isoformat(),
    }
