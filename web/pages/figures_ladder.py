"""The figures of children who go missing again, and of what comes after escalations."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from casework.views.figures import AfterStep, Repeats
from web.charts import Along, Axis, Column, Fill, Part, Row, Words, columns, legend, stacked, ticks
from web.pages.figures_period import Period
from web.pages.figures_table import Shown, Table
from web.pages.figures_words import hours
from web.pages.terms import sentence, term
from web.pages.times import count, day

MOST_COLUMNS: Final = 9
"""Children with more episodes than that stand in the last column together."""
WHATS: Final = {
    "held": ("Held", Fill.STRONG),
    "arranged": ("Arranged", Fill.PLAIN),
    "offered": ("Offered", Fill.LIGHT),
    "allocated": ("Allocated", Fill.FAINT),
    "closed": ("Declined or not possible", Fill.GREY),
    "submitted": ("Record submitted", Fill.BEGUN),
    "approved": ("Record approved", Fill.DONE),
    "sent_back": ("Record sent back", Fill.WARM),
    "nothing": ("Nothing in the expected time", Fill.HATCHED),
    "not yet": ("Nothing yet, and there is still time", Fill.DOTTED),
}


def repeat_missing(period: Period, found: Repeats) -> Shown:
    """Show how many children went missing how often."""
    total, again = found.at_least(1), found.at_least(found.often)
    days = count(found.within // timedelta(days=1), "day")
    when = f"in the {days} up to {day(period.last)}"
    reading = f"{sentence(_how_often(found, total, again, when))}."
    often = f"{found.often} episodes or more"
    words = Words("repeat-missing", f"Children by number of episodes in {days}", reading)
    axis, key = Axis("Children", ticks(_highest(found))), (("Fewer", Fill.LIGHT), (often, Fill.STRONG))
    return Shown(
        "repeat-missing",
        "Missing again",
        reading,
        Table(("Episodes", "Children"), [(each.episodes, each.children) for each in found.children]),
        columns(words, axis, Along(f"Episodes in {days}"), _often(found)) if total else None,
        legend(words.id, key) if total else None,
        ("This is the whole authority, whichever team is chosen: children belong to no interviewer’s team.",),
    )


def _how_often(found: Repeats, total: int, again: int, when: str) -> str:
    if total == 0:
        return f"no child went missing {when}"
    if total == 1:
        times = found.children[0].episodes
        return f"one child went missing {when}, {'once' if times == 1 else f'{times:,} times'}"
    them = "none" if again == 0 else f"{again:,}"
    return f"{total:,} children went missing {when}, {them} of them {found.often} times or more"


def _by_column(found: Repeats) -> Sequence[int]:
    """Return how many children went missing once, twice and so on; the last is that often or more."""
    last = min(MOST_COLUMNS, max(found.often, *(each.episodes for each in found.children)))
    children = {each.episodes: each.children for each in found.children}
    return [*(children.get(number, 0) for number in range(1, last)), found.at_least(last)]


def _highest(found: Repeats) -> int:
    return max(_by_column(found), default=0) if found.children else 0


def _often(found: Repeats) -> list[Column]:
    numbers = _by_column(found)
    beyond = any(each.episodes > len(numbers) for each in found.children)
    labels = [*map(str, range(1, len(numbers))), f"{len(numbers)}{'+' if beyond else ''}"]
    return [
        Column(
            label,
            number,
            f"{number:,}",
            f"{label} {'episode' if label == '1' else 'episodes'}: {count(number, 'child', 'children')}",
            Fill.STRONG if place >= found.often else Fill.LIGHT,
        )
        for place, (label, number) in enumerate(zip(labels, numbers, strict=True), 1)
    ]


def after_escalation(period: Period, steps: Sequence[AfterStep]) -> Shown:
    """Show what happened after each step's alerts."""
    reading = f"{period.words}, {_what_followed(steps)}."
    words = Words("after-escalation", "What happened after alerts of each step", reading)
    rows = [Row(f"{term(step.step, {})}: {count(step.alerts, 'alert')}", _parts(step)) for step in steps]
    used = [name_fill for what, name_fill in WHATS.items() if any(step.count(what) for step in steps)]
    return Shown(
        "after-escalation",
        "After an escalation",
        reading,
        Table(
            ("Step", "What happened next", "Alerts", "Acknowledged", "Median hours until then"),
            [
                (term(step.step, {}), name, each.alerts, each.acknowledged, _rounded(each.median_hours))
                for step in steps
                for what, (name, _) in WHATS.items()
                if (each := step.whats.get(what))
            ],
        ),
        stacked(words, rows) if rows else None,
        legend(words.id, used) if rows else None,
        (
            "This is what happened after each alert, within the time in which an answer was expected. It does"
            " not say that it happened because of the alert.",
            "Each alert counts once, with the furthest that happened for the first time. An alert that was"
            " over as it was raised is left out: there was nothing left to do.",
        ),
    )


def _what_followed(steps: Sequence[AfterStep]) -> str:
    alerts, waiting, nothing = (
        sum(step.alerts for step in steps),
        sum(step.count("not yet") for step in steps),
        sum(step.count("nothing") for step in steps),
    )
    if alerts == 0:
        return "no alert was raised about an interview"
    verb = "was" if alerts == 1 else "were"
    raised = f"{count(alerts, 'alert')} about interviews {verb} raised"
    known = alerts - waiting
    if known == 0:
        return f"{raised}, and there is still time to answer"
    followed = known - nothing
    them = (
        f"after {followed:,} of the {known:,} that can be judged"
        if alerts > 1
        else ("after it" if followed else "")
    )
    return (
        f"{raised}; {them} something happened in the expected time"
        if them
        else f"{raised}; nothing happened in the expected time"
    )


def _parts(step: AfterStep) -> list[Part]:
    return [
        Part(each.alerts, fill, f"{name}: {count(each.alerts, 'alert')}{_until(each.median_hours)}")
        for what, (name, fill) in WHATS.items()
        if (each := step.whats.get(what))
    ]


def _until(median: float | None) -> str:
    return "" if median is None else f", median {hours(median)} later"


def _rounded(median: float | None) -> float | None:
    return None if median is None else round(median, 1)
