"""Differences between a force's list and what is known here, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from casework.police_list_remedies import What
from store.police_tasks import TaskRow
from store.views.police_lists import Shown
from web.pages.terms import UNKNOWN_NAME, full_name

TITLES: Final = {
    "listed": "On the force’s list, not missing here",
    "open": "Missing here, not on the force’s list",
}
WHYS: Final = {
    "not_told": "No message told that this child is missing.",
    "returned": "Here the child is recorded as returned.",
    "cancelled": "Here the report under this reference is recorded as made in error.",
    "other_child": "Here the reference is of a child who is described otherwise.",
    "perhaps": "A child who may be meant is missing here, under another reference.",
    "not_listed": "The force told that the child is missing, and its list does not have the child.",
}
OVER: Final = {
    "not_listed": "the list does not have the child any more",
    "open_here": "the child is recorded as missing here now",
    "listed_now": "the list has the child now",
    "closed_here": "the episode here is over, or part of another",
    "link_over": "the episode that was meant is over",
}
DONE: Final[Mapping[str, str]] = {
    What.MISSING.value: "Recorded as missing",
    What.EPISODE.value: "It is the episode that is open here",
    What.WRONG.value: "Not this authority’s, or the list is wrong",
    What.RETURNED.value: "Recorded as returned",
    What.ASKED.value: "The force was asked",
    What.STILL_MISSING.value: "Still missing: the list is wrong",
}
STATES: Final = {
    "compared": "Compared",
    "doubted": "Waits for a decision",
    "refused": "Not compared",
}


def about(shown: Shown) -> str:
    """Return whom a difference is about: as the list says it, else as is known here."""
    return listed_name(shown.task) or full_name(shown.facts or {})


def listed_name(task: TaskRow) -> str | None:
    """Return the name that the list has; None where there is none."""
    told = task.listed
    name = full_name({"given_names": told.given_names, "family_name": told.family_name}) if told else None
    if told and name == UNKNOWN_NAME:
        return told.reference
    return name


def last_asked(task: TaskRow) -> Mapping[str, Any] | None:
    """Return when the force was last asked, and by whom."""
    return next((done for done in reversed(task.history) if done["what"] == What.ASKED), None)


def over(task: TaskRow) -> str:
    """Return why a difference is one no more, or how a person says that it is."""
    if task.ended_why:
        return f"Over: {OVER.get(task.ended_why, task.ended_why)}"
    return DONE.get(task.settled_as or "", "")


def at(done: Mapping[str, Any]) -> datetime:
    """Return when something was done."""
    return datetime.fromisoformat(done["at"])
