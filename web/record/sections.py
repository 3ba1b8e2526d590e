"""Every section that a worker fills, by name and in the record's order."""

from collections.abc import Mapping
from typing import Final

from web.record.asked_around import CARER, EXPLOITATION, HELP, LIVING
from web.record.asked_first import ACCOUNT, HARM, INTELLIGENCE, OFFER
from web.record.asked_of_you import ANALYSIS, OUTCOMES, SHARING
from web.record.question import Section

ASKED: Final[Mapping[str, Section]] = {
    each.name: each
    for each in (
        OFFER,
        ACCOUNT,
        HARM,
        INTELLIGENCE,
        EXPLOITATION,
        LIVING,
        HELP,
        CARER,
        ANALYSIS,
        OUTCOMES,
        SHARING,
    )
}


def after(name: str) -> str | None:
    """Return the name of the section after one; None after the last."""
    names = list(ASKED)
    return names[names.index(name) + 1] if name != names[-1] else None
