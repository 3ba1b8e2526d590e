"""Westmere sends a list every morning: CSV in Windows-1252; much of it is in the next one again."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

from cli.demo.desk import Told
from cli.demo.writing import LONDON, Facts, Sent
from schemas.words import Kind

COLUMNS: Final = (
    "Log No", "Status", "Surname", "Forenames", "Nickname", "DOB", "Sex", "Home Address", "Category", "Risk",
    "Missing From", "Date Last Seen", "Time Last Seen", "Place Last Seen", "Concerns", "Remarks",
    "Date Found", "Time Found", "Date Returned", "Time Returned", "Returned To", "Last Updated",
)  # fmt: skip
DAY: Final = "%d/%m/%Y"
TIME: Final = "%H:%M"
BEFORE: Final = timedelta(days=4)
"""How far back a list goes."""
KINDS: Final = (Kind.REPORTED, Kind.LOCATED, Kind.RETURNED)


def lists(told: Sequence[Told], ends_at: datetime) -> Iterator[Sent]:
    """Yield two lists. In the last row of the later one somebody left out the hour."""
    rows = [(one.at, row_of(Facts(one))) for one in told if Facts(one).kind in KINDS]
    rows[-1][1]["Time Last Seen"] = ""
    for until in (ends_at - timedelta(days=1), ends_at):
        there = [row for at, row in rows if until - BEFORE < at <= until]
        yield Sent(f"westmere-list-{until.astimezone(LONDON):%Y-%m-%d}.csv", _csv(there))


def row_of(facts: Facts) -> dict[str, str]:
    """Return a telling as a row."""
    when = {Kind.REPORTED: "Last Seen", Kind.LOCATED: "Found", Kind.RETURNED: "Returned"}[facts.kind]
    at = facts.last_seen_at or facts.occurred_at
    return {
        "Log No": facts.reference,
        "Status": facts.word("type"),
        "Surname": facts.of("child.family_name"),
        "Forenames": facts.of("child.given_names"),
        "DOB": f"{facts.born_on:{DAY}}",
        "Sex": facts.word("child.sex"),
        "Home Address": facts.address,
        "Category": facts.word("missing.category"),
        "Risk": facts.word("missing.risk_level"),
        "Missing From": facts.word("missing.missing_from"),
        "Place Last Seen": facts.of("missing.last_seen_place"),
        "Remarks": facts.of("missing.circumstances"),
        "Returned To": facts.word("returned.returned_to"),
        f"Date {when}": f"{at:{DAY}}",
        f"Time {when}": f"{at:{TIME}}",
        "Last Updated": f"{facts.told_at:{DAY} {TIME}}",
    }


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    text = StringIO()
    table = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\r\n", restval="")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("windows-1252")
