"""Our update in the other system's JSON, as the policy spells it."""

import copy
import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any, Final
from urllib.parse import quote

from connectors.case_management import Kept, ReadBack, Refused
from schemas.connector_policy import RestPolicy, names_in
from schemas.plan_update import PlanUpdate, PushedOutcome, Value

_ONE_NAME: Final = re.compile(r"\{\w+\}")
_NO_ID: Final = "the child has no id of the authority’s own yet: link the child to the authority’s record"


def path_of(update: PlanUpdate, policy: RestPolicy) -> str:
    """Return the address of the child's plan there.

    Raises:
        Refused: the address needs an id that the child does not have.
    """
    facts = {name: update.facts[name] for name in names_in(policy.path)}
    if not all(facts.values()):
        raise Refused(_NO_ID)
    if any(str(value) in {".", ".."} for value in facts.values()):
        raise Refused("the child’s id cannot stand in an address")
    return policy.path.format(**{name: quote(str(value), safe="") for name, value in facts.items()})


def missing(document: Mapping[str, Any], update: PlanUpdate, policy: RestPolicy) -> list[PushedOutcome]:
    """Return the outcomes that are not in the other system's plan."""
    there = {_reference(each, policy) for each in actions_of(document, policy)}
    return [each for each in update.outcomes if str(each.reference) not in there]


def with_actions(
    document: Mapping[str, Any], update: PlanUpdate, outcomes: Sequence[PushedOutcome], policy: RestPolicy
) -> dict[str, Any]:
    """Return the plan with these outcomes in it, everything else as it was."""
    added = [*actions_of(document, policy), *(action_of(update, each, policy) for each in outcomes)]
    changed = copy.deepcopy(dict(document))
    _put(changed, policy.actions, added)
    return changed


def list_alone(document: Mapping[str, Any], policy: RestPolicy) -> dict[str, Any]:
    """Return nothing of a plan but its list of actions, as a JSON Merge Patch has it."""
    alone: dict[str, Any] = {}
    _put(alone, policy.actions, actions_of(document, policy))
    return alone


def compared(document: Mapping[str, Any], update: PlanUpdate, policy: RestPolicy) -> ReadBack:
    """Return whether every outcome is in the other system's plan, once and as it was told."""
    if missing(document, update, policy):
        return ReadBack(Kept.MISSING)
    there = actions_of(document, policy)
    for outcome in update.outcomes:
        same = [each for each in there if _reference(each, policy) == str(outcome.reference)]
        if len(same) > 1:
            return ReadBack(Kept.OTHERWISE, why=f"outcome {outcome.number} stands there {len(same)} times")
        wanted = action_of(update, outcome, policy)
        differ = [place for place in policy.action if not _alike(_get(wanted, place), _get(same[0], place))]
        if differ:
            named = ", ".join(differ)
            return ReadBack(Kept.OTHERWISE, why=f"outcome {outcome.number} differs there in {named}")
    return ReadBack(Kept.SAME)


def action_of(update: PlanUpdate, outcome: PushedOutcome, policy: RestPolicy) -> dict[str, Any]:
    """Return one outcome as an action of the other system."""
    facts = update.facts_of(outcome)
    made: dict[str, Any] = {}
    for place, template in policy.action.items():
        _put(made, place, filled(template, facts))
    return made


def filled(template: str, facts: Mapping[str, Value]) -> Value:
    """Return what a template says: the value itself for a single name, else text."""
    if _ONE_NAME.fullmatch(template):
        return facts[template[1:-1]]
    return Formatter().vformat(template, (), {name: _text(value) for name, value in facts.items()})


def actions_of(document: Mapping[str, Any], policy: RestPolicy) -> list[Any]:
    """Return the list of actions; a plan without one has none yet.

    Raises:
        Refused: something else stands in its place.
    """
    found = _get(document, policy.actions)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Refused(f"the other system’s plan has no list at {policy.actions}: correct the policy")
    return found


def id_of(document: Mapping[str, Any], policy: RestPolicy) -> str | None:
    """Return the plan's own id there, if it has one."""
    found = _get(document, policy.id)
    return str(found) if isinstance(found, str | int) else None


def _reference(action: Any, policy: RestPolicy) -> str | None:
    found = _get(action, policy.reference)
    return found.strip().lower() if isinstance(found, str) else None


def _get(found: Any, place: str) -> Any:
    for name in place.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _put(into: dict[str, Any], place: str, value: Any) -> None:
    *groups, last = place.split(".")
    for name in groups:
        inner = into.get(name)
        into[name] = inner = inner if isinstance(inner, dict) else {}
        into = inner
    into[last] = value


def _alike(wanted: Any, found: Any) -> bool:
    """Whether two values say the same: line ends, blanks around and nothing instead of empty aside."""
    return bool(_plain(wanted) == _plain(found))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value


def _text(value: Value) -> str:
    return "" if value is None else str(value)
