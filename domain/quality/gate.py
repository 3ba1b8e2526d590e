"""The gate: every rule asked of one record."""

from collections.abc import Callable, Iterator
from typing import Final

from domain.quality.analysis import analysis, emptiness
from domain.quality.catalogue import RULES
from domain.quality.contradictions import declined, facts, times
from domain.quality.copied import copied
from domain.quality.exploitation import evidence
from domain.quality.finding import Finding
from domain.quality.identity import names
from domain.quality.outcomes import outcomes, timescales
from domain.quality.pronouns import pronouns
from domain.quality.purposes import purposes, surroundings
from domain.quality.reading import Circumstances, Reading
from domain.quality.risks import harm, risks
from domain.quality.voice import voice
from schemas.record import InterviewRecord

_ASKED: Final[tuple[Callable[[Reading], Iterator[Finding]], ...]] = (
    purposes,
    voice,
    analysis,
    emptiness,
    outcomes,
    timescales,
    copied,
    names,
    pronouns,
    risks,
    harm,
    evidence,
    declined,
    times,
    facts,
    surroundings,
)
_ORDER: Final = {rule: number for number, rule in enumerate(RULES)}


def examine(record: InterviewRecord, circumstances: Circumstances) -> tuple[Finding, ...]:
    """Return what a fair practice manager would say of a record, in the catalogue's order, then by place.

    The same record in the same circumstances always gives the same findings; nothing is refused.
    """
    reading = Reading(record, circumstances)
    each_found = sorted(
        (finding for asked in _ASKED for finding in asked(reading)), key=lambda each: each.certain
    )
    found = {finding.id: finding for finding in each_found}
    return tuple(sorted(found.values(), key=lambda each: (_ORDER[each.rule], each.place, each.words)))
