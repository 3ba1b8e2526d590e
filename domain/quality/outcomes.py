"""The outcomes: specific to this child, tied to the account, owned by one person, dated, measurable."""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.declining import has_account
from domain.quality.finding import Finding, quote
from domain.quality.measure_words import BETTER, DOES, SEEN, UNSEEN, WITNESSED
from domain.quality.office_words import GRAMMAR, OFFICE
from domain.quality.outcome_content import is_formula, is_specific, is_tied, says_no_more_than_office
from domain.quality.outcome_words import NOT_TIMES, VAGUE_TIME
from domain.quality.owners import names_only_posts, names_somebody, owner_stems
from domain.quality.reading import Reading
from domain.quality.text import stem, words
from schemas.record import Outcome

NOT_TIMESCALES: Final = (".why", ".owner", ".by", ".with_whom")
SAID_ELSEWHERE: Final = (".measure", ".nothing_shared")
"""Boxes where a vague time and nothing else is found by another rule: nothing was written."""


def outcomes(reading: Reading) -> Iterator[Finding]:
    """Yield what lacks of the outcomes, or in each of them."""
    listed = reading.record.outcomes
    if not any(_is_written(each) for each in listed):
        if not reading.told.declined or has_account(reading):
            yield Finding("outcomes_missing", "outcomes")
        return
    for number, outcome in enumerate(listed):
        if _is_written(outcome):
            yield from _outcome(reading, outcome, f"outcomes.{number}")


def timescales(reading: Reading) -> Iterator[Finding]:
    """Yield the words that stand where a day should be, in outcomes, actions and sharing."""
    for place, text in reading.texts.items():
        if place.startswith(("outcomes.", "harm.actions.", "sharing.")) and not place.endswith(
            NOT_TIMESCALES
        ):
            match = VAGUE_TIME.search(NOT_TIMES.sub(_blank, text))
            if match and not (place.endswith(SAID_ELSEWHERE) and match[0] == text.strip(" .")):
                yield Finding("timescale_vague", place, match[0])


def _blank(match: re.Match[str]) -> str:
    return "." * len(match[0])


def _is_written(outcome: Outcome) -> bool:
    return bool(outcome.what or outcome.why or outcome.owner or outcome.measure)


def _outcome(reading: Reading, outcome: Outcome, place: str) -> Iterator[Finding]:
    if not is_specific(reading, outcome, owner_stems(outcome.owner)):
        certain = is_formula(reading, outcome.what) and not is_tied(reading, outcome.why)
        yield Finding("outcome_generic", f"{place}.what", quote(outcome.what), certain=certain)
    if not is_tied(reading, outcome.why):
        certain = says_no_more_than_office(reading, outcome.why)
        yield Finding("outcome_not_tied", f"{place}.why", quote(outcome.why), certain=certain)
    if not names_somebody(outcome.owner, reading.told.child.names):
        certain = names_only_posts(outcome.owner, reading.told.child.names)
        yield Finding("outcome_no_owner", f"{place}.owner", outcome.owner, certain=certain)
    if outcome.due_on is None:
        yield Finding("outcome_no_date", f"{place}.due_on")
    if not _is_seen(reading, outcome.measure):
        yield Finding("outcome_not_measurable", f"{place}.measure", quote(outcome.measure))


def _is_seen(reading: Reading, measure: str) -> bool:
    """Whether somebody could say yes or no to it: something counted, done, said or there to be seen."""
    if reading.says_nothing(measure) or VAGUE_TIME.fullmatch(measure.strip(" .")):
        return False
    if any(each.search(measure) for each in (SEEN, WITNESSED, DOES)):
        return True
    return BETTER.search(measure) is None and any(
        (base := stem(word)) not in UNSEEN | GRAMMAR | OFFICE and base not in reading.own_names
        for word in words(measure)
    )
