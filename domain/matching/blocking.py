"""By which few keys a description finds those that may be of the same child, without looking at all."""

from collections.abc import Iterator
from itertools import islice

from domain.identity import Identity
from domain.matching.spoken import codes

MOST_SOUNDS = 4
"""Sounds of first names that are kept of one child."""


def blocks(identity: Identity) -> frozenset[str]:
    """Return the keys of a description, at most 7. Two of one child nearly always share one.

    Birth date (day and month in either order), postcode, line of the address; the sound of both names, in
    either order.
    """
    return frozenset(_keys(identity))


def _keys(identity: Identity) -> Iterator[str]:
    given = _given(identity)
    family = codes(identity.family_name)[0] if identity.family_name else None
    if born := identity.date_of_birth:
        low, high = sorted((born.month, born.day))
        yield f"d:{born.year}-{low}-{high}"
    if identity.postcode:
        yield f"p:{identity.postcode}"
    if identity.address:
        yield f"a:{identity.address}"
    if family:
        yield from ("n:" + ":".join(sorted((family, sound))) for sound in given)


def _given(identity: Identity) -> tuple[str, ...]:
    """Return the sounds of what the child is called first, then of its further names."""
    names = (*identity.given_names[:1], *sorted(identity.also_known_as), *identity.given_names[1:])
    sounds = dict.fromkeys(sound for name in names for sound in codes(name))
    return tuple(islice(sounds, MOST_SOUNDS))
