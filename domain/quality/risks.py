"""Serious risks that the record tells of, against the outcomes; and harm, against what was done that day."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.quality.danger_words import ADULT_HARM, DRUGS, SELF_HARM, UNSAFE_HOME, WEAPONS
from domain.quality.exploitation_words import CRIMINAL, ONLINE, SEXUAL, Topic
from domain.quality.finding import Finding, quote
from domain.quality.injuries import grave_injury, is_small
from domain.quality.negation import affirmed
from domain.quality.people_words import KIN
from domain.quality.pronoun_words import CALENDAR
from domain.quality.reading import Reading
from domain.quality.risk_words import ARMED, ASIDE, DONE, HELPERS, NO_OUTCOME_NEEDED, NOT_YET, TREATED
from domain.quality.text import WORD, stem
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
_BY_SOMEBODY: Final = tuple(each.name for each in (SEXUAL, CRIMINAL, ONLINE, TRAFFICKING, RADICAL, SIGNS))
_EXPLOITERS: Final = tuple(each.name for each in (WEAPONS, DRUGS, ONLINE, SIGNS))
COVERS: Final[Mapping[str, tuple[str, ...]]] = {
    CRIMINAL.name: _EXPLOITERS,
    SEXUAL.name: _EXPLOITERS,
    TRAFFICKING.name: _EXPLOITERS,
    ONLINE.name: (DRUGS.name, SIGNS.name),
    SIGNS.name: (WEAPONS.name, DRUGS.name),
}
"""What is answered with a wider risk: the knife, the drugs and the gifts of those who exploit the child."""
NAMES_ALIKE: Final = 2


def risks(reading: Reading) -> Iterator[Finding]:
    """Yield the serious risks that no outcome answers; without outcomes that lack alone is said.

    It is certain only where the outcomes answer none of what is told and have no telling word in common with
    it, and it is no aside.
    """
    answers = _answers(reading)
    if not answers:
        return
    told = {topic.name: list(_told(reading, topic)) for topic in TOPICS}
    answered = _answered(reading, told, answers)
    covered = {name for wide in answered if told[wide] for name in COVERS.get(wide, ())}
    is_met = any(told[name] for name in answered)
    for topic in TOPICS:
        if topic.name in answered or _is_set_aside(reading, topic):
            continue
        for place, words in told[topic.name]:
            is_covered = topic.name in covered and not ARMED.search(words)
            if not is_covered and not _is_answered(reading, words, answers, answered):
                certain = not is_met and not _may_be_answered(reading, topic, words, answers)
                yield Finding("risk_without_outcome", place, quote(words), certain=certain)
                break


def _answers(reading: Reading) -> str:
    return " \n ".join(
        text
        for place, text in reading.texts.items()
        if place.startswith("outcomes.") and not place.endswith(".owner")
    )


def _answered(reading: Reading, told: Mapping[str, list[tuple[str, str]]], answers: str) -> set[str]:
    """Return the risks that an outcome takes up by its words, or by naming one who exploits the child."""
    answered = {
        topic.name for topic in TOPICS if topic.answering.search(answers) or topic.telling.search(answers)
    }
    named = _names_in(reading, answers)
    return answered | {
        name for name in _BY_SOMEBODY if any(named & _names_in(reading, text) for _, text in told[name])
    }


def _names_in(reading: Reading, text: str) -> set[str]:
    """Return the stems of the names of others in a text, and of places written with a capital letter."""
    capital = {stem(word.lower()) for word in WORD.findall(text) if word[0].isupper()}
    return capital & reading.names_known & set(reading.specific(text)) - KIN - CALENDAR


def _may_be_answered(reading: Reading, topic: Topic, words: str, answers: str) -> bool:
    """Whether the risk is an aside, shares a telling word with an outcome, or is weighed in the analysis.

    Or an outcome is about somebody of whom the child told: it may well be the one the risk comes from.
    """
    account = " \n ".join(text for place, text in reading.texts.items() if place.startswith("account."))
    return (
        ASIDE.search(words) is not None
        or bool(_names_in(reading, answers) & _names_in(reading, account))
        or not set(reading.specific(words)).isdisjoint(reading.specific(answers))
        or any(
            topic.telling.search(text)
            for place, text in reading.texts.items()
            if place.startswith("analysis.")
        )
    )


def harm(reading: Reading) -> Iterator[Finding]:
    """Yield harm that nothing was done about on the day it was told, or by the next morning.

    It is certain where the box says harm, no action of any kind is recorded, and it is no small injury.
    """
    part = reading.record.harm
    told = part.came_to_harm or grave_injury(reading)
    if told and not any(_is_done(reading, each) for each in part.actions):
        certain = bool(part.came_to_harm) and not _is_seen_to(reading)
        yield Finding("harm_without_action", "harm.actions", quote(part.what), certain=certain)


def _is_seen_to(reading: Reading) -> bool:
    """Whether something may have been done, or the harm is of the kind that needs no more than a plaster."""
    part = reading.record.harm
    noted = " \n ".join((reading.texts.get("harm.what", ""), reading.texts.get("harm.health", "")))
    return (
        any(not reading.says_nothing(each.what) for each in part.actions)
        or any(HELPERS.search(each.with_whom) for each in reading.record.sharing.shared)
        or TREATED.search(noted) is not None
        or is_small(noted)
    )


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
