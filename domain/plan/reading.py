"""The words of an action and of an account, as far as a plan compares them.

A plan is folded anew whenever it is read: what is here decides which actions are one. It is the plan's own,
so that the quality gate can change how it reads without moving anybody's action.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_SIGNS: Final = str.maketrans(dict.fromkeys("’‘‛ʼ`´", "'") | dict.fromkeys("“”„«»", '"'))
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_END: Final = re.compile(r"(?<=[.!?…؟。])[\"')]*\s+|\s*\n\s*")
_ENDINGS: Final = ("ingly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
_SHORTEST_STEM: Final = 3


def plain(text: str) -> str:
    """Return text with one kind of apostrophe and quotation mark."""
    return text.translate(_SIGNS)


def words(text: str) -> list[str]:
    """Return the words in lower case, in order."""
    return _WORD.findall(plain(text).lower())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences and lines of a text that are not empty, word for word."""
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        if sentence := text[start:end].strip():
            yield sentence
        start = end


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its commonest endings: `arranging` and `arranged` become `arrang`."""
    base = word.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST_STEM:
            base = base[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(base) > _SHORTEST_STEM and base[-1] == base[-2] and base[-1] not in "lsz":
        base = base[:-1]
    return base[:-1] if len(base) > _SHORTEST_STEM and base[-1] in "ey" else base


def stemmed(listed: str) -> frozenset[str]:
    """Return the stems of a list of words written with spaces between."""
    return frozenset(map(stem, words(listed)))


GRAMMAR: Final = stemmed(
    """
    a an the this that these those there here it its itself i me my mine myself we us our ours you your
    yours he him his himself she her hers herself they them their theirs themselves who whom whose which
    what when where why how whether and or but nor so if then than because since until unless while as at
    by for from in into of off on onto out over under up down to toward towards upon with within about
    above across after against along among around before behind below between beyond during per through
    throughout via is am are was were be been being has have had having do does did doing done can could
    may might must shall should will would i'm i've i'd i'll he's he'd he'll she's she'd she'll it's it'd
    they're they've they'd they'll we're we've we'd we'll you're you've that's there's let's some any
    each every all both either other another such same own also just only even still yet already again
    ever very quite too more most much many etc eg ie
    """
)
"""Words that carry grammar, not content. What turns an action round (`not`, `no`) is not among them."""


def content(text: str) -> frozenset[str]:
    """Return the stems of a text's words but those of grammar."""
    return frozenset(map(stem, words(text))) - GRAMMAR
