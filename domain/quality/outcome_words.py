"""Words of outcomes: what stands where a day should be, and what can or cannot be seen to have worked."""

import re
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
    as soon as (?!\w+ (?:is|are|feels?) (?:able|ready|free|available))(?:he|she|they|it|the|mum|dad|i|school
        |any|something|anything|\w+ (?:is|are|gets|comes
        |rings|calls|leaves|goes|says|feels|sees|finishes|opens))
    in time for
    """
)

UNSEEN: Final = stemmed(
    """
    improve improved improvement improvements improving better increase increased increasing decrease
    decreased reduce reduced reduction reducing fewer less enhanced enhance positive positively good
    happier happy outcome outcomes outcome's achieved achieve progress progressed sustained maintained
    maintain stable stability settled ongoing continuing continue continued continuous regular regularly
    monitor monitored monitoring review reviewed reviews reviewing supervision feedback evidence evidenced
    needed need required necessary appropriate applicable assessed assessment discussion discussed
    observed observation observations observe professional professionals judgement wellbeing emotional
    mental health engagement engage engages engaged engaging resilience confidence confident esteem self
    relationship relationships awareness aware understand understanding understands understood knowledge
    insight safe safer safety safely risk risks risky vulnerability behaviour behaviours behavioural
    attitude success successful successfully effective effectively working works work well plan planned
    planning met meeting meetings place placed supported support supporting supports young person child
    children family families network agencies services service reports report reported reporting
    information shared sharing liaison communication contact concerns concern worry worries worried needs
    wishes feelings feel feels feeling views voice heard quality life general generally overall time times
    level levels lower lowered higher more most greater missing episodes episode incidents incident
    frequency going home care placement school attendance education via through during tbc known see above
    noted note recorded record completed complete complet team core group conversation conversations
    self-report verbal verbally ensure ensured kept keep remains remain protected protective factor
    factors change changes changed measure measured measurable difference different evident clear
    identified visible seen demonstrate demonstrates demonstrated show shows shown showing manage managed
    managing coping cope able ability choices choice informed decisions decision making day basis case cin
    lac cp process statutory progressing goal goals target targets expected reduce will would be is are in
    on of to the a an and or by with from for as when where if appropriate at her his their she he they it
    that not no any further
    """
)
"""Words of measures that nobody can see."""

SEEN: Final = re.compile(
    r"\d|(?<!\w)(?:"
    r"no (?:further|more|new|repeat) (?:missing|episodes?|absences?|nights?|incidents?)|zero|none"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twice|once|half)"
    r"|weekly|daily|nightly|fortnight\w*|(?:each|every) \w+"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mons?|tues?|weds?|thurs?|fris?|sats?"
    r")(?!\w)",
    re.IGNORECASE,
)

SAID: Final = lines(
    r"""
    (?:said|says|told|tells|asked|asks|wants?|wanted|feels|felt|described|explained|named|spoke|hates
        |loves|misses|disclosed|wishes|called|thinks|worries|worried|scared|frightened)
    """
)

WITNESSED: Final = lines(
    r"""
    (?:has|have|is|was|been|being|gets?|got) (?:\w+ )?(?:seen|met|asked|signed|sent|read|written|opened
        |given|told|moved|booked|paid|fitted|mended|heard|agreed in writing)
    (?:tells?|told|says?|said|texts?|rings?|rang|calls?|called|signs?|sends?|sent|writes?|wrote|reads?
        |asks?|asked|shows (?:me|us|her|him)) (?:\w+ )?\w+
    (?:has|have) (?:a|an|her|his|their|the|own) (?!better|greater|stronger|closer|more|good|positive|healthy
        |sense|clear)\w+
    (?:has|have|he's|she's|they've) been(?= to| there|[.,;]|$)
    yes or (?:a )?no
    (?:crime|report|reference|application|case|incident) (?:number|reference)s?
    on (?:the )?file
    (?:took|taken|taking) place
    decisions?
    received
    granted
    refused
    served
    confirmed
    issued
    delivered
    (?<!be\s)(?<!not\s)seen
    (?:meetings?|appointments?|visits?|sessions?|talks?|tea|teas|calls?|lessons?|medical|assessments?
        |referral|checks?|course|walks?|both|all|each|it|form|agreement|letter|plan|interview|conference
        |panel|he|she|they|first|second|test|screening|group|place|review) (?:\w+ ){0,3}(?:held|kept|attended
        |done|completed|made|signed|happened|took place|taken|booked|accepted|started|over)
    (?:held|signed|moved|joined|enrolled|fitted|mended|paid|visited|returned|registered|installed|collected
        |handed (?:in|over|back)|turned up|arrived|swapped|switched|sold|removed|blocked|deleted|changed
        |lodged|bought|answered)(?=[.,;:!]|$| (?:by|on|in|with|at|to|and|before|twice|once))
    (?:register|log|log ?book|rota|calendar|minutes?|certificate|receipt|chart|diary|timetable|inbox|e-?mails?
        |statement|ticket|payslip|crime number|reference)
    """
)
"""What somebody can witness, in plain words."""

BETTER: Final = lines(
    r"""
    (?:more|less|fewer|better|greater|stronger|closer|healthier|happier|calmer|safer|higher|lower|kinder
        |quieter|warmer|deeper|wiser|fuller|easier)
    (?:improv|increas|reduc|decreas|enhanc|strengthen|rais|lessen|boost)(?:e|es|ed|ing|ement|ements|s)?
    reductions? in
    (?:sense|feeling|level|degree|period|signs?) of
    (?:positive|good|healthy|open|meaningful) \w+
    """
)
"""What is said to be better: a comparison that nobody can say yes or no to, unless it is counted."""

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
    manager worker team network
    """
)
"""What a reason may say of any child."""
