"""The field's standard terms, as they stand on the wire."""

from enum import StrEnum


class Kind(StrEnum):
    """What a notification tells; the wire's `type` is `uk.police.missing-child.KIND.v1`."""

    REPORTED = "reported"
    UPDATED = "updated"
    LOCATED = "located"
    RETURNED = "returned"
    PREVENTION_INTERVIEW = "prevention-interview"
    CANCELLED = "cancelled"
    SETTLED = "settled"
    """Staff looked at what does not fit together; from the authority's own staff only."""


class Conflict(StrEnum):
    """Why what was told of an episode does not fit together."""

    RETURN_BEFORE_START = "return_before_start"
    RETURNS_DIFFER = "returns_differ"
    LOCATED_AFTER_END = "located_after_end"
    MISSING_AFTER_END = "missing_after_end"


class Category(StrEnum):
    """Whether nobody knows where the child is, or the child is away without leave."""

    MISSING = "missing"
    AWAY = "away_without_authorisation"


class RiskLevel(StrEnum):
    """The police's assessment; declared from lowest to highest."""

    NO_APPARENT_RISK = "no_apparent_risk"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return tuple(RiskLevel).index(self)


class MissingFrom(StrEnum):
    """The kind of place the child went missing from."""

    HOME = "home"
    FOSTER_CARE = "foster_care"
    CHILDRENS_HOME = "childrens_home"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    OTHER = "other"


class EpisodeStatus(StrEnum):
    """Where a missing episode stands."""

    OPEN = "open"
    LOCATED = "located"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """Where a return home interview stands."""

    DUE = "due"
    ALLOCATED = "allocated"
    OFFERED = "offered"
    ARRANGED = "arranged"
    HELD = "held"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"
    VOIDED = "voided"


class Mark(StrEnum):
    """Why a notification or an episode is shown to a screener, though it was applied."""

    NO_IDENTITY = "no_identity"
    NO_BIRTH_DATE = "no_birth_date"
    FUTURE_INSTANT = "future_instant"
    ADULT = "adult"
    BAD_NHS_NUMBER = "bad_nhs_number"
    BAD_UPN = "bad_upn"
    PROVISIONAL_CHILD = "provisional_child"


class VoidReason(StrEnum):
    """Why an interview was voided by the rules (people's own reasons are text)."""

    CANCELLED = "cancelled"
    MERGED = "merged"
    NO_CLOCK = "no_clock"
