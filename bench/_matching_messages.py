"""What forces tell of invented children: mostly right, with the slips, short forms and gaps that are usual.

The shares are assumptions, written down before anything was measured; for police messages nobody publishes
any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from bench._matching_city import STREETS, Child
from domain.identity import Identity, normalise
from domain.matching.akin import AKIN
from domain.matching.short_forms import SHORT_FORMS
from domain.matching.spellings import SPELLINGS

KEYS: Final = "abcdefghijklmnopqrstuvwxyz"
FORMS: Final[dict[str, list[str]]] = {}
for line in (*SHORT_FORMS, *AKIN):
    FORMS.setdefault(line.split()[0], []).extend(line.split()[1:])
SPELT: Final[Mapping[str, list[str]]] = {name: line.split() for line in SPELLINGS for name in line.split()}


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says; as an identity of the product."""

    given: tuple[str, ...]
    family: str | None
    born: date | None
    postcode: str | None
    line: str | None

    @property
    def identity(self) -> Identity:
        return Identity(
            date_of_birth=self.born,
            family_name=normalise(self.family) or None,
            given_names=tuple(filter(None, map(normalise, self.given))),
            postcode=normalise(self.postcode) or None,
            address=normalise(self.line) or None,
        )


Change = Callable[[Told, Random], Told]


def right(child: Child) -> Told:
    """Return what the authority's index has of a child."""
    return Told(child.given, child.family, child.born, child.postcode, child.line)


def told(child: Child, chance: Random) -> tuple[Told, frozenset[str]]:
    """Return what a message says of a child, and the names of what was changed in it."""
    said, done = right(child), []
    for name, share, change in CHANGES:
        if chance.random() < share:
            changed = change(said, chance)
            if changed != said:
                said = changed
                done.append(name)
    return said, frozenset(done)


def slip(text: str, chance: Random) -> str:
    """Return text with one slip of the finger in it."""
    at = chance.randrange(len(text))
    letter = chance.choice(KEYS)
    return chance.choice(
        (
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        )
    )


def _first_only(said: Told, _: Random) -> Told:
    return replace(said, given=said.given[:1])


def _second_only(said: Told, _: Random) -> Told:
    return replace(said, given=said.given[1:] or said.given)


def _first(said: Told, name: str) -> Told:
    return replace(said, given=(name, *said.given[1:]))


def _short(said: Told, chance: Random) -> Told:
    return _first(said, chance.choice(FORMS.get(normalise(said.given[0]), [said.given[0]])))


def _spelt(said: Told, chance: Random) -> Told:
    return _first(said, chance.choice(SPELT.get(normalise(said.given[0]), [said.given[0]])))


def _family(said: Told, name: str | None) -> Told:
    return replace(said, family=name)


def _family_spelt(said: Told, chance: Random) -> Told:
    assert said.family
    return _family(said, chance.choice(SPELT.get(normalise(said.family), [said.family])))


def _half(said: Told, chance: Random) -> Told:
    return _family(said, chance.choice((said.family or "").split("-")))


def _swap(said: Told, _: Random) -> Told:
    return replace(said, given=(said.family or "",), family=said.given[0])


def _exchange(said: Told, _: Random) -> Told:
    born = said.born
    if born is None or born.day > 12:
        return said
    return replace(said, born=born.replace(month=born.day, day=born.month))


def _digit(said: Told, chance: Random) -> Told:
    """Change one digit of the birth date; a date that is none is not sent."""
    text = f"{said.born:%Y%m%d}" if said.born else ""
    at = chance.randrange(2, 8)
    text = text[:at] + chance.choice("0123456789") + text[at + 1 :]
    try:
        return replace(said, born=date.fromisoformat(text))
    except ValueError:
        return said


def _another_day(said: Told, chance: Random) -> Told:
    return replace(
        said, born=date(chance.randrange(2009, 2026), chance.randrange(1, 13), chance.randrange(1, 29))
    )


def _postcode_slip(said: Told, chance: Random) -> Told:
    return replace(said, postcode=slip(said.postcode or "", chance))


def _moved(said: Told, chance: Random) -> Told:
    postcode = f"NG{chance.randrange(1, 26)} {chance.randrange(1, 10)}{slip('AA', chance).upper()[:2]}"
    return replace(said, postcode=postcode, line=f"{chance.randrange(1, 120)} {chance.choice(STREETS)}")


CHANGES: Final[tuple[tuple[str, float, Change], ...]] = (
    ("first name alone", 0.4, _first_only),
    ("second name alone", 0.005, _second_only),
    ("short form", 0.06, _short),
    ("another spelling", 0.03, _spelt),
    ("slip in the first name", 0.015, lambda said, chance: _first(said, slip(said.given[0], chance))),
    (
        "another first name",
        0.003,
        lambda said, chance: _first(said, chance.choice(("Ash", "Kai", "Bear", "Blu"))),
    ),
    ("initial", 0.003, lambda said, _: replace(said, given=(said.given[0][0],))),
    ("family name spelt otherwise", 0.03, _family_spelt),
    ("half of a joined family name", 0.4, _half),
    ("slip in the family name", 0.02, lambda said, chance: _family(said, slip(said.family or "", chance))),
    (
        "another family name",
        0.015,
        lambda said, chance: _family(said, chance.choice(("Smith", "Khan", "Cole"))),
    ),
    ("swapped names", 0.01, _swap),
    ("no first name", 0.004, lambda said, _: replace(said, given=())),
    ("no family name", 0.002, lambda said, _: _family(said, None)),
    ("day and month exchanged", 0.01, _exchange),
    ("one digit wrong", 0.015, _digit),
    ("another birth date", 0.002, _another_day),
    ("no birth date", 0.02, lambda said, _: replace(said, born=None)),
    ("moved", 0.08, _moved),
    ("slip in the postcode", 0.015, _postcode_slip),
    ("slip in the line", 0.03, lambda said, chance: replace(said, line=slip(said.line or "", chance))),
    ("no postcode", 0.08, lambda said, _: replace(said, postcode=None)),
    ("no line of the address", 0.15, lambda said, _: replace(said, line=None)),
)
"""What may happen to what is told, in order, each with how often."""
