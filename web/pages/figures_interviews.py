"""The figures of interviews: in time by week, hours after the return, and where on the path time is lost."""

from collections.abc import Sequence
from typing import Final

from casework.views.figures import HALF_DAYS, Hours, Step, Week
from web.charts import HOURS, Along, Axis, Column, Fill, Range, Words, columns, legend, ranges, ticks
from web.pages.figures_period import Period
from web.pages.figures_table import Cell, Shown, Table
from web.pages.figures_words import held_in_time, hours, listed, percentage, were
from web.pages.times import count, day

PERCENT = Axis("Share held in time", (0, 25, 50, 75, 100), "%")
RESULTS = {
    "in_time": "Held in time",
    "late": "Held late",
    "overdue": "Not held yet",
    "declined": "Declined",
    "not_possible": "Not possible",
    "provisional": "Return not confirmed",
}
STEPS = {
    "told": "Return to told",
    "allocated": "Told to allocated",
    "offered": "Allocated to offered",
    "arranged": "Offered to arranged",
    "held": "Arranged to held",
    "submitted": "Held to record submitted",
    "approved": "Submitted to approved",
}


def in_time(period: Period, weeks: Sequence[Week]) -> Shown:
    """Show which share of the interviews due in each week was held in time."""
    part, due = sum(week.in_time for week in weeks), sum(week.due for week in weeks)
    open_returns = sum(week.results.get("provisional", 0) for week in weeks)
    said = held_in_time(part, due) if due else "no interview was due whose return is confirmed"
    reading = f"{period.words}, {said}."
    bars = [_week(week) for week in weeks]
    words = Words("in-time", "Share of interviews held in time, by week", reading)
    return Shown(
        "in-time",
        "Held in time",
        reading,
        Table(
            ("Week beginning", "Due", *(RESULTS.values()), "Share held in time (%)"),
            [_week_row(week) for week in weeks],
        ),
        columns(words, PERCENT, Along("Week beginning"), bars) if due else None,
        notes=(
            "Due are interviews with a confirmed return whose deadline has passed, also those that were"
            " declined or not possible.",
            *_provisional(open_returns),
        ),
    )


def _week(week: Week) -> Column:
    when, label = f"Week beginning {day(week.monday)}", f"{week.monday.day} {week.monday:%b}"
    if not week.due:
        return Column(label, None, "", f"{when}: none due")
    share = percentage(week.in_time, week.due)
    return Column(label, share, str(share), f"{when}: {week.in_time:,} of {week.due:,}, {share}%")


def _week_row(week: Week) -> Sequence[Cell]:
    share = round(100 * week.in_time / week.due, 1) if week.due else None
    return (week.monday, week.due, *(week.results.get(each, 0) for each in RESULTS), share)


def _provisional(number: int) -> Sequence[str]:
    if not number:
        return ()
    verb, them = ("is", "it is") if number == 1 else ("are", "they are")
    whose = f"{count(number, 'more interview')} {verb} about a return that nobody confirmed"
    return (f"{whose}: {them} neither in time nor late.",)


def hours_to_interview(period: Period, found: Hours) -> Shown:
    """Show how many hours after the return interviews were held."""
    late, held = found.held[-1], sum(found.held)
    reading = f"{period.words}, {_when_held(held, late)}{_others(found)}."
    labels = [*(f"{each * 12} to {each * 12 + 12}" for each in range(HALF_DAYS)), "Later than 72"]
    fills = [Fill.PLAIN] * HALF_DAYS + [Fill.WARM]
    bars = [
        Column("72+" if fill is Fill.WARM else "", number, f"{number:,}", f"{label} hours: {number:,}", fill)
        for number, label, fill in zip(found.held, labels, fills, strict=True)
    ]
    along = Along(
        "Hours from return to interview",
        [str(12 * each) for each in range(HALF_DAYS)],
        "72 hours",
        HALF_DAYS,
    )
    axis = Axis("Interviews held", ticks(max(found.held)))
    words = Words("hours-to-interview", "Interviews by hours from return to interview", reading)
    key = legend(words.id, (("Within 72 hours", Fill.PLAIN), ("Later", Fill.WARM)))
    return Shown(
        "hours-to-interview",
        "From return to interview",
        reading,
        Table(
            ("Hours from return to interview", "Interviews"),
            [
                *zip(labels, found.held, strict=True),
                *((RESULTS[each], number) for each, number in found.not_held.items()),
            ],
        ),
        columns(words, axis, along, bars) if held else None,
        legend=key if held else None,
        notes=("An interview held exactly at the end of an hour counts as within it.",) if held else (),
    )


def _when_held(held: int, late: int) -> str:
    if held == 0:
        return "no interview was held whose return is confirmed"
    if held == 1:
        return f"one interview was held, {'later than' if late else 'within'} 72 hours after the return"
    within = f"{held - late:,} of {held:,} interviews held {were(held - late)} within 72 hours of the return"
    return (
        f"{within} and {late:,} later"
        if late
        else f"all {held:,} interviews held were within 72 hours of the return"
    )


def _others(found: Hours) -> str:
    ends = {
        "declined": ("was declined", "were declined"),
        "not_possible": ("was not possible", "were not possible"),
        "overdue": ("is not held yet", "are not held yet"),
    }
    told = [
        f"{found.not_held[each]:,} {verbs[found.not_held[each] != 1]}"
        for each, verbs in ends.items()
        if found.not_held[each]
    ]
    return f"; {listed(told)}" if told else ""


def time_lost(period: Period, steps: Sequence[Step]) -> Shown:
    """Show how long each step of the path took."""
    longest = max(steps, key=lambda step: step.median_hours, default=None)
    reading = f"{period.words}, {_longest(longest)}."
    axis = Axis("Hours", ticks(max((step.upper_hours for step in steps), default=1), HOURS))
    words = Words("time-lost", "Hours that each step took: the middle half, and the median", reading)
    return Shown(
        "time-lost",
        "Where time is lost",
        reading,
        Table(_STEP_COLUMNS, [_step_row(step) for step in steps]),
        ranges(words, axis, [_range(step) for step in steps]) if steps else None,
        notes=_STEP_NOTES if steps else (),
    )


_STEP_COLUMNS: Final = (
    "Step",
    "Interviews",
    "A quarter took at most (hours)",
    "Median (hours)",
    "A quarter took at least (hours)",
)
_STEP_NOTES: Final = (
    "Beside each step stands its median, which the dark line marks. The bar is the middle half: a"
    " quarter took less, a quarter longer.",
    "A step counts where both its moments are known, and in this order. When the authority was told of a"
    " child who was back before the first message came to Homeward is not known.",
)


def _step_row(step: Step) -> Sequence[Cell]:
    took = (step.lower_hours, step.median_hours, step.upper_hours)
    return STEPS[step.name], step.interviews, *(round(each, 1) for each in took)


def _range(step: Step) -> Range:
    median = hours(step.median_hours)
    return Range(
        f"{STEPS[step.name]}: {median}",
        step.lower_hours,
        step.median_hours,
        step.upper_hours,
        f"{STEPS[step.name]}: median {median}, middle half {hours(step.lower_hours)}"
        f" to {hours(step.upper_hours)}, {step.interviews:,} measured",
    )


def _longest(step: Step | None) -> str:
    if step is None:
        return "no step of an interview can be measured yet"
    begun, ended = STEPS[step.name].lower().split(" to ")
    took = hours(step.median_hours)
    if step.interviews == 1:
        return f"the longest step was from {begun} to {ended}: the one that was measured took {took}"
    return f"the longest step was from {begun} to {ended}: half of {step.interviews:,} took {took} or longer"
