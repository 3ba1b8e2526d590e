"""Words by which a record shows the purposes of the interview: why, harm, and whom to turn to."""

from typing import Final

from domain.quality.text import lines

WHY: Final = lines(
    r"""
    because
    cos
    coz
    cuz
    'cause
    due to
    so (?:that )?(?:i|he|she|they) (?:just )?(?:left|went|walked|ran|legged|got|took|stayed|decided
        |could|did|would)
    in order to
    want(?:ed|s|ing)? (?:to|some|a|my|her|his|their|it|out|space|nothing)
    need(?:ed|s)? (?:to|some|space|time|a break|out|air|money)
    (?:had|'d had) (?:had )?enough
    fed up
    sick (?:and tired )?of
    tired of
    (?:can't|cannot|couldn't|could not) (?:take|stand|cope|be|face|bear|stay|sleep|breathe|do|deal|hack
        |handle|wait)
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
    kick(?:ed|ing)? (?:\w+ )?(?:out|off)
    throw(?:n|ing)? out
    threw (?:\w+ )?out
    (?:made|making|forced?|threaten\w*|told|asked|invited|begged) (?:me|him|her|them)
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
    (?:won't|wouldn't|would not|will not|didn't want to|did not want to|refus\w+ to) (?:say|tell|talk
        |answer|speak)
    none of your business
    no comment
    don't (?:know|want to|wanna)
    dunno
    doesn't matter
    it's my (?:life|business)
    (?:my|her|his|their) head in
    (?:on|go(?:ing|es)? on|had a go|moan(?:s|ed|ing)?|nag(?:s|ged|ging)?) at (?:me|us|her|him)
    not tell(?:ing)?
    (?:told|ask(?:ed)?|text(?:ed|s)?|rang|phoned|messag(?:ed|es)|snapp(?:ed|s)|call(?:ed|s)) (?:me|us|her|him
        |them)
    every(?:one|body) (?:was|were|else|is|goes|went)
    missed (?:the|my|her|his) (?:last |\w+ )?(?:bus|train|tram|coach|lift)
    (?:phone|battery) (?:died|was dead|went dead|ran out|was off)
    (?:her|his|my|their|a|mate's|\w+'s) (?:birthday|party|funeral|anniversary|wedding)
    grounded
    told off
    kicked off
    lost it
    nothing to do
    (?:nobody|no one) (?:was|cares|cared|listens|listened|asked|asks|believes?d?|even|there)
    (?:hungry|freezing|starving|homesick)
    snitch(?:ed|ing|es)?
    too (?:loud|noisy|hot|cold|much|many|strict)
    (?:couldn't|can't) be (?:bothered|arsed)
    (?:in|out of) the way
    (?:took|taken|takes|taking|broke|sold|hid|read) (?:my|me|her|his|away)
    (?:get|got|getting|having|had) (?:\w+ )?(?:grief|hassle|aggro|stick)
    """
)
"""How people say why; that a child would not say why is a why."""

HARM_SAID: Final = lines(
    r"""
    (?:not|never|no|nothing|nobody|no one|wasn't|weren't|didn't|isn't|denie[sd]|without
        |any) (?:\w+ ){0,5}(?:hurt|harm\w*|injur\w*|unsafe|happened|touch\w*|assault\w*|bruis\w*|marks?)
    (?:hurt|harmed|injur\w*|hit|punch\w*|slapp\w*|assault\w*|bruis\w*|attack\w*|bleed\w*|cut|kick\w*
        |burn\w*|raped?|touched)
    (?:un)?harmed
    safe and well
    would(?:n't| not) say
    """
)
"""How a record says whether the child came to harm where the box was left open."""

CONTACT: Final = lines(
    r"""
    childline
    nspcc
    samaritans
    shout
    runaway\s?helpline
    missing people
    helplines?
    hotline
    116\s?000
    0800\s?1111
    85258
    999
    101
    111
    fearless
    crimestoppers
    ceop
    kooth
    papyrus
    young\s?minds
    the mix
    frank
    refuge
    barnardo'?s
    catch\s?22
    brook
    switchboard
    mermaids
    (?:phone |mobile )?numbers?
    (?:call|ring|phone|text|message|contact|bell|whats\s?app)(?:s|ed|ing)?
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

OF_OTHERS: Final = lines(
    r"""
    (?:some|a|an|this|the|other|older) (?:\w+ )?(?:man|men|lads?|guys?|bloke|boys?|girls?|people|person
        |woman|police|someone|somebody) (?:wanted|wants|needed|needs)(?: \w+)?(?: to \w+)?
    (?:someone|somebody|they|people|police) (?:wanted|wants|needed|needs)(?: \w+)?(?: to \w+)?
    (?:reasons?|why) (?:\w+ ){0,4}(?:were|was|explored|discussed|considered|not|unknown|unclear)
    (?:explored|discussed|considered) (?:\w+ ){0,3}(?:reasons?|why)
    to (?:see|watch|say) (?:how|what|if|that|this|her|his|their own)
    it (?:was|is|felt|feels|remains|seemed) (?:\w+ )?(?:important|essential|vital|crucial|good|lovely
        |helpful|possible
        |a \w+) (?:for \w+ )?to (?:\w+ )?\w+
    (?:took|take|taking|made|make|spent) (?:the |some )?(?:time|care|space|an effort) to \w+
    """
)
"""What somebody else wanted, and reasons that are spoken of and not told."""

NO_HARM: Final = lines(
    r"""
    none
    nil
    nothing(?: (?:happened|bad happened|to report|reported|disclosed))?
    (?:came|come|comes|suffered|reports?|reported|disclosed|says) (?:to )?no harm
    no (?:physical |known |reported |visible )?(?:harm|injur(?:y|ies)|marks?|concerns?)(?: \w+)?
    (?:nobody|no one|nothing) (?:\w+ )?(?:hurt|harmed|touched|hit|frightened|happened)(?: or (?:hurt|harmed
        |touched
        |frightened))?(?: (?:her|him|them|me))?
    (?:(?:was|is|were) )?(?:not|n't|un) ?(?:hurt|harmed|injured)
    (?:safe and well|unharmed|fine)
    """
)
"""How a record says that the child came to no harm."""

NOT_SHARED: Final = lines(
    r"""
    (?:nothing|nobody|no one|none|no information|not) (?!with|else|more|other|further)(?:(?:was|is|has been
        |needed|to be|had to be
        |been) )*(?:shared|passed on|told|disclosed|needed)(?! (?:with (?!any)|except|but|beyond|until
        |other than))
    """
)
"""How a record says that nothing was shared at all."""
