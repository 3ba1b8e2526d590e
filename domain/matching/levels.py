"""How family name, birth date, home and identifiers of two descriptions compare: the level of each."""

from datetime import date
from typing import Final

from domain.identity import Identity
from domain.matching.near import near
from domain.matching.spoken import variants

LACKING: Final = "lacking"
PART: Final = 3
"""The fewest letters of a family name that is part of a double one."""
INWARD: Final = 3
"""The letters of a postcode after its first half."""


def family_level(one: Identity, other: Identity) -> str:
    """Return how the family names compare: known spellings, slips, and parts of joined names apart."""
    mine, theirs = one.family_name, other.family_name
    if not mine or not theirs:
        return LACKING
    if mine == theirs:
        return "same"
    if variants(mine, theirs):
        return "variant"
    if near(mine, theirs):
        return "typing_error"
    return "contained" if _part_of(*sorted((mine, theirs), key=len)) else "different"


def birth_level(one: Identity, other: Identity) -> str:
    """Return how the birth dates compare: day and month exchanged, one slip, two of three parts the same.

    1 January is written where nobody knows the day: of many children who fled it says the year alone.
    """
    mine, theirs = one.date_of_birth, other.date_of_birth
    if mine is None or theirs is None:
        return LACKING
    if _day_unknown(mine) and _day_unknown(theirs):
        return "year" if mine == theirs else "partly"
    if mine == theirs:
        return "same"
    if mine.year == theirs.year and (mine.month, mine.day) == (theirs.day, theirs.month):
        return "exchanged"
    if near(_digits(mine), _digits(theirs), 1):
        return "digit"
    return "partly" if _parts_same(mine, theirs) else "different"


def home_level(one: Identity, other: Identity) -> str:
    """Return how the homes compare. With neither both postcodes nor both lines nothing can be said.

    The line alone counts only where a postcode lacks or has a slip: every town has a 12 Church Lane.
    """
    if one.postcode and other.postcode:
        return _by_postcode(one, other, one.postcode, other.postcode)
    if not one.address or not other.address:
        return LACKING
    return _by_line(one.address, other.address)


def identifier_level(one: str | None, other: str | None) -> str:
    """Return how two numbers of one kind compare. A slip in a number is another child's number."""
    if not one or not other:
        return LACKING
    return "same" if one == other else "different"


def _by_postcode(one: Identity, other: Identity, code: str, theirs: str) -> str:
    line = bool(one.address) and one.address == other.address
    if code == theirs:
        return "same" if line else "postcode"
    if near(code, theirs, 1):
        return "address" if line else "typing_error"
    return "area" if code[:-INWARD] and code[:-INWARD] == theirs[:-INWARD] else "different"


def _by_line(line: str, other: str) -> str:
    if line == other:
        return "address"
    return "typing_error" if near(line, other) and _number(line) == _number(other) else "different"


def _number(line: str) -> str:
    """Return the digits of an address: 12 High Street is not a slip for 14 High Street."""
    return "".join(filter(str.isdigit, line))


def _part_of(short: str, long: str) -> bool:
    enough = len(short) >= PART and len(long) - len(short) >= PART
    return enough and (long.startswith(short) or long.endswith(short))


def _day_unknown(born: date) -> bool:
    return (born.month, born.day) == (1, 1)


def _digits(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _parts_same(one: date, other: date) -> bool:
    """Whether two of day, month and year are the same."""
    return (one.year == other.year) + (one.month == other.month) + (one.day == other.day) == 2  # noqa: PLR2004
