"""Between a message and the fields in which it is mended.

Only what was changed in the fields is changed in the message: an instant keeps its seconds, and what no
question is about stays as it came.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from schemas.notification import TYPE_PREFIX, VERSION
from schemas.words import Kind as Told
from web.mending.asked import ALL, BY_NAME, MUST, TICKED, Asked
from web.record.moments import (
    DAY_PARTS,
    MOMENT_PARTS,
    Unread,
    day_fields,
    moment_fields,
    read_day_fields,
    read_moment_fields,
)
from web.record.question import Kind

PARTS: Final[Mapping[Kind, tuple[str, ...]]] = {Kind.DAY: DAY_PARTS, Kind.MOMENT: MOMENT_PARTS}
YES_NO: Final[Mapping[str, bool]] = {"yes": True, "no": False}
SAY: Final = "say what it is, or tick that nobody knows"
NOT_BOTH: Final = "take away what you entered, or the tick that nobody knows"
HAPPENED: Final = "occurred_at"
SEEN: Final = "missing-last_seen_at"
REPORT: Final = f"{TYPE_PREFIX}{Told.REPORTED}.v{VERSION}"


@dataclass(slots=True)
class Mended:
    """A message as it is after mending, and what could not be read, by the field's id."""

    message: dict[str, Any]
    doubted: frozenset[str] = frozenset()
    """The names of the questions that were to be answered."""
    errors: dict[str, str] = field(default_factory=dict)


def fields_of(message: Mapping[str, Any]) -> dict[str, str]:
    """Return a message as the fields of its form; empty where what stands there is no answer."""
    return {name: text for asked in ALL for name, text in shown(asked, value_at(message, asked)).items()}


def value_at(message: Mapping[str, Any], asked: Asked) -> Any:
    """Return what stands in a message where a question is about; None for nothing."""
    value: Any = message
    for part in asked.place.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def shown(asked: Asked, value: Any) -> dict[str, str]:
    """Return the fields of one question, each with its text."""
    match asked.question.kind:
        case Kind.DAY | Kind.MOMENT as kind:
            told = (day_fields if kind is Kind.DAY else moment_fields)(
                value if isinstance(value, str) else None
            )
            known = "year" in told
            texts = {part: told.get(part, "") if known else "" for part in PARTS[kind]}
            return {f"{asked.name}-{part}": text for part, text in texts.items()}
        case Kind.CHOICE:
            return {asked.name: value if isinstance(value, str) and value in asked.question.choices else ""}
        case Kind.YES_NO:
            return {asked.name: {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""}
        case _ if isinstance(value, list):
            return {asked.name: "\n".join(str(each) for each in value if each is not None)}
        case _:
            return {asked.name: "" if value is None or isinstance(value, dict) else str(value)}


def mended(message: Mapping[str, Any], typed: Mapping[str, str], wrong: frozenset[str]) -> Mended:
    """Return the message with what was typed; `wrong` are the names of questions of which doubt was told."""
    same = is_same(message, wrong)
    done = Mended(deepcopy(dict(message)), wrong - {SEEN} if same else wrong)
    for asked in ALL:
        was = shown(asked, value_at(message, asked))
        now = {name: _tidy(typed.get(name, "")) for name in was}
        if asked.name == SEEN and same and not any(now.values()):
            _put(done.message, asked, value_at(done.message, BY_NAME[HAPPENED]))
        elif any(name in typed for name in was):
            _mend(done, asked, was, now, typed, doubted=asked.name in wrong)
    return done


def is_same(message: Mapping[str, Any], wrong: frozenset[str]) -> bool:
    """Whether a report lacks the time at which the child was last seen only because that is when it happened.

    Forces write it once, and formats read both from it; staff are asked for it once, too.
    """
    values = [value_at(message, BY_NAME[name]) for name in (HAPPENED, SEEN)]
    return message.get("type") == REPORT and wrong >= {HAPPENED, SEEN} and values[0] == values[1]


def _mend(
    done: Mended,
    asked: Asked,
    was: Mapping[str, str],
    now: Mapping[str, str],
    typed: Mapping[str, str],
    *,
    doubted: bool,
) -> None:
    blank, ticked = not any(now.values()), bool(typed.get(f"{asked.name}-{TICKED}"))
    if asked.ticks and ((ticked and not blank) or (doubted and blank and not ticked)):
        done.errors[asked.id] = f"{asked.question.label}: {NOT_BOTH if ticked else SAY}"
        return
    value = value_at(done.message, asked)
    if _is_answer(asked, value) and now == {name: _tidy(text) for name, text in was.items()}:
        return
    try:
        _put(done.message, asked, _answer(asked, now))
    except Unread as error:
        why = f"{error.message[:1].lower()}{error.message[1:]}"
        done.errors[f"{asked.name}-{error.at}"] = f"{asked.question.label}: {why}"


def _is_answer(asked: Asked, value: Any) -> bool:
    """Whether what stands in a message is nothing, or of the sort that its question asks for."""
    if value is None:
        return True
    if asked.listed:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if asked.question.kind is Kind.YES_NO:
        return isinstance(value, bool)
    return isinstance(value, str) and (value == "" or any(shown(asked, value).values()))


def _answer(asked: Asked, now: Mapping[str, str]) -> Any:
    kind = asked.question.kind
    if kind in PARTS:
        parts = {part: now[f"{asked.name}-{part}"] for part in PARTS[kind]}
        return read_day_fields(parts) if kind is Kind.DAY else read_moment_fields(parts)
    text = now[asked.name]
    if kind is Kind.YES_NO:
        return YES_NO.get(text, text or None)
    if asked.listed:
        return [line.strip() for line in text.split("\n") if line.strip()] or None
    return text or None


def _put(message: dict[str, Any], asked: Asked, value: Any) -> None:
    """Put an answer where it belongs; none is left out, or null where there has to be one."""
    *path, last = asked.place.split(".")
    if value is None and not isinstance(_within(message, path), dict):
        return
    where = message
    for part in path:
        if not isinstance(where.get(part), dict):
            where[part] = {}
        where = where[part]
    if value is None and asked.place not in MUST:
        where.pop(last, None)
    else:
        where[last] = value


def _within(message: Any, path: list[str]) -> Any:
    for part in path:
        message = message.get(part) if isinstance(message, dict) else None
    return message


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
