"""How the first names of two descriptions compare, with what the child is known as."""

from collections.abc import Callable, Iterable
from typing import Final

from domain.identity import Identity
from domain.matching.near import near
from domain.matching.spoken import variants

ALIKE: Final = frozenset({"same", "variant", "contained", "swapped"})
"""Levels at which two descriptions name one child. With any other, they may be of a brother or a sister.

Not even `second_name`: of twins, one may be called Aisha and the other Noor Aisha.
"""
SHARED: Final = frozenset({"muhammad", "abdul", "syed", "begum", "bibi", "maria"})
"""First names that brothers or sisters often all have, so that it is the next name that tells them apart."""

Like = Callable[[str, str], bool]


def given_level(one: Identity, other: Identity) -> str:
    """Return the level at which first names compare; the order of the two does not matter."""
    if _swapped(one, other, _same):
        return "swapped"
    if not _called(one) or not _called(other):
        return "lacking"
    level = _level(one, other)
    return "swapped_nearly" if level == "different" and _swapped(one, other, _nearly, None) else level


def shared_alone(one: Identity, other: Identity) -> bool:
    """Whether one of the two is told by nothing but a name that brothers share, such as Mohammed."""
    return any(
        len(each.given_names) == 1 and any(variants(each.given_names[0], name) for name in SHARED)
        for each in (one, other)
    )


def _level(one: Identity, other: Identity) -> str:
    if "".join(one.given_names) == "".join(other.given_names) and one.given_names:
        return "same"
    if level := _called_level(one, other):
        return level if _rest_agrees(one, other) else "partly"
    if _any(_called(one), _called(other), near) or near("".join(one.given_names), "".join(other.given_names)):
        return "typing_error"
    return "initial" if _any(_called(one), _called(other), _initial) else "different"


def _called_level(one: Identity, other: Identity) -> str | None:
    mine, theirs = _called(one), _called(other)
    if _any(mine, theirs, _equal):
        return "contained"
    if _any(mine, theirs, variants):
        return "variant"
    return "second_name" if _any(mine, _all(other), _same) or _any(theirs, _all(one), _same) else None


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


def _given(identity: Identity, most: int | None) -> tuple[str, ...]:
    joined = "".join(identity.given_names)
    return (joined, *identity.given_names[:most]) if joined else ()


def _any(some: Iterable[str], others: Iterable[str], like: Like) -> bool:
    others = tuple(others)
    return any(like(one, other) for one in some for other in others)


def _equal(one: str, other: str) -> bool:
    return one == other


def _same(one: str, other: str) -> bool:
    return one == other or variants(one, other)


def _nearly(one: str, other: str) -> bool:
    return _same(one, other) or near(one, other)


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]
