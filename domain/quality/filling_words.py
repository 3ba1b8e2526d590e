"""What is written to fill a box or a page: phrases that name nothing, and the few that do."""

from typing import Final

from domain.quality.text import lines

CONCRETE: Final = lines(
    r"""
    national referral mechanism
    nrm
    dentist
    optician
    solicitor
    passport
    sarc
    marac
    idva
    abduction (?:warning )?notice
    section 47
    strategy (?:meeting|discussion)
    child protection conference
    protection order
    bus pass
    key to
    own key
    own room
    own bed
    (?:housing|debt|benefits?|legal|immigration|tenancy|divorce|careers?) advice
    independent (?:sexual|domestic) \w+ (?:advis[eo]r|advocate)
    isva
    interpreter
    intermediary
    appropriate adult
    (?:\w+ )?(?:changed|moved|swapped|switched|transferred|returned|given back|handed back|put back
        |replaced) (?:to|from|back|into|with|for)
    (?:appointment|visit|check-?up|test|slot|screening|talk|session|referral) (?:\w+ )?(?:with|at|to|by|for
        |from) (?:\w+\s
        ){0,3}(?:nurse|clinic|doctor|gp|hospital|surgery|physio|psychiatrist|dietici?an|midwife|solicitor)
    sexual health (?:nurse|clinic|service|appointment|test)
    (?:drug|substance|alcohol)s?(?: and alcohol| misuse)? (?:service|worker|nurse|clinic)
    victim (?:care|support)
    who (?!support|care|work|can|could|will|is|are)\w+ (?:her|him|them)
    where (?:he|she|they) (?!feels?|can|could|is|will|may|needs?)\w+
    crisis (?:team|plan|follow-up)
    women's aid
    safety marker
    (?:on|every|each|until|till|by|from) (?:(?:a|one|the|two|three|alternate|second) )?(?:mon|tues|wednes
        |thurs
        |fri|satur|sun)days?
    (?:mon|tues|wednes|thurs|fri|satur|sun)days
    (?:every|each|that|one|at) (?:night|morning|evening|lunch(?:time)?|bedtime)
    \d{1,2}[.:]\d\d
    \d ?[ap]m
    £\s?\d+
    """
)
"""Things made of the office's words that are nevertheless one particular thing to do."""

COUNTED: Final = lines(
    r"""
    (?:1\s?[:/-]\s?1|\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve) ?(?:x )?(?:weekly |monthly\s
        |more |further
        |hours? of )?(?:sessions?|weeks?|months?|visits?|meetings?|times?|hours?|pieces?|appointments?|days
        |reviews?)
    \d+ ?x
    x ?\d+
    """
)
"""How often a formula is to be done: a number that names nothing."""

FORMULAS_OF_LENGTH: Final = lines(
    r"""
    it (?:is|was|has been|would be|will be|must be|should be|remains) (?:\w+ )?(?:recogni[sz]ed|acknowledged
        |felt
        |important|understood|essential|hoped|positive|noted|considered|evident|clear|crucial|vital|imperative
        |key|believed|apparent|accepted|anticipated|recommended|a privilege|paramount|appreciated|beneficial
        |worth noting|fair to say)
    young people (?:of (?:this|her|his|their) age|often|can|may|who|on|in|with|need|are)
    (?:children|adolescents|teenagers|young people) (?:of (?:this|her|his|their) age|often|can|may|need)
    (?:moving|going|looking) (?:forward|forwards|ahead)
    a (?:wide |broad |whole )?(?:range|number|variety|host|plethora|multitude) of
    holistic\w*
    trauma-informed
    strengths?-based
    (?:person|child)-cent(?:red|ered)
    needs-led
    solution-focused
    wishes and feelings
    views,? wishes
    lived experiences?
    joined-up
    positive (?:outcomes|choices|relationships|regard)
    full potential
    wrap(?:ped|ping|around)?(?: around)?
    protective factors
    (?:push|pull) (?:and pull )?factors
    safe (?:and \w+ )?(?:space|base)
    (?:own|right) pace
    lines of communication
    open (?:and honest )?(?:dialogue|communication)
    meaningful\w*
    in (?:his|her|their) best interests
    at the (?:heart|cent(?:re|er)) of
    resilien\w+
    vulnerabilit(?:y|ies)
    multi-(?:agency|layered|faceted)
    complex(?:ity|ities)?
    dynamics?
    in line with
    all (?:those )?(?:around|involved|parties|professionals)
    (?:was|were) (?:explored|discussed|considered|touched upon|acknowledged|celebrated|recogni[sz]ed)
    engaged (?:well|positively|to the best|fully|in)
    opportunit(?:y|ies) (?:to|for)
    supported to
    empower\w*
    journey
    narrative
    appropriate(?:ly)?
    robust
    nurtur\w+
    ongoing
    """
)
"""Phrases with which long text is filled."""

