"""Words about risks and harm: what was done, what is still to do, and what needs no answer."""

from typing import Final

from domain.quality.text import lines

NO_OUTCOME_NEEDED: Final = lines(
    r"""
    no (?:\w+ )?(?:outcome|action|step)s? (?:\w+ )?(?:is|are|was|were)? ?(?:\w+ )?(?:needed|required
        |necessary)
    needs? no (?:\w+ )?outcome
    already (?:\w+ ){0,4}(?:in place|known|being|working|open|has|have|reported|dealt|under)
    """
)
NOT_YET: Final = lines(
    r"""
    (?:will|to|should|needs? to|must) (?:be )?(?:\w+ )?(?:get|take|have|give|ask|go|visit|chase|send|tell
        |review
        |attend|ring|seek|clean|dress|keep|watch|drive|bring|fetch|follow\w*|refer\w*|discuss\w*|contact
        |arrange\w*|consider\w*
        |monitor\w*|speak|report\w*|book\w*|see|call|inform\w*|make|pass\w*|raise\w*|look\w*|check\w*
        |request\w*)
    (?:to|will|should|must|can) be \w+(?:ed|en|ght)
    planned
    not yet
    pending
    """
)
DONE: Final = lines(
    r"""
    \w{2,}ed
    (?:rang|took|taken|went|gave|given|told|spoke|spoken|made|sent|saw|seen|met|got|drove|driven|done|put|held
        |brought|bought|wrote|written|left|found|came|began)
    """
)
"""What has been done: what follows it with `to` is its purpose, as in `rang 101 to report it`."""

ARMED: Final = lines(
    r"""
    i(?:'(?:m|ve|d|ll))?
    my
    (?:gave|give|hand(?:s|ed)|told|made|got) (?:me|us|her|him)
    (?:take|carry|hold|keep|hide|bring) (?:it|one|this|them)
    (?:her|his) (?:\w+ )?(?:sock|pocket|bag|waistband|room|sleeve|drawer|bed|jacket|coat|school)
    (?:carries|carrying|keeps|took|had) (?:a|one|it)
    """
)
"""What says that the weapon is in the child's own hands."""

ASIDE: Final = lines(
    r"""
    (?:once|one time|last year|ages ago|years ago|used to|before we|when (?:i|he|she|they) (?:was
        |were) (?:little|small|young\w*))
    (?:joke|jokes|joking|joked|as a laugh|lol|film|movie|game|song|video|on (?:the )?telly|netflix|lyrics?)
    (?:heard|says|said|reckons|apparently|supposed to|rumours?) (?:that )?(?:he|she|they|someone|somebody
        |people)
    (?:everyone|everybody|people|some of them|others?|somebody else|a boy|a girl|kids) (?:at|in|there|was
        |were|had)
    (?:i|he|she|they) (?:left|walked off|went home|got off|got out|came home|blocked|said no|did(?:n't
        | not) (?:have|take|touch
        |want))
    """
)
"""What is mentioned by the way: of another time, of others, heard, or walked away from."""

HELPERS: Final = lines(
    r"""
    police
    gp
    doctor\w*
    nurse\w*
    hospital
    a&e
    clinic
    surgery
    pharmac\w+
    paramedics?
    ambulance
    social work\w*
    duty
    mash
    """
)
"""Those who would see to harm."""

TREATED: Final = lines(
    r"""
    (?:taken|took|went|gone|been|drove|driven|walked) (?:\w+ ){0,2}(?:to|by) (?:\w+ ){0,2}(?:a&e|gp
        |doctor\w*|hospital|nurse
        |clinic|walk-?in|pharmac\w+|dentist|minor injuries|police)
    (?:seen|checked|treated|cleaned|dressed|stitched|glued|bandaged|x-?rayed|examined|washed) (?:by|at|and
        |up|it|in|out)
    (?:cleaned|dressed|stitched|glued|bandaged|x-?rayed)
    (?:gp|doctor|nurse|hospital|a&e|pharmacist|paramedics?|police|carer|mum|dad|nan|staff) (?:\w+ )?(?:saw
        |checked|cleaned
        |dressed|looked|put|gave|took|came|treated|rang|told)
    (?:rang|called|phoned|told) (?:\w+ )?(?:111|101|999|police|gp|doctor|nurse)
    plasters?
    antibiotics?
    ice ?pack
    """
)
"""How the boxes about harm tell that somebody saw to it."""
