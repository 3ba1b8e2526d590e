"""The field's terms as people read them. What is new here stands as it came, without its underscores."""

from collections.abc import Mapping
from typing import Any

KINDS = {
    "reported": "Reported missing",
    "updated": "New information",
    "located": "Found",
    "returned": "Returned",
    "prevention-interview": "Prevention interview by the police",
    "cancelled": "Cancelled",
    "settled": "Times settled by staff",
}
KIND_CHOICES = {
    "reported": "A child is missing",
    "updated": "Something new about a missing child",
    "located": "A missing child was found, and is not home yet",
    "returned": "A child is back at home or in care",
    "cancelled": "A report was recorded in error",
}
STATUSES = {
    "open": "Missing",
    "located": "Found, not yet home",
    "returned": "Returned",
    "cancelled": "Recorded in error",
}
CATEGORIES = {"missing": "Missing", "away_without_authorisation": "Away without authorisation"}
RISKS = {"no_apparent_risk": "No apparent risk", "low": "Low", "medium": "Medium", "high": "High"}
RISK_COLOURS = {"high": "red", "medium": "orange", "low": "yellow", "no_apparent_risk": "grey"}
PLACES = {
    "home": "Home",
    "foster_care": "Foster care",
    "childrens_home": "Children’s home",
    "supported_accommodation": "Supported accommodation",
    "hospital": "Hospital",
    "school": "School",
    "other": "Somewhere else",
}
STAGES = {
    "due": "Not allocated",
    "allocated": "Allocated",
    "offered": "Offered",
    "arranged": "Arranged",
    "held": "Held",
    "submitted": "Record submitted",
    "approved": "Approved",
    "declined": "Declined",
    "not_possible": "Not possible",
    "voided": "No longer needed",
}
MARKS = {
    "no_identity": "no name or number",
    "no_birth_date": "no date of birth",
    "future_instant": "a time in the future",
    "adult": "18 or over",
    "bad_nhs_number": "NHS number is wrong",
    "bad_upn": "pupil number is wrong",
    "provisional_child": "child not confirmed",
}
CONFLICTS = {
    "return_before_start": "a return was told as before the child went missing",
    "returns_differ": "returns were told that are more than an hour apart",
    "located_after_end": "the child was told as found more than an hour after the return",
    "missing_after_end": "the child was told as missing more than an hour after the return",
}
REASONS = {
    "cancelled": "the report was cancelled",
    "merged": "it is held with another interview",
    "no_clock": "nothing tells any more that the child is back",
}
CHANGES = {
    "due": "Interview became due",
    "clock-changed": "Deadline worked out again",
    "followed": "Interview moved with its incident",
    "voided": "Interview no longer needed",
    "reopened": "Interview needed again",
    "allocated": "Given to an interviewer",
    "reallocated": "Given to another interviewer",
    "attempted": "Tried to offer, and reached nobody",
    "offered": "Offered",
    "arranged": "Time and place agreed",
    "held": "Held",
    "submitted": "Record handed to the manager",
    "sent-back": "Record sent back to be mended",
    "approved": "Record approved",
    "declined": "Declined",
    "not-possible": "Recorded as not possible",
    "struck": "Taken off the list by a person",
    "reinstated": "Put back on the list by a person",
    "covers": "Its conversation covers another interview",
    "covered": "Covered by another interview’s conversation",
    "uncovered": "No longer covered by another conversation",
    "imported": "Imported from the former system",
}
PURPOSES = {
    "interview": "Their interview was given to this person",
    "managing": "Manages the child’s interviews",
    "screening": "Decides who the child is, or what was told",
    "recording": "Records what was told of the child",
    "covering": "I stand in for a colleague",
    "preparing": "I prepare a visit or a meeting about the child",
    "safeguarding": "A safeguarding enquiry concerns the child",
    "complaint": "A complaint, or a request to see what is held",
    "other": "Something else",
    "break_glass": "The child is restricted, and I have to see the record all the same",
}
PURPOSES_TOLD = {
    "interview": "The child’s interview was given to them",
    "managing": "Manages the child’s interviews",
    "screening": "Decides who the child is, or what was told",
    "recording": "Records what was told of the child",
    "covering": "Stood in for a colleague",
    "preparing": "Prepared a visit or a meeting",
    "safeguarding": "A safeguarding enquiry",
    "complaint": "A complaint, or a request to see what is held",
    "other": "Something else",
    "break_glass": "The record is restricted, and they opened it all the same",
}
DUTIES = {
    "worker": "Worker",
    "manager": "Manager",
    "screener": "Screener",
    "auditor": "Auditor",
    "administrator": "Administrator",
}
WAYS = {
    "http": "sent by",
    "file": "read from a file by",
    "mail": "sent by e-mail from",
    "staff": "recorded here by",
    "inbox": "accepted from",
}

UNKNOWN_NAME = "Name not known"


def term(value: object, terms: Mapping[str, str]) -> str:
    """Return a value's term; a value without one as it came, readable."""
    text = "" if value is None else str(value)
    return terms.get(text) or sentence(text if " " in text else text.replace("_", " "))


def sentence(text: str) -> str:
    """Return text as the beginning of a sentence; what follows stays as it is."""
    return text[:1].upper() + text[1:]


def full_name(facts: Mapping[str, Any]) -> str:
    """Return a child's name, given names first."""
    parts = (facts.get("given_names"), facts.get("family_name"))
    return " ".join(str(part).strip() for part in parts if part) or UNKNOWN_NAME


def force(source: str) -> str:
    """Return who sends under a source: `urn:police:nottinghamshire` is `Nottinghamshire Police`."""
    kind, _, name = source.removeprefix("urn:").partition(":")
    if kind == "police":
        return f"{name.replace('-', ' ').title()} Police"
    return "Staff of this authority" if kind == "authority" else source
