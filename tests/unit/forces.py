"""The invented forces of the examples, and what they send."""

from functools import cache
from pathlib import Path
from typing import Any

from connectors.formats import for_authority, read_as_sent
from schemas.formats_policy import ForceFormat
from schemas.policy import read_policy
from schemas.understood import Understood
from tests.messages import NOTTINGHAM

FORCES = Path(__file__).parents[2] / "examples/forces"
HEADER = (
    "Log No;Status;Surname;Forenames;Nickname;DOB;Sex;Home Address;Category;Risk;Missing From;"
    "Date Last Seen;Time Last Seen;Place Last Seen;Concerns;Remarks;Returned To;Date Returned;Time Returned;"
    "Last Updated"
)
ROW = {
    "Log No": "WM-1",
    "Status": "MISPER",
    "Surname": "Ward",
    "Forenames": "Ava",
    "DOB": "14/02/2012",
    "Risk": "MED",
    "Date Last Seen": "28/08/2026",
    "Time Last Seen": "18:30",
    "Last Updated": "28/08/2026 21:00",
}
LABELS = {
    "Police reference": "FV-1",
    "Notification": "Missing child",
    "Last seen": "12 September 2026 19:40",
    "Child's surname": "Ward",
    "Child's first names": "Ava",
}
VOUCHED = "mx.nottingham.example; dmarc=pass header.from=fenlandvale.police.example"


@cache
def formats() -> tuple[ForceFormat, ...]:
    return tuple(for_authority(read_policy(FORCES / "policy.toml").formats, NOTTINGHAM))


def row(header: str = HEADER, **cells: str) -> bytes:
    """A morning list of Westmere with one row, these cells of it otherwise."""
    told = ROW | {name.replace("_", " "): text for name, text in cells.items()}
    return f"{header}\r\n{';'.join(told.get(name, '') for name in header.split(';'))}\r\n".encode("cp1252")


def mail(
    *extra: str, sender: str = "missing.desk@fenlandvale.police.example", proof: str = VOUCHED, **labels: str
) -> bytes:
    """A mail of Fenland Vale."""
    told = LABELS | {name.replace("_", " "): text for name, text in labels.items()}
    lines = [f"{name}: {text}" for name, text in told.items()]
    head = [
        f"Authentication-Results: {proof}",
        f"From: {sender}",
        "To: missing@nottingham.example",
        "Subject: FV-1",
        "Date: Sat, 12 Sep 2026 22:17:04 +0100",
        "Message-ID: <one@fenlandvale.police.example>",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join((*head, "", *lines, *extra, "")).encode()


def told(content: bytes, name: str = "list.csv") -> Understood:
    return read_as_sent(content, name, formats())


def event(content: bytes, name: str = "list.csv") -> dict[str, Any]:
    """Return the one notification that is understood."""
    [notice] = told(content, name).notices
    return dict(notice.event)


def doubts(content: bytes, name: str = "list.csv") -> dict[str, str]:
    """Return what is not understood of the one notification, by field."""
    understood = told(content, name)
    assert not understood.notices
    return {reason.field: reason.message for reason in understood.drafts[0].reasons}
