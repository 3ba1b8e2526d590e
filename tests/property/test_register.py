"""Whose a message is does not depend on what came first, where what is told fits one child only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.continuity import NAMESPACE
from domain.identity import agree, identity_of
from domain.register import KnownChild, identify
from domain.telling import MessageKey, Reference, Telling
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts
from schemas.words import Kind
from tests.property.roll import AUTHORITY, Roll, identifiers_owned

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
POLICE = "urn:police:nottinghamshire"
NG1, NG7 = Address(postcode="NG1 1AA"), Address(postcode="NG7 1AA")
TWINS_BORN = date(2011, 7, 2)
CHILDREN: tuple[dict[str, Any], ...] = (
    {"nhs_number": "9434765919", "upn": "B801200005001", "authority_child_id": "C-1"}
    | {"given_names": "Leo James", "family_name": "Okafor", "date_of_birth": TWINS_BORN, "home_address": NG1},
    {"nhs_number": "9434765870", "upn": "Q801200005002", "authority_child_id": "C-2"}
    | {"given_names": "Max James", "family_name": "Okafor", "date_of_birth": TWINS_BORN, "home_address": NG1},
    {"nhs_number": "4010232137", "upn": "E801200005003", "authority_child_id": "C-3"}
    | {
        "given_names": "Zofia",
        "family_name": "Nowak",
        "date_of_birth": date(2012, 5, 1),
        "home_address": NG7,
    },
)
FACTS = tuple(CHILDREN[0])
INDEX = tuple(
    KnownChild(uuid5(NAMESPACE, child["given_names"]), identity, provisional=False, index=identity)
    for child in CHILDREN
    for identity in (identity_of(ChildFacts(**child)),)
)
POLICY = MatchingPolicy()
FEWER = settings(max_examples=settings().max_examples // 3)
About = tuple[dict[str, Any], Telling]
"""A message with the child whom it is truly about."""


def _about(number: int, child: dict[str, Any], subject: str, told: Iterable[str]) -> About:
    facts = ChildFacts(**{fact: child[fact] for fact in told})
    key = MessageKey(POLICE, f"{number:02}")
    return child, Telling(key, Reference(POLICE, subject), Kind.REPORTED, NOON, NOON, facts)


@st.composite
def messages_of_siblings(draw: st.DrawFn) -> list[About]:
    """Return messages of up to three children; any reference may tell of several, any fact may lack."""
    everything = 2 ** len(FACTS)
    drawn = draw(st.lists(st.integers(0, 3 * 3 * everything - 1), min_size=1, max_size=7))
    return [
        _about(
            number,
            CHILDREN[bits // everything % 3],
            f"NP-26-{bits // everything // 3}",
            [fact for place, fact in enumerate(FACTS) if bits >> place & 1],
        )
        for number, bits in enumerate(drawn)
    ]


def distinct(messages: Sequence[About]) -> list[Telling]:
    """Return the messages, each under a reference where it fits no message about another child."""
    tellings = []
    for child, telling in messages:
        fits = any(
            child is not other and agree(identity_of(telling.child), identity_of(theirs.child))
            for other, theirs in messages
            if theirs.reference == telling.reference
        )
        own = Reference(POLICE, f"{telling.reference.subject} {child['given_names']}")
        tellings.append(replace(telling, reference=own) if fits else telling)
    return tellings


indexes = st.integers(0, 7).map(lambda bits: [c for place, c in enumerate(INDEX) if bits >> place & 1])


@st.composite
def batches(draw: st.DrawFn, tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Return the messages in another order, in some batches, some of them more than once."""
    shuffled = draw(st.permutations(tellings))
    cuts = sorted(draw(st.sets(st.integers(1, len(shuffled)))) | {len(shuffled)})
    parts = [list(shuffled[a:b]) for a, b in zip([0, *cuts], cuts, strict=False)]
    return [*parts, draw(st.sampled_from(parts))]


@given(messages_of_siblings(), indexes, st.data())
def test_any_order_and_batches_give_the_same_children(
    messages: list[About], index: list[KnownChild], data: st.DataObject
) -> None:
    tellings = distinct(messages)
    once, roll = Roll(index), Roll(index)
    once.apply(tellings)
    for batch in data.draw(batches(tellings)):
        roll.apply(batch)
    assert roll.partition == once.partition
    for telling in tellings:
        mine, theirs = roll.owner(telling), once.owner(telling)
        assert (mine.identity, mine.provisional) == (theirs.identity, theirs.provisional)
    truth = {telling.key: child["given_names"] for child, telling in messages}
    assert all(len({truth[key] for key in keys}) == 1 for keys in roll.partition)


MIXED = [
    dict(zip(FACTS, facts, strict=True)) for facts in product(*zip(*map(dict.values, CHILDREN), strict=True))
]


@FEWER
@given(st.lists(st.tuples(st.sampled_from(MIXED), st.integers(0, 2**9 - 1)), max_size=7), indexes, st.data())
def test_whatever_is_told_each_message_is_of_one_child_and_each_identifier_too(
    told: list[tuple[dict[str, Any], int]], index: list[KnownChild], data: st.DataObject
) -> None:
    """Here the messages mix up the children: another's number, a wrong birth date, a name mistaken."""
    messages = [
        _about(n, child, f"NP-26-{bits >> 7}", [f for place, f in enumerate(FACTS) if bits >> place & 1])[1]
        for n, (child, bits) in enumerate(told)
    ]
    roll = Roll(index)
    for batch in data.draw(batches(messages)) if messages else []:
        found = roll.apply(batch)
        assert max(identifiers_owned(roll.children.values()).values(), default=0) <= 1
        assert found.absorbed.keys().isdisjoint(child.id for child in index)
        assert {q.child_id for q in found.questions} <= found.children.keys()
        assert {one for q in found.questions for one in q.others} <= found.children.keys()
    assert Counter(roll.links.keys()) == Counter(message.key for message in messages)
    assert set(roll.links.values()) <= roll.children.keys()
    born = {(roll.links[m.key], m.child.date_of_birth) for m in messages if m.child.date_of_birth}
    assert len(born) == len({child_id for child_id, _ in born})
    assert {child.id for child in index} <= roll.children.keys()


@FEWER
@given(messages_of_siblings(), indexes, st.data())
def test_one_batch_in_any_order_gives_the_same_answer(
    messages: list[About], index: list[KnownChild], data: st.DataObject
) -> None:
    tellings = [telling for _, telling in messages]
    shuffled = data.draw(st.permutations(tellings))
    assert identify(AUTHORITY, shuffled, {}, index, POLICY) == identify(
        AUTHORITY, tellings, {}, index, POLICY
    )
