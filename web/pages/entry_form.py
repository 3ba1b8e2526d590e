"""What staff typed about a child, read: either all that a notification needs, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from schemas.words import Category, Kind, MissingFrom, RiskLevel
from store.views.children import Child
from web.guard.forms import Typed as Form
from web.pages.local_time import NotATime, Typed, read_day, read_moment

KINDS = (Kind.REPORTED, Kind.UPDATED, Kind.LOCATED, Kind.RETURNED, Kind.CANCELLED)
"""What staff record. The prevention interview is the police's own."""
AHEAD = timedelta(minutes=5)
"""How far the clock of whoever types may be ahead of ours."""
WHO = ("authority_child_id", "family_name", "given_names", "postcode")


@dataclass(frozen=True, slots=True)
class Draft:
    """A notification before it has a reference and an identity of its own."""

    kind: Kind
    occurred_at: datetime
    child: Mapping[str, Any]
    reference: str | None
    details: Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """What was typed, and what is wrong with it, by field and in the order of the page."""

    form: Form
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return what stands in a field; None for nothing but spaces."""
        return " ".join(self.form.get(name, "").split()) or None

    def lines(self, name: str) -> str | None:
        """Return what stands in a field of several lines."""
        return self.form.get(name, "").replace("\r\n", "\n").strip() or None

    def wrong(self, name: str, message: str) -> None:
        self.errors.setdefault(name, message)


def read_form(
    form: Form, chosen: Child | None, known_reference: bool, now: datetime
) -> Draft | dict[str, str]:
    """Return the draft, or what is wrong by field.

    `chosen` is the child that was picked from those known here; `known_reference` whether the reference was
    used here before, which then says who the child is.
    """
    reading = Reading(form)
    kind = _kind(reading)
    child = facts_of(chosen) if chosen else _child(reading, known_reference, now)
    reference = reference_of(form)
    if kind is Kind.CANCELLED and not known_reference:
        reading.wrong(
            "reference",
            "Give the reference of a report that was recorded here: the police alone can cancel their own",
        )
    occurred_at = _occurred_at(reading, now)
    details = _details(reading, kind, occurred_at) if kind else {}
    if reading.errors or kind is None or occurred_at is None:
        return reading.errors
    return Draft(kind, occurred_at, child, reference, details)


def reference_of(form: Form) -> str | None:
    """Return the reference that was chosen or typed; None: one is to be made."""
    chosen = form.get("reference_choice", "other").strip()
    return (form.get("reference", "").strip() if chosen == "other" else chosen) or None


def facts_of(child: Child) -> dict[str, Any]:
    """Return who a known child is, as a notification says it; numbers that do not hold are left out."""
    told = {name: value for name, value in child.facts.items() if name not in {"nhs_number", "upn"}}
    numbers = {
        "authority_child_id": child.authority_child_id,
        "nhs_number": child.nhs_number,
        "upn": child.upn,
    }
    return told | {name: value for name, value in numbers.items() if value}


def _kind(reading: Reading) -> Kind | None:
    kind = reading.form.get("kind", "")
    if kind in KINDS:
        return Kind(kind)
    reading.wrong("kind", "Choose what you were told")
    return None


def _child(reading: Reading, known_reference: bool, now: datetime) -> dict[str, Any]:
    told = {name: reading.text(name) for name in WHO}
    born_on = _born_on(reading, now)
    if not any(told.values()) and born_on is None and not known_reference:
        reading.wrong("authority_child_id", "Say who the child is, as far as you know: a number or a name")
    postcode = told.pop("postcode")
    facts: dict[str, Any] = {name: value for name, value in told.items() if value}
    if born_on:
        facts["date_of_birth"] = born_on.isoformat()
    return facts | ({"home_address": {"postcode": postcode}} if postcode else {})


def _born_on(reading: Reading, now: datetime) -> date | None:
    parts = [reading.form.get(f"dob-{part}", "").strip() for part in ("day", "month", "year")]
    if not any(parts):
        return None
    try:
        born_on = read_day(*parts)
    except NotATime as error:
        reading.wrong("dob-day", f"Date of birth: {error.message[0].lower()}{error.message[1:]}")
        return None
    if born_on > now.date():
        reading.wrong("dob-day", "The date of birth must be in the past")
    return born_on


def _occurred_at(reading: Reading, now: datetime) -> datetime | None:
    form = reading.form
    parts = [form.get(name, "") for name in ("day", "month", "year", "time", "which")]
    try:
        occurred_at = read_moment(Typed(*parts))
    except NotATime as error:
        reading.wrong(error.field, error.message)
        return None
    if occurred_at > now + AHEAD:
        reading.wrong("day", "That is in the future: enter when it happened")
    return occurred_at


def _details(reading: Reading, kind: Kind, occurred_at: datetime | None) -> dict[str, Any]:
    match kind:
        case Kind.LOCATED:
            located = {"place": reading.text("place"), "located_by": reading.text("told_by")}
            return {"located": _told(located)}
        case Kind.RETURNED:
            harm = [line.strip() for line in (reading.lines("harm") or "").split("\n") if line.strip()]
            returned = {"returned_to": reading.text("returned_to"), "harm": harm}
            return {"returned": _told(returned), **_told({"told_by": reading.text("told_by")})}
        case Kind.CANCELLED:
            return _told({"reason": reading.lines("reason"), "told_by": reading.text("told_by")})
        case _:
            return _missing(reading, kind, occurred_at)


def _missing(reading: Reading, kind: Kind, occurred_at: datetime | None) -> dict[str, Any]:
    missing = _told(
        {
            "category": _one_of(reading, "category", Category),
            "risk_level": _one_of(reading, "risk_level", RiskLevel),
            "missing_from": _one_of(reading, "missing_from", MissingFrom),
            "last_seen_place": reading.text("last_seen_place"),
            "reported_by": reading.text("told_by"),
            "circumstances": reading.lines("circumstances"),
        }
    )
    if kind is Kind.REPORTED and occurred_at is not None:
        missing["last_seen_at"] = occurred_at.isoformat()
    if not missing.keys() - {"reported_by"}:
        reading.wrong("circumstances", "Say what is new")
    return {"missing": missing}


def _one_of(reading: Reading, name: str, terms: type[Category | RiskLevel | MissingFrom]) -> str | None:
    value = reading.text(name)
    if value is not None and value not in set(terms):
        reading.wrong(name, "Choose one of the list")
    return value


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
