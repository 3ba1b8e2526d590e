"""Words of outcomes: what stands where a day should be, formulas, and reasons that answer nothing."""

from typing import Final

from domain.quality.text import lines, stemmed

VAGUE_TIME: Final = lines(
    r"""
    a\.?s\.?a\.?p\.?
    as (?:soon|quickly|early|promptly) as (?:is )?(?:reasonably |practically )?(?:possible|practicable
        |practical|can be|able|available|she can|he can|they can|we can|i can)
    ongoing
    on-going
    on going
    in due course
    (?:as and )?when (?:possible|appropriate|available|required|necessary|needed|able|convenient
        |capacity allows|time allows|time permits|capacity permits|practicable|ready)
    as soon as (?:\w+ ){1,4}(?:can|could|may)(?: be \w+)?
    as and when
    if and when
    when (?:there is|we have|they have) (?:time|capacity|space)
    (?:very |quite |fairly )?soon
    shortly
    imminently
    (?:at|in) (?:the|an|your|her|his|their|our) (?:earliest|first|next) (?:opportunity|convenience
        |possible\w*)
    at (?:some|a later|a future) (?:point|stage|date|time)
    (?:in|over) the (?:near|coming|foreseeable|not too distant) (?:future|weeks|months|days|period)
    in (?:the )?future
    over (?:the )?(?:coming|next few) (?:weeks|months|days)
    (?:in|over|within) (?:a few|the next few|several|some|a couple of) (?:days|weeks|months)
    over time
    in time
    in a timely (?:manner|fashion|way)
    timely
    until further notice
    (?:medium|long|short|longer|shorter)[- ]term
    for the foreseeable
    tb[ca]
    (?:date |time |timescale )?to be (?:confirmed|arranged|agreed|decided|advised|set|determined)
    (?:date|day|time|timescale)s? to follow
    no (?:fixed |set )?(?:date|timescale|deadline|end date)
    open[- ]ended
    (?:continuous|continual)(?:ly)?
    later on
    sometime
    some ?time
    eventually
    one day
    whenever(?: \w+)?
    without delay
    next available
    promptly
    going forwards?
    moving forwards?
    as needed
    as required
    as necessary
    as appropriate
    when (?:she|he|they) (?:is|are|feels?) ready
    (?:as and )?(?:when|once|if|as) (?:a |an |there is |the )?(?:slot|vacancy|place|space|worker
        |appointment|staffing|time|capacity|resources?|funding)(?: \w+)? (?:is|are|becomes?|comes?
        |allows?|permits?|available|free|vacancy|can|arises?)(?: \w+)?
    when there is (?:a |an )?(?:slot|vacancy|place|space|capacity|time)
    within (?:a )?reasonable (?:time|period|timescale)\w*
    soonest
    before (?:too )?long(?! \w)
    in the fullness of time
    as soon as (?:we|they|staff|someone|somebody) can
    rolling
    on an ongoing basis
    in the (?:weeks|months|days) ahead
    for now
    (?:at|on) (?:regular|appropriate|suitable|agreed) (?:intervals|times)
    on a (?:regular|needs?|case[- ]by[- ]case) basis
    periodically
    (?:every|each) (?:so|now and) (?:often|again|then)
    from time to time
    as often as (?:possible|needed|required|necessary)
    as the need arises
    (?:as and )?(?:once|when|as soon as) (?:he|she|they|staff|someone|somebody|we|there) (?:is|are|feels?
        |has|have) (?:able|ready|free|available|capacity|time|settled)
    """
)
"""Words that stand where a day should be."""

