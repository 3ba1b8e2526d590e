"""What happened around a child, each as an entry of the line of time in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from casework.views.line import Line
from casework.views.plans import Change, Version
from casework.views.timeline import Chapter, InterviewStory, Telling
from schemas.ladder_policy import LadderPolicy
from store.views.alerts import Alert
from store.views.interviews import Value
from web.pages.audit_words import actor
from web.pages.terms import CHANGES, KINDS, REASONS, force, term
from web.pages.times import LONDON, day, how_long, moment, respoken
from web.pages.told_facts import Fact, facts_of, named


class Sort(StrEnum):
    """What an entry is about, by the name of its filter."""

    EPISODES = "episodes"
    TOLD = "told"
    INTERVIEWS = "interviews"
    PLAN = "plan"
    ALERTS = "alerts"
    DECISIONS = "decisions"


DECIDED: Final = frozenset({"sent-back", "approved", "not-possible", "struck", "reinstated"})
"""What happens to an interview because somebody decided so."""
ALERTS: Final = {
    "not_allocated": "Alert: nobody has the interview",
    "not_arranged": "Alert: no time and place for the interview",
    "not_held": "Alert: the interview is not held",
    "record_not_submitted": "Alert: the record is not handed in",
    "record_not_approved": "Alert: nobody decided on the record",
    "return_not_confirmed": "Alert: the return is not confirmed",
    "still_missing": "Alert: still missing",
    "repeatedly_missing": "Alert: missing again and again",
    "outcomes_stuck": "Alert: outcomes do not reach the case-management system",
    "outcomes_not_confirmed": "Alert: outcomes are not confirmed by the case-management system",
}


IDENTITY: Final = {
    "link": "Screened: this is a child who is known",
    "new": "Screened: this is a child of their own",
    "merge": "Screened: two children are one",
    "split": "Screened: some messages are of another child",
    "keep": "Screened: it is right as it is",
    "undo": "An earlier decision of screening was undone",
}
SETTLED: Final = "settled"
"""The kind of message by which a screener says that times are right as they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the line. `deadline` where it is about the interview; `more` are sentences.

    `likened` where it was filed under the child by likeness: it may be of another.
    """

    at: datetime
    sort: Sort
    title: str
    by: str = ""
    facts: Sequence[Fact] = ()
    more: Sequence[str] = ()
    marks: Sequence[str] = ()
    deadline: bool = field(default=False)
    likened: bool = False


def every_entry(line: Line, ladder: LadderPolicy) -> Iterator[Entry]:
    """Yield all that is on a child's line, in no order."""
    for chapter in line.story.chapters:
        yield from _of_episode(chapter)
        yield from map(of_telling, chapter.tellings)
        for told in chapter.interviews:
            yield from _of_interview(told, line, chapter.episode.started_at)
    yield from map(of_telling, line.story.elsewhere)
    for version, changes in line.plan:
        yield _of_plan(version, changes, line)
    for alert in line.alerts:
        yield from _of_alert(alert, ladder, line)
    for one in line.decided:
        title = term(one.decision.kind.value, IDENTITY)
        yield Entry(
            one.at, Sort.DECISIONS, title, by=line.name_of(one.by), facts=list(named(("Why", one.reason)))
        )


def of_telling(telling: Telling) -> Entry:
    """Return what one notification told, at the moment that it tells of."""
    notification = telling.notification
    by = f"{force(notification.source)}, reference {notification.subject}"
    return Entry(
        at=notification.data.occurred_at,
        sort=Sort.DECISIONS if notification.kind == SETTLED else Sort.TOLD,
        title=term(notification.kind, KINDS),
        by=f"{by}. Told {moment(notification.time)}, received {moment(telling.received_at)}.",
        facts=list(facts_of(notification)),
        marks=telling.marks,
        likened=telling.by_likeness,
    )


def _of_episode(chapter: Chapter) -> Iterator[Entry]:
    episode = chapter.episode
    if episode.status == "cancelled":
        return
    if episode.started_at:
        yield Entry(episode.started_at, Sort.EPISODES, "Missing episode begins")
    if episode.returned_at:
        away = episode.returned_at - episode.started_at if episode.started_at else None
        facts = list(named(("Away for", how_long(away) if away and away.total_seconds() > 0 else None)))
        yield Entry(episode.returned_at, Sort.EPISODES, "Missing episode ends", facts=facts)


def _of_interview(told: InterviewStory, line: Line, started_at: datetime | None) -> Iterator[Entry]:
    began = day(started_at.astimezone(LONDON).date()) if started_at else None
    of_which = list(named(("Missing from", began)))
    for value in told.history:
        yield Entry(
            at=value.at,
            sort=Sort.DECISIONS if value.event in DECIDED else Sort.INTERVIEWS,
            title=term(value.event, CHANGES),
            by=actor(value.by, line.names) if value.by else "",
            facts=[*_of_value(value, line), *of_which],
            deadline=True,
        )


def _of_value(value: Value, line: Line) -> Iterator[Fact]:
    why = term(value.reason, REASONS) if value.reason else None
    due = f"{moment(value.due_at)}{', return not confirmed' if value.provisional_due else ''}"
    arranged = value.event == "arranged" and value.arranged_for
    given = value.event in {"allocated", "reallocated"}
    yield from named(
        ("Because", why),
        ("Given to", line.name_of(value.interviewer) if given else None),
        ("Answer", {True: "Yes", False: "No"}.get(value.accepted or False) if _is_answered(value) else None),
        ("For", moment(arranged) if arranged else None),
        ("Due by" if not why else "Was due by", due if value.by is None else None),
    )


def _is_answered(value: Value) -> bool:
    return value.event == "offered" and value.accepted is not None


def _of_plan(version: Version, changes: Sequence[Change], line: Line) -> Entry:
    return Entry(
        at=version.entry.at,
        sort=Sort.PLAN,
        title=f"Safety plan, version {version.number}",
        by=line.name_of(version.entry.by),
        more=[change.text for change in changes],
    )


def _of_alert(alert: Alert, ladder: LadderPolicy, line: Line) -> Iterator[Entry]:
    step = ladder.step(alert.step)
    title = term(step.watches, ALERTS) if step else f"Alert: {alert.step}"
    over = f"{moment(alert.closed_at)}: {respoken(alert.closed_why or '')}" if alert.closed_at else None
    expected = f"{alert.expected.rstrip('.')}, by {moment(alert.expected_by)}"
    yield Entry(
        at=alert.raised_at,
        sort=Sort.ALERTS,
        title=title,
        facts=list(named(("Expected", expected), ("Over", over))),
    )
    if alert.acknowledged_at:
        yield Entry(
            at=alert.acknowledged_at,
            sort=Sort.DECISIONS,
            title="Decided on an alert",
            by=line.name_of(alert.acknowledged_by),
            facts=list(named(("On", title.removeprefix("Alert: ")), ("Decision", alert.decision))),
        )
