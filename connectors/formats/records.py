"""What a document says, whatever it is made of: records of names and texts, each with where it stands."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schemas.reading import canonical

AS_TYPED: Final = {ord(one): plain for plain, made in {"'": "‘’ʼ`´", "-": "‐‑–"}.items() for one in made}
"""What mail and word programs make of an apostrophe or a hyphen while somebody types."""


@dataclass(frozen=True, slots=True)
class Said:
    """One text under one name."""

    name: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Record:
    """What may become one notification. `faults` are what the reader found wrong with this part alone.

    `header` is that of the table of which it is a row, and `columns` its names as they are compared.
    """

    place: str
    said: tuple[Said, ...]
    faults: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()

    def under(self, name: str) -> tuple[Said, ...]:
        """Return what is said under a name, however that is spelt."""
        return tuple(each for each in self.said if key(each.name) == key(name))

    @property
    def hash(self) -> str:
        """Return what stays the same however a list is sorted, parted or repeated tomorrow."""
        told = sorted([key(each.name), tidy(each.text)] for each in self.said if tidy(each.text))
        return hashlib.sha256(canonical(told)).hexdigest()


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """Return a name without what people and programs vary: capitals, blanks, apostrophes, a colon at its end.

    Every row of a list asks for the same names: they are worked out once.
    """
    same = unicodedata.normalize("NFKC", name.translate(AS_TYPED))
    return " ".join(same.split()).casefold().strip(" :*.")


def keys(names: Iterable[str]) -> frozenset[str]:
    """Return several names so."""
    return frozenset(map(key, names))


def tidy(text: str) -> str:
    """Return a text with single blanks, so that one that was wrapped is the same."""
    return " ".join(text.split())
