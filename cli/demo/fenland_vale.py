"""Fenland Vale writes an e-mail for each telling: labelled lines."""

from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from cli.demo import FENLAND_VALE
from cli.demo.desk import Told
from cli.demo.forces import sender_of
from cli.demo.writing import Facts, Sent
from schemas.words import Kind

DAY: Final = "%d %B %Y"
MOMENT: Final = f"{DAY} %H:%M"
VOUCHED: Final = (
    "mx.nottingham.example; spf=pass smtp.mailfrom=fenlandvale.police.example;"
    " dmarc=pass header.from=fenlandvale.police.example"
)
"""What the authority's own mail server found of the sender."""
IN_DOUBT: Final = {"Risk assessment": "Between medium and high", "Date of birth": "31 June 2011"}


def mails(told: Sequence[Told]) -> Iterator[Sent]:
    """Yield a mail for each telling. Whoever wrote the last one was in doubt, and mistyped a day."""
    *certain, last = told
    for number, one in enumerate(certain, 1):
        yield Sent(_named(one, number), mail_of(one))
    yield Sent(_named(last, len(told)), mail_of(last, IN_DOUBT))


def _named(told: Told, number: int) -> str:
    return f"fenland-vale-{told.at:%Y-%m-%d}-{number}.eml"


def mail_of(told: Told, otherwise: Mapping[str, str] = {}) -> bytes:
    """Return a telling as a mail, some of its lines otherwise."""
    facts = Facts(told)
    sender = sender_of(FENLAND_VALE)
    mail = EmailMessage()
    mail["Authentication-Results"] = VOUCHED
    mail["From"] = sender
    mail["To"] = "missing.children@nottingham.example"
    mail["Subject"] = f"{facts.word('type')} {facts.reference}"
    mail["Date"] = format_datetime(facts.told_at)
    mail["Message-ID"] = f"<{told.event['id']}@{sender.partition('@')[2]}>"
    lines = "".join(f"{label}: {text}\n" for label, text in {**_lines(facts), **otherwise}.items() if text)
    mail.set_content(f"Please see below.\n\n{lines}\n--\nMissing Desk, Fenland Vale Police\n", cte="8bit")
    return mail.as_bytes()


def _lines(facts: Facts) -> dict[str, str]:
    at = f"{facts.last_seen_at or facts.occurred_at:{MOMENT}}"
    return {
        "Police reference": facts.reference,
        "Notification": facts.word("type"),
        "Last seen" if facts.kind is Kind.REPORTED else "Date and time": at,
        "Category": facts.word("missing.category"),
        "Risk assessment": facts.word("missing.risk_level"),
        "Missing from": facts.word("missing.missing_from"),
        "Where last seen": facts.of("missing.last_seen_place"),
        "Reported by": facts.word("missing.reported_by"),
        "Found at": facts.of("located.place"),
        "Returned to": facts.word("returned.returned_to"),
        "Child's surname": facts.of("child.family_name"),
        "Child's first names": facts.of("child.given_names"),
        "Date of birth": f"{facts.born_on:{DAY}}",
        "Gender": facts.of("child.sex"),
        "NHS number": facts.of("child.nhs_number"),
        "Home address": facts.address,
        "Circumstances": facts.of("missing.circumstances"),
    }
