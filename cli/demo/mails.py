"""A force that writes e-mails instead of posting: one is understood, at one a screener has to look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from cli.demo import AUTHORITY
from schemas.formats_policy import ForceFormat, Layout

SENDER: Final = "missing.desk@fenlandvale.police.example"
LONDON: Final = ZoneInfo("Europe/London")
FORMAT: Final = ForceFormat(
    name="Fenland Vale notification",
    source="urn:police:fenland-vale",
    layout=Layout.LABELS,
    authority=AUTHORITY,
    zone="Europe/London",
    days=("%d %B %Y",),
    moments=("%d %B %Y %H:%M",),
    fields={
        "subject": ("Police reference",),
        "type": ("Notification",),
        "time": ("@sent",),
        "occurred_at": ("Last seen",),
        "child.family_name": ("Child's surname",),
        "child.given_names": ("Child's first names",),
        "child.date_of_birth": ("Date of birth",),
        "missing.category": ("Category",),
        "missing.risk_level": ("Risk assessment",),
        "missing.last_seen_at": ("Last seen",),
        "missing.last_seen_place": ("Where last seen",),
        "missing.circumstances": ("Circumstances",),
    },
    words={
        "type": {"Missing child": "reported"},
        "missing.risk_level": {"Medium risk": "medium", "High risk": "high"},
    },
)


def mails(ends_at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield two mails of the last evening, each with the name of its file; the second has a doubt."""
    seen = ends_at - timedelta(hours=7)
    yield "missing-1.eml", _mail(1, seen, ends_at, ("Wren", "Tomasz", "3 May 2012"), "Medium risk")
    later = seen + timedelta(hours=2)
    yield (
        "missing-2.eml",
        _mail(2, later, ends_at, ("Lacey", "Imogen", "31 June 2011"), "Between medium and high"),
    )


def _mail(number: int, seen: datetime, ends_at: datetime, child: tuple[str, str, str], risk: str) -> bytes:
    mail = EmailMessage()
    mail["From"] = SENDER
    mail["To"] = "missing.children@nottingham.example"
    mail["Subject"] = f"Missing child FV/{number}"
    mail["Date"] = format_datetime(seen + timedelta(hours=1))
    mail["Message-ID"] = f"<{ends_at:%Y%m%d%H%M%S}-{number}@fenlandvale.police.example>"
    surname, names, born = child
    mail.set_content(
        f"Police reference: FV/{ends_at:%y}/{number:05}\n"
        "Notification: Missing child\n"
        "Category: missing\n"
        f"Risk assessment: {risk}\n"
        f"Last seen: {seen.astimezone(LONDON):%d %B %Y %H:%M}\n"
        "Where last seen: Victoria Embankment\n"
        f"Child's surname: {surname}\n"
        f"Child's first names: {names}\n"
        f"Date of birth: {born}\n"
        "Circumstances: Did not come home from a friend's house.\n"
    )
    return mail.as_bytes()
