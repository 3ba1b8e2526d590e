"""What a notification says beside who and when, as facts with names."""

from collections.abc import Iterator

from schemas.notification import Address, MissingFacts, Notification
from web.pages.terms import CATEGORIES, CONFLICTS, PLACES, RISKS, term
from web.pages.times import moment

Fact = tuple[str, str]


def facts_of(notification: Notification) -> Iterator[Fact]:
    """Yield what a notification says beside who and when."""
    data = notification.data
    if data.missing:
        yield from _missing(data.missing)
    if data.located:
        yield from named(("Where", data.located.place), ("Found by", data.located.located_by))
    if data.returned:
        harm = ", ".join(data.returned.harm or ())
        returned_to = term(data.returned.returned_to, PLACES)
        yield from named(
            ("Returned to", returned_to), ("Address", _address(data.returned.address)), ("Harm", harm)
        )
    if data.prevention_interview:
        held = {True: "Yes", False: "No"}.get(data.prevention_interview.held or False)
        concerns = ", ".join(data.prevention_interview.concerns or ())
        yield from named(
            ("Held", held), ("Summary", data.prevention_interview.summary), ("Concerns", concerns)
        )
    if data.settled:
        looked_at = "; ".join(term(reason, CONFLICTS) for reason in data.settled.reasons)
        yield from named(("Found to be right", looked_at), ("Why", data.settled.why))
    yield from named(("Reason", data.reason))


def named(*facts: tuple[str, str | None]) -> Iterator[Fact]:
    """Yield those facts of which something is known."""
    yield from ((name, value) for name, value in facts if value)


def _missing(missing: MissingFacts) -> Iterator[Fact]:
    yield from named(
        ("Last seen", moment(missing.last_seen_at) if missing.last_seen_at else None),
        ("Where last seen", missing.last_seen_place),
        ("Risk", term(missing.risk_level, RISKS)),
        ("Category", term(missing.category, CATEGORIES)),
        ("Missing from", term(missing.missing_from, PLACES)),
        ("Address", _address(missing.missing_from_address)),
        ("Told by", term(missing.reported_by, {})),
        ("Circumstances", missing.circumstances),
        ("Risk factors", ", ".join(term(factor, {}) for factor in missing.risk_factors or ())),
    )


def _address(address: Address | None) -> str | None:
    return ", ".join(part for part in (*(address.lines or ()), address.postcode) if part) if address else None
