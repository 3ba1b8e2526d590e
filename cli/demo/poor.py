"""Records that no fair manager would approve, each poor in its own way."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from cli.demo.story import Case, Draw, Story
from cli.demo.telling import Sections, good


def poor(case: Case) -> Sections:
    """Return a record that the quality gate refuses."""
    spoil = Draw(case.key, "poor").one(tuple(SPOILT.values()))
    return spoil(good(case, WORDED_AGAIN), Story(case))


WORDED_AGAIN: Final = -1
"""The variant of which a poor record keeps what it keeps, so that the good one is in other words."""


def _without_voice(record: Sections, story: Story) -> Sections:
    told = story.said("{child} was unhappy and left. {He} was with friends. {He} is safe now.")
    return record | {"account": {"before": told, "during": "", "since": ""}}


def _without_analysis(record: Sections, story: Story) -> Sections:
    push = story.said("difficulties at home")
    kept = {"pattern": "As before.", "meaning": story.said("{child} went missing and has returned.")}
    return record | {"analysis": {"push": f"{push}.", **kept}}


def _for_anybody(record: Sections, story: Story) -> Sections:
    what = story.said("{child} to engage with services.")
    outcome = {"what": what, "owner": "All professionals", "measure": "Ongoing"}
    return record | {"outcomes": [outcome]}


def _without_outcomes(record: Sections, story: Story) -> Sections:
    return record | {"outcomes": [], "help": {"would_help": story.said("support.")}}


def _in_a_hurry(record: Sections, story: Story) -> Sections:
    account = {"before": "Argument.", "during": "With friends.", "since": "Fine."}
    harm = {"what": story.said("none disclosed.")}
    return {"offer": record["offer"], "account": account, "harm": harm, "analysis": {"risk": "same"}}


SPOILT: Final[Mapping[str, Callable[[Sections, Story], dict[str, Any]]]] = {
    "without the child's voice": _without_voice,
    "without an analysis": _without_analysis,
    "with outcomes for anybody": _for_anybody,
    "without outcomes": _without_outcomes,
    "in a hurry": _in_a_hurry,
}
"""What is wrong with a poor record, and how a good one is spoilt that way."""
