"""Invented children of Nottingham, and short ways to say that a message is about one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.identity import identity_of
from domain.register import Identified, KnownChild, identify
from domain.telling import Reference, Telling
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts
from tests.unit.tellings import NP, reported

AUTHORITY = "E06000018"
AMARAS_NHS_NUMBER = "9434765919"
LEOS_NHS_NUMBER = "9434765870"
LEOS_UPN = "B801200005001"
ANOTHER_UPN = "J941220319001"


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


FIRST, SECOND, THIRD = (uuid5(NAMESPACE, f"child {number}") for number in (1, 2, 3))
AMARA_OF_THE_INDEX = also(AMARA, authority_child_id="C-100482", nhs_number=AMARAS_NHS_NUMBER)
LEO_OF_THE_INDEX = also(LEO, authority_child_id="C-100611", nhs_number=LEOS_NHS_NUMBER, upn=LEOS_UPN)


def confirmed(id_: UUID, facts: ChildFacts) -> KnownChild:
    return KnownChild(id_, identity_of(facts), provisional=False)


def provisional(id_: UUID, facts: ChildFacts) -> KnownChild:
    return KnownChild(id_, identity_of(facts), provisional=True)


def identified(
    *messages: Telling,
    known: Iterable[KnownChild] = (),
    linked: Mapping[Telling, UUID] | None = None,
) -> Identified:
    links = {message.key: child_id for message, child_id in (linked or {}).items()}
    return identify(AUTHORITY, [*(linked or {}), *messages], links, known, MatchingPolicy())
