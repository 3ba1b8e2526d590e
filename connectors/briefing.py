"""The words and the picture of a morning brief, as plain text and as HTML that says the same."""

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Final

from connectors.channel import Message
from connectors.messages import NOBODY_NAMED
from connectors.spoken import clock, deadline, moment, span
from schemas.notices import Brief, DayOfWeek, Item

MOST_LISTED: Final = 20
"""How many lines a part lists; the others are counted."""
BAR: Final = 14
"""Width of one child in the picture, in pixels."""
KINDS: Final = (("went missing", "missing"), ("returned", "returned"), ("interviews held", "held"))
COLOURS: Final = {"missing": "#d4351c", "returned": "#1d70b8", "held": "#00703c"}
Said = Callable[[Item, datetime], str]


def message(brief: Brief, *, key: str, to: str, address: str) -> Message:
    """Return one manager's brief; `address` is Homeward's own, for the links."""
    subject = f"Homeward: {_summary(brief)}"
    short = f"{subject}. {address}/"
    return Message(key, to, subject, _text(brief, address), short, _html(brief, address))


def _summary(brief: Brief) -> str:
    return f"{len(brief.overdue)} overdue, {len(brief.due_today)} due today, {len(brief.missing)} missing"


def _parts(brief: Brief) -> tuple[tuple[str, Sequence[Item], Said], ...]:
    return (
        ("Overdue interviews", brief.overdue, _by_deadline),
        ("Interviews due today", brief.due_today, lambda item, _: f"by {_time(item)}, {item.standing}"),
        ("Returned overnight", brief.returned, lambda item, _: f"at {_time(item)}, {item.standing}"),
        ("Still missing", brief.missing, _for_how_long),
    )


def _by_deadline(item: Item, now: datetime) -> str:
    return f"{deadline(item.at, now) if item.at else 'overdue'}, {item.standing}"


def _for_how_long(item: Item, now: datetime) -> str:
    return f"{f'for {span(now - item.at)}' if item.at else 'nobody told since when'}, {item.standing}"


def _time(item: Item) -> str:
    return clock(item.at) if item.at else "a time not told"


def _text(brief: Brief, address: str) -> str:
    now = brief.as_of
    lines = [f"As of {moment(now)}.", ""]
    for title, items, said in _parts(brief):
        lines.append(f"{title}: {len(items)}")
        for item in items[:MOST_LISTED]:
            lines += [f"- {said(item, now)}", f"  {address}{item.path}"]
        lines += [*_more(items, address), ""]
    lines += ["The last seven days", *map(_day_in_words, brief.week), "", NOBODY_NAMED]
    return "\n".join(lines) + "\n"


def _more(items: Sequence[Item], address: str) -> list[str]:
    left = len(items) - MOST_LISTED
    return [f"- and {left} more: {address}/"] if left > 0 else []


def _day(day: DayOfWeek) -> str:
    return f"{day.on:%a} {day.on.day} {day.on:%b}"


def _day_in_words(day: DayOfWeek) -> str:
    told = (f"{name} {getattr(day, kind)} {'█' * getattr(day, kind)}".strip() for name, kind in KINDS)
    return f"{_day(day)}: {', '.join(told)}"


def _html(brief: Brief, address: str) -> str:
    parts = "".join(_part(title, items, said, brief.as_of, address) for title, items, said in _parts(brief))
    heads = "".join(f'<th scope="col" align="left">{name}</th>' for name, _ in KINDS)
    rows = "".join(map(_row, brief.week))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Homeward</title></head>'
        '<body style="font-family:Arial,sans-serif;color:#0b0c0c">'
        f"<p>As of {moment(brief.as_of)}.</p>{parts}"
        f'<h2>The last seven days</h2><table cellpadding="4"><tr><th scope="col" align="left">Day</th>{heads}'
        f"</tr>{rows}</table><p>{escape(NOBODY_NAMED)}</p></body></html>"
    )


def _part(title: str, items: Sequence[Item], said: Said, now: datetime, address: str) -> str:
    listed = "".join(
        f'<li><a href="{escape(address + item.path)}">{escape(said(item, now))}</a></li>'
        for item in items[:MOST_LISTED]
    )
    rest = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in _more(items, address))
    return f"<h2>{title}: {len(items)}</h2><ul>{listed}{rest}</ul>" if items else f"<h2>{title}: 0</h2>"


def _row(day: DayOfWeek) -> str:
    cells = "".join(f"<td>{_bar(kind, getattr(day, kind))}</td>" for _, kind in KINDS)
    return f'<tr><th scope="row" align="left">{_day(day)}</th>{cells}</tr>'


def _bar(kind: str, count: int) -> str:
    """Return a bar with its number beside it: the number is what counts for whoever does not see the bar."""
    style = f"display:inline-block;height:12px;width:{count * BAR}px;background:{COLOURS[kind]}"
    return f'<span style="{style}"></span> {count}'
