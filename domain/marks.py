"""What makes a notification doubtful. It is applied as far as it goes, marked, and shown to a screener."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stdnum.gb import nhs, upn

from schemas.notification import ChildFacts, Notification
from schemas.words import Mark

CLOCK_SLACK = timedelta(minutes=5)
"""How far a sender's clock may be ahead of the receipt before anybody is told."""
ADULT_AGE = 18
LONDON = ZoneInfo("Europe/London")
UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[A-HJ-NP-RT-Z0-9]")
"""A letter, eleven digits, and a digit, or a letter while the number is temporary; never I, O or S."""


def marks_of(notification: Notification, received_at: datetime) -> frozenset[Mark]:
    """Return the marks of a notification first received at `received_at` (UTC)."""
    return frozenset(_marks(notification, received_at))


def valid_nhs_number(text: str | None) -> str | None:
    """Return the ten digits of an NHS number whose check digit (modulus 11) holds, else None.

    One digit ten times over has the right check digit too, and stands for "not known".
    """
    if not text or not nhs.is_valid(text):
        return None
    digits = str(nhs.compact(text))
    return digits if len(set(digits)) > 1 else None


def valid_upn(text: str | None) -> str | None:
    """Return a unique pupil number whose check letter (modulus 23) holds, else None.

    Which authority issued it is not checked: the list grows with every reorganisation.
    """
    number = text if text and UPN.fullmatch(text) else str(upn.compact(text or ""))
    return number if UPN.fullmatch(number) and upn.calc_check_digit(number[1:]) == number[0] else None


def written(text: str | None) -> str | None:
    """Return text without space around it; None where nothing is left."""
    return (text or "").strip() or None


def age_at(date_of_birth: date, on: date) -> int:
    """Return the age in whole years; who is born on 29 February comes of age on 1 March."""
    before_birthday = (on.month, on.day) < (date_of_birth.month, date_of_birth.day)
    return on.year - date_of_birth.year - before_birthday


def _marks(notification: Notification, received_at: datetime) -> Iterator[Mark]:
    child, data = notification.data.child, notification.data
    told = (notification.time, data.occurred_at, data.missing and data.missing.last_seen_at)
    if any(instant - received_at > CLOCK_SLACK for instant in told if instant):
        yield Mark.FUTURE_INSTANT
    if data.concerns is None:  # who it is, the incident says that it concerns
        yield from _marks_of_identity(child)
    if child.date_of_birth and age_at(child.date_of_birth, _local_day(data.occurred_at)) >= ADULT_AGE:
        yield Mark.ADULT


def _marks_of_identity(child: ChildFacts) -> Iterator[Mark]:
    nhs_number, pupil_number = valid_nhs_number(child.nhs_number), valid_upn(child.upn)
    if child.nhs_number and not nhs_number:
        yield Mark.BAD_NHS_NUMBER
    if child.upn and not pupil_number:
        yield Mark.BAD_UPN
    if written(child.authority_child_id) or nhs_number or pupil_number:
        return
    if not written(child.family_name):
        yield Mark.NO_IDENTITY
    if not child.date_of_birth:
        yield Mark.NO_BIRTH_DATE


def _local_day(instant: datetime) -> date:
    """Return the day in London; at the very ends of the calendar, where that cannot be, the day in UTC."""
    try:
        return instant.astimezone(LONDON).date()
    except OverflowError:
        return instant.date()
