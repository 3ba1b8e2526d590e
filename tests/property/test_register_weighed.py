"""What is likely enough links a message to a child of the index, and the order of arrival decides nothing."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from domain.continuity import NAMESPACE
from domain.identity import identity_of
from domain.register import KnownChild
from domain.telling import MessageKey, Reference, Telling
from schemas.notification import Address, ChildFacts
from schemas.words import Kind
from tests.property.roll import Roll
from tests.property.test_register import batches

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
POLICE = "urn:police:nottinghamshire"
HOME = Address(lines=("12 Example Street",), postcode="NG1 1AA")
ELSEWHERE = Address(lines=("4 Mill Lane",), postcode="NG7 1AA")
BORN = date(2011, 2, 7)
CHILDREN: tuple[dict[str, Any], ...] = (
    {"authority_child_id": "C-1", "given_names": "Muhammad Ali", "family_name": "Hussain-Shah"}
    | {"date_of_birth": BORN, "home_address": HOME},
    {"authority_child_id": "C-2", "given_names": "Muhammad Hassan", "family_name": "Hussain-Shah"}
    | {"date_of_birth": BORN, "home_address": HOME},
    {"authority_child_id": "C-3", "given_names": "Katherine", "family_name": "Wójcik"}
    | {"date_of_birth": date(2012, 5, 1), "home_address": ELSEWHERE},
    {"authority_child_id": "C-4", "given_names": "Hassan", "family_name": "Ali"}
    | {"date_of_birth": BORN, "home_address": ELSEWHERE},
)
GIVEN = (
    "Muhammad Ali",
    "Mohammed Ali",
    "Mohamed",
    "Ali",
    "Hassan",
    "Katherine",
    "Katie",
    "Kathrine",
    "Katharine May",
)
FAMILY = ("Hussain-Shah", "Hussain", "Shah", "Ali", "Wojcik", "Wójcik", "Wojick", None)
DAYS = (BORN, date(2011, 7, 2), date(2012, 5, 1), date(2012, 1, 5), date(2012, 5, 11), None)
HOMES = (HOME, ELSEWHERE, Address(postcode="NG1 1AA"), Address(lines=("4 Mill Lane",)), None)
INDEX = tuple(
    KnownChild(uuid5(NAMESPACE, child["authority_child_id"]), identity, provisional=False, index=identity)
    for child in CHILDREN
    for identity in (identity_of(ChildFacts(**child)),)
)
descriptions = st.builds(
    ChildFacts,
    given_names=st.sampled_from(GIVEN),
    family_name=st.sampled_from(FAMILY),
    date_of_birth=st.sampled_from(DAYS),
    home_address=st.sampled_from(HOMES),
)


def messages(told: Iterable[ChildFacts]) -> list[Telling]:
    """Return a report of each, under a reference of its own: nothing but it and the index counts."""
    return [
        Telling(MessageKey(POLICE, str(no)), Reference(POLICE, str(no)), Kind.REPORTED, NOON, NOON, child)
        for no, child in enumerate(told)
    ]


@given(st.lists(descriptions, min_size=1, max_size=6), st.data())
def test_whom_a_message_by_itself_outweighs_it_is_of_in_any_order(
    told: list[ChildFacts], data: st.DataObject
) -> None:
    tellings = messages(told)
    known = {child.id for child in INDEX}
    once, roll = Roll(INDEX), Roll(INDEX)
    found = once.apply(tellings)
    for batch in data.draw(batches(tellings)):
        roll.apply(batch)
    for telling in tellings:
        mine, theirs = roll.owner(telling).id, once.owner(telling).id
        assert mine == theirs or (mine not in known and theirs not in known)
    assert all(found.links[key] in known for key in found.weighed)
