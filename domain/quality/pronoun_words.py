"""Words about pronouns: who uses others than the police sent, and of whom a pronoun speaks."""

from typing import Final

from domain.quality.text import lines

USES_OTHERS: Final = lines(
    r"""
    pronouns?
    they/them
    he/him
    she/her
    non-?binary
    trans(?:gender)?
    gender[- ]?(?:fluid|queer|neutral|identity)
    identif(?:y|ies) as
    (?:uses?|prefers?|goes by|go by) ['\"]?(?:he|she|they)
    dead ?names?
    mis-?gender\w*
    misnam\w*
    (?:old|former|birth|chosen) name
    (?:is|called|as) a (?:boy|girl),? not
    lgbt\w*
    """
)
"""What says that the child uses other pronouns than the sex that police sent has."""

ACTS_ON_CHILD: Final = lines(
    r"""
    (?:he|she)(?:'s| is| was) (?:about |around |over )?(?:\d\d|nineteen|twenty\S*|thirty\S*|forty)
    (?:he|she) (?:\w+ )?(?:threat\w*|hit|hits|hurt|hurts|groom\w*|exploit\w*|bought|buys|gave|gives|paid|pays
        |drives|drove|texts|messages|rings|controls|followed|follows|raped|assaulted|beat|beats|supplies
        |supplied
        |picks? (?:up|on)|locks|locked)
    (?:of|from|by|with|to|for|about|against|on) (?:him|her)(?! (?:own|mum|mam|dad|nan|brother|sister|friend
        |mother|father|school|room|phone|way|age|return))
    """
)
"""What somebody else does: what a child has done to them, and of whom they are afraid."""

CHILD_AS_ANY: Final = lines(
    r"""
    (?:the|this|a|any|every|each|our) (?:young )?(?:person|child)(?:'s)?
    (?:a|the|this) (?:young )?(?:boy|girl|lad) (?:who|that)
    young people
    (?:child|person)-\w+
    """
)
"""The child, called what any child is called."""

HELPED: Final = lines(
    r"""
    (?:support|help|assist|encourage|enable|empower|educate|advise|engage|refer|signpost|equip|assess
        |monitor|offer|give
        |provide|keep|meet|see|remind) (?:him|her)(?!self)(?! (?:own|mum|dad|mam|nan|gran\w*|brother|sister
        |parents?|family
        |mother|father|carers?|friends?|boyfriend|girlfriend|teacher|\w+'s)(?!\w))
    """
)
"""How a formula of an outcome calls the child."""

CALENDAR: Final = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december christmas easter ramadan eid year camhs gp police
    """.split()  # noqa: SIM905
)
"""Words with a capital letter that are nobody."""
