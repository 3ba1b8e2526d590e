"""Whether an account tells of no more than that the interview was declined."""

from typing import Final

from domain.quality.reading import Reading
from domain.quality.text import lines, sentences, unquoted, words

OF_DECLINING: Final = lines(
    r"""
    declin\w*
    refus\w*
    (?:did(?:n't| not)|do(?:n't| not)|does(?:n't| not)|would(?:n't| not)|will not
        |won't) (?:\w+ )?(?:want|wish|like)(?: (?:me|us|him|her|them))?(?: (?:to (?:be (?:interviewed|seen
        |asked|bothered)|talk|speak|say|tell|discuss|meet|see|answer|engage|take part|come|participate|do
        |go through)
        |it|one|this|an|any\w*|the (?:interview|talk|conversation|visit)|you)(?!\w)|(?=[.,;!'\"]|$))
    (?:did(?:n't| not)|do(?:n't| not)|does(?:n't| not)|would(?:n't| not)|will not
        |won't) (?:\w+ )?(?:engage|talk|speak|meet|take part|come|answer|see|participate|say)
    no (?:interview|account|comment)
    not (?:held|given|taken|interviewed|applicable|available|interested)
    leave (?:me|her|him|them) (?:alone|be)
    nothing to say
    not (?:today|now|talking|bothered|telling)
    no(?:,)? (?:thanks|thank you|ta|cheers)
    (?:said|says|shouted|texted|wrote|replied|answered|signed|typed):? ['\"]?no
    (?:shut|closed|slammed) (?:the|her|his|their) door
    (?:did(?:n't| not)) (?:open|reply|respond|come down|come out|pick up|get up|turn up)
    (?:put the phone down|hung up|blocked my number|walked (?:off|out|away)|turned away|pulled the covers)
    shook (?:his|her|their) head
    go away
    """
)
SHORT: Final = 45
"""Words within which an account that tells of declining is about nothing else."""
TOLD: Final = lines(
    r"""
    (?:went|stayed|slept|walked|ran|met|hid|sat|woke|(?:took|got|caught|missed) (?:the|a|an|on|in)
        |(?:was|were|been|'d been) (?:at|in|with|down|round|over|up))
    """
)
"""Where somebody was and what they did."""
_FEW: Final = 3


def tells_of_declining(account: str) -> bool:
    """Whether an account is empty, or short and says that nobody wanted to talk."""
    count = len(words(account))
    return count == 0 or (count <= SHORT and OF_DECLINING.search(account) is not None)


def tells_more(reading: Reading) -> bool:
    """Whether something is told of the absence in other sentences than those that tell of declining."""
    return any(
        TOLD.search(each.text) and len(reading.specific(each.text)) >= _FEW
        for each in sentences(reading.account)
        if not OF_DECLINING.search(each.text)
    )


def is_declined(reading: Reading) -> bool:
    """Whether the interview was declined and the record holds to it."""
    return reading.told.declined and tells_of_declining(reading.account) and not tells_more(reading)


def has_account(reading: Reading) -> bool:
    """Whether an account was given beyond doubt: of where the child was, with no word of declining.

    In a long account what the child says that it refused is a part of the story.
    """
    account = reading.account
    is_long = len(words(account)) > SHORT
    of_offer = unquoted(account) if is_long and tells_more(reading) else account
    return (is_long or tells_more(reading)) and OF_DECLINING.search(of_offer) is None
