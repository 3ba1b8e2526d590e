"""A policy as people read it: by part, in plain words, with what is as it comes marked."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from casework.policy_text import STEPS, told
from schemas.policy import Policy
from schemas.working_hours import DAYS

PARTS: Final[Mapping[str, str]] = {
    "episode": "What is one missing episode",
    "interview": "When the interview is due",
    "allocation": "Who may hold an interview",
    "ladder": "How lateness is chased",
    "alerts": "How people are told",
    "plan": "The safety plan",
    "connector": "The case-management system",
    "formats": "What forces send",
    "police_lists": "Lists of missing children from forces",
}
LABELS: Final[Mapping[str, str]] = {
    "episode.located_grace": "After a child is found, a new absence begins a new episode after",
    "episode.merge_gap": "Absences are one episode if they lie no further apart than",
    "interview.within": "Time from the return to the deadline",
    "allocation.training": "An interviewer must be trained in",
    "allocation.in_care": "A child is in care if the legal status says",
    "allocation.weights.continuity": "Points for each earlier interview with this child",
    "allocation.weights.language": "Points for the child’s language",
    "allocation.weights.gender": "Points for the gender that the child asked for",
    "allocation.weights.hours": "Points for time before the deadline",
    "allocation.weights.load": "Points taken off for each interview in hand",
    "allocation.working": "Hours of those whose own are not known",
    "allocation.hours_each": "Working hours that one interview takes",
    "allocation.hours_enough": "Working hours before the deadline that are enough",
    "allocation.late_days": "Days that a suggestion looks ahead when nobody has time",
    "ladder.looks_back": "Steps that were past already come due if not older than",
    "ladder.repeat_count": "Episodes that make a child repeatedly missing",
    "ladder.repeat_within": "Within which time they begin",
    "alerts.default_team": "Team told of what is in nobody’s hands",
    "alerts.duty_team": "Team that is the duty desk",
    "alerts.people": "People who are told in another way",
    "alerts.digest_over": "Messages that may wait before they go together",
    "alerts.most_per_hour": "Most messages to one person in an hour",
    "plan.review_after": "A plan is looked at again after",
    "plan.same_action": "Share of common words from which two actions are the same",
    "connector.targets": "Approved outcomes go to",
    "connector.rest.path": "Address of a child’s plan there",
    "connector.rest.method": "How the plan there is changed",
    "connector.rest.id": "Where its own id stands",
    "connector.rest.actions": "Where the list of actions stands",
    "connector.rest.action": "What each field of an action there is made of",
    "formats": "Formats of forces",
    "police_lists.formats": "Formats of lists",
    "police_lists.expected_within": "Managers are told when no list has come for",
    "police_lists.lags": "A list may be behind what is known here by",
}
COUNTS: Final[Mapping[str, str]] = {"version": "Shape of the file", "revision": "The authority’s own count"}
STEP_LABELS: Final[Mapping[str, str]] = {
    "watches": "Looks at",
    "after": "Comes due after",
    "working_days": "Comes due after working days",
    "repeats_every": "Comes again every",
    "tells": "Tells",
    "expects": "What is expected",
    "answer_within": "An answer is expected within",
    "when": "People are told",
    "channels": "By",
}
WHOLE: Final = ("allocation.working", "alerts.people", "connector.rest.action")
"""Settings that are read as one, whatever is in them."""
_NAME: Final = re.compile(r"[a-z][a-z_]*")
_DURATION: Final = TypeAdapter(timedelta)
_UNITS: Final = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in words; `default` says that it is as it comes."""

    path: str
    label: str
    value: str
    default: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Settings that belong together."""

    title: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder in words; `default` says that it is as it comes."""

    id: str
    name: str
    looks_at: str
    comes_due: str
    tells: str
    expects: str
    answer_within: str
    how: str
    default: bool


def parts_of(policy: Policy) -> tuple[Part, ...]:
    """Return a policy by part, without the steps of its ladder."""
    now, defaults = told(policy), told(Policy())
    return tuple(
        Part(title, tuple(_settings(name, now[name], defaults[name]))) for name, title in PARTS.items()
    )