NOT_TIMES: Final = lines(
    r"""
    (?:the|an|her|his|their|any|this|because of|of|about|with|and|under|to
        |by) (?:\w+ )?ongoing(?! basis)
    ongoing (?:police|investigation|court|case|row|rows|arguments?|dispute|conflict|contact|pain
        |treatment|proceedings|enquir\w+|inquir\w+|assessment|strategy)
    (?:just|only|right|nick|plenty of|first|same|every|each|free|school|any) in time
    too soon
    so soon
    sooner
    soon after
    (?:the )?soonest (?:bus|train|tram|appointment|date|she|he|they|the)
    (?:no|how) soon\w*
    as soon as (?!\w+ (?:is|are|feels?) (?:able|ready|free|available)|(?:\w+ ){1,4}(?:can|could
        |may)(?!\w))(?:he|she|they|it|the|mum|dad|i|school
        |any|something|anything|\w+ (?:is|are|gets|comes
        |rings|calls|leaves|goes|says|feels|sees|finishes|opens|told|said|left|got|came|was|were|had|rang|saw
        |heard|knew|went|woke|\w+ed)|(?:the|her|his|their|our|my) \w+ (?!can)\w+)
    in time for
    """
)

SAID: Final = lines(
    r"""
    (?:said|says|told|tells|asked|asks|wants?|wanted|feels|felt|described|explained|named|spoke|hates
        |loves|misses|disclosed|wishes|called|thinks|worries|worried|scared|frightened)
    """
)

FORMULA: Final = lines(
    r"""
    support\w*
    work
    sessions?
    continu\w+
    monitor\w*
    review\w*
    engag\w+
    aware\w*
    explor\w+
    promot\w+
    encourag\w+
    improv\w+
    ensur\w+
    develop\w*
    address\w*
    signpost\w*
    refer\w*
    assess\w*
    intervention\w*
    strateg\w+
    risks?
    safety plan\w*
    liais\w+
    discuss\w*
    plans?
    plann\w+
    multi-?\s?agency
    interviews?
    safeguard\w*
    consider\w*
    mentor\w*
    educat\w+
    advice
    keep\w*
    offer\w*
    provid\w+
    """
)
"""The nouns and verbs around which formulas are built."""

WISHED: Final = lines(
    r"""
    deserv\w+
    entitled to
    (?:has|have) (?:a |the |every )?rights? to
    (?:full )?potential
    best (?:start|outcomes?|version|life)
    thriv\w+
    flourish\w*
    every (?:child|young person)
    """
)
"""What is wished for every child."""

ACTS: Final = lines(
    r"""
    (?:tells|asks|hears|names|rings|phones|calls|texts|writes|reads|drives|fetches|brings|walks|sits|sends
        |shows
        |pays|sleeps|stays|goes|comes|picks|drops|sets|says|hands|lends|buys|fits|mends|cooks|plays|runs
        |starts
        |stops|opens|closes|moves|changes|swaps|sees|gets|puts|lets|knocks|collects)
    """
)
"""What somebody does, told as a fact: formulas have `to continue`, `to be explored`, `support around`."""

FOR_PARENTS: Final = lines(
    r"""
    (?:to|will|would) be (?:\w+ )?\w+(?:ed|en)
    (?:strategies|strategy|skills|course|courses|programme|boundaries|communication|relationships?)
    """
)
"""A formula in which a relative is only the one it is done to."""

PAST: Final = lines(
    r"""
    (?:said|says|told|tells|asked|asks)
    (?:would|did|could|had|was|were) not
    (?:left|had|hadn't|was|wasn't|were|weren't|got|went|came|couldn't|did|didn't|wouldn't|made|took
        |kept|felt|saw|knew|lost|gave|found|thought|never|ran|hit|sat|heard)
    (?!need|ofst|concern|relat|identifi|vulnerab|support)\w{2,}ed
    """
)
"""What happened or was said, not what ought to be."""

UNTOLD: Final = stemmed(
    """
    said say says told tell tells asked ask support supported help helped safe safety safely risk risks need
    needs needed want wants like vulnerable vulnerability concern concerned concerns worry engage engaged
    engagement services service better good well work discussed discuss discussion panel meeting referred
    referral agreed agree recommended assessed assessment identified plan planned reviewed review beneficial
    benefit felt feel missing episode episodes exploitation exploited harm issues issue young person child
    behaviour known made aware met seen time strategy professional professionals conference policy procedure
    manager worker team network promote promoting safeguard safeguarding safeguarded welfare ongoing
    wellbeing due
    """
)
"""What a reason may say of any child."""
