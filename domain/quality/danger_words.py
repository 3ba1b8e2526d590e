"""Other serious risks as data: the words that tell of each, and those of an outcome that answers it."""

from typing import Final

from domain.quality.exploitation_words import Topic
from domain.quality.text import lines
from schemas.record import IndicatorKind

DRUGS: Final = Topic(
    "drugs",
    lines(
        r"""
        weed
        cannabis
        spliffs?
        (?:smok\w+|rolled|roll|a|share\w?) joints?
        zoots?
        ket(?:amine)?
        mdma
        ecstasy
        xan(?:s|ax)?
        (?:did|do|doing|took|taking|tried|sniff\w*|snort\w*|lines? of|some) coke
        cocaine
        (?:smok\w+|on|took|taking) (?:crack|spice)
        heroin
        nitrous
        (?:did|doing|do|inhal\w+) (?:balloons|nos)
        thc
        magic mushrooms
        (?:some|took|take|taking|taken|gave (?:me|her|him|them)) (?:\w+ )?(?:pills|tabs|drugs)
        (?:took|take|takes|taking|taken|using|used|uses|on|doing|do|does|did|tried|trying|given|smoking
            |smoked) drugs
        stoned
        (?:off|out of) (?:my|her|his|their) (?:face|head|nut|tree)(?! (?:with|from) (?:worry|boredom))
        (?:on|off) (?:pills|tablets|tabs|pingers)
        (?:pass(?:ed)?|black(?:ed)?) out
        woke up (?:with no|without|naked|undressed)
        substance (?:mis)?use
        edibles
        """
    ),
    lines(
        r"""
        drugs?
        substances?
        cgl
        change grow live
        compass
        weed
        cannabis
        smok\w+
        vap(?:e|es|ing)
        ket(?:amine)?
        pills?
        balloons?
        spice
        xan\w*
        frank
        addaction
        drink\w*
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
    frozenset({IndicatorKind.DRUGS_OR_ALCOHOL}),
)

WEAPONS: Final = Topic(
    "weapons",
    lines(
        r"""
        (?<!butter\s)(?<!bread\s)kni(?:fe|ves)(?! and fork)
        (?<!razor\s)(?<!shoulder\s)blades?
        machetes?
        shanks?
        zombie (?:knife|blade)
        (?<!water\s)(?<!nerf\s)(?<!toy\s)guns?
        firearms?
        weapons?
        stab(?:bed|bing|s)?
        knuckle ?dusters?
        acid attack
        """
    ),
    lines(
        r"""
        kni(?:fe|ves)
        blades?
        machetes?
        weapons?
        guns?
        stab\w*
        police
        strategy (?:meeting|discussion)
        armed
        carry\w*
        violence
        """
    ),
    frozenset({IndicatorKind.WEAPONS}),
)

SELF_HARM: Final = Topic(
    "self-harm",
    lines(
        r"""
        self[- ]?harm(?:s|ed|ing)?
        (?:cut|cuts|cutting|hurt|hurts|hurting|harm|harmed|harming|burn|burns|burned|burnt|burning
            |scratch(?:ed|ing)?) (?:myself|herself|himself|themselves|themself|my (?:arms?|legs?
            |wrists?|thighs?)|her (?:own )?(?:arms?|legs?|wrists?|thighs?)|his (?:own )?(?:arms?|legs?
            |wrists?|thighs?))(?! (?:a|some|off|out|up|on|climbing|falling|while|getting
            |when (?:i|she|he|they) (?:\w+ )?(?:fell|climbed|jumped|tripped|slipped|went over
            |got over))(?!\w))
        (?:kill|killed|killing|end|hang|hanging|top) (?:myself|herself|himself|themselves)
        (?:end|ending|take|taking) (?:it all|my (?:own )?life|her (?:own )?life|his (?:own )?life
            |their (?:own )?life)
        suicid\w*
        (?:don't|didn't|do not|did not|doesn't|not|never) (?:want(?:ed|ing)? to
            |wanna) (?:be here(?: any ?more)?|be alive|live(?: any ?more)?|wake up|exist)
        (?:better off|wish(?:ed)? (?:i|she|he|they) (?:was|were|is)) dead
        want(?:ed|s)? to die
        overdos\w*
        (?:took|taken|taking|take) (?:about |around )?(?:loads of|all|too many|a lot of|lots of
            |a (?:box|packet|handful|load) of|\d+|four|five|six|seven|eight|nine|ten|twelve|twenty
            |the whole) (?:\w+ ){0,2}(?:tablets|paracetamols?|pills|ibuprofen|medication)
        swallowed (?:\w+ ){0,4}(?:tablets|paracetamols?|pills|bleach|batter(?:y|ies))
        razor\w*
        cuts? (?:on|to|across|up|down) (?:(?:the|her|his|their|my|inside|of) ){0,4}(?:fore)?(?:arms?|wrists?
            |thighs?|legs?)
        ligatures?
        (?:jump(?:ing|ed)? (?:off|from|in front of)|stood on
            |standing on) (?:the |a )?(?:\w+ )?(?:bridge|roof|ledge|tracks|railway line|train|parapet)
        """
    ),
    lines(
        r"""
        self[- ]?harm\w*
        camhs
        crisis
        gp
        doctor
        nurse
        counsell\w*
        therap\w*
        mental health
        suicid\w*
        samaritans
        tablets?
        medic\w*
        paracetamol
        razors?
        blades?
        cut(?:s|ting)?
        hurt\w* (?:myself|herself|himself)
        psych\w*
        hospital
        a&e
        safety plan
        papyrus
        kooth
        calm harm
        """
    ),
)


_ADULT: Final = (
    "(?:mum|dad|mother|father|step-?dad|step-?mum|stepfather|stepmother|uncle|aunt(?:ie|y)?"
    "|grandad|granddad|nan"
    "|carer|foster (?:carer|dad|mum)|(?:mum|mam|nan|dad)'s (?:\\w+ )?"
    "(?:boyfriend|partner|girlfriend|fella|bloke|ex)"
    "|(?:my |her |his |the )?(?:older |adult )brother|staff|teacher|a man|the man|some man|coach)"
)
_HITS: Final = (
    "(?:hit|hits|hitting|punch(?:ed|es)?|slap(?:ped|s)?|kick(?:ed|s)?|beats?|batter(?:ed|s)?|grab(?:bed|s)?"
    "|chok(?:ed|es)|strangl(?:ed|es)|throttl(?:ed|es)|pinned|burn(?:ed|t|s)?|belt(?:ed|s)?|whack(?:ed|s)?"
    "|smack(?:ed|s)?|headbutt(?:ed|s)?|dragged)"
)

ADULT_HARM: Final = Topic(
    "harm by an adult",
    lines(
        rf"""
        {_ADULT} (?:(?!says?\b|said\b|told\b|tells\b|saw\b)\w+ ){{0,4}}{_HITS} (?:\w+ ){{0,2}}(?:me|her
            |him|us)(?! (?:up|at|to|out|off|down|home|back)(?!\w))
        {_HITS} by (?:\w+ ){{0,2}}{_ADULT}
        (?:he|she) (?:\w+ ){{0,2}}(?:hit|hits|punch(?:ed|es)?|slap(?:ped|s)?|beats?|batter(?:ed|s)
            |chok(?:ed|es)|strangl(?:ed|es)|throttl(?:ed|es)|smack(?:ed|s)?|belt(?:ed|s)?|headbutt(?:ed
            |s)?) (?:me|us)(?! (?:up|at|to|out|off|down)(?!\w))
        (?:put|puts) (?:his|her) hands (?:on|round|around) (?:me|my|her|him|his)
        {_ADULT} (?:\w+ ){{0,2}}(?:threw|throws|push(?:ed|es)|shov(?:ed|es)|pull(?:ed|s)|slam(?:med|s)
            |chuck(?:ed|s)
            ) (?:me|us|her|him) (?:\w+ ){{0,2}}(?:down|against|into|onto|across|over|off)
        (?:put|puts|stubb(?:ed|s)) (?:his|her|a|the) (?:fag|cig\w*|joint|spliff|roll-?up)(?: out)? on (?:me
            |my|her|his)
        by (?:the|my|her|his) (?:throat|neck|hair)
        lock(?:s|ed) (?:me|us|her|him) out
        (?:with|gets|got|took|takes off) (?:a|the|his) belt
        physical(?:ly)? (?:abus\w*|assault\w*|chastis\w*)
        lock(?:s|ed) (?:me|us|her|him) in(?! to)
        """
    ),
    lines(
        r"""
        strategy (?:meeting|discussion)
        section 47
        s\.?47
        child protection
        police
        medical
        lado
        assault\w*
        hit\w*
        slap\w*
        punch\w*
        grab\w*
        abus\w*
        safe (?:place|adult|from)
        step-?dad
        stepfather
        boyfriend
        uncle
        contact with
        hurt\w*
        hands
        violen\w*
        """
    ),
)

UNSAFE_HOME: Final = Topic(
    "an unsafe home",
    lines(
        r"""
        (?:hits?|hitting|punch\w*|beats?|beating|strangl\w*|slap\w*|kick\w*|batter\w*|hurts?|hurting
            |grabs?|grabbed) (?:my |her |his )?(?:mum|mam|mother|mummy)
        domestic (?:abuse|violence)
        (?:no|isn't any|wasn't any|never any|nothing in) (?:food|electric(?:ity)?|heating|hot water
            |gas)(?: in)?(?! (?:on|at|until|there)(?!\w))
        (?:no|nothing) (?:food )?(?:to eat|in the (?:fridge|cupboards?))
        (?:mum|dad|she|he|they|parents)(?:'s| is| was| are| were|'re)? (?:always drunk
            |drunk (?:all the time|again|every|most)|passed out drunk|using again|off (?:her
            |his) (?:face|head))
        (?:comes?|came|coming|gets?|walks?) (?:in|into) (?:my|her|his) (?:bed)?room (?:at night
            |in the night)
        (?:scared|frightened|afraid) (?:to (?:go|be|sleep) (?:at )?home|of going home|at home|in (?:my
            |her|his) own (?:home|house|bed))
        (?:not|isn't|don't feel|doesn't feel|didn't feel|never feel|never felt) safe (?:at home
            |in (?:the|my|her|his|that) (?:house|home|placement|room|flat))
        (?:left|leaves|leaving) (?:me|us|her|him|them) (?:alone|on (?:my|our|her|his|their) own
            |by (?:myself|ourselves)) (?:\w+ )?(?:all night|overnight|at night|for days|for the weekend
            |all weekend|with (?:the|my) (?:baby|little))
        dealers? (?:come|comes|in|at|use)
        (?:dad|mum|he|stepdad|boyfriend|they) (?:\w+ )?(?:smash(?:es|ed|ing)?
            |trash\w*) (?:up )?(?:the |our |my )?(?:house|home|flat|kitchen|place|door|plates|things|stuff)
        """
    ),
    lines(
        r"""
        strategy (?:meeting|discussion)
        section 47
        s\.?47
        child protection
        domestic
        marac
        idva
        women's aid
        food
        heating
        electric\w*
        lock
        home visit
        visit\w*
        assess\w*
        alternative
        respite
        stay(?:s|ing)? (?:with|at)
        mov(?:e|es|ing) (?:out|in with|away|from)
        safe (?:place|adult|room|at home)
        drink\w*
        alcohol
        bedroom
        """
    ),
)
