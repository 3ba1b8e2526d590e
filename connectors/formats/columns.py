"""The header of a table beside what a format names: a renamed column would be lost without a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.formats.lines import known_labels
from connectors.formats.records import key, tidy
from connectors.formats.values import plain
from schemas.formats_policy import ForceFormat, Names

MOST_NAMED: Final = 8
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Lacking:
    """The columns of a field that a header has not, and those in it that the format has no use for."""

    columns: tuple[str, ...]
    unmapped: tuple[str, ...]

    def __str__(self) -> str:
        some = self.columns[0] if len(self.columns) == 1 else f"none of {', '.join(self.columns)}"
        lacks = f"{some} is {'not ' if len(self.columns) == 1 else ''}among the columns"
        if not self.unmapped:
            return lacks
        are, them = ("is", "it") if len(self.unmapped) == 1 else ("are", "them")
        return f"{lacks}; {_listed(self.unmapped)} {are}, and nobody maps {them}"


def lacking_for(
    names: Names, header: Sequence[str], there: frozenset[str], form: ForceFormat
) -> Lacking | None:
    """Return what a header lacks for a field of these names; None where one of them is there, or none is
    asked for.
    """
    ways = [(name,) if isinstance(name, str) else name for name in names]
    lacks = [tuple(each for each in way if key(each) not in there) for way in ways]
    if not all(lacks):
        return None
    columns = tuple(dict.fromkeys(each for way in lacks for each in way))
    return Lacking(columns, tuple(_unmapped(header, form))) if columns else None


def _unmapped(header: Sequence[str], form: ForceFormat) -> Iterator[str]:
    known = known_labels(form)
    yield from dict.fromkeys(tidy(plain(name)) for name in header if name.strip() and key(name) not in known)


def _listed(names: Sequence[str]) -> str:
    short = [name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in names]
    if len(short) > MOST_NAMED:
        short[MOST_NAMED:] = [f"{len(short) - MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(short[:-1]), short[-1])))
