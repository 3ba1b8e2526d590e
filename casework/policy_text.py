"""A policy as people write it: TOML or JSON, read so that a refusal names each setting and how to mend it."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel

from casework.refusals import BadInput
from schemas.policy import Policy
from schemas.reading import Problem, Unreadable, parse_json, read_as

MOST_CHARACTERS: Final = 200_000
STEPS: Final = "ladder.steps"
POLICY: Final = "policy"
"""The field that stands for the text as a whole."""
_DURATION: Final = "must be a time such as PT6H (6 hours), P3D (3 days) or PT30M (30 minutes)"


def read_text(text: str) -> Policy:
    """Return the policy of a text; one that begins with a brace is JSON, any other TOML.

    Raises:
        BadInput: it cannot be read, or a setting is unknown or out of its range.
    """
    value = _parsed(text)
    try:
        return read_as(Policy, value)
    except Unreadable as error:
        raise BadInput([_plain(each) for each in error.problems]) from error


def told(policy: Policy) -> dict[str, Any]:
    """Return all of a policy as JSON, defaults too: what is kept, and what is in force for good."""
    return policy.model_dump(mode="json")


def _parsed(text: str) -> Any:
    if not text.strip():
        raise BadInput([Problem(POLICY, "is empty: paste the policy, or choose its file")])
    if len(text) > MOST_CHARACTERS:
        raise BadInput([Problem(POLICY, f"is longer than {MOST_CHARACTERS:,} characters: shorten it")])
    try:
        if text.lstrip("\ufeff \t\r\n").startswith("{"):
            return parse_json(text.encode())
        return json.loads(json.dumps(tomllib.loads(text.removeprefix("\ufeff")), default=str))
    except Unreadable as error:
        mend = "is not JSON that can be read: correct it, or write it as TOML"
        raise BadInput([Problem(POLICY, f"{mend} ({error})")]) from error
    except (ValueError, RecursionError) as error:
        mend = "is not TOML that can be read: correct it, or send it as JSON"
        raise BadInput([Problem(POLICY, f"{mend} ({error})")]) from error


def _plain(problem: Problem) -> Problem:
    """Return a problem in the words of a policy."""
    if "valid duration" in problem.message or "valid timedelta" in problem.message:
        return Problem(problem.field, _DURATION)
    if "is not known here" in problem.message:
        return Problem(problem.field, f"is no setting of a policy: {_instead(problem.field)}")
    return Problem(problem.field or POLICY, problem.message)


def _instead(field: str) -> str:
    *place, name = field.split(".")
    known = _known(Policy, place)
    near = get_close_matches(name, known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"leave it out, or use one of {', '.join(known)}" if known else "leave it out"


def _known(kind: type[BaseModel], place: Sequence[str]) -> list[str]:
    """Return the names that a section has, by its place in the policy; none where it is in a list."""
    for name in place:
        found = kind.model_fields[name].annotation if name in kind.model_fields else None
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return []
        kind = found
    return list(kind.model_fields)


def differences(was: Policy, becomes: Policy) -> tuple[tuple[str, str, str], ...]:
    """Return each setting that changes, with what it was and what it becomes, as JSON; empty where it is not.

    A step of the ladder goes by its id; one that comes or goes is told as one, by what it expects.
    """
    before, after = told(was), told(becomes)
    old, new = (_steps(each) for each in (before, after))
    changed = _unlike(flat(before), flat(after))
    for id_ in dict.fromkeys((*old, *new)):
        path = f"{STEPS}.{id_}"
        if id_ in old and id_ in new:
            changed += _unlike(flat(old[id_], path), flat(new[id_], path))
        else:
            changed.append((path, _expects(old.get(id_)), _expects(new.get(id_))))
    stay = [id_ for id_ in old if id_ in new]
    if stay != (then := [id_ for id_ in new if id_ in old]):
        changed.append((STEPS, json.dumps(stay), json.dumps(then)))
    return tuple(changed)


def flat(value: Any, path: str = "") -> dict[str, str]:
    """Return the settings of a policy's JSON, each by its path, with its value as JSON; no ladder's steps.

    In which order the names of a list's entry stand says nothing: what is kept has them sorted.
    """
    if path == STEPS:
        return {}
    if not isinstance(value, Mapping) or not value:
        return {path: json.dumps(value, ensure_ascii=False, sort_keys=True)}
    found: dict[str, str] = {}
    for name, part in value.items():
        found |= flat(part, f"{path}.{name}".lstrip("."))
    return found


def _steps(policy: Mapping[str, Any]) -> dict[str, Any]:
    return {step["id"]: step for step in policy["ladder"]["steps"]}


def _expects(step: Mapping[str, Any] | None) -> str:
    return json.dumps(step["expects"], ensure_ascii=False) if step else ""


def _unlike(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys((*before, *after))
    values = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return [each for each in values if each[1] != each[2]]
