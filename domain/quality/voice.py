"""The child's voice: whether the account holds the child's own words, or only tells about the child."""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.finding import Finding, quote
from domain.quality.reading import Reading
from domain.quality.text import Span, lines, pattern, quotations, sentences, unquoted, words

FIRST_PERSON: Final = re.compile(
    r"(?<!\w)(?:I(?:'(?:m|ve|d|ll))?|i(?:'(?:m|ve|d|ll))?|im|ive|me|my|mine|myself|we(?:'(?:re|ve|d|ll))?|us|our)(?![\w'])",
    re.IGNORECASE,
)

INTERVIEWER: Final = lines(
    """
    i (?:\\w+ )?(?:asked|explain\\w*|explor\\w*|visited|met|advised|noted|inform\\w*|discuss\\w*|clarif\\w*|reassur\\w*|observ\\w*|suggest\\w*|introduc\\w*|attended|attempt\\w*|interview\\w*|record\\w*|prais\\w*|acknowledg\\w*|thank\\w*|remind\\w*|offered|challeng\\w*|encourag\\w*|enquired|inquired|prompted|gave \\w+ (?:a |the )?(?:leaflet|card|number)|completed|conducted|checked|followed up|understand that|am aware|was informed|was told by|was advised|am of the view|read|listened|wondered|feel that|believe that|would assess|spoke|talked|was (?:pleased|concerned|satisfied|able|unable|keen)|made clear|am (?:concerned|satisfied|pleased)|will (?:share|speak|follow|refer|discuss|visit|see|update)|let (?:him|her|them) know|saw (?:him|her|them|\\w+ (?:at|in|on)))
    (?:we|together we) (?:\\w+ )?(?:discuss\\w*|explor\\w*|talked (?:about|through)|spoke about|went through|looked at|considered|agreed|completed|covered|reviewed|revisited)
    when i (?:asked|arrived|met|visited|spoke|saw|explored|enquired)
    (?:told|informed|advised|said to|spoke to|disclosed to|shared with|reported to|speak to|explained to|confirmed to|showed|engaged with|talk to|talked to|with|by) (?:me|us)
    asked by me
    (?:in )?(?:my|our) (?:view|opinion|visit|interview|conversation|assessment|impression|sense|discussion|questions?|meeting|professional|involvement|service|team|role|previous)
    """
)
"""First person of the interviewer, not of the child."""

SPOKEN_BY_OTHERS: Final = lines(
    """
    (?:mum|dad|mother|father|nan|gran|grandma|grandad|aunt|auntie|uncle|parents?|carers?|staff|police|officers?|school|teacher|social worker|worker|manager|key\\s?worker|foster (?:carer|mum|dad|mother|father)|professionals|placement|home|team|doctor|nurse|brother|sister|pc \\w+|mr \\w+|mrs \\w+|ms \\w+|miss \\w+) (?:(?!she\\b|he\\b|they\\b|i\\b)\\w+ ){0,3}(?:said|says|say|stated|states|reported|reports|described|describes|told|tells|felt|feels|called|calls|believes?|explained|added|noted|wrote|recorded|shouted|asked)
    (?:described|recorded|known|referred to|reported|noted|labelled|viewed|seen|considered|regarded|categorised|assessed|termed|logged|graded) (?:\\w+ ){0,4}as
    so-called
    """
)
"""What stands before the quoted words of somebody else, or before a label."""

SPEECH: Final = lines(
    """
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
    described (?:it|this|him|her|them|\\w+ (?:mood|night|evening)) as
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

WITHOUT_SPEECH: Final = lines(
    """
    (?:talking mats?|makaton|bsl|sign(?:ed|s|ing) (?:that|for|the|to|with|\\")|communication (?:board|book|app|aid|device)|picture cards?|symbols?|pecs|eye gaze|drew (?:a|an|me|us|it|the|his|her|their|two|three)|drawings?|pointed (?:to|at)|typed|wrote (?:down|on|it|that|in)|nodded|shook (?:his|her|their) head|thumbs? (?:up|down)|emoji cards?|feelings? cards?|mimed|gestur\\w+)
    """
)
"""How a child speaks who does not speak."""

SCRIPT: Final = re.compile(
    r"^(?:said|says|signed|wrote|typed|he|she|they|child|yp|[A-Z]\w+(?:-\w+)?)\s*:\s+\w", re.IGNORECASE
)
"""A line as in a play: `Leo: not telling you`."""
CHILD_AGAIN: Final = pattern(("he", "she", "they", "i"))
LONGEST_LABEL: Final = 2
LOOK_BACK: Final = 120


def voice(reading: Reading) -> Iterator[Finding]:
    """Yield a finding where nothing in the account is the child's own."""
    if reading.told.declined or any(_speaks(text) for text in _parts(reading)):
        return
    first = next(sentences(reading.account), Span("", 0, 0))
    yield Finding("voice_missing", "account", quote(first.text))


def _parts(reading: Reading) -> Iterator[str]:
    return (text for place, text in reading.texts.items() if place.startswith("account."))


def _speaks(text: str) -> bool:
    return any(_is_childs(text, each) for each in quotations(text)) or any(
        _is_first_person(each.text) for each in sentences(unquoted(text))
    )


def _is_childs(text: str, quoted: Span) -> bool:
    """Whether a quotation is the child's: not a label of an office, not the words of somebody else."""
    before = [Span("", 0, 0), *sentences(text[max(0, quoted.start - LOOK_BACK) : quoted.start - 1])][-1].text
    others = [*SPOKEN_BY_OTHERS.finditer(before)]
    if others and not CHILD_AGAIN.search(before, others[-1].end()):
        return False
    if len(words(quoted.text)) > LONGEST_LABEL or quoted.text.rstrip().endswith((".", "!", "?", "…")):
        return True
    return SPEECH.search(before[-40:]) is not None or not words(text[: quoted.start])


def _is_first_person(sentence: str) -> bool:
    left = INTERVIEWER.sub(" ", sentence)
    return any(
        spoken.search(each)
        for spoken, each in ((FIRST_PERSON, left), (WITHOUT_SPEECH, sentence), (SCRIPT, sentence))
    )
