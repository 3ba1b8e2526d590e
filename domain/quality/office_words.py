"""Words that would stand in anybody's record: grammar, and the language of the office.

What a text says of one child is what is left without them. The lists are data: add a word where a formula is
overlooked, take one out where a fact is not seen.
"""

from typing import Final

from domain.quality.text import stemmed

GRAMMAR: Final = stemmed(
    """
    a an the this that these those there here it its itself i me my mine myself we us our ours you your
    yours he him his himself she her hers herself they them their theirs themselves theirselves one ones
    who whom whose which what when where why how whether and or but nor so if then than because since
    until unless while as at by for from in into of off on onto out over under up down to toward towards
    upon with within without about above across after against along among around before behind below
    between beyond during per through throughout via is am are was were be been being isn't aren't wasn't
    weren't has have had having haven't hasn't hadn't do does did doing done don't doesn't didn't can
    could can't couldn't may might must shall should shouldn't will would won't wouldn't i'm i've i'd i'll
    he's he'd he'll she's she'd she'll it's it'd they're they've they'd they'll we're we've we'd we'll
    you're you've that's there's let's not no yes none nor any some each every all both either neither
    other another such same own also just only even still yet already again ever never always often
    sometimes usually very quite too more most much many less least few lot lots bit really actually
    rather almost enough else however therefore thus hence although though despite whilst etc eg ie am pm
    mr mrs ms miss dr sir
    """
)
"""Words that carry grammar, not content."""

