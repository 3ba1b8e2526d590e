"""Alerts in words: what is late, since when it counts, by which way somebody was told, and how that went."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from schemas.ladder_policy import LadderPolicy, LadderStep, Watch
from schemas.notices import GLASS_BROKEN, POLICE_LIST_LACKING, SCHEDULER_SILENT
from store.alerts import Delivery
from web.pages.times import count, how_long

LATE: Final[Mapping[Watch, str]] = {
    Watch.NOT_ALLOCATED: "Nobody has the interview",
    Watch.NOT_ARRANGED: "No time and place is agreed",
    Watch.NOT_HELD: "The interview was not held",
    Watch.RECORD_NOT_SUBMITTED: "The record was not handed in",
    Watch.RECORD_NOT_APPROVED: "The record was not decided on",
    Watch.RETURN_NOT_CONFIRMED: "The child was found, and no return was told",
    Watch.STILL_MISSING: "The child is still missing",
    Watch.REPEATEDLY_MISSING: "The child goes missing again and again",
    Watch.OUTCOMES_STUCK: "Outcomes are not taken by the other system",
    Watch.OUTCOMES_NOT_CONFIRMED: "Outcomes are not confirmed by the other system",
    Watch.FLOW_FAILED: "Work that is done by the clock failed",
}
COUNTS_FROM: Final[Mapping[Watch, str]] = {
    Watch.NOT_ALLOCATED: "the deadline",
    Watch.NOT_ARRANGED: "the deadline",
    Watch.NOT_HELD: "the deadline",
    Watch.RECORD_NOT_SUBMITTED: "the conversation",
    Watch.RECORD_NOT_APPROVED: "it was handed in",
    Watch.RETURN_NOT_CONFIRMED: "the child was found",
    Watch.STILL_MISSING: "the child went missing",
    Watch.REPEATEDLY_MISSING: "the child went missing",
    Watch.OUTCOMES_STUCK: "they were first sent",
    Watch.OUTCOMES_NOT_CONFIRMED: "they were first sent",
    Watch.FLOW_FAILED: "it failed",
}
ROLES: Final = {
    "worker": "interviewer",
    "duty_desk": "duty desk",
    "team_manager": "team manager",
    "service_manager": "service manager",
    "head_of_service": "head of service",
    "senior_manager": "senior manager for missing children",
    "director": "director",
}
WAYS: Final = {"inbox": "in Homeward", "email": "by e-mail", "text": "by text message", "teams": "on Teams"}
INBOX: Final = "inbox"
GONE: Final = {
    "queued": "waits to be sent",
    "sent": "sent",
    "failed": "failed",
    "undeliverable": "not possible",
}


BESIDE_THE_LADDER: Final = {
    GLASS_BROKEN: "A restricted record was opened by somebody not named for it",
    POLICE_LIST_LACKING: "A force has not sent its list of missing children",
    SCHEDULER_SILENT: "Nothing is done by the clock, and nothing is chased",
}
"""What is told at once and is on nobody's ladder."""


def step_names(ladder: LadderPolicy) -> dict[str, str]:
    """Return what each step says, by its id."""
    return {step.id: step_words(step) for step in ladder.steps} | BESIDE_THE_LADDER


def step_words(step: LadderStep) -> str:
    """Return what is late at a step, and when it comes: `The interview was not held, 24 hours after …`."""
    return f"{LATE[step.watches]}{_when(step)}"


def _when(step: LadderStep) -> str:
    since = COUNTS_FROM[step.watches]
    again = f", and every {how_long(step.repeats_every)} from then on" if step.repeats_every else ""
    if step.working_days:
        return f", {count(step.working_days, 'working day')} after {since}{again}"
    if step.after:
        side = "before" if step.after < timedelta(0) else "after"
        return f", {how_long(abs(step.after))} {side} {since}{again}"
    return (", at the deadline" if since == "the deadline" else "") + again


def role(name: str) -> str:
    """Return a role as people say it."""
    return ROLES.get(name, name.replace("_", " "))


def told_words(delivery: Delivery) -> str:
    """Return by which way somebody was told, and how that went: `by e-mail: sent`."""
    why = f", {delivery.why}" if delivery.why and delivery.state != "sent" else ""
    way = WAYS.get(delivery.channel, delivery.channel)
    return f"{way}: {GONE.get(delivery.state, delivery.state)}{why}"


def told_by_person(
    deliveries: Iterable[Delivery], names: Mapping[str, str]
) -> list[tuple[str, str, list[Delivery]]]:
    """Return who was told, with the role, and each way by which that was tried, Homeward first."""
    found: dict[tuple[str, str], list[Delivery]] = {}
    for each in sorted(deliveries, key=lambda one: one.channel != INBOX):
        found.setdefault((each.recipient, each.role), []).append(each)
    return [(_name(who, as_role, names), role(as_role), each) for (who, as_role), each in found.items()]


def _name(recipient: str, as_role: str, names: Mapping[str, str]) -> str:
    if recipient.startswith("role:"):
        return f"Nobody: there is no {role(as_role)}"
    return names.get(recipient, recipient)
