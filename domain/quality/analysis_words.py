"""Words of the analysis: how a text compares, judges, or only has the sound of it."""

import re
from typing import Final

from domain.quality.text import lines

EARLIER: Final = lines(
    r"""
    (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|last
        |previous|earlier|past|prior|other|former|these|those|both|all|two|three|four|five|six|seven
        |eight|nine|ten|several|each|every|\d+) (?:\w+ ){0,3}(?:times?|episodes?|absences?|occasions?
        |incidents?|nights?|ones?|missings?|interviews?|records?|weekends?|weeks?|months?
        |conversations?|visits?)
    (?:january|february|march|april|may|june|july|august|september|october|november|december|monday
        |tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|spring|summer|autumn|winter
        |christmas|easter|half.term)s?
    before
    again
    previously
    earlier
    last
    the (?:first|second|third|fourth|fifth|other|others|rest|same)
    same
    unlike
    different\w*
    compared
    comparison
    longer
    shorter
    further
    farther
    closer
    later
    more often
    increas\w+
    decreas\w+
    escalat\w+
    always
    each
    every
    usual\w*
    whereas
    both
    now
    this time
    since
    until now
    new
    changed?
    """
)
"""How a text refers to earlier episodes or compares with them."""

OF_MEANING: Final = lines(
    r"""
    mean(?:s|ing|t)?
    suggest(?:s|ing|ive)?
    shows?
    indicat(?:es|ing)
    (?:tells?|telling) (?:us|me)
    points? to
    likely
    unlikely
    therefore
    so what
    because
    needs?
    needed
    has to
    have to
    must
    should
    ought to
    cannot
    can't
    can
    could
    won't
    will not
    unless
    until
    if
    rather than
    instead
    matters?
    worr(?:y|ies|ied|ying)
    concern(?:s|ed|ing)?
    patterns?
    behind
    underneath
    underlying
    root
    at the heart
    really about
    (?:is|isn't|not) about
    way of
    sees?
    seems?
    appears?
    feels?
    believes?
    thinks?
    fears?
    relies|depends
    trusts?
    risks?
    danger(?:ous)?
    safe[rty]*
    unsafe
    vulnerable
    protect\w*
    will
    would
    is
    are
    isn't
    aren't
    does
    doesn't
    don't
    has
    hasn't
    lacks?
    wants?
    keeps?
    makes?
    leaves? (?:her|him|them)
    change[sd]?
    different(?:ly)?
    to be
    goes
    runs (?:to|from|because|when|so)
    hides
    nobody
    no one
    enough
    """
)
"""The signs of judgement: what is, what must be, what follows. What only tells again is all past tense."""

REASONED: Final = lines(
    r"""
    because
    means?
    so
    unless
    until
    if
    not
    rather
    but
    """
)
"""How somebody who draws a meaning puts it; a text with one of these may hold one that no table has."""

NO_EARLIER: Final = re.compile(
    r"(?:this (?:is|was) )?(?:(?:the|her|his|their) )?first(?: \w+){0,2}\.?|(?:none|no)\b(?: \w+){0,6}\.?",
    re.IGNORECASE,
)
"""What is written where nobody looked: that there was none."""

OF_PATTERNS: Final = lines(
    r"""
    missing
    episodes?
    absences?
    patterns?
    history
    chronology
    services
    noted
    recorded
    previous(?:ly)?
    """
)

OF_STATUS: Final = lines(
    r"""
    risks?
    vulnerab\w+
    concerns?
    support\w*
    safe(?:ty|guarding)?
    monitor\w*
    review\w*
    professionals?
    """
)
"""Words of standing, not of meaning: `a vulnerable young person at risk`."""