OFFICE: Final = stemmed(
    """
    ability able absence absent abscond access accordance accordingly account achieve acknowledge act
    action activity actual adapt additional address adequate adhere adolescent adopt adult adverse advice
    advise affect agency agree agreed agreement aid aim alert align allocate allocated allow alternative
    ambition apparent appear applicable application apply approach appropriate appropriately area arise
    arrange arrangement aspect aspiration assess assessment assist assistance associate associated
    attachment attain attempt attend attendance attention attitude available avenue aware awareness
    barrier base baseline basis become begin behalf behave behaviour behavioural belief belong beneficial
    benefit bespoke best better body boundary bring broad build building cafcass camhs capacity care
    careful carefully caring carry case caseworker cause caution centre central centred challenge
    challenging chance change check child childhood children choice choose chronology cin circumstance
    claim clear clearly client close closely cohesive collaborate collaboration collaborative come comment
    commit commitment committed common communicate communication community complete completion complex
    complexity comprehensive concern concerned concerning conclude condition conduct conference confidence
    confident confirm connect connection consequence consider considerable consideration consistent
    consistently constructive consult contact contain content context contextual continual continue
    continued continuing continuous contribute contribution control cooperate cooperation coordinate cope
    coping core core-group council counsel counselling cover cpp create criminal crisis cse csc culture
    current currently curriculum cycle daily danger dangerous data deal decision dedicated deem deescalate
    deep define degree deliver delivery demonstrate department depend describe desire detail determine
    detriment detrimental develop development developmental deviate devise dialogue difference different
    difficult difficulty diligent direct direction disclose disclosure discuss discussion disengage
    disengagement display dispute disruption disrupt diversion diversionary diverse document drive due
    duty dynamic dysregulate dysregulated early ease educate education educational effect effective
    effectively efficient effort element embed emerge emotion emotional emotionally empathy emphasise
    employ empower enable encourage encouragement end endeavour enforce engage engaged engagement engaging
    enhance enrich ensure entire environment environmental episode equip escalate escalation especially
    essential establish evaluate evaluation event evidence evident examine example exercise exist existing
    expect expectation experience explain exploit exploitation explore exploration expose exposure express
    expression extend extensive extent external extra extremely face facilitate fact factor fail failure
    family familiar favourable feedback feel feeling fellow field final find finding firm fit flag
    flexible focus focused follow following force form formal format formulate forum forward foster
    foundation framework frequency frequent frequently fresh fulfil full fully function fund further
    furthermore future gain gap gather general generally get give given global go goal going good govern
    great greater ground group grow growth guidance guide guideline habit handle hand happen hard harm
    harmful have hazard health healthy hear help helpful high higher highlight history hold holistic home
    honest hope household hub idea ideal identify identified identity imagine impact impair implement
    implication importance important impose improve improved improvement inappropriate incident include
    including inclusion inclusive increase increased independence independent indicate indicator
    individual influence inform information informed initial initiate initiative input insight instigate
    intend intensive intent intention interact interaction interest internal intervene intervention
    interview introduce investigate investigation involve involved involvement issue join joint jointly
    journey judgement justice keep keeping key keyworker key-work kind know knowledge known known lack
    large last late lead leader leading learn learning leave leaving legal length level liaise liaison
    life lifestyle light like likely limit limited line link linked list listen literature live living
    local locality location long look love low lower made main mainstream maintain make making management
    manage manager managing mapping mash material matter mature maturity mean meaning meaningful
    meaningfully means measure mechanism mediate mediation medium meet meeting member mental mentor
    mentoring mentorship method milestone mind mindful mindfulness minimal minimise minor missing mitigate
    mitigation mobile model moderate moderately moment monitor monitored monitoring month monthly mood
    motivate motivation move moving multi multiagency multi-agency mutual name national nature navigate
    necessary need negative negatively neglect negotiate network new next note noted notice number nurture
    nurturing object objective observe obtain occasion occur offer offered officer ongoing on-going open
    openly operate opinion opportunity optimal option order ordinary organise organisation orientate
    origin outcome outline outlook outreach overall overcome oversee oversight overview own ownership pace
    package panel paramount parent parental parenting part partake participate participation particular
    particularly partner partnership party past pastoral path pathway pattern peer penultimate people
    period periodic person persist personal perspective pertain pertinent phase physical physically piece
    place placement plan planned planning play plo point police policy poor portray position positive
    positively possible possibly potential potentially practical practice practitioner pre precaution
    preference prepare presence present presenting pressure prevalent prevent prevention preventative
    preventive previous previously primary principle prior priority proactive proactively problem
    procedure proceed process produce profession professional professionally profile programme progress
    progression prohibit project prominent promote promotion prompt promptly proper properly proportionate
    proposed pros protect protection protective protocol provide provider provision psychological public
    purpose push pull pursue put quality question quick quickly raise raising range rapport rationale
    reach react reaction reactive ready real realise realistic reason reasonable reassurance reassure
    receive recent recently recognise recognition recommend recommendation record recover recovery reduce
    reduced reduction reengage re-engage refer referral reference referred reflect reflection reflective
    regard regarding register regular regularly regulate regulation reinforce reintegrate relapse relate
    related relation relationship relevant reliable relief remain remained remains remind remit remove
    repeat repercussion report represent request require required requirement research reside residential
    resilience resilient resist resolve resource respect respectful respond response responsibility
    responsible responsive rest restorative result resume retain return returned review revisit rhi right
    rights rigorous risk risks risky risk-taking robust role root routine routinely rule running run safe
    safeguard safeguarding safely safer safety satisfied satisfactory say scale schedule school scope
    screen screening secure seek seen self self-care self-esteem selfesteem esteem self-worth sense
    sensitive sensitively separate series serious service session set setting settle settled settling
    several shape share shared sharing short show showing sign signpost signposted significant
    significantly similar single situation skill small smooth social society solid solution sort sought
    sound source speak special specialist specific spoke stability stabilise stable staff stage
    stakeholder stance stand standard start state status statutory stay step stop strategy strategic
    strategies strategically strength strengthen strengths-based stress strive strong structure structured
    struggle style subject substance success successful successfully suffer suffering sufficient suggest
    suitable suitably summary supervise supervision support supported supporting supportive sure surround
    sustain sustainable sustained system systemic systemically tackle tailor tailored take taking talk
    target targeted task team technique teenage teenager temporary tend term thank theme therapeutic
    therapy thing think thorough thoroughly thought threshold time timely together told tool topic total
    track training trajectory transition trauma trauma-informed traumatic treat treatment tree trend
    trigger trust trusted trusting try turn type ultimate ultimately undergo underlying underpin
    understand understanding undertake undertaken unit universal unmet unsafe update updated upset use
    useful user utilise value valued values variety various verbal vigilant vigilance view views viewpoint
    violence virtual visit vital voice voluntary vulnerability vulnerabilities vulnerable warrant watch
    way week weekly welfare wellbeing well well-being whole wider willing willingness wish wishes work
    worker working workshop world worry worth wrap wraparound wrap-around yjs yos yot young youngster
    younger youth yp kept held given gave gone went made told met felt taken took sought brought shown
    heard seen led found built drawn spoken written undertook understood became begun grew meant thought
    lost paid put said set spent stood adolescence age alongside ahead aligned amongst appreciate affirm
    affirming attune attuned authentic acknowledgement balanced celebrate celebrated coherent
    compassionate compassion conversation curious curiosity discovery dignity dynamically empathic
    everyday fashion flourish genuine grateful heart hope hoped hopeful honour honoured insightful
    interplay intersect intersection layered lasting manner mindfully multi-layered multifaceted narrative
    normalise nuanced open-ended paced pivotal positivity presentation privilege productive receptive
    reflective rich scaffold scaffolding setback settled space spend striving sustained thrive thriving
    touch transitional unconditional uphold warmth wellness whereabouts whilst worthwhile emphasise
    emphasised emphasis message connectedness belonging lens prism tapestry landscape continuum ecosystem
    mindset clearer calmer happier safer stronger closer fewer lesser settle sooner everyone everybody
    decline declined prioritise prioritised consolidate amplify developmentally neurodivergent
    neurodiverse unstructured unexpected commensurate cognisant strand advocacy access accessed
    signposting unchanged goes attend all-round appointment appointments offered check-in check-ins ins
    session sessions online internet
    """
)
"""The language of plans, forms and meetings, and the commonest words of all."""

PROGRAMMES: Final = stemmed(
    """
    parenting course consent grooming hobby convene convened story literacy peer internet online digital
    device esteem anger sport leisure programme worksheet leaflet lifestyle sexual drug alcohol trafficking
    protocol adhere multidisciplinary multi-disciplinary employability employment vocational career neet
    therapist psychology psychologist physio resilience radicalisation psychoeducation toolkit mechanism
    consequence awareness curriculum regulatory diversionary reintegration chronology genogram mentor peers
    hygiene budgeting etc incident return disclosure wishes statutory reachable
    """
)
"""What programmes and pieces of work are about: by themselves they name nothing of one child."""
