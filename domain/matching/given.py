"""How the first names of two descriptions compare, with what the child is known as."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Final

from domain.identity import Identity
from domain.matching.near import near
from domain.matching.spoken import akin, spelt_alike, stands_for, stands_for_others, variants

ALIKE: Final = frozenset({"same", "variant", "contained", "swapped"})
"""Levels at which two descriptions name one child. With any other, they may be of a brother or a sister.

Not even `second_name`: of twins, one may be called Aisha and the other Noor Aisha, or both Alex for short.
"""
SHARED: Final = frozenset(
    {"muhammad", "abdul", "abdel", "syed", "syeda", "nur", "begum", "bibi", "siti", "maria", "marie"}
)
"""First names that brothers or sisters often all have, so that it is the next name that tells them apart."""

Like = Callable[[str, str], bool]


def given_level(one: Identity, other: Identity) -> str:
    """Return the level at which first names compare; the order of the two does not matter."""
    if _swapped(one, other, _same):
        return "swapped" if _rest_agrees(_after_first(one), _after_first(other)) else "swapped_nearly"
    if not _called(one) or not _called(other):
        return "lacking"
    level = _level(one, other)
    return "swapped_nearly" if level == "different" and _swapped(one, other, _nearly, None) else level


def shared_alone(one: Identity, other: Identity) -> bool:
    """Whether one of the two is told by nothing but a name that brothers share, such as Mohammed."""
    return any(len(each.given_names) == 1 and bool(_shared_as(each.given_names[0])) for each in (one, other))


def short_for_another(one: Identity, other: Identity) -> bool:
    """Whether they meet in nothing but a short form that other names have as well, as Alex.

    It may be a brother or a sister, unless a further name is told of both, and is the same.
    """
    if _swapped(one, other, _same):
        return _short_for_another(_turned(one), other) or _short_for_another(one, _turned(other))
    return _short_for_another(*(_own_names(one, other) or (one, other)))


def _short_for_another(one: Identity, other: Identity) -> bool:
    if _any(one.given_names[1:], other.given_names[1:], _same):
        return False
    met = [
        (mine, theirs)
        for mine, theirs in (*product(_first(one), _called(other)), *product(_called(one), _first(other)))
        if _same(mine, theirs)
    ]
    return bool(met) and all(_for_others(mine, theirs) for mine, theirs in met)


def _for_others(one: str, other: str) -> bool:
    return stands_for_others(one, other) or stands_for_others(other, one)


def _level(one: Identity, other: Identity) -> str:
    if own := _own_names(one, other):
        of_own = _level(*own)
        return "partly" if of_own == "different" else of_own
    if "".join(one.given_names) == "".join(other.given_names) and one.given_names:
        return "second_name" if _two_full_names(one, other) else "same"
    if level := _called_level(one, other):
        return level if _rest_agrees(one, other) else "partly"
    mine, theirs = _called(one), _called(other)
    if _any(mine, theirs, near) or _any(mine, theirs, akin):
        return "typing_error"
    if _any(mine, theirs, _initial):
        return "initial"
    return "typing_error" if near("".join(one.given_names), "".join(other.given_names)) else "different"


def _own_names(one: Identity, other: Identity) -> tuple[Identity, Identity] | None:
    """Return both without a first name that brothers share, if both then still say what each is called.

    Mohammed Ali and Mohammed Hassan are compared as Ali and Hassan are.
    """
    shared = _shared(one) & _shared(other)
    if not shared:
        return None
    mine, theirs = _without(one, *shared), _without(other, *shared)
    return (mine, theirs) if _called(mine) and _called(theirs) else None


def _shared(identity: Identity) -> frozenset[str]:
    return frozenset().union(*map(_shared_as, identity.given_names[:1]))


@lru_cache(maxsize=65536)
def _shared_as(name: str) -> frozenset[str]:
    return frozenset(each for each in SHARED if variants(name, each))


def _without(identity: Identity, name: str) -> Identity:
    """Return what is told beside a shared first name; what stands for it, as Mo, says no more."""
    known_as = frozenset(known for known in identity.also_known_as if not variants(known, name))
    return replace(identity, given_names=identity.given_names[1:], also_known_as=known_as)


def _called_level(one: Identity, other: Identity) -> str | None:
    """Return how near the two come in what they are called.

    What each is known as counts as the other's first name, and where no first name is told. That both are
    known as Alex does not make one of Alexander and Alexandra.
    """
    called, others = _called(one), _called(other)
    if not _any(called, _all(other), _same) and not _any(others, _all(one), _same):
        return None
    mine, theirs = _first(one), _first(other)
    if _two_full_names(one, other):
        return "second_name"
    if mine & others or theirs & called:
        return "contained"
    spelt = _any(mine, others, spelt_alike) or _any(theirs, called, spelt_alike)
    return "variant" if spelt or _any(mine, theirs, variants) else "second_name"


def _two_full_names(one: Identity, other: Identity) -> bool:
    """Whether one short name stands for a name of each, and these are two names."""
    return any(
        bool(mine and theirs) and not _any(mine, theirs, variants)
        for short in _called(one) | _called(other)
        for mine, theirs in [(_longer(short, one), _longer(short, other))]
    )


def _longer(short: str, identity: Identity) -> frozenset[str]:
    return frozenset(name for name in _called(identity) if stands_for(short, name))


def _first(identity: Identity) -> frozenset[str]:
    return frozenset(identity.given_names[:1]) or identity.also_known_as


def _called(identity: Identity) -> frozenset[str]:
    return identity.also_known_as | frozenset(identity.given_names[:1])


def _all(identity: Identity) -> frozenset[str]:
    return identity.also_known_as | frozenset(identity.given_names)


def _rest_agrees(one: Identity, other: Identity) -> bool:
    """Whether of all first names those of one are among the other's, but for slips and initials.

    Leo James is not Leo Peter for certain: Mohammed Ali and Mohammed Hassan may be brothers.
    """
    mine, theirs = one.given_names, other.given_names
    return _among(mine, _all(other)) or _among(theirs, _all(one))


def _among(names: Iterable[str], those: frozenset[str]) -> bool:
    return all(any(_goes_with(name, each) for each in those) for name in names)


def _goes_with(one: str, other: str) -> bool:
    return _same(one, other) or near(one, other) or _initial(one, other)


def _swapped(one: Identity, other: Identity, like: Like, most: int | None = 1) -> bool:
    """Whether the family name of each is what the other is called first, or one of so many first names.

    A further name is not enough to be sure: Katy Smith, swapped, may not be Hannah Katherine Smith.
    """
    if not one.family_name or not other.family_name or one.family_name == other.family_name:
        return False
    mine, theirs = _given(one, most), _given(other, most)
    return any(like(one.family_name, n) for n in theirs) and any(like(other.family_name, n) for n in mine)


def _turned(identity: Identity) -> Identity:
    """Return a description whose first name and family name change places."""
    first, *further = identity.given_names
    return replace(identity, given_names=(identity.family_name or "", *further), family_name=first)


def _after_first(identity: Identity) -> Identity:
    return replace(identity, given_names=identity.given_names[1:])


def _given(identity: Identity, most: int | None) -> tuple[str, ...]:
    joined = "".join(identity.given_names)
    return (joined, *identity.given_names[:most]) if joined else ()


def _any(some: Iterable[str], others: Iterable[str], like: Like) -> bool:
    others = tuple(others)
    return any(like(one, other) for one in some for other in others)


def _same(one: str, other: str) -> bool:
    return one == other or variants(one, other)


def _nearly(one: str, other: str) -> bool:
    return _same(one, other) or near(one, other)


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]
