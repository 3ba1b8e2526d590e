"""The outcomes: specific to this child, tied to the account, owned by one person, dated, measurable."""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.filling_words import CONCRETE
from domain.quality.finding import Finding, quote
from domain.quality.office_words import GRAMMAR, OFFICE
from domain.quality.outcome_words import NOT_TIMES, SAID, SEEN, UNSEEN, VAGUE_TIME, WITNESSED
from domain.quality.people_words import BODIES, KIN, POSTS
from domain.quality.reading import Reading
from domain.quality.text import plain, stem, stems, words
from schemas.record import Outcome

SEPARATOR: Final = re.compile(
    r"[,;:()/&+\[\]|]|\s[-–—]+\s|(?<!\w)(?:and|at|from|of|with|for|in|to|as|on behalf of|c/o)(?!\w)",
    re.IGNORECASE,
)
ENOUGH: Final = 2
SHARE_OF_ONE: Final = 0.25
SHARE_OF_MANY: Final = 0.15
SAID_ENOUGH: Final = 1


def outcomes(reading: Reading) -> Iterator[Finding]:
    """Yield what lacks of the outcomes, or in each of them."""
    listed = reading.record.outcomes
    if not any(_is_written(each) for each in listed):
        if not reading.told.declined:
            yield Finding("outcomes_missing", "outcomes")
        return
    for number, outcome in enumerate(listed):
        if _is_written(outcome):
            yield from _outcome(reading, outcome, f"outcomes.{number}")


NOT_TIMESCALES: Final = (".why", ".owner", ".by", ".with_whom")


def timescales(reading: Reading) -> Iterator[Finding]:
    """Yield the words that stand where a day should be, in outcomes, actions and sharing."""
    for place, text in reading.texts.items():
        if place.startswith(("outcomes.", "harm.actions.", "sharing.")) and not place.endswith(
            NOT_TIMESCALES
        ):
            match = VAGUE_TIME.search(NOT_TIMES.sub(_blank, text))
            if match and not (place.endswith(".measure") and match[0] == text.strip(" .")):
                yield Finding("timescale_vague", place, match[0])


def _blank(match: re.Match[str]) -> str:
    return "." * len(match[0])


def _is_written(outcome: Outcome) -> bool:
    return bool(outcome.what or outcome.why or outcome.owner or outcome.measure)


def _outcome(reading: Reading, outcome: Outcome, place: str) -> Iterator[Finding]:
    if not _is_specific(reading, outcome):
        yield Finding("outcome_generic", f"{place}.what", quote(outcome.what))
    if not _is_tied(reading, outcome.why):
        yield Finding("outcome_not_tied", f"{place}.why", quote(outcome.why))
    if not names_somebody(outcome.owner):
        yield Finding("outcome_no_owner", f"{place}.owner", outcome.owner)
    if outcome.due_on is None:
        yield Finding("outcome_no_date", f"{place}.due_on")
    if not _is_seen(reading, outcome.measure):
        yield Finding("outcome_not_measurable", f"{place}.measure", quote(outcome.measure))


def _is_specific(reading: Reading, outcome: Outcome) -> bool:
    """Whether it names something particular; one such word is enough where the rest is short or tied."""
    if reading.says_nothing(outcome.what):
        return False
    if CONCRETE.search(outcome.what):
        return True
    named = set(reading.specific(outcome.what, stems(outcome.owner)))
    relatives, specific = named & KIN, named - KIN
    content = [each for each in stems(outcome.what) if each not in GRAMMAR]
    if len(specific) + len(relatives) // 2 >= ENOUGH:
        return len(specific) + len(relatives) >= SHARE_OF_MANY * len(content)
    return bool(named) and (
        len(specific) + len(relatives) >= SHARE_OF_ONE * len(content)
        or bool(specific & reading.told_stems)
        or reading.is_quoted(outcome.why)
    )


def _is_tied(reading: Reading, why: str) -> bool:
    """Whether a reason quotes what was told, or names something of it."""
    if reading.says_nothing(why):
        return False
    specific = set(reading.specific(why))
    if specific & reading.told_stems or reading.is_quoted(why):
        return True
    return len(specific) >= SAID_ENOUGH and SAID.search(why) is not None


def names_somebody(owner: str) -> bool:
    """Whether an owner is one person, by name; a relative is one by the word alone."""
    return any(_is_name(part) for part in SEPARATOR.split(plain(owner)))


def _is_name(part: str) -> bool:
    found = words(part)
    kept = [word for word in found if not _is_post(word)]
    if not kept:
        return False
    if body := BODIES.search(part):
        return not all(map(_is_post, words(part[body.end() :])))
    return True


def _is_post(word: str) -> bool:
    return word in POSTS or word.removesuffix("s") in POSTS


def _is_seen(reading: Reading, measure: str) -> bool:
    if reading.says_nothing(measure) or VAGUE_TIME.fullmatch(measure.strip(" .")):
        return False
    if SEEN.search(measure) or WITNESSED.search(measure):
        return True
    return any(
        (base := stem(word)) not in UNSEEN | GRAMMAR | OFFICE and base not in reading.own_names
        for word in words(measure)
    )
