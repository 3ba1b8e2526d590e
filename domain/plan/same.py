"""When two actions say the same, judged by their words alone, so that anybody can check it.

What stands against it comes first: names, days and numbers that differ, or one that stops what the other
starts. Then the share of common words decides.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.plan.reading import content, plain, stem, stemmed, words

_AGAINST: Final = stemmed(
    """
    stop stopped end cease no not never without refuse cancel remove block avoid prevent forbid ban limit less
    reduce decrease fewer withdraw leave delete don't won't cannot can't shouldn't
    """
)
"""Words that turn an action round: `stop the visits` is not `the visits`."""
_FORMS: Final = {
    stem(form): stem(plain_form)
    for plain_form, forms in (
        ("apply", "applied application"),
        ("bring", "brought"),
        ("buy", "bought"),
        ("find", "found"),
        ("give", "gave given"),
        ("keep", "kept"),
        ("meet", "met"),
        ("refer", "referral"),
        ("speak", "spoke spoken"),
        ("take", "took taken"),
        ("tell", "told"),
    )
    for form in forms.split()
}
"""Forms of a word that cutting off endings does not bring together."""
_OPPOSITES: Final = tuple(
    (stemmed(one), stemmed(other))
    for one, other in (
        ("move", "stay remain keep"),
        ("return", "collect"),
        ("morning", "evening"),
        ("weekly", "daily monthly"),
        ("daily", "monthly"),
        ("mother mum mam", "father dad"),
        ("brother", "sister"),
        ("grandmother nan gran", "grandfather grandad"),
    )
)
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "mx"})


@dataclass(frozen=True, slots=True)
class Said:
    """What an action says, in a form that can be compared."""

    words: tuple[str, ...]
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    against: bool


def alike(one: str, other: str, owners: tuple[str, ...] = ()) -> float:
    """Return how far two actions say the same, from 0 to 1; `owners` are passed over where they are named.

    1 for the same words in the same order. 0 where they contradict each other: each names somebody or
    something that the other does not, or other numbers, or one turns round what the other does. Otherwise
    the share of common words (Dice: twice the common ones, over those of both), grammar aside, endings off.
    """
    first, second = read(one, owners), read(other, owners)
    if first.words == second.words:
        return 1.0
    if _contradict(first, second):
        return 0.0
    every = len(first.stems) + len(second.stems)
    return 2 * len(first.stems & second.stems) / every if every else 0.0


@lru_cache(maxsize=10_000)
def read(text: str, owners: tuple[str, ...] = ()) -> Said:
    """Return what an action says. Owners' names say who does it, not what is done."""
    owning = frozenset(stem(word) for owner in owners for word in words(owner))
    every = words(text)
    stems = frozenset(_FORMS.get(each, each) for each in content(text) - owning - _TITLES)
    numbers = frozenset(word for word in every if any(letter.isdigit() for letter in word))
    return Said(
        words=tuple(every),
        stems=stems,
        names=_names(text) & stems,
        numbers=numbers - owning,
        against=not _AGAINST.isdisjoint(map(stem, every)),
    )


def _names(text: str) -> frozenset[str]:
    """Return the stems of words with a capital inside a sentence: people, places, services, days."""
    sentences = plain(text).replace("!", ".").replace("?", ".").replace("\n", ".").split(".")
    inner = (word for each in sentences for word in each.split()[1:])  # the first has a capital anyway
    named = (word for word in inner if word.lstrip("\"'(")[:1].isupper())
    return frozenset(stem(part) for word in named for part in words(word))


def _contradict(one: Said, other: Said) -> bool:
    return (
        one.against is not other.against
        or _each_has_its_own(one.names, other.names)
        or _each_has_its_own(one.numbers, other.numbers)
        or any(_opposed(one.stems, other.stems, pair) for pair in _OPPOSITES)
    )


def _each_has_its_own(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one - other) and bool(other - one)


def _opposed(one: frozenset[str], other: frozenset[str], pair: tuple[frozenset[str], frozenset[str]]) -> bool:
    left, right = pair
    return (bool(one & left) and bool(other & right) and not (one & right or other & left)) or (
        bool(one & right) and bool(other & left) and not (one & left or other & right)
    )
