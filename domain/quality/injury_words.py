"""Injuries as they are told, and what says that something was not so."""

from typing import Final

from domain.quality.text import lines

_BODY: Final = (
    "(?:arms?|forearms?|legs?|lips?|eyes?|eyebrow|nose|face|head|wrists?|ribs?|back|ankles?|knees?|hands?"
    "|foot|feet|toes?|forehead|eyelid|throat|skull|scalp|bum|fingers?|fingernails?|nails?|shoulders?|chin"
    "|elbows?|cheek|jaw|neck|thumb|teeth|tooth|mouth|shin|hip|thigh|stomach)"
)

_OWN: Final = "(?:my|me|her|his|their|own|the|left|right|both|one|inside|of|top|back|side|upper|lower)"
_SOMEBODY: Final = "(?:me|us|her|him|them)"
_THINGS: Final = (
    "(?:trainers|shoes|boots|clothes|coat|jacket|hoodie|blazer|phone|bag|bed|bike|room|door|toast|tea|dinner"
    "|food|books?|drawings?|letters?|photos?|stuff|things|toys?|mattress|hair|passport|ball|window|wall"
    "|brother|sister|mum|dad|friend|mate)(?!\\w)"
)
"""What is burnt or kicked without anybody's being hurt."""

INJURY: Final = lines(
    rf"""
    bruis(?:e|es|ed|ing)
    black eye
    (?:split|fat|busted|torn|swollen|broken|fractured|sprained|twisted|dislocated|grazed|bleeding|cut|loose
        |cracked|chipped|burnt|burned|scalded|bitten|scratched|scraped|skinned|nicked|puffy|bloody
        |stubbed) (?:\w+ )?{_BODY}
    {_BODY} (?:(?:was|were|is|are|got|came|come|all|up|like|still|really|well|a|bit) ){{0,3}}(?:torn|ripped
        |swollen
        |broken|fractured|sprained|bleeding|bruised|burnt|burned|stitched|split|cut open|came off|purple
        |puffed
        |black(?! (?:with|from) (?:mud|dirt|coal|paint))|balloon|bust|gashed)
    (?:broke|fractured|sprained|twisted|dislocated|hurt|cut|grazed|burnt|burned|burns|injured|banged|smashed
        |tore|gashed|cracked) (?:{_OWN} ){{1,3}}{_BODY}
    nosebleeds?(?! in)
    bleeding
    bled
    (?:needed|had|got|has|with|two|three|four|five|six|seven|eight|\d+) (?:\w+ )?stitches
    stitches (?:in|to|on|above|over|under|across) {_OWN}
    stitched
    steri-?strips
    concuss\w*
    hypotherm\w*
    (?:knocked|fell|was|lay|passed out) unconscious
    (?:punch(?:ed|es)|kick(?:ed|s)|slap(?:ped|s)|stabbed|attack(?:ed|s)|assault(?:ed|s)|rap(?:ed|es)
        |strangl(?:ed
        |es)|throttl(?:ed|es)|chok(?:ed|es)|batter(?:ed|s)|headbutt(?:ed|s)?|mugged|stamped on
        |bottled|leathered|belted|whacked|smacked) {_SOMEBODY}(?! (?:off|out)(?!\w))
    (?:hit|hits|beat|bit|burn(?:ed|t|s)|jumped|robbed) {_SOMEBODY}(?: up| in| on| over| with| across| round
        | to the
        | hard| twice| again| till| until| so| and|[.,;]|$)
    (?:push(?:ed|es)|shov(?:ed|es)|threw|throws|drag(?:ged|s)|slam(?:med|s)|pull(?:ed
        |s)) {_SOMEBODY} (?:\w+ ){{0,2}}(?:down
        |against|into the|onto the|off the|by)(?:(?: \w+){{0,2}} (?:stairs|steps|wall|floor|ground|hair|door
        |road
        |bannister|radiator|fence|arm|neck))
    (?:put|puts|stubb(?:ed|s)|press(?:ed|es)) (?:his|her|a|the|their|it) ?(?:fag|cig\w*|joint|spliff|roll-?up
        |lighter
        )?(?: out)? on (?:{_OWN} )?(?:{_BODY}|me|her|him)
    (?<!who\s)(?:got|was|been|were|getting|being) (?:(?!not|never|nearly|almost)\w+ )?(?:punched|hit|kicked
        |slapped
        |stabbed|attacked|assaulted|raped|burned|burnt|strangled|choked|jumped|beaten|beat up|battered
        |headbutted|bitten|mugged|knocked (?:over|down|out)|run over)(?! (?:off|out)(?!\w))
    (?:cuts?|graz(?:e|es)|scratch(?:es)?|burns?|marks?|scars?|swelling|lump|gash|wounds?|injur(?:y
        |ies)|blood) (?:to|on|across|under|over|above|around|down) (?:{_OWN} ){{0,4}}{_BODY}
    (?:stamped|stomped|knelt|kneeled) on (?:{_OWN} )+{_BODY}
    overdos\w*
    bit(?:es?|ten) (?:to|on|across|above|below|by)
    (?:broken|broke the|punctured|torn) skin
    skin (?:was |is )?(?:broken|torn|split|raw)
    """
)
"""Injuries and assaults, as told of the child."""

