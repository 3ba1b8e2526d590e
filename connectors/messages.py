"""The words of what people are told: what is late, since when, what is expected by when, and a link.

Nothing here knows a child's name, date of birth, place or reference: there is no field that could hold one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from connectors.channel import Message
from connectors.spoken import deadline, moment, span
from schemas.ladder_policy import DEADLINE, Watch
from schemas.notices import GLASS_BROKEN, POLICE_LIST_LACKING, SCHEDULER_SILENT, Notice

MOST_LISTED: Final = 50
"""How many things a digest lists; the others are counted."""
NOBODY_NAMED: Final = "Homeward names no child in a message: the link says more to whoever may see it."
_WHAT: Final[dict[str, tuple[str, str]]] = {
    Watch.NOT_ALLOCATED: ("Nobody has a return home interview yet", ""),
    Watch.NOT_ARRANGED: ("A return home interview has no time and place yet", ""),
    Watch.NOT_HELD: ("A return home interview is not held yet", ""),
    Watch.RECORD_NOT_SUBMITTED: ("The record of an interview is not submitted", "held {} ago"),
    Watch.RECORD_NOT_APPROVED: ("The record of an interview waits for a decision", "submitted {} ago"),
    Watch.RETURN_NOT_CONFIRMED: ("A child was found, but no return is recorded", "found {} ago"),
    Watch.STILL_MISSING: ("A child is missing", "for {}"),
    Watch.REPEATEDLY_MISSING: ("A child is missing again and again", "this time since {} ago"),
    Watch.OUTCOMES_STUCK: ("The case-management system does not take outcomes", "first sent {} ago"),
    Watch.OUTCOMES_NOT_CONFIRMED: (
        "Outcomes are not seen in the case-management system",
        "first sent {} ago",
    ),
    Watch.FLOW_FAILED: ("Work that is done by the clock has failed", "{} ago"),
    GLASS_BROKEN: ("A restricted record was opened by somebody not named for it", "opened {} ago"),
    POLICE_LIST_LACKING: ("A force has not sent its list of missing children", "due {} ago"),
    SCHEDULER_SILENT: ("Nothing is done by the clock, and nothing is chased", "noticed {} ago"),
}
"""What is late, and how its moment is told; deadlines are told by `spoken.deadline`."""
_DROPPED: Final = ("Something is late", "since {} ago")


def alert(notices: Sequence[Notice], *, key: str, to: str, address: str, now: datetime) -> Message:
    """Return the message about one or more things; `address` is Homeward's own, for the links."""
    if len(notices) == 1:
        return _single(notices[0], key, to, address, now)
    return _digest(notices, key, to, address, now)


def headline(notice: Notice, now: datetime) -> str:
    """Say in half a sentence what is late, and how late."""
    what, how = _WHAT.get(notice.step) or (_WHAT[notice.watch] if notice.watch else _DROPPED)
    if notice.watch in DEADLINE:
        return f"{what}: {deadline(notice.since, now)}"
    return f"{what}: {how.format(span(max(now - notice.since, timedelta(0))))}"


def _single(notice: Notice, key: str, to: str, address: str, now: datetime) -> Message:
    told, link, by = headline(notice, now), f"{address}{notice.path}", moment(notice.expected_by)
    text = (
        f"{told}.\n\nWhat is expected: {notice.expected}\nBy: {by}\n\n{link}\n\n"
        f"Please say in Homeward what you decided. Without an answer the next manager is told.\n\n"
        f"{NOBODY_NAMED}\n"
    )
    short = f"Homeward. {told}. {notice.expected} By {by}. {link}"
    return Message(key, to, f"Homeward: {told}", text, short)


def _digest(notices: Sequence[Notice], key: str, to: str, address: str, now: datetime) -> Message:
    subject, more = f"{len(notices)} things wait for you", len(notices) - MOST_LISTED
    listed = [_line(notice, address, now) for notice in notices[:MOST_LISTED]]
    rest = [f"And {more} more: {address}/"] if more > 0 else []
    text = "\n\n".join([f"{subject}, in one message instead of many.", *listed, *rest, NOBODY_NAMED])
    short = f"Homeward. {subject}. First: {headline(notices[0], now)}. {address}/"
    return Message(key, to, f"Homeward: {subject}", f"{text}\n", short)


def _line(notice: Notice, address: str, now: datetime) -> str:
    by = moment(notice.expected_by)
    return f"- {headline(notice, now)}. {notice.expected} By {by}.\n  {address}{notice.path}"
