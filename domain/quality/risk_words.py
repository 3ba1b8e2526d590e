"""Serious risks as data: the words that tell of each, and the words of an outcome that answers it.

Each line is a regular expression over whole words. A risk is answered as well by an outcome that uses its telling
words, or the names and things of the sentence that told it.
"""

from dataclasses import dataclass
from re import Pattern
from typing import Final

from domain.quality.text import lines
from schemas.record import IndicatorKind

_SIGNS: Final = IndicatorKind


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of risk; `indicators` tell of it by being there."""

    name: str
    telling: Pattern[str]
    answering: Pattern[str]
    indicators: frozenset[IndicatorKind] = frozenset()


_EXPLOITATION_ANSWERS: Final = """
    exploit\\w*
    cse
    cce
    nrm
    national referral mechanism
    trafficking
    strategy (?:meeting|discussion)
    section 47
    s\\.?47
    police
    warrant
    magistrates?
    closure (?:order|notice)
    abduction
    cawn
    disrupt\\w*
    mapping
    mace
    st giles
    catch ?22
    barnardo'?s
    gang\\w*
    grooming
    groom\\w*
    """

SEXUAL: Final = Topic(
    "sexual exploitation",
    lines(
        """
        (?:wanted|wants|asked for|for|paid for|made (?:me|her|him) have|forced to have) sex
        sexual(?:ly)? (?:exploit\\w*|assault\\w*|abus\\w*|touch\\w*|activity|acts?|favours?|harm\\w*|contact|images?|photos?|pictures?)
        rap(?:e|ed|ing)
        nudes?
        naked
        (?:pics?|pictures?|photos?|videos?|selfies?) (?:\\w+ ){0,4}(?:with nothing on|with no clothes|undressed|without (?:my|her|his) (?:top|clothes))
        (?:man|guy|bloke|fella|lad|boyfriend) (?:\\w+ ){0,4}(?:who is|who's|is|he's|aged|about|over) (?:19|2\\d|3\\d|4\\d|5\\d|twenty|thirty|forty)(?! (?:minutes|quid|pounds|miles))
        (?:topless|underwear|bikini) (?:pics?|pictures?|photos?|selfies?|videos?)
        (?:pics?|pictures?|photos?|videos?) of (?:me|her|him|them|my body|her body|his body) (?:naked|undressed|with no|without|in (?:my|her|his) (?:bra|pants|underwear))
        (?:touch(?:ed|ing|es)?|grop(?:ed|ing)|felt) (?:me|her|him|them) (?:up|down there|there|under|in a way|all over)
        wanted (?:him|her|them) to stop
        (?:sleep(?:ing)?|slept) with (?:men|a man|older men|his (?:friend|mate)s?)
        (?:older|grown|adult) (?:boyfriend|girlfriend|man)
        (?:boyfriend|girlfriend|partner),? (?:who is|who's|is|aged|he's|she's) (?:19|2\\d|3\\d|4\\d|nineteen|twenty\\S*|thirty\\S*|forty)
        (?:hotel|travelodge|premier inn) (?:room )?with
        pimp\\w*
        (?:pass(?:ed|ing)?) (?:me|her|him) (?:around|round|on)
        child sexual exploitation
        cse
        """
    ),
    lines(
        _EXPLOITATION_ANSWERS
        + """
        sexual\\w*
        sarc
        nudes?
        images?
        pictures?
        photos?
        ceop
        report remove
        brook
        clinic
        contraception
        boyfriend
        older
        """
    ),
    frozenset({_SIGNS.SEXUAL_EXPLOITATION}),
)

CRIMINAL: Final = Topic(
    "criminal exploitation",
    lines(
        """
        county lines?
        trap(?: ?house|ping|ped out)
        cuckoo\\w*
        (?:going|went|go|gone|been|sent|out) (?:country|cunch|ot|o\\.t\\.)
        (?:sell(?:ing|s)?|sold|deal(?:ing|s|t)?|shott(?:ing|a)|shot(?:ting)?|push(?:ing)?|drop(?:ping|ped|s)?(?: off)?|deliver(?:ing|ed|s)?|run(?:ning|s)?|carr(?:y|ying|ied|ies)|tak(?:e|ing)|took|hold(?:ing|s)?|held|mov(?:e|ing|ed)|pick(?:ing|ed)? up|stash\\w*|hid(?:e|ing)?) (?:\\w+ ){0,4}(?:drugs|weed|wraps?|gear|crack|heroin|cocaine)
        (?:sell(?:ing|s)?|sold|shott(?:ing|a)|trapping) (?:\\w+ )?(?:food|bits|white|brown|coke)
        (?:drop(?:ping|ped|s)?(?: off)?|deliver(?:ing|ed|s)?|carr(?:y|ying|ied|ies)|tak(?:e|ing)|took|hold(?:ing|s)?|held|pick(?:ing|ed)? up|stash\\w*|hid(?:e|ing)?) (?:\\w+ ){0,4}(?:stuff|things|something|bags?|packages?|parcels?|envelopes?|rucksacks?) for (?:him|them|someone|somebody|people|a man|some man|this man|this guy|a guy|the (?:man|men|olders?|elders?|lads?|boys|older \\w+))
        (?:a|the) packages?
        (?:gave|give|gives|handed|hands) (?:me|her|him) (?:\\w+ ){0,3}(?:bags?|packages?|parcels?|rucksacks?|phones?|something|stuff|things) (?:\\w+ ){0,3}to (?:carry|take|drop|hold|deliver|look after|hide|keep)
        (?:water|tend|look after|grow)(?:ing|ed|s)? (?:the )?(?:cannabis|weed|plants)
        burners?(?: phones?)?
        trap phone
        drugs? lines?
        the line (?:is|was|has|had|phone|took|wants)
        (?:running|run|ran|working|worked) (?:a|the|for the) line
        (?:i|i'd|she|he|they|we) (?:still )?(?:owe|owes|owed|owing) (?:\\w+ ){0,4}(?:money|debts?|hundred|thousand|grand|quid|pounds?|£\\s?\\d+|\\d+|them|for (?:it|the))
        (?:in|a|the|his|her|my|that|their|drug) debts?
        debt bondage
        pay(?:ing)? (?:it|them|him) (?:back|off)
        work(?:ing|ed)? it off
        (?:the )?(?:olders|elders)
        gangs?(?! of)
        criminal(?:ly)? exploit\\w*
        (?:grow|cannabis) (?:house|farm|factory)
        cce
        """
    ),
    lines(
        _EXPLOITATION_ANSWERS
        + """
        county lines?
        debts?
        ow(?:e|es|ed|ing)
        packages?
        parcels?
        phones?
        train\\w*
        railcard
        btp
        tickets?
        olders
        elders
        yjs
        youth justice
        """
    ),
    frozenset({_SIGNS.CRIMINAL_EXPLOITATION, _SIGNS.COUNTY_LINES}),
)

DRUGS: Final = Topic(
    "drugs",
    lines(
        """
        weed
        cannabis
        spliffs?
        (?:smok\\w+|rolled|roll|a|share\\w?) joints?
        zoots?
        ket(?:amine)?
        mdma
        ecstasy
        xan(?:s|ax)?
        (?:did|do|doing|took|taking|tried|sniff\\w*|snort\\w*|lines? of|some) coke
        cocaine
        (?:smok\\w+|on|took|taking) (?:crack|spice)
        heroin
        nitrous
        (?:did|doing|do|inhal\\w+) (?:balloons|nos)
        thc
        magic mushrooms
        (?:some|took|take|taking|taken|gave (?:me|her|him|them)) (?:\\w+ )?(?:pills|tabs|drugs)
        (?:took|take|takes|taking|taken|using|used|uses|on|doing|do|does|did|tried|trying|given|smoking|smoked) drugs
        stoned
        off (?:my|her|his) (?:face|head)
        (?:pass(?:ed)?|black(?:ed)?) out
        woke up (?:with no|without|naked|undressed)
        substance (?:mis)?use
        edibles
        """
    ),
    lines(
        """
        drugs?
        substances?
        cgl
        change grow live
        compass
        weed
        cannabis
        smok\\w+
        vap(?:e|es|ing)
        ket(?:amine)?
        pills?
        balloons?
        spice
        xan\\w*
        frank
        addaction
        drink\\w*
        drunk
        alcohol
        vodka
        cannabis
        tablets?
        lifeline
        harm reduction
        clean (?:slate|break)
        """
    ),
    frozenset({_SIGNS.DRUGS_OR_ALCOHOL}),
)

WEAPONS: Final = Topic(
    "weapons",
    lines(
        """
        (?<!butter\\s)(?<!bread\\s)kni(?:fe|ves)(?! and fork)
        (?<!razor\\s)(?<!shoulder\\s)blades?
        machetes?
        shanks?
        zombie (?:knife|blade)
        (?<!water\\s)(?<!nerf\\s)(?<!toy\\s)guns?
        firearms?
        weapons?
        stab(?:bed|bing|s)?
        knuckle ?dusters?
        acid attack
        """
    ),
    lines(
        """
        kni(?:fe|ves)
        blades?
        machetes?
        weapons?
        guns?
        stab\\w*
        police
        strategy (?:meeting|discussion)
        armed
        carry\\w*
        violence
        """
    ),
    frozenset({_SIGNS.WEAPONS}),
)

SELF_HARM: Final = Topic(
    "self-harm",
    lines(
        """
        self[- ]?harm(?:s|ed|ing)?
        (?:cut|cuts|cutting|hurt|hurts|hurting|harm|harmed|harming|burn|burns|burned|burnt|burning|scratch(?:ed|ing)?) (?:myself|herself|himself|themselves|themself|my (?:arms?|legs?|wrists?|thighs?)|her (?:own )?(?:arms?|legs?|wrists?|thighs?)|his (?:own )?(?:arms?|legs?|wrists?|thighs?))(?! (?:a|some|off|out|up|on|climbing|falling|when|getting)(?!\\w))
        (?:kill|killed|killing|end|hang|hanging|top) (?:myself|herself|himself|themselves)
        (?:end|ending|take|taking) (?:it all|my (?:own )?life|her (?:own )?life|his (?:own )?life|their (?:own )?life)
        suicid\\w*
        (?:don't|didn't|do not|did not|doesn't|not|never) (?:want(?:ed|ing)? to|wanna) (?:be here(?: any ?more)?|be alive|live(?: any ?more)?|wake up|exist)
        (?:better off|wish(?:ed)? (?:i|she|he|they) (?:was|were|is)) dead
        want(?:ed|s)? to die
        overdos\\w*
        (?:took|taken|taking|take) (?:about |around )?(?:loads of|all|too many|a lot of|lots of|a (?:box|packet|handful|load) of|\\d+|four|five|six|seven|eight|nine|ten|twelve|twenty|the whole) (?:\\w+ ){0,2}(?:tablets|paracetamols?|pills|ibuprofen|medication)
        swallowed (?:\\w+ ){0,4}(?:tablets|paracetamols?|pills|bleach|batter(?:y|ies))
        razor\\w*
        (?:fresh |new |old |healing )?cuts? (?:on|to|across|up|down) (?:the |her |his |their |my )?(?:inside of (?:the |her |his |their |my )?)?(?:fore)?(?:arms?|wrists?|thighs?|legs?)
        ligatures?
        (?:jump(?:ing|ed)? (?:off|from|in front of)|stood on|standing on) (?:the |a )?(?:\\w+ )?(?:bridge|roof|ledge|tracks|railway line|train|parapet)
        """
    ),
    lines(
        """
        self[- ]?harm\\w*
        camhs
        crisis
        gp
        doctor
        nurse
        counsell\\w*
        therap\\w*
        mental health
        suicid\\w*
        samaritans
        tablets?
        medic\\w*
        paracetamol
        razors?
        blades?
        cut(?:s|ting)?
        hurt\\w* (?:myself|herself|himself)
        psych\\w*
        hospital
        a&e
        safety plan
        papyrus
        kooth
        calm harm
        """
    ),
)

_BODY: Final = (
    "(?:arms?|forearms?|legs?|lips?|eyes?|eyebrow|nose|face|head|wrists?|ribs?|back|ankles?|knees?|hands?|foot|feet|toes?|fingers?|fingernails?"
    "|nails?|shoulders?|chin|elbows?|cheek|jaw|neck|thumb|teeth|tooth|mouth|shin|hip|thigh|stomach)"
)
_ADULT: Final = (
    "(?:mum|dad|mother|father|step-?dad|step-?mum|stepfather|stepmother|uncle|aunt(?:ie|y)?|grandad|granddad|nan|carer|foster (?:carer|dad|mum)"
    "|(?:mum|mam|nan|dad)'s (?:\\w+ )?(?:boyfriend|partner|girlfriend|fella|bloke|ex)|(?:her|his|my|the) (?:older |adult )?brother|staff|teacher|a man|the man|some man|my (?:older )?brother|coach)"
)
_HITS: Final = "(?:hit|hits|hitting|punch(?:ed|es)?|slap(?:ped|s)?|kick(?:ed|s)?|beats?|batter(?:ed|s)?|grab(?:bed|s)?|chok(?:ed|es)|strangl(?:ed|es)|throttl(?:ed|es)|pinn(?:ed)|burn(?:ed|t|s)?|belt(?:ed|s)?|whack(?:ed|s)?|smack(?:ed|s)?|headbutt(?:ed|s)?|dragg(?:ed))"

ADULT_HARM: Final = Topic(
    "harm by an adult",
    lines(
        f"""
        {_ADULT} (?:(?!says?\\b|said\\b|told\\b|tells\\b|saw\\b)\\w+ ){{0,4}}{_HITS} (?:\\w+ ){{0,2}}(?:me|her|him|us)(?! (?:up|at|to|out|off|down|home|back)(?!\\w))
        {_HITS} by (?:\\w+ ){{0,2}}{_ADULT}
        (?:he|she) (?:\\w+ ){{0,2}}(?:hit|hits|punch(?:ed|es)?|slap(?:ped|s)?|beats?|batter(?:ed|s)|chok(?:ed|es)|strangl(?:ed|es)|throttl(?:ed|es)|smack(?:ed|s)?|belt(?:ed|s)?|headbutt(?:ed|s)?) (?:me|us)(?! (?:up|at|to|out|off|down)(?!\\w))
        (?:put|puts) (?:his|her) hands (?:on|round|around) (?:me|my|her|him|his)
        by the (?:throat|neck|hair)
        (?:with|gets|got|took|takes off) (?:a|the|his) belt
        physical(?:ly)? (?:abus\\w*|assault\\w*|chastis\\w*)
        lock(?:s|ed) (?:me|us|her|him) in(?! to)
        """
    ),
    lines(
        """
        strategy (?:meeting|discussion)
        section 47
        s\\.?47
        child protection
        police
        medical
        lado
        assault\\w*
        hit\\w*
        slap\\w*
        punch\\w*
        grab\\w*
        abus\\w*
        safe (?:place|adult|from)
        step-?dad
        stepfather
        boyfriend
        uncle
        contact with
        hurt\\w*
        hands
        violen\\w*
        """
    ),
)

UNSAFE_HOME: Final = Topic(
    "an unsafe home",
    lines(
        """
        (?:hits?|hitting|punch\\w*|beats?|beating|strangl\\w*|slap\\w*|kick\\w*|batter\\w*|hurts?|hurting|grabs?|grabbed) (?:my |her |his )?(?:mum|mam|mother|mummy)
        domestic (?:abuse|violence)
        (?:no|isn't any|wasn't any|never any|nothing in) (?:food|electric(?:ity)?|heating|hot water|gas)(?: in)?
        (?:no|nothing) (?:food )?(?:to eat|in the (?:fridge|cupboards?))
        (?:mum|dad|she|he|they|parents)(?:'s| is| was| are| were|'re)? (?:always drunk|drunk (?:all the time|again|every|most)|passed out drunk|using again|off (?:her|his) (?:face|head))
        (?:comes?|came|coming|gets?|walks?) (?:in|into) (?:my|her|his) (?:bed)?room (?:at night|in the night)
        (?:scared|frightened|afraid) (?:to (?:go|be|sleep) (?:at )?home|of going home|at home|in (?:my|her|his) own (?:home|house|bed))
        (?:not|isn't|don't feel|doesn't feel|didn't feel|never feel|never felt) safe (?:at home|in (?:the|my|her|his|that) (?:house|home|placement|room|flat))
        (?:left|leaves|leaving) (?:me|us|her|him|them) (?:alone|on (?:my|our|her|his|their) own|by (?:myself|ourselves)) (?:\\w+ )?(?:all night|overnight|at night|for days|for the weekend|all weekend|with (?:the|my) (?:baby|little))
        dealers? (?:come|comes|in|at|use)
        (?:dad|mum|he|stepdad|boyfriend|they) (?:\\w+ )?(?:smash(?:es|ed|ing)?|trash\\w*) (?:up )?(?:the |our |my )?(?:house|home|flat|kitchen|place|door|plates|things|stuff)
        """
    ),
    lines(
        """
        strategy (?:meeting|discussion)
        section 47
        s\\.?47
        child protection
        domestic
        marac
        idva
        women's aid
        food
        heating
        electric\\w*
        lock
        home visit
        visit\\w*
        assess\\w*
        alternative
        respite
        stay(?:s|ing)? (?:with|at)
        mov(?:e|es|ing) (?:out|in with|away|from)
        safe (?:place|adult|room|at home)
        drink\\w*
        alcohol
        bedroom
        """
    ),
)

ONLINE: Final = Topic(
    "grooming online",
    lines(
        """
        (?:being|been|is|was|gets?) groom(?:ed|ing)
        groom(?:ed|ing|s) (?:him|her|me|them)
        (?:met|know (?:him|her|them)|knows? (?:him|her|them)) (?:\\w+ ){0,5}(?:online|on (?:snap(?:chat)?|insta(?:gram)?|discord|roblox|tik ?tok|telegram|whatsapp|fortnite|minecraft|kik|yubo|wizz|omegle|facebook|tinder|grindr|a game|the game|an app|xbox|playstation))
        (?:talk\\w+|spoke|speak\\w+|chat\\w+|messag\\w+) (?:to |with )?(?:a|some|this|an older) (?:man|men|lad|guy|boy|someone|stranger|\\w+) (?:\\w+ ){0,5}(?:online|on (?:snap(?:chat)?|insta(?:gram)?|discord|roblox|tik ?tok|telegram|whatsapp|fortnite|minecraft|kik|yubo|wizz|omegle|facebook|tinder|grindr|a game|the game|an app|xbox|playstation))
        (?:online|internet|snap(?:chat)?|insta(?:gram)?|discord|roblox) (?:boyfriend|girlfriend|friend)
        (?:said|says|told me|pretended|claimed) (?:he|she|they)(?:'s| was| were| is)? (?:1[3-9]|fifteen|sixteen|seventeen) (?:\\w+ ){0,3}but
        """
    ),
    lines(
        _EXPLOITATION_ANSWERS
        + """
        online
        ceop
        internet
        phones?
        devices?
        snap(?:chat)?
        insta(?:gram)?
        discord
        roblox
        tik ?tok
        telegram
        whatsapp
        xbox
        app
        block\\w*
        accounts?
        privacy
        messag\\w+
        profile
        """
    ),
    frozenset({_SIGNS.ONLINE_GROOMING}),
)

TRAFFICKING: Final = Topic(
    "trafficking or forced marriage",
    lines(
        """
        traffick\\w*
        modern slavery
        forced (?:marriage|labour)
        (?:made|make|making|forced?|forcing|wants? (?:me|her|him)|have|has|going) (?:\\w+ ){0,2}(?:to )?(?:marry (?:him|her|my|a|someone|the)|get married to)
        (?:took|taken|takes|has|kept|keeps|got) (?:my|her|his|their) passport
        fgm
        (?:got|get|getting|been|was) engaged (?:in|by|over|on|without)(?!\\w)
        nikah
        rishta
        forced (?:engagement|wedding)
        (?:car wash|nail bar) (?:\\w+ ){0,4}(?:not paid|no pay|without pay|to pay)
        """
    ),
    lines(
        _EXPLOITATION_ANSWERS
        + """
        passport
        marri\\w*
        marry
        forced
        fmpo
        protection order
        fgm
        fmu
        engage(?:d|ment)
        wedding
        traffick\\w*
        modern slavery
        ictg
        guardian
        """
    ),
    frozenset({_SIGNS.TRAFFICKING}),
)

RADICAL: Final = Topic(
    "radicalisation",
    lines(
        """
        radicali[sz]\\w*
        extremis\\w*
        """
    ),
    lines(
        """
        prevent
        channel
        radicali[sz]\\w*
        extremis\\w*
        police
        """
    ),
    frozenset({_SIGNS.RADICALISATION}),
)

SIGNS: Final = Topic(
    "exploitation",
    lines("exploit(?:ed|ing|s)"),
    lines(
        _EXPLOITATION_ANSWERS
        + """
        phones?
        money
        cash
        gifts?
        trainers
        older
        train
        tickets?
        """
    ),
    frozenset(
        {
            _SIGNS.UNEXPLAINED_MONEY,
            _SIGNS.SECOND_PHONE,
            _SIGNS.TRAIN_TICKETS,
            _SIGNS.OLDER_ASSOCIATES,
            _SIGNS.GIFTS,
        }
    ),
)

TOPICS: Final = (
    SEXUAL,
    CRIMINAL,
    DRUGS,
    WEAPONS,
    SELF_HARM,
    ADULT_HARM,
    UNSAFE_HOME,
    ONLINE,
    TRAFFICKING,
    RADICAL,
    SIGNS,
)

INJURY: Final = lines(
    f"""
    bruis(?:e|es|ed|ing)
    black eye
    (?:split|fat|busted|torn|swollen|broken|fractured|sprained|twisted|dislocated|grazed|bleeding|cracked|chipped|burnt|burned|scalded|bitten|scratched|scraped|skinned|nicked|grazed) (?:\\w+ )?{_BODY}
    {_BODY} (?:was |were |is |are |got |all )?(?:torn|ripped|swollen|broken|fractured|sprained|bleeding|bruised|burnt|burned|stitched|split|cut open|came off)
    (?:broke|fractured|sprained|twisted|dislocated|hurt|cut|grazed|burnt|burned|injured|banged|smashed|tore) (?:my|her|his|their|a) (?:own |left |right )?{_BODY}
    nosebleeds?
    bleeding
    bled
    stitch(?:es|ed)
    steri-?strips
    concuss\\w*
    (?:punch(?:ed|es)?|kick(?:ed|s)?|slap(?:ped|s)?|stabb(?:ed)|attack(?:ed|s)?|assault(?:ed|s)?|rap(?:ed)|burn(?:ed|t|s)|strangl(?:ed)|chok(?:ed)|jumped|robbed|mugged|batter(?:ed|s)?|headbutt(?:ed)?|bit|beat|hit|hits) (?:me|her|him)(?: up| in| on| over| with| across| to the|[.,;]|$)
    (?<!who\\s)(?:got|was|been|were|getting|being) (?:\\w+ )?(?:punched|hit|kicked|slapped|stabbed|attacked|assaulted|raped|burned|burnt|strangled|choked|jumped|beaten|beat up|battered|headbutted|bitten|knocked (?:over|down|out)|run over|mugged)
    (?:cuts?|graz(?:e|es)|scratch(?:es)?|burns?|marks?|scars?|swelling|lump|gash|wounds?|injur(?:y|ies)) (?:to|on|across|under|over|above|around|down) (?:the |my |her |his |their |both |one )?(?:inside of )?(?:\\w+ )?{_BODY}
    overdos\\w*
    """
)
"""Injuries and assaults, as told of the child."""

LONG_AGO: Final = lines(
    """
    old
    older
    previous(?:ly)?
    historic(?:al)?
    healed
    (?:last|in|from|since) (?:year|month|summer|winter|spring|autumn|christmas|january|february|march|april|may|june|july|august|september|october|november|december)
    (?:weeks?|months?|years?) (?:ago|before|old)
    football
    rugby
    tooth(?:ache)?
    dental
    """
)
"""What says that an injury is not of this absence, or nobody's doing."""

NEGATION: Final = lines(
    """
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
    """
    (?:not|n't|never|didn't|don't|doesn't|wasn't|couldn't|can't|won't) (?:want|wanted|wanting|mean|meant|know|knew|tell|told|telling|say|saying|think|thought|like|liked|allowed|stop|stopped|help|remember|realise|sure|just|only|even know|care|mind|get out|leave|refuse|avoid)
    (?:not|n't|don't) wanna
    no (?:idea|choice|one (?:knows|knew|stops|stopped)|money|way out|way|food|electric\\w*|heating|hot water|gas|credit|signal|battery|sleep)
    nothing (?:in|to eat)
    nobody (?:knows|knew|stops|stopped|cares|cared)
    """
)
"""Negations of something else than the risk."""
