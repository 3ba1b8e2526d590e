"""Serious risks that the record tells of, against the outcomes; and harm, against what was done that day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.quality.danger_words import ADULT_HARM, DRUGS, SELF_HARM, UNSAFE_HOME, WEAPONS
from domain.quality.exploitation_words import CRIMINAL, ONLINE, SEXUAL, Topic
from domain.quality.finding import Finding, quote
from domain.quality.injuries import grave_injury
from domain.quality.negation import affirmed
from domain.quality.reading import Reading
from domain.quality.text import lines
from domain.quality.trafficking_words import RADICAL, SIGNS, TRAFFICKING
from schemas.record import Action

LONDON: Final = ZoneInfo("Europe/London")
MORNING_ENDS: Final = time(13)
"""An hour of grace after the next morning."""
TELLING: Final = (
    "account.",
    "harm.what",
    "harm.health",
    "living.home",
    "living.placement",
    "carer.view",
)
NO_OUTCOME_NEEDED: Final = lines(
    r"""
    no (?:\w+ )?(?:outcome|action|step)s? (?:\w+ )?(?:is|are|was|were)? ?(?:\w+ )?(?:needed|required
        |necessary)
    needs? no (?:\w+ )?outcome
    already (?:\w+ ){0,4}(?:in place|known|being|working|open|has|have|reported|dealt|under)
    """
)
NOT_YET: Final = lines(
    r"""
    (?:will|to|should|needs? to|must) (?:be )?(?:\w+ )?(?:get|take|have|give|ask|go|visit|chase|send|tell
        |review
        |attend|ring|seek|clean|dress|keep|watch|drive|bring|fetch|follow\w*|refer\w*|discuss\w*|contact
        |arrange\w*|consider\w*
        |monitor\w*|speak|report\w*|book\w*|see|call|inform\w*|make|pass\w*|raise\w*|look\w*|check\w*
        |request\w*)
    (?:to|will|should|must|can) be \w+(?:ed|en|ght)
    planned
    not yet
    pending
    """
)
DONE: Final = lines(
    r"""
    \w{2,}ed
    (?:rang|took|taken|went|gave|given|told|spoke|spoken|made|sent|saw|seen|met|got|drove|driven|done|put|held
        |brought|bought|wrote|written|left|found|came|began)
    """
)
"""What has been done: what follows it with `to` is its purpose, as in `rang 101 to report it`."""
TOPICS: Final = (
    SEXUAL,
    CRIMINAL,
    DRUGS,
    WEAPONS,
    SELF_HARM,
    ADULT_HARM,
    UNSAFE_HOME,
    ONLINE,
    TRAFFICKING,
    RADICAL,
    SIGNS,
)
NAMES_ALIKE: Final = 2


def risks(reading: Reading) -> Iterator[Finding]:
    """Yield the serious risks that no outcome answers; without outcomes that lack alone is said."""
    answers = " \n ".join(
        text
        for place, text in reading.texts.items()
        if place.startswith("outcomes.") and not place.endswith(".owner")
    )
    if not answers:
        return
    answered = {
        topic.name for topic in TOPICS if topic.answering.search(answers) or topic.telling.search(answers)
    }
    for topic in TOPICS:
        if topic.name in answered or _is_set_aside(reading, topic):
            continue
        for place, words in _told(reading, topic):
            if not _is_answered(reading, words, answers, answered):
                yield Finding("risk_without_outcome", place, quote(words))
                break


def harm(reading: Reading) -> Iterator[Finding]:
    """Yield harm that nothing was done about on the day it was told, or by the next morning."""
    part = reading.record.harm
    told = part.came_to_harm or grave_injury(reading)
    if told and not any(_is_done(reading, each) for each in part.actions):
        yield Finding("harm_without_action", "harm.actions", quote(part.what))


def _told(reading: Reading, topic: Topic) -> Iterator[tuple[str, str]]:
    for place, text in reading.texts.items():
        if place.startswith(TELLING):
            yield from ((place, sentence.text) for sentence in affirmed(topic.telling, text))
    for number, indicator in enumerate(reading.record.exploitation.indicators):
        if indicator.kind in topic.indicators and not reading.says_nothing(indicator.evidence):
            yield (
                f"exploitation.indicators.{number}.evidence",
                reading.texts[f"exploitation.indicators.{number}.evidence"],
            )


def _is_answered(reading: Reading, words: str, answers: str, answered: set[str]) -> bool:
    """Whether an outcome takes up the very words, or another risk that the same words tell of."""
    shared = set(reading.specific(words)) & set(reading.specific(answers))
    return len(shared) >= NAMES_ALIKE or any(
        topic.name in answered and topic.telling.search(words) for topic in TOPICS
    )


def _is_set_aside(reading: Reading, topic: Topic) -> bool:
    """Whether the analysis says why no outcome is needed."""
    return any(
        topic.telling.search(text) and NO_OUTCOME_NEEDED.search(text)
        for place, text in reading.texts.items()
        if place.startswith("analysis.")
    )


def _is_done(reading: Reading, action: Action) -> bool:
    if reading.says_nothing(action.what):
        return False
    if action.done_at is None:
        later = NOT_YET.search(action.what)
        return later is None or DONE.search(action.what, 0, later.start()) is not None
    told = [each for each in (reading.told.held_at, reading.told.returned_at) if each]
    return reading.told.held_at is None or action.done_at <= _next_morning(max(told))


def _next_morning(moment: datetime) -> datetime:
    day = moment.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(day, MORNING_ENDS, LONDON)
