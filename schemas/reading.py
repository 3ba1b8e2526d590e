"""From bytes to a notification, or to problems that name each field and how to mend it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from schemas.notification import Notification
from schemas.upcasters import upcast

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the field as a path such as `data.occurred_at`, and how to mend it."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Unreadable(ValueError):
    """The message cannot be read; `problems` says what is wrong and where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def parse_json(content: bytes) -> Any:
    """Return the parsed JSON; a byte order mark before it is passed over.

    Raises:
        Unreadable: not UTF-8, or not JSON (truncated, NaN, nested too deep).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            Problem("", f"The message is not UTF-8 at byte {error.start}: send it as UTF-8.")
        ) from error
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise Unreadable(Problem("", f"The message is not JSON that can be read: {error}.")) from error


def read_notification(message: Any) -> Notification:
    """Return the notification of one parsed JSON value, raised to the newest version.

    Raises:
        Unreadable: not an object, or a field is lacking or wrong.
    """
    if not isinstance(message, Mapping):
        raise Unreadable(Problem("", "A notification is one JSON object (a CloudEvents 1.0 event)."))
    if faults := list(_faults(message)):
        raise Unreadable(*faults)
    if not isinstance(message.get("type", ""), str):
        raise Unreadable(Problem("type", _PLAIN["string_type"]))
    try:
        return Notification.model_validate(upcast(message))
    except ValidationError as error:
        raise Unreadable(*map(_problem, error.errors(include_url=False))) from error


def read_as(kind: type[M], value: Any) -> M:
    """Return what one parsed JSON value says, such as a command or a record.

    Raises:
        Unreadable: not an object, or a field is unknown, lacking or wrong.
    """
    if not isinstance(value, Mapping):
        raise Unreadable(Problem("", "must be one JSON object"))
    if faults := list(_faults(value)):
        raise Unreadable(*faults)
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise Unreadable(*_problems(error)) from error


def read_stored(message: Mapping[str, Any]) -> Notification:
    """Return the notification of a message that was read before, without looking for faults again."""
    return Notification.model_validate(upcast(message))


def canonical(value: Any) -> bytes:
    """Return one spelling of a JSON value, so that two of the same content have the same bytes.

    It spells whatever `parse_json` returns, also what `read_notification` refuses: a letter is kept too.
    """
    spelling = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return spelling.encode(errors="backslashreplace")


def digest(value: Any) -> bytes:
    """Return the SHA-256 of a JSON value's canonical spelling (32 bytes)."""
    return hashlib.sha256(canonical(value)).digest()


_UNKEEPABLE = (
    (re.compile("\0"), "holds a NUL character: remove it"),
    (re.compile("[\ud800-\udfff]"), "holds half of a surrogate pair: send whole characters"),
)
_PLAIN = {
    "missing": "is lacking: add it",
    "string_type": "must be text",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_too_short": "is empty: fill it",
    "model_type": "must be an object",
    "tuple_type": "must be a list",
    "extra_forbidden": "is not known here: correct its name, or leave it out",
    "too_short": "lacks entries: add at least one",
}
_LIMITS = {
    "string_too_long": ("max_length", "is longer than {:,} characters: shorten it"),
    "too_long": ("max_length", "has more than {:,} entries: leave some out"),
}


def _problems(error: ValidationError) -> Iterator[Problem]:
    """Yield each problem; that a list is too short is none beside an entry of it that cannot be read."""
    found = error.errors(include_url=False)
    around = {other["loc"][:depth] for other in found for depth in range(len(other["loc"]))}
    for each in found:
        if each["type"] != "too_short" or each["loc"] not in around:
            yield _problem(each)


def _problem(error: Any) -> Problem:
    field = ".".join(str(part) for part in error["loc"])
    if field.endswith("authority") and error["type"] == "string_pattern_mismatch":
        return Problem(field, "must be the ONS code of a local authority such as E06000018")
    if error["type"] == "string_pattern_mismatch":
        return Problem(field, "must hold no white space")
    if error["type"] in _LIMITS:
        limit, mend = _LIMITS[error["type"]]
        return Problem(field, mend.format(error["ctx"][limit]))
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return Problem(field, _PLAIN.get(error["type"], message))


def _faults(value: Any, path: str = "") -> Iterator[Problem]:
    """Yield what no database and no other reader could keep, wherever in the message it stands."""
    match value:
        case str():
            yield from (Problem(path, mend) for bad, mend in _UNKEEPABLE if bad.search(value))
        case float() if not isfinite(value):
            yield Problem(path, "is a number too large to keep: send it as text, or leave it out")
        case Mapping():
            for key, item in value.items():
                here = shown(f"{path}.{key}".lstrip("."))
                yield from _faults(key, here)
                yield from _faults(item, here)
        case list():
            for number, item in enumerate(value):
                yield from _faults(item, f"{path}.{number}".lstrip("."))


def shown(path: str) -> str:
    """Return the path of a field so that it can be kept itself."""
    return path.replace("\0", "\\u0000").encode(errors="backslashreplace").decode()
