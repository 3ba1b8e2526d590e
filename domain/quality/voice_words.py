"""Words that tell who speaks: the child, the interviewer, or somebody else."""

import re
from typing import Final

from domain.quality.text import lines, pattern

FIRST_PERSON: Final = re.compile(
    r"(?<!\w)(?:I(?:'(?:m|ve|d|ll))?|i(?:'(?:m|ve|d|ll))?|im|ive|me|my|mine|myself|we(?:'(?:re|ve|d|ll))?|us|our)(?![\w'])",
    re.IGNORECASE,
)

INTERVIEWER: Final = lines(
    r"""
    i (?:\w+ )?(?:asked|explain\w*|explor\w*|visited|met|advised|noted|inform\w*|discuss\w*|clarif\w*
        |reassur\w*|observ\w*|suggest\w*|introduc\w*|attended|attempt\w*|interview\w*|record\w*
        |prais\w*|acknowledg\w*|thank\w*|remind\w*|offered|challeng\w*|encourag\w*|enquired|inquired
        |prompted|gave \w+ (?:a |the )?(?:leaflet|card|number)|completed|conducted|checked|followed up
        |understand that|am aware|was informed|was told by|was advised|am of the view|read|listened
        |wondered|feel that|believe that|would assess|spoke|talked|was (?:pleased|concerned|satisfied
        |able|unable|keen)|made clear|am (?:concerned|satisfied|pleased)|will (?:share|speak|follow
        |refer|discuss|visit|see|update)|let (?:him|her|them) know|saw (?:him|her|them|\w+ (?:at|in
        |on)))
    (?:we|together we) (?:\w+ )?(?:discuss\w*|explor\w*|talked (?:about|through)|spoke about
        |went through|looked at|consider\w*|agreed|completed|covered|reviewed|revisited|reflect\w*
        |thought about
        |touched (?:on|upon)|unpack\w*|acknowledg\w*|began|ended|had a (?:\w+ )?(?:chat|talk|conversation
        |discussion)|spent time|built|named|worked)
    i (?:was|am|have been|feel|felt) (?:\w+ )?(?:struck|impressed|moved|heartened|humbled|mindful|curious
        |privileged|touched|encouraged|grateful|left with)
    (?:it was|had) (?:a|an|my|the) (?:pleasure|privilege|honour)(?: \w+)*
    (?:our|my) (?:\w+ )?(?:conversation|time together|session|chat|dialogue|work|contact|intention|role)
    i found (?:her|him|them|\w+) to be
    i (?:sensed|perceived|formed the view|got the (?:sense|impression)|came away|left the|went to see)
    those of us
    (?:one|any) of us
    when i (?:asked|arrived|met|visited|spoke|saw|explored|enquired)
    (?:told|informed|advised|said to|spoke to|disclosed to|shared with|reported to|speak to
        |explained to|confirmed to|showed|engaged with|talk to|talked to|with|by) (?:me|us)
    asked by me
    (?:in )?(?:my|our) (?:view|opinion|visit|interview|conversation|assessment|impression|sense
        |discussion|questions?|meeting|professional|involvement|service|team|role|previous)
    """
)
"""First person of the interviewer, not of the child."""

SPOKEN_BY_OTHERS: Final = lines(
    r"""
    (?:mum|dad|mother|father|nan|gran|grandma|grandad|aunt|auntie|uncle|parents?|carers?|staff|police
        |officers?|school|teacher|social worker|worker|manager|key\s?worker|foster (?:carer|mum|dad
        |mother|father)|professionals|placement|home|team|doctor|nurse|brother|sister|pc \w+|mr \w+
        |mrs \w+|ms \w+|miss \w+) (?:(?!she\b|he\b|they\b|i\b)\w+ ){0,3}(?:said|says|say|stated|states
        |reported|reports|described|describes|told|tells|felt|feels|called|calls|believes?|explained
        |added|noted|wrote|recorded|shouted|asked)
    (?:described|recorded|known|referred to|reported|noted|labelled|viewed|seen|considered|regarded
        |categorised|assessed|termed|logged|graded) (?:\w+ ){0,4}as
    so-called
    according to \w+(?: \w+)?
    """
)
"""What stands before the quoted words of somebody else, or before a label."""

SPEECH: Final = lines(
    r"""
    said
    says
    saying
    told
    tells
    replied
    answered
    asked
    shouted
    called (?:it|this|him|her|them)
    calls (?:it|this|him|her|them)
    added
    described (?:it|this|him|her|them|\w+ (?:mood|night|evening)) as
    whispered
    wrote
    texted
    typed
    signed
    put it
    words
    explained
    stated
    mumbled
    muttered
    goes
    went
    just
    laughed
    :
    """
)

REPORTED: Final = lines(
    r"""
    sa(?:id|ys|ying)
    t(?:old|ells)(?! off)
    asked|asks
    answered|replied|shouted|whispered|mumbled|joked|laughed that
    puts? it
    calls? (?:it|this|him|her|them)
    according to (?:him|her|them)
    in (?:his|her|their) (?:own )?words
    """
)
"""Speech told by somebody else, which may be as the child said it."""

WITHOUT_SPEECH: Final = lines(
    r"""
    (?:talking mats?|makaton|bsl|sign(?:ed|s|ing)(?! (?:up|in|out|off|on|a|an|by|it|his|her|their|my|posted
        |ing))|communication (?:board
        |book|app|aid|device)|picture cards?|symbols?|pecs|eye gaze|drew (?:a|an|me|us|it|the|his|her
        |their|two|three)|drawings?|pointed (?:to|at)|typed|wrote (?:down|on|it|that|in)|nodded
        |shook (?:his|her|their) head|thumbs? (?:up|down)|emoji cards?|feelings? cards?|mimed|gestur\w+)
    """
)
"""How a child speaks who does not speak."""

SCRIPT: Final = re.compile(
    r"^(?:said|says|signed|wrote|typed|he|she|they|child|yp|[A-Z]\w+(?:-\w+)?)\s*:\s+\w", re.IGNORECASE
)
"""A line as in a play: `Leo: not telling you`."""

CHILD_AGAIN: Final = pattern(("he", "she", "they", "i"))

CHILDS_LINE: Final = re.compile(
    r"call(?:s|ed|ing)? me\b|my name\b|named? me\b|\b(?:wrote|signed|typed)\b|\bsaid\s*:"
    r"|^[\w-]+(?: [\w-]+)?\s*:",
    re.IGNORECASE,
)
"""Where the child's own name stands beside what the child says."""
