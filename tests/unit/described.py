"""Descriptions of children that are compared."""

from datetime import date
from typing import Any, Final

from domain.identity import Identity, identity_of
from domain.matching import Verdict, score, verdict
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts

POLICY: Final = MatchingPolicy()
SAME, PERHAPS, OTHER = Verdict.SAME, Verdict.PERHAPS, Verdict.OTHER
MOVED: Final[dict[str, Any]] = {"postcode": "NG3 4BX", "line": "4 Mill Road"}
NO_HOME: Final[dict[str, Any]] = {"postcode": None, "line": None}


def told(
    given: str | None = None,
    family: str | None = None,
    born: str | None = "2011-07-02",
    postcode: str | None = "NG7 1AA",
    *,
    line: str | None = "12 Church Lane",
    **more: Any,
) -> Identity:
    """Return a description, at 12 Church Lane unless told otherwise."""
    home = Address(lines=(line,) if line else None, postcode=postcode)
    day = date.fromisoformat(born) if born else None
    return identity_of(
        ChildFacts(given_names=given, family_name=family, date_of_birth=day, home_address=home, **more)
    )


def verdict_on(one: Identity, other: Identity) -> Verdict:
    return verdict(score(one, other, POLICY), POLICY)
