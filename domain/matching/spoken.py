"""How a name sounds, roughly, and which other names it goes by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from domain.matching.akin import AKIN
from domain.matching.short_forms import SHORT_FORMS
from domain.matching.spellings import SPELLINGS

CODE: Final = 6
_PAIRS: Final = (("sch", "s"), ("ph", "f"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("cz", "s"))
_VOWELS: Final = "aeiouyhw"
_SOUNDS: Final = str.maketrans(
    {"c": "k", "q": "k", "x": "k", "z": "s", "v": "f", "j": "g", "d": "t", "b": "p", "m": "n"}
    | dict.fromkeys(_VOWELS, "")
)


def _heads(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        head, *others = line.split()
        for name in (head, *others):
            found[name].add(head)
    return {name: frozenset(heads) for name, heads in found.items()}


_SPELT: Final = _heads(SPELLINGS)
_SHORT: Final = _heads(SHORT_FORMS)
_AKIN: Final = _heads(AKIN)


@lru_cache(maxsize=262144)
def variants(one: str, other: str) -> bool:
    """Whether two names are known forms of one: Alex and Alexander, Mohammed and Muhammad.

    Two short forms of one name are not: Ellie and Nell may be sisters.
    """
    mine, theirs = _spelt(one), _spelt(other)
    return not (mine | _full(one)).isdisjoint(theirs) or not mine.isdisjoint(_full(other))


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names are one name, written in two ways: Mohammed and Muhammad."""
    return not _spelt(one).isdisjoint(_spelt(other))


def akin(one: str, other: str) -> bool:
    """Whether two names are taken for one another, though a brother and a sister may have them."""
    return not _taken_for(one).isdisjoint(_taken_for(other))


def stands_for(short: str, name: str) -> bool:
    """Whether a name is a short form of the other, as Alex of Alexandra."""
    return not _full(short).isdisjoint(_spelt(name))


@lru_cache(maxsize=65536)
def stands_for_others(short: str, name: str) -> bool:
    """Whether a short form of a name is one of another name as well, as Alex of Alexander and Alexandra."""
    return stands_for(short, name) and any(not variants(full, name) for full in _full(short))


def codes(name: str) -> tuple[str, ...]:
    """Return rough sounds of a name, at least one; forms of one name share one."""
    heads = _full(name) | _taken_for(name) or _SPELT.get(name) or (name,)
    return tuple(sorted({sound(head) for head in heads}))


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """Return the first letter's sound and the consonants after it, as most misspellings keep them."""
    text = name
    for written, heard in _PAIRS:
        text = text.replace(written, heard)
    kept = ["a" if text[0] in _VOWELS else text[0].translate(_SOUNDS)]
    for letter in text[1:].translate(_SOUNDS):
        if letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)[:CODE]


@lru_cache(maxsize=65536)
def _spelt(name: str) -> frozenset[str]:
    return _SPELT.get(name, frozenset()) | {name}


@lru_cache(maxsize=65536)
def _taken_for(name: str) -> frozenset[str]:
    return frozenset(head for each in _spelt(name) for head in _AKIN.get(each, ()))


@lru_cache(maxsize=65536)
def _full(name: str) -> frozenset[str]:
    """Return the full names that a short form stands for, in their usual spelling."""
    heads = frozenset(head for each in _spelt(name) for head in _SHORT.get(each, ()))
    return heads.union(*(_SPELT.get(head, ()) for head in heads))
