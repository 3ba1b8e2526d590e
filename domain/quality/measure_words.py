"""Words of measures: what can or cannot be seen to have worked."""

import re
from typing import Final

from domain.quality.text import lines, stemmed

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
    (?:was|is|were|are) (?:there|present|in the room|at the table)
    heard (?:it|that|this|them|him|her|me|about|from|what)
    (?:reports?|knows?|says?|tells?) (?:back )?(?:what|who|which|how many|how much|where|when)
    (?:number|count|list|tally) of
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

DOES: Final = lines(
    r"""
    (?:goes|comes|arrives|sits|stands|eats|rides|walks|plays|opens|shuts|closes|drives|picks|fetches|brings
        |carries
        |wears|hands|lends|buys|pays|cooks|knocks|lets|swims|draws|sings|sews|bakes|feeds|washes|travels
        |collects
        |hangs|lies)(?!(?: (?:more|less|much|very|so))* (?:safe\w*|well|better|up|down|worse|forwards?|on
        |positive\w*|smooth\w*|support\w*|missing)(?!\w))(?= \w)
    """
)
"""What somebody or something does that anybody beside them would see."""
