"""Words for people: relatives, posts, bodies, and names that are words as well."""

from typing import Final

from domain.quality.text import lines, stemmed

KIN: Final = stemmed(
    """
    mum mums mummy mam mama mom mother dad dads daddy dada papa father stepmum stepdad stepmother
    stepfather step parent parents brother bro sister sis sibling twin stepbrother stepsister nan nana
    nanny nanna gran granny grandma grandmother grandad granddad grandpa grandfather grandparent auntie
    aunty aunt uncle cousin niece nephew husband wife partner boyfriend girlfriend bf gf ex fiance son
    daughter friend mate bestie godmother godfather godparent
    """
)
"""Relatives and friends; mum, dad and the like are specific people, but say little by themselves."""

_ROLES: Final = """
    social worker workers sw ssw asw key keyworker family support residential senior deputy assistant team
    manager head lead leader officer coordinator co-ordinator practitioner nurse doctor gp teacher tutor
    form year mentor counsellor therapist psychologist psychiatrist psychotherapist carer carers foster
    advocate guardian reviewing iro independent interviewer rhi missing children's child children youth
    justice offending personal adviser advisor pa police constable sergeant inspector detective pc dc ds
    di pcso sgt insp designated safeguarding dsl senco pastoral health visitor staff member home homes
    registered unit night day duty school attendance welfare education virtual mental camhs early help
    exploitation cse cce parent parenting participation worker's specialist clinician consultant
    paediatrician substance misuse housing placement commissioning service services director supervising
    supervisor student link lac cic looked after young person child yp probation yot yjs allocated current
    new acting chair professional and or the a an of for to with by from at in his her their my our ssw
    outreach missing mash nspcc community neighbourhood liaison transport sexual hospital ward matron
    dentist optician practice principal headteacher college academy learning s w th st
"""


_NAMELESS: Final = """
    all everyone everybody anybody anyone someone somebody nobody none network professionals multi
    multiagency agency agencies team teams social care services service parties partners tbc tba tbd
    confirmed allocated identified agreed be decided known na n unknown whoever available various people
    person staff group core cin cp cpp panel council authority local csc department mash camhs yos yot yjs
    police school college academy hospital surgery charity organisation organisations provider providers
    placement home family parents parent carers carer guardians relevant appropriate other others both us
    we shared relevant partners joint whole wider system safeguarding hub board conference meeting review
    plan lead involved needed required assigned necessary each every any ongoing continuing together via
    through as applicable above see shift duty rota whichever mdt children's trust city county borough
    named soon who not yet nhs lac life lives adult adults relatives friends neighbours
"""
ROLES: Final = stemmed(_ROLES)
"""Stems of the words of which posts are made: alone they name nobody."""
POSTS: Final = frozenset(
    (*_ROLES.split(), *_NAMELESS.split(), *["is", "on", "around", "the", "that", "this"])
)
"""Words of posts, bodies and crowds, and what is written where nobody is meant."""

BODIES: Final = lines(
    r"""
    academy
    agenc(?:y|ies)
    association
    borough
    cent(?:re|er)
    charity
    clinic
    college
    constabulary
    council
    department
    foundation
    high
    hospital
    house
    hub
    lodge
    nursery
    police
    practice
    primary
    project
    school
    secondary
    services?
    surgery
    team
    trust
    unit
    youth club
    """
)
"""What the names of bodies end in: the capitalised words before are the body's, not a person's."""

CROWDS: Final = lines(
    r"""
    every(?:one|body)
    all
    any(?:one|body)
    those
    adults
    people
    professionals?
    networks?
    famil(?:y|ies)
    household
    circle
    agenc(?:y|ies)
    around
    team
    """
)
"""Many, among whom the child's own name is not the owner's."""

PERSON: Final = lines(
    r"""
    (?<!so\sthat\s)(?<!so\s)(?:he|she|they|we|i|nobody|no one)(?:'(?:s|d|ll|ve|re))?
    mum
    mam
    dad
    nan
    (?:step-?|grand)?(?:mother|father|mum|dad|ma|pa)
    (?:step-?)?(?:brother|sister)
    (?:auntie|aunt|uncle|cousin|boyfriend|girlfriend)
    (?:the|a|some|older|her|his|their|other) (?:man|men|lads?|boys?|girls?|woman|neighbour|carer|teacher)
    """
)
"""Somebody of the child's life as the one of whom something is told."""

OF_MEN: Final = stemmed(
    """
    dad daddy father stepdad stepfather brother bro stepbrother grandad granddad grandpa grandfather uncle
    nephew husband boyfriend son man men bloke blokes guy guys lad lads boy boys male males gentleman mr
    bf taxi driver dealer imam priest
    """
)
OF_WOMEN: Final = stemmed(
    """
    mum mummy mam mama mom mother stepmum stepmother sister sis stepsister nan nana nanny nanna gran
    granny grandma grandmother auntie aunty aunt niece wife girlfriend daughter woman women lady ladies
    girl girls female females mrs ms miss gf
    """
)
OF_EITHER: Final = stemmed(
    """
    partner friend mate bestie cousin sibling twin carer worker officer teacher nurse doctor manager staff
    person somebody someone another other adult parent child stranger neighbour baby kid pupil peer ex
    police pc owner tutor counsellor mentor keyworker sw dog cat horse pony puppy whoever anyone anybody
    """
)

ALSO_WORDS: Final = frozenset(
    """
    grace hope faith joy will mark may june april august summer autumn rose daisy lily ivy holly poppy
    jasmine heather iris violet ruby amber pearl jade crystal sky skye rain river brook summer dawn eve
    star melody harmony charity patience mercy verity honor honour honesty destiny justice chance chase
    hunter mason archer bailey carter cooper taylor tyler parker porter potter baker butler cook farmer
    fisher gardener hall hill wood woods green brown black white grey gray young old long short king
    prince duke earl page bishop pope knight abbott dean rich bill rob bob nick jack pat frank earnest
    ernest drew grant guy lance miles max rex rusty sunny robin wren jay martin lark raven fox wolf bear
    lamb bird swan peacock finch crane marsh field fields ford banks bridge bridges lane street west east
    north south church stone steel flint clay sand sandy rock cliff dale glen heath forest ash rowan
    willow hazel olive basil sage ginger cherry plum berry reed reeds moss bloom flowers angel blessing
    precious princess queen treasure gift love christian paris london chelsea brooklyn savannah georgia
    florence sydney austin dallas israel jordan kent lincoln lancaster preston york bradley chester derby
    lee leigh may ray rae sue gene don art wade sky storm gale summers winters day week holiday friend
    newman small little large sharp strong power wise moody savage noble best good goode wells price cash
    penny sterling marshall major sergeant constable carpenter mills miller singer dancer driver walker
    rider shepherd cross christmas noel easter sunday monday friday kitty mark marks pierce skip buddy
    junior star sterling tiger trinity genesis nevaeh heaven ocean bay cove pike rod gill barb carol viola
    belle candy sugar honey coco
    """.split()  # noqa: SIM905
)
"""Names that are also words: in a text they are a name only beside a family name."""