def steps_of(policy: Policy) -> tuple[Step, ...]:
    """Return the steps of a policy's ladder, in its order."""
    known = {step["id"]: step for step in told(Policy())["ladder"]["steps"]}
    return tuple(_step(step, known.get(step["id"])) for step in told(policy)["ladder"]["steps"])


def label(path: str) -> str:
    """Return what a setting is called; one of a step by the step's id."""
    if path in {*LABELS, *COUNTS}:
        return LABELS.get(path) or COUNTS[path]
    if path == STEPS:
        return "Order of the steps of the ladder"
    if path.startswith(f"{STEPS}."):
        step, _, field = path.removeprefix(f"{STEPS}.").rpartition(".")
        known = field in STEP_LABELS and bool(step)
        return f"Step {_plain(step)}: {STEP_LABELS[field]}" if known else f"Step {_plain(step + field)}"
    whole = next((name for name in WHOLE if path.startswith(f"{name}.")), None)
    return f"{LABELS[whole]}: {_inside(path.removeprefix(f'{whole}.'))}" if whole else path


def spoken(value: str) -> str:
    """Return a setting's value, told as JSON, in words; nothing for one that is not there."""
    return _spoken(json.loads(value)) if value else "not there"


def _settings(name: str, own: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Setting]:
    before = _values(name, theirs)
    for path, value in _values(name, own).items():
        if path != STEPS:
            yield Setting(path, label(path), _spoken(value), before.get(path) == value)


def _values(path: str, value: Any) -> dict[str, Any]:
    """Return the settings below a path, whole ones as they are."""
    if path in WHOLE or not isinstance(value, Mapping):
        return {path: value}
    found: dict[str, Any] = {}
    for name, each in value.items():
        found |= _values(f"{path}.{name}", each)
    return found


def _step(step: Mapping[str, Any], default: Mapping[str, Any] | None) -> Step:
    return Step(
        id=step["id"],
        name=_plain(step["id"]),
        looks_at=_plain(step["watches"]),
        comes_due=_comes_due(step),
        tells=_spoken(step["tells"]),
        expects=step["expects"],
        answer_within=_spoken(step["answer_within"]),
        how=f"{_spoken(step['channels'])}; {_plain(step['when'])}",
        default=step == default,
    )


def _comes_due(step: Mapping[str, Any]) -> str:
    length = _spoken(step["after"])
    when = "at once" if length == "no time" else length if length.endswith("before") else f"after {length}"
    if step["working_days"]:
        when = f"after {step['working_days']} working days"
    return f"{when}, then every {_spoken(step['repeats_every'])}" if step["repeats_every"] else when


def _spoken(value: Any) -> str:
    match value:
        case None | bool():
            return {None: "none", True: "yes", False: "no"}[value]
        case str():
            return _time(value) or (_plain(value) if _NAME.fullmatch(value) else value)
        case list():
            return ", ".join(map(_spoken, value)) or "none"
        case {"source": str() as source, **more}:
            return f"{more['name']} ({source})" if "name" in more else source
        case Mapping():
            return "; ".join(f"{_day(name)}: {_raw(each)}" for name, each in value.items()) or "none"
        case _:
            return str(value) if isinstance(value, int) else f"{value:g}"


def _day(name: str) -> str:
    """Return the name of a weekday, told by its number; any other name as it is."""
    return DAYS[int(name)].title() if name in set("0123456") else name


def _inside(path: str) -> str:
    first, *others = path.split(".")
    return _plain(" ".join((_day(first), *others)))


def _raw(value: Any) -> str:
    match value:
        case {"begins": str() as begins, "ends": str() as ends}:
            return f"{begins[:5]} to {ends[:5]}"
        case str():
            return value
        case _:
            return _spoken(value)


def _time(value: str) -> str | None:
    """Return a length of time in words: `P2DT6H` is `2 days 6 hours`, `-P1D` is `1 day before`."""
    if not value.lstrip("+-").startswith("P"):
        return None
    try:
        length = _DURATION.validate_python(value)
    except ValidationError:
        return None
    seconds, words = int(abs(length).total_seconds()), []
    for size, name in _UNITS:
        number, seconds = divmod(seconds, size)
        if number:
            words.append(f"{number} {name}{'s' * (number != 1)}")
    return f"{' '.join(words) or 'no time'}{' before' * (length < timedelta(0))}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