NOTED: Final = lines(
    r"""
    (?:punched|kicked|slapped|hit|pushed|shoved|assaulted|attacked|bitten|burned|burnt|stabbed|strangled
        |scratched
        |headbutted|beaten|battered|struck|dragged|raped|robbed|mugged|thrown|grabbed) (?:\w+ ){0,6}(?:by
        |in the
        |on the|to the|down|over|off|with)
    sexual(?:ly)? (?:assault\w*|abus\w*|touch\w*)
    limp(?:s|ing|ed)?
    (?:swollen|swelling|fracture|sprain|burns?(?! (?:when|if|a bit))|blackened|wounds?|laceration)
    """
)
"""How an injury is noted in the boxes about harm, where the child is meant without being named."""

GRAVE: Final = lines(
    rf"""
    (?:battered|battering|strangled|throttled|choked|stabbed|raped|punched|kicked|headbutted|beat|burnt|burned
        |bottled|attacked|assaulted) (?:{_SOMEBODY}(?! (?:own )?{_THINGS})|(?:{_OWN} )+{_BODY})
    (?:fag|cig\w*|joint|spliff|lighter)(?: out)? on (?:my|me|her|his)
    (?:broke|fractured|broken|dislocated) (?:{_OWN} )*{_BODY}
    overdos\w*
    unconscious
    hypotherm\w*
    """
)
"""Injuries in an account that cannot be called no harm."""

OF_OTHERS: Final = lines(
    r"""
    (?:someone|somebody|people|other\w*|(?:my|his|her|a|the|this|some|one|older|our) (?:\w+ )?(?:brother
        |sister
        |friend|mate|cousin|lad|boy|girl|man|woman|kid|dog|cat|mum|dad)|[\w-]+'s (?:brother|sister|friend
        |mate|dad|mum|boyfriend
        )) (?:who )?(?:had |has )?(?:got|was|been|were|gets|is) \w+
    it (?:just )?hit (?:me|him|her|us)
    (?:\w+'d|'d|would|will|\w+'ll|gonna|going to|might|could|threat(?:en)?(?:s|ed)? to|tried to|tries to
        |about to
        |wanted to|want to|nearly|almost|if (?:he|she|they|you)) (?:\w+ ){0,2}(?:punch|hit|kick|slap|stab
        |beat|batter
        |jump|hurt|burn|rape|strangle|kill|smash|break|bite|cut|got|get|be)\w*(?: (?:me|us|her|him|up
        |my \w+))*
    """
)
"""What happened to somebody else, or did not come to pass; taken out before injuries are looked for."""