FACTORS: Final = lines(
    r"""
    factors?
    (?:range|number|variety|combination|multitude) of
    complex
    interplay
    various
    multiple
    dynamics?
    """
)
"""How something is called a cause without being named."""

OF_ITSELF: Final = lines(
    r"""
    risks?
    concerns?
    vulnerab\w+
    remain\w*
    review\w*
    monitor\w*
    assess\w*
    safeguard\w*
    professionals?
    judgements?
    information
    procedures?
    levels?
    plans?
    missing
    episodes?
    exploitation
    factors?
    as before
    no change
    same
    ongoing
    continu\w+
    """
)
"""A reason that speaks of the assessment, not of the child."""

NOT_DONE: Final = lines(
    r"""
    (?:(?:we|i|it|this|these|they|options|was|were|has|have|been|had) ){0,3}(?:ran|run) out of time
    (?:(?:there|we|i) (?:was|were|had|is) )?(?:no|not enough|insufficient|limited|too little) time
    time (?:did(?:n't| not)) (?:allow|permit)
    (?:(?:this|it|options|these|that) )?(?:(?:was|were|has|have|had|been|is) ?){0,2}(?:not|n't
        |un) ?(?:yet )?(?:able to )?(?:be )?(?:discuss|cover|gone|explor|address|rais|look|reach|complet
        |record|ask|done|talk|offer|appropriate)\w*
    (?:we|i)? ?(?:did(?:n't| not)) (?:get|have|manage|reach|cover|discuss|go|talk|ask|explore|do)
    (?:(?:this|it|options|these|that) )?(?:will|to|can|could) be (?:picked up|covered|discussed|done|explored
        |completed|followed up
        |gone through|revisited|raised|looked at|addressed)
    (?:(?:to|for) )?(?:(?:the|a|our) )?(?:next|another|later|follow-up) (?:visit|time|session|week|day
        |occasion|meeting|call)
    (?:(?:the|our) )?(?:interview|conversation|visit|talk|meeting) (?:was |had to be )?(?:cut short
        |interrupted
        |ended early|stopped)
    cut short
    """
)
"""What is written where something was not done; tried on the beginning of a text."""

DONE_AFTER_ALL: Final = lines(
    r"""
    but
    told
    gave
    left (?:a|my|her|him|them|the)
    given
    showed
    picked (?!up)
    chose
    can
    ring
    text
    call
    """
)

NOTHING: Final = lines(
    r"""
    (?:please )?(?:as|see|per|refer to|based on|given|on the basis of|in (?:the )?(?:light|view) of
        |for (?:all )?(?:the )?reasons?
        |covered|detailed|described|set out|outlined|recorded)(?: \w+){0,4} (?:above|below|elsewhere|earlier
        |previously|sections?(?: above)?|record|account|form|information(?: available| gathered| given)?)
    (?:as|see|per|refer to) (?:(?:fully|already|previously|briefly) )?(?:discussed|described|detailed|set out
        |outlined|recorded|noted|stated|explored|covered|given|explained|summarised|documented
        |written)(?: \w+){0,8}
    n/?a
    n\\.a\\.?
    not applicable
    none
    nil
    no
    yes
    y
    n
    ok(?:ay)?
    tb[cda]
    to be (?:confirmed|completed|added|advised|determined|done|discussed)
    unknown
    not known
    unclear
    not (?:yet )?(?:asked|discussed|explored|recorded|completed|done|applicable|obtained|sought|covered
        |established|clear|determined|identified)
    (?:please )?(?:see|refer to|as per) (?:the )?(?:above|below|previous|earlier|account|other|main
        |attached|analysis|record|notes?|report|section|form|case ?notes?|file|chronology|last
        |plan)(?: .*)?
    as (?:above|before|below|previously|previous|usual|per .*|stated(?: above)?|discussed
        |detailed(?: above)?|noted(?: above)?)
    same(?: as (?:above|before|last time|previous(?:ly)?))?
    (?:to )?discuss(?:ed)?
    explained
    shared
    given
    done
    completed
    offered
    noted
    covered
    explored
    ongoing
    various
    usual
    standard
    ditto
    pending
    nothing
    suspected
    ticked
    disclosed
    identified
    varied
    not gone into
    not (?:really )?(?:gone|looked) into
    did not ask
    didn't ask
    \\?
    """
)
"""What is written in a box to have something in it; tried on the whole text."""
