"""What holds of matching whatever the descriptions are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.identity import Identity, identity_of
from domain.matching import Verdict, blocks, choose, score, verdict
from domain.matching.spoken import variants
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts

POLICY = MatchingPolicy()
BORN = st.dates(date(2008, 1, 1), date(2026, 12, 31))
SOME = (
    "amira",
    "amina",
    "leo",
    "alex",
    "alexander",
    "mohammed",
    "muhammad",
    "khan",
    "smithjones",
    "smith",
    "李",
    "a",
)
NAMES = st.sampled_from(SOME) | st.text("aeimnr", min_size=1, max_size=8)
NUMBERS = st.none() | st.sampled_from(("1", "2"))
IDENTITIES = st.builds(
    Identity,
    nhs_number=NUMBERS,
    upn=NUMBERS,
    date_of_birth=st.none() | st.sampled_from((date(2011, 7, 2), date(2011, 2, 7), date(2011, 7, 3))) | BORN,
    family_name=st.none() | NAMES,
    given_names=st.just(()) | st.tuples(NAMES) | st.tuples(NAMES, NAMES),
    also_known_as=st.just(frozenset[str]()) | st.frozensets(NAMES, max_size=1),
    postcode=st.none() | st.sampled_from(("ng71aa", "ng71ab", "ng34bx")),
    address=st.none() | st.sampled_from(("12churchlane", "14churchlane", "12chruchlane")),
)
FULL: Mapping[str, Any] = {
    "nhs_number": "9",
    "date_of_birth": date(2011, 7, 2),
    "family_name": "okafor",
    "postcode": "ng71aa",
}


@settings(max_examples=40)
@given(IDENTITIES, IDENTITIES)
def test_which_description_comes_first_does_not_matter(one: Identity, other: Identity) -> None:
    assert score(one, other, POLICY) == score(other, one, POLICY)


@settings(max_examples=40)
@given(IDENTITIES, IDENTITIES, st.sampled_from(sorted(FULL)))
def test_what_agrees_as_well_never_lowers_the_weight(one: Identity, other: Identity, field: str) -> None:
    without, added = _both(one, other, field, None), _both(one, other, field, FULL[field])
    assume(field != "family_name" or "okafor" not in (*one.given_names, *other.given_names))
    assert score(*added, POLICY).weight >= score(*without, POLICY).weight


@given(NAMES, NAMES, NAMES, BORN)
def test_children_of_one_home_and_birth_date_with_two_names_are_never_joined(
    first: str, second: str, family: str, born: date
) -> None:
    assume(first != second and not variants(first, second))
    home: dict[str, Any] = {
        "date_of_birth": born,
        "family_name": family,
        "postcode": "ng71aa",
        "address": "1a",
    }
    twins = Identity(given_names=(first,), **home), Identity(given_names=(second,), **home)
    assert verdict(score(*twins, POLICY), POLICY) is not Verdict.SAME


@settings(max_examples=40)
@given(IDENTITIES, IDENTITIES)
def test_who_has_two_numbers_of_one_kind_is_never_joined(one: Identity, other: Identity) -> None:
    apart = replace(one, upn="1"), replace(other, upn="2")
    assert verdict(score(*apart, POLICY), POLICY) is not Verdict.SAME


@settings(max_examples=40)
@given(IDENTITIES, st.lists(IDENTITIES, max_size=3))
def test_nobody_is_chosen_who_is_not_the_same_and_alone(one: Identity, others: list[Identity]) -> None:
    scores = {place: score(one, other, POLICY) for place, other in enumerate(others)}
    chosen = choose(scores, POLICY)
    same = tuple(key for key, each in scores.items() if verdict(each, POLICY) is Verdict.SAME)
    assert chosen.verdict is not Verdict.SAME or chosen.keys == same


@given(NAMES, NAMES, BORN)
def test_what_is_written_otherwise_has_the_same_keys(name: str, family: str, born: date) -> None:
    def facts(given: str, family: str, code: str) -> ChildFacts:
        home = Address(postcode=code, lines=("12 Church Lane",))
        return ChildFacts(given_names=given, family_name=family, date_of_birth=born, home_address=home)

    plain, loud = facts(name, family, "NG7 1AA"), facts(f" {name.upper()}", f"{family.title()}-", "ng71aa")
    assert blocks(identity_of(plain)) == blocks(identity_of(loud))
    assert len(blocks(identity_of(plain))) <= 12


def _both(one: Identity, other: Identity, field: str, value: Any) -> tuple[Identity, Identity]:
    told: dict[str, Any] = {field: value}
    return replace(one, **told), replace(other, **told)
