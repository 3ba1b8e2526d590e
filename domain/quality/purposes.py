"""The four purposes of the interview, and what belongs around it: the offer, the carer, the sharing.

Source: statutory guidance (2014): find harm and deal with it; understand why; help the child feel safe and know
their options; give information on staying safe, helplines included.
"""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.finding import Finding, quote
from domain.quality.form_words import FACTORS
from domain.quality.reading import Reading
from domain.quality.text import lines, stemmed, words

WHY: Final = lines(
    """
    because
    cos
    coz
    cuz
    'cause
    due to
    so (?:that )?(?:i|he|she|they) (?:just )?(?:left|went|walked|ran|legged|got|took|stayed|decided|could|did|would)
    in order to
    want(?:ed|s|ing)? (?:to|some|a|my|her|his|their|it|out|space|nothing)
    need(?:ed|s)? (?:to|some|space|time|a break|out|air|money)
    (?:had|'d had) (?:had )?enough
    fed up
    sick (?:and tired )?of
    tired of
    (?:can't|cannot|couldn't|could not) (?:take|stand|cope|be|face|bear|stay|sleep|breathe|do|deal|hack|handle|wait)
    (?:get|getting|got) away
    (?:clear|clearing) (?:my|his|her|their) head
    to (?:see|meet|visit|find|avoid|escape|stay with|be with|hang out|chill|party|buy|earn|watch|say)
    argu(?:ed?|ing|ment|ments)
    rows?
    rowing
    fight(?:s|ing)?
    fought
    fell out
    fall(?:en|ing)? out
    shout(?:ed|ing|s)?
    scream(?:ed|ing|s)?
    kick(?:ed|ing)? (?:\\w+ )?(?:out|off)
    throw(?:n|ing)? out
    threw (?:\\w+ )?out
    (?:made|making|forced?|threaten\\w*|told|asked|invited|begged) (?:me|him|her|them)
    bor(?:ed|ing)
    lonely
    scared
    frightened
    afraid
    angry
    annoyed
    upset
    unhappy
    worried
    stress(?:ed|y|ing)?
    jealous
    (?:miss|missed|missing|misses) (?:my|his|her|their|mum|dad|home|nan|him|them|the)
    hat(?:e|es|ed|ing)
    love[sd]?
    bull(?:y|ied|ying)
    pick(?:ed|ing|s)? on
    reasons?
    why
    not saying
    (?:won't|wouldn't|would not|will not|didn't want to|did not want to|refus\\w+ to) (?:say|tell|talk|answer|speak)
    none of your business
    no comment
    don't (?:know|want to|wanna)
    dunno
    doesn't matter
    it's my (?:life|business)
    """
)
"""How people say why; that a child would not say why is a why."""

HARM_SAID: Final = lines(
    """
    (?:not|never|no|nothing|nobody|no one|wasn't|weren't|didn't|isn't|denie[sd]|without|any) (?:\\w+ ){0,5}(?:hurt|harm\\w*|injur\\w*|unsafe|happened|touch\\w*|assault\\w*|bruis\\w*|marks?)
    (?:hurt|harmed|injur\\w*|hit|punch\\w*|slapp\\w*|assault\\w*|bruis\\w*|attack\\w*|bleed\\w*|cut|kick\\w*|burn\\w*|raped?|touched)
    (?:un)?harmed
    safe and well
    would(?:n't| not) say
    """
)
"""How a record says whether the child came to harm where the box was left open."""

CONTACT: Final = lines(
    """
    childline
    nspcc
    samaritans
    shout
    runaway\\s?helpline
    missing people
    helplines?
    hotline
    116\\s?000
    0800\\s?1111
    85258
    999
    101
    111
    fearless
    crimestoppers
    ceop
    kooth
    papyrus
    young\\s?minds
    the mix
    frank
    refuge
    barnardo'?s
    catch\\s?22
    brook
    switchboard
    mermaids
    (?:phone |mobile )?numbers?
    (?:call|ring|phone|text|message|contact|bell|whats\\s?app)(?:s|ed|ing)?
    cards?
    apps?
    websites?
    leaflets?
    emergency
    location
    block(?:ed|ing|s)?
    passwords?
    strangers?
    (?:well[- ])?lit
    taxis?
    """
)
"""Whom a child can turn to."""


def purposes(reading: Reading) -> Iterator[Finding]:
    """Yield which of the four purposes the record does not show."""
    if reading.told.declined:
        return
    record = reading.record
    if record.harm.came_to_harm is None and not _says_of_harm(reading):
        yield Finding("purpose_harm", "harm.came_to_harm", quote(record.harm.what))
    if not _says_why(reading):
        yield Finding("purpose_why", "analysis.push", quote(record.analysis.push or record.analysis.pull))
    if _is_bare(reading, record.help.options):
        yield Finding("purpose_safe", "help.options", quote(record.help.options))
    if _is_bare(reading, record.help.safety_information, unless=CONTACT):
        yield Finding("purpose_information", "help.safety_information", quote(record.help.safety_information))


def surroundings(reading: Reading) -> Iterator[Finding]:
    """Yield what lacks of the carer's view, the sharing and the offer."""
    record = reading.record
    if reading.says_nothing(record.carer.view) and reading.says_nothing(record.carer.not_asked):
        yield Finding("carer_view_missing", "carer.view", quote(record.carer.view))
    if reading.says_nothing(record.sharing.nothing_shared) and all(
        reading.says_nothing(each.with_whom) for each in record.sharing.shared
    ):
        yield Finding("sharing_missing", "sharing.shared", quote(record.sharing.nothing_shared))
    for name in ("child_chose_person", "child_chose_place", "confidentiality"):
        if reading.says_nothing(text := getattr(record.offer, name)):
            yield Finding("offer_incomplete", f"offer.{name}", quote(text))


def _says_of_harm(reading: Reading) -> bool:
    harm = reading.record.harm
    return any(
        HARM_SAID.search(text)
        for text in (reading.texts.get("harm.what", ""), reading.texts.get("harm.health", ""))
    ) or any(not reading.says_nothing(action.what) for action in harm.actions)


def _says_why(reading: Reading) -> bool:
    analysis = reading.record.analysis
    if any(_names_a_cause(reading, text) for text in (analysis.push, analysis.pull)):
        return True
    return WHY.search(reading.account) is not None


def _names_a_cause(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text):
        return False
    return bool(reading.specific(text)) or not FACTORS.search(text)


FEW_WORDS: Final = 12
SUBJECTS: Final = stemmed("option options safety safe staying keeping advice usual talked spoke went through")
"""What such a box is about by its heading."""


def _is_bare(reading: Reading, text: str, unless: re.Pattern[str] | None = None) -> bool:
    """Whether a box says that something was done and not what: `Options discussed with Amara.`"""
    if reading.says_nothing(text):
        return True
    if unless and unless.search(text):
        return False
    return len(words(text)) < FEW_WORDS and not reading.specific(text, SUBJECTS)
