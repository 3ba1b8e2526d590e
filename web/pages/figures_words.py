"""How numbers are said in a sentence about a figure."""

from web.pages.times import count

HOURS_OF_DAYS = 96
"""From how many hours on a length is said in days."""


def percentage(part: int, of: int) -> int:
    """Return a share in whole percent; 0 and 100 only where it is none and all."""
    rounded = round(100 * part / of)
    return min(max(rounded, 1), 99) if 0 < part < of else rounded


def were(number: int) -> str:
    """Return the verb that goes with a number."""
    return "was" if number == 1 else "were"


def held_in_time(part: int, of: int) -> str:
    """Return how many of the interviews that were due were held in time."""
    if of == 1:
        return f"the one interview that was due was {'' if part else 'not '}held in time"
    if part in {0, of}:
        whose = f"all {of:,} interviews that were due were" if part else f"none of {of:,} interviews was"
        return f"{whose} held in time"
    return f"{part:,} of {of:,} interviews {were(part)} held in time, {percentage(part, of)}%"


def hours(length: float) -> str:
    """Return a length of time as people say it, near enough: minutes, hours or days."""
    if length >= HOURS_OF_DAYS:
        return _near(length / 24, "day")
    return _near(length, "hour") if length >= 1 else count(round(length * 60), "minute")


def listed(parts: list[str]) -> str:
    """Return parts of a sentence as a list in words."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _near(number: float, name: str) -> str:
    rounded = f"{number:,.1f}".removesuffix(".0")
    return f"{rounded} {name if rounded == '1' else f'{name}s'}"
