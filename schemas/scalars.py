"""The single values that a message is made of, each with an error that tells how to mend it."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?",
    re.ASCII | re.IGNORECASE,
)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
AN_INSTANT, A_DAY = "2026-03-28T22:41:00+00:00", "2011-07-02"
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_instant(value: object) -> datetime:
    """Return an RFC 3339 instant in UTC, to the microsecond.

    Raises:
        ValueError: not text, not an instant, or without an offset (nobody may guess the zone).
    """
    if isinstance(value, datetime):
        return _in_utc(value)
    match = INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"must be an instant such as {AN_INSTANT}")
    if match[3] is None:
        raise ValueError("has no offset: add Z or one such as +01:00, so that nobody has to guess the zone")
    try:
        instant = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3].upper()}")
    except ValueError as error:
        raise ValueError(f"does not exist ({error}): write an instant such as {AN_INSTANT}") from error
    return _in_utc(instant)


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("has no offset: add Z or one such as +01:00, so that nobody has to guess the zone")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies outside the years 1 to 9999 once it is in UTC") from error


def _read_day(value: object) -> date:
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"does not exist ({error}): write a day such as {A_DAY}") from error
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"must be a day such as {A_DAY}")


def _without_control(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("holds a control character: remove it")
    return value


Instant = Annotated[datetime, BeforeValidator(read_instant, json_schema_input_type=datetime)]
Day = Annotated[date, BeforeValidator(_read_day, json_schema_input_type=date)]
Name = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=200), AfterValidator(_without_control)
]
"""A short key such as an id or a police reference: 1 to 200 characters, none of them a control character."""
AuthorityCode = Annotated[str, StringConstraints(strict=True, pattern=r"^E(06|07|08|09|10)[0-9]{6}$")]
"""The ONS code of a local authority, such as E06000018 (Nottingham)."""
