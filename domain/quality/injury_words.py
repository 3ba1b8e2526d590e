"""Injuries as they are told, and what says that something was not so."""

from typing import Final

from domain.quality.text import lines

_BODY: Final = (
    "(?:arms?|forearms?|legs?|lips?|eyes?|eyebrow|nose|face|head|wrists?|ribs?|back|ankles?|knees?|hands?|foot|feet"
    "|toes?|fingers?|fingernails?|nails?|shoulders?|chin|elbows?|cheek|jaw|neck|thumb|teeth|tooth|mouth|shin|hip"
    "|thigh|stomach)"
)

INJURY: Final = lines(
    rf"""
    bruis(?:e|es|ed|ing)
    black eye
    (?:split|fat|busted|torn|swollen|broken|fractured|sprained|twisted|dislocated|grazed|bleeding
        |cracked|chipped|burnt|burned|scalded|bitten|scratched|scraped|skinned|nicked
        |grazed) (?:\w+ )?{_BODY}
    {_BODY} (?:was |were |is |are |got |all )?(?:torn|ripped|swollen|broken|fractured|sprained|bleeding
        |bruised|burnt|burned|stitched|split|cut open|came off)
    (?:broke|fractured|sprained|twisted|dislocated|hurt|cut|grazed|burnt|burned|injured|banged|smashed
        |tore) (?:my|her|his|their|a) (?:own |left |right )?{_BODY}
    nosebleeds?
    bleeding
    bled
    stitch(?:es|ed)
    steri-?strips
    concuss\w*
    (?:punch(?:ed|es)?|kick(?:ed|s)?|slap(?:ped|s)?|stabb(?:ed)|attack(?:ed|s)?|assault(?:ed|s)?
        |rap(?:ed)|burn(?:ed|t|s)|strangl(?:ed)|chok(?:ed)|jumped|robbed|mugged|batter(?:ed|s)?
        |headbutt(?:ed)?|bit|beat|hit|hits) (?:me|her|him)(?: up| in| on| over| with| across| to the
        |[.,;]|$)
    (?<!who\s)(?:got|was|been|were|getting|being) (?:\w+ )?(?:punched|hit|kicked|slapped|stabbed
        |attacked|assaulted|raped|burned|burnt|strangled|choked|jumped|beaten|beat up|battered
        |headbutted|bitten|knocked (?:over|down|out)|run over|mugged)
    (?:cuts?|graz(?:e|es)|scratch(?:es)?|burns?|marks?|scars?|swelling|lump|gash|wounds?|injur(?:y
        |ies)) (?:to|on|across|under|over|above|around
        |down) (?:the |my |her |his |their |both |one )?(?:inside of )?(?:\w+ )?{_BODY}
    overdos\w*
    """
)
"""Injuries and assaults, as told of the child."""

LONG_AGO: Final = lines(
    r"""
    old
    older
    previous(?:ly)?
    historic(?:al)?
    healed
    (?:last|in|from|since) (?:year|month|summer|winter|spring|autumn|christmas|january|february|march
        |april|may|june|july|august|september|october|november|december)
    (?:weeks?|months?|years?) (?:ago|before|old)
    football
    rugby
    tooth(?:ache)?
    dental
    """
)
"""What says that an injury is not of this absence, or nobody's doing."""

NEGATION: Final = lines(
    r"""
    no
    not
    never
    none
    nobody
    nothing
    neither
    nor
    without
    (?:isn|wasn|aren|weren|don|doesn|didn|haven|hasn|hadn|won|wouldn|can|couldn|shouldn|ain)'t
    cannot
    den(?:y|ies|ied|ying)
    asked (?:directly )?(?:about|whether|if|for)
    refus(?:ed|es) to (?:carry|take|hold|sell|try)
    if
    said no
    says no
    turned (?:it|them|him|her) down
    instead of
    away from
    free of
    """
)
"""What, a few words before a risk, says that it was not so."""

NOT_NEGATED: Final = lines(
    r"""
    (?:not|n't|never|didn't|don't|doesn't|wasn't|couldn't|can't|won't) (?:want|wanted|wanting|mean
        |meant|know|knew|tell|told|telling|say|saying|think|thought|like|liked|allowed|stop|stopped
        |help|remember|realise|sure|just|only|even know|care|mind|get out|leave|refuse|avoid)
    (?:not|n't|don't) wanna
    no (?:idea|choice|one (?:knows|knew|stops|stopped)|money|way out|way|food|electric\w*|heating
        |hot water|gas|credit|signal|battery|sleep)
    nothing (?:in|to eat)
    nobody (?:knows|knew|stops|stopped|cares|cared)
    """
)
"""Negations of something else than the risk."""
