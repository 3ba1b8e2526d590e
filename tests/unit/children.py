"""Invented children of Nottingham, and short ways to say that a message is about one of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.telling import Reference, Telling
from schemas.notification import Address, ChildFacts
from tests.unit.tellings import NP, reported

AUTHORITY = "E06000018"
AMARAS_NHS_NUMBER = "9434765919"
LEOS_NHS_NUMBER = "9434765870"
LEOS_UPN = "B801200005001"


def child(*, born: str | None = None, postcode: str | None = None, **facts: Any) -> ChildFacts:
    """Return a description of a child with just these facts."""
    return ChildFacts(
        date_of_birth=date.fromisoformat(born) if born else None,
        home_address=Address(postcode=postcode) if postcode else None,
        **facts,
    )


AMARA = child(
    family_name="Okafor",
    given_names="Amara Grace",
    also_known_as=("Mari",),
    born="2011-07-02",
    postcode="NG1 1AA",
)
LEO = child(family_name="Okafor", given_names="Leo", born="2013-01-17", postcode="NG1 1AA")


def also(facts: ChildFacts, **more: Any) -> ChildFacts:
    """Return a description with other or further facts."""
    return facts.model_copy(update=more)


def about(facts: ChildFacts, id: str, ref: Reference = NP, at: str = "2026-03-28 22:10") -> Telling:  # noqa: A002
    """Return a report about a child."""
    return replace(reported(at, ref=ref, id=id), child=facts)
