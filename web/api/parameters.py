"""What may stand in a query: days, instants, names; each refused by its name when it cannot be read."""

import re
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from schemas.scalars import DAY, read_instant
from web.problems import wrong_parameter

LONDON = ZoneInfo("Europe/London")
_LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:?\d\d)$", re.ASCII | re.IGNORECASE)


def _instant(value: Any) -> Any:
    """Read an instant; a `+` that became a space on its way is understood."""
    return read_instant(_LOST_PLUS.sub(r"\1+\2", value) if isinstance(value, str) else value)


def _from(value: Any) -> Any:
    return _in_london(value, time.min) if _is_day(value) else _instant_or_day(value)


def _to(value: Any) -> Any:
    """Read the last instant wanted: a day counts to its end."""
    return _in_london(value, time.max) if _is_day(value) else _instant_or_day(value)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and DAY.fullmatch(value) is not None


def _in_london(day: str, at: time) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), at, LONDON)
    except ValueError as error:
        raise ValueError("must be a day that exists, such as 2026-03-28") from error


def _instant_or_day(value: Any) -> Any:
    try:
        return _instant(value)
    except ValueError as error:
        raise ValueError(f"{error}; or a day such as 2026-03-28, in London") from error


_INSTANT_OR_DAY = WithJsonSchema({"type": "string", "examples": ["2026-03-28", "2026-03-28T22:41:00+00:00"]})
At = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
From = Annotated[datetime, BeforeValidator(_from), _INSTANT_OR_DAY]
To = Annotated[datetime, BeforeValidator(_to), _INSTANT_OR_DAY]
Text = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ListQuery(BaseModel):
    """What every list understands. A parameter that it does not know is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500, description="How many items at most")] = 100
    cursor: Annotated[str | None, Field(description="`next` of the page before")] = None


def check_order(from_at: datetime | None, to_at: datetime | None) -> None:
    """Refuse a time that ends before it begins."""
    if from_at and to_at and from_at > to_at:
        raise wrong_parameter("to", "lies before from")