LONG_AGO: Final = lines(
    r"""
    old
    older (?:bruise|mark|scar|injur\w+|cut)s?
    previous(?:ly)?
    historic(?:al)?
    healed
    (?:last|in|from|since) (?:the )?(?:year|month|summer|winter|spring|autumn|christmas|january|february|march
        |april|may|june|july|august|september|october|november|december)
    (?:weeks?|months?|years?|days?) (?:ago|before|earlier|old)
    (?:before|earlier than|prior to|nothing to do with|unrelated to|not from|not during) (?:any of )?(?:this
        |it
        |that|going|she|he|they|the (?:episode|absence|incident))
    (?:other|another|previous|different) (?:times?|occasions?|days?)
    (?:not|n't) (?:\w+ ){0,3}this time
    used to
    (?:when|since) (?:i|he|she|they) (?:was|were) (?:\w+ )?(?:little|small|young(?:er)?|a (?:kid|baby|child)
        |\d+
        |four|five|six|seven|eight|nine|ten)
    football
    rugby
    netball
    hockey
    basketball
    cricket
    gym(?:nastics)?
    tramp?oline\w*
    trampolin\w+
    skat(?:e|es|ing|eboard\w*|epark)
    scooter
    bikes?
    cycling
    boxing
    judo
    karate
    p\.?e\.?
    training
    (?:at|in|from) (?:school|practice|cooking|cookery|cadets|dance|the gym)
    cooking
    (?:play(?:ing|ed|ful\w*|-?fight\w*)|messing|mucking) ?(?:about|around)?
    (?:tea ?towel|pillow|cushion|slipper|newspaper|magazine|snowballs?|water balloons?|flannel|foam|sponge)
    (?:as|for) a (?:joke|laugh)
    jok(?:e|es|ed|ing)
    (?:the|a|her|his|my) (?:cat|kitten|puppy|rabbit)
    as always
    """
)
"""What says that an injury is not of this absence, is nobody's doing, or did not happen."""

SMALL: Final = lines(
    rf"""
    blisters?
    scabs?
    graz(?:e|es|ed)
    scrap(?:e|es|ed)
    scuff\w*
    splinters?
    nettles?
    brambles?
    plasters?
    (?:small|little|tiny|slight|minor|faint|shallow|light|superficial) (?:\w+ )?(?:burn|bruise|cut|scratch
        |mark|graze
        |bump|lump|scrape|nick)\w*
    size of a \w+
    (?:bump|bang|knock|stubb|scratch|skinn|nick|scrap|graz|twist)(?:ed|s)? (?:{_OWN} ){{1,3}}(?:shins?
        |knees?|elbows?
        |toes?|fingers?|thumb|hands?|ankles?|legs?|arms?|foot|feet)
    (?:bleach|glue|iron|straightener|hob|oven|kettle|candle)s? (?:burn|mark)s?
    """
)
"""A small injury, of the kind that comes of climbing and walking."""

BY_SOMEBODY: Final = lines(
    r"""
    (?:punch|kick|slap|hit|push|shov|grabb?|drag|thr[eo]w|beat|bit|stab|chok|pinn|held|burnt?|attack
        |assault|pull
        |stamp)(?:e|ed|s|es|ing|ting|n)? (?:\w+ ){0,3}(?:me|us|her|him|them|by)
    (?:by|from|with) (?:a|an|the|his|her|their|some|another|one of) (?:\w+ ){0,2}(?:man|men|lads?|boys?
        |girls?|fist|knife|blade
        |belt|punch|blow|kick|bottle|cigarette|fag|lighter|dad|mum|stepdad|boyfriend|uncle|dog)
    (?:he|she|they|who|somebody|someone) did (?:it|this|that)
    finger(?:s|tips?)?(?: marks?| bruis\w+)
    cigarette
    self-?\s?harm\w*
    """
)
"""What says that somebody did it; then it is not small."""

ILLNESS: Final = lines(
    r"""
    (?<!loose\s)(?<!broken\s)(?<!chipped\s)(?<!lost\sa\s)tooth(?:ache)?
    teething
    abscess
    dental
    dentist
    eczema
    psoriasis
    hay ?fever
    allerg\w+
    infect\w+
    insect
    (?:wasp|bee|midge|flea|bug|mosquito)s?
    sunburn\w*
    period(?: pains?)?
    asthma
    flu
    tonsil\w*
    """
)
"""What hurts or swells without anybody's harm; asked of the whole box."""

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
