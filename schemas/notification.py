"""A police notification on the wire: one CloudEvents 1.0 event, structured JSON.

Only what the rules need is strict. A field that is null counts as lacking; unknown fields are kept with
the original and ignored here; a child is never turned away for a missing name or birth date.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from schemas.scalars import AuthorityCode, Day, Instant, Name
from schemas.words import Category, Conflict, Kind, MissingFrom, RiskLevel

TYPE_PREFIX = "uk.police.missing-child."
VERSION = 1
STAFF = "urn:authority:"
_OF_STAFF = ("concerns", "settled")
TYPES = {f"{TYPE_PREFIX}{kind}.v{VERSION}": kind for kind in Kind}


class Wire(BaseModel):
    """What every part of a message is: frozen, and deaf to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _empty_for_null(value: object) -> object:
    return {} if value is None else value


def _none_for_null_items(value: object) -> object:
    return [item for item in value if item is not None] if isinstance(value, list) else value


Text = Annotated[str, Field(strict=True)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_none_for_null_items)]


class Address(Wire):
    """Where somebody lives or was last seen."""

    lines: Texts | None = None
    postcode: Text | None = None


class ChildFacts(Wire):
    """What the sender says about who the child is; any of it may be lacking, empty or wrong."""

    family_name: Text | None = None
    given_names: Text | None = None
    also_known_as: Texts | None = None
    date_of_birth: Day | None = None
    sex: Text | None = None
    ethnicity: Text | None = None
    nhs_number: Text | None = None
    upn: Text | None = None
    authority_child_id: Name | None = None
    home_address: Address | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty_text(cls, told: Any) -> Any:
        """Count empty text as lacking: systems that export tables send it; nobody is turned away for it."""
        if not isinstance(told, Mapping):
            return told
        return {name: value for name, value in told.items() if value != ""}


class MissingFacts(Wire):
    """Facts of an absence. In a later message what it has replaces, what it lacks stays."""

    category: Category | None = None
    risk_level: RiskLevel | None = None
    missing_from: MissingFrom | None = None
    missing_from_address: Address | None = None
    last_seen_at: Instant | None = None
    last_seen_place: Text | None = None
    reported_by: Text | None = None
    circumstances: Text | None = None
    risk_factors: Texts | None = None


class LocatedFacts(Wire):
    """Where the child was found, and by whom."""

    place: Text | None = None
    located_by: Text | None = None


class ReturnedFacts(Wire):
    """Where the child came back to, and what harm is known."""

    returned_to: Text | None = None
    harm: Texts | None = None
    address: Address | None = None


class PreventionInterviewFacts(Wire):
    """The police's own check on return; not a return home interview."""

    held: bool | None = None
    summary: Text | None = None
    concerns: Texts | None = None


class Concerns(Wire):
    """The incident that a message of staff is about: the force and its own reference."""

    source: Name
    subject: Name


class SettledFacts(Wire):
    """What a screener looked at and found to be right as it is, and why."""

    reasons: tuple[Conflict, ...]
    why: Text | None = None


class NotificationData(Wire):
    """The event's data; which part beside the first three is told depends on the event's type."""

    authority: AuthorityCode
    occurred_at: Instant
    child: Annotated[ChildFacts, BeforeValidator(_empty_for_null)] = ChildFacts()
    missing: MissingFacts | None = None
    located: LocatedFacts | None = None
    returned: ReturnedFacts | None = None
    prevention_interview: PreventionInterviewFacts | None = None
    reason: Text | None = None
    concerns: Concerns | None = None
    settled: SettledFacts | None = None


def _known_type(value: object) -> object:
    if isinstance(value, str) and value in TYPES:
        return value
    raise ValueError(f"is not a type this service reads; it reads {', '.join(TYPES)}")


class Notification(Wire):
    """One message from a police force (or staff) about one missing child.

    `(source, id)` is its identity; `(source, subject)` is the force's reference, which with the child
    makes the incident. All instants are UTC.
    """

    specversion: Literal["1.0"]
    id: Name
    source: Annotated[Name, Field(pattern=r"^\S+$")]
    type: Annotated[str, BeforeValidator(_known_type)]
    subject: Name
    time: Instant
    data: NotificationData

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_staffs(cls, told: Any) -> Any:
        """Pass over what only staff may tell where a force tells it: a field not known is no fault."""
        if (
            not isinstance(told, Mapping)
            or not isinstance(told.get("data"), Mapping)
            or _is_staff(told.get("source"))
        ):
            return told
        return {**told, "data": {name: v for name, v in told["data"].items() if name not in _OF_STAFF}}

    @field_validator("type")
    @classmethod
    def _told_by_whom_it_may_be(cls, value: str, info: ValidationInfo) -> str:
        if TYPES[value] is Kind.SETTLED and not _is_staff(info.data.get("source", STAFF)):
            raise ValueError("is told by an authority's own staff only")
        return value

    @model_validator(mode="after")
    def _settles_something(self) -> "Notification":
        if self.kind is Kind.SETTLED and not (self.data.concerns and self.data.settled):
            raise ValueError("a settled message says in data.concerns and data.settled what it settles")
        return self

    @property
    def kind(self) -> Kind:
        return TYPES[self.type]


def staff_source(authority: str) -> str:
    """Return the `source` under which an authority's own staff record what they are told."""
    return f"{STAFF}{authority}"


def _is_staff(source: object) -> bool:
    return isinstance(source, str) and source.startswith(STAFF)
