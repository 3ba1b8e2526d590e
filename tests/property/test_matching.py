"""What holds of matching whatever the descriptions are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.identity import Identity, identity_of
from domain.matching import Likelihood, Verdict, among, blocks, choose, likelihood, score, verdict
from domain.matching.akin import AKIN
from domain.matching.given import shared_alone
from domain.matching.short_forms import SHORT_FORMS
from domain.matching.spellings import SPELLINGS
from domain.matching.spoken import variants
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts
from tests.property.families import Twins, twins

POLICY = MatchingPolicy()
ROUNDING = 1e-9
BORN = st.dates(date(2008, 1, 1), date(2026, 12, 31))
SOME = (
    "amira",
    "amina",
    "leo",
    "alex",
    "alexander",
    "alexandra",
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
DAYS = (date(2011, 7, 2), date(2011, 2, 7), date(2011, 7, 3), date(2011, 1, 1), date(2012, 1, 1))
IDENTITIES = st.builds(
    Identity,
    nhs_number=NUMBERS,
    upn=NUMBERS,
    date_of_birth=st.none() | st.sampled_from(DAYS) | BORN,
    family_name=st.none() | NAMES,
    given_names=st.lists(NAMES, max_size=3).map(tuple),
    also_known_as=st.frozensets(NAMES, max_size=2),
    postcode=st.none() | st.sampled_from(("ng71aa", "ng71ab", "ng34bx")),
    address=st.none() | st.sampled_from(("12churchlane", "14churchlane", "12chruchlane")),
)
NAMED = IDENTITIES.filter(lambda identity: bool(identity.given_names))
AGREES: Mapping[str, Any] = {
    "nhs_number": "9",
    "date_of_birth": date(2011, 7, 2),
    "family_name": "okafor",
    "postcode": "ng71aa",
    "address": "1a",
}


@settings(max_examples=40)
@given(IDENTITIES, st.lists(IDENTITIES, max_size=7))
def test_very_likely_is_said_of_nobody_but_the_one_whom_the_rules_take(
    told: Identity, others: list[Identity]
) -> None:
    scores = dict(enumerate(score(told, each, POLICY) for each in (told, *others)))
    said = {key: likelihood(among(key, scores, POLICY), POLICY) for key in scores}
    taken = choose(scores, POLICY)
    chosen = set(taken.keys) if taken.verdict is Verdict.SAME else set()
    assert {key for key, each in said.items() if each is Likelihood.VERY_LIKELY} == chosen


@settings(max_examples=60)
@given(IDENTITIES, IDENTITIES)
def test_which_description_comes_first_does_not_matter(one: Identity, other: Identity) -> None:
    assert score(one, other, POLICY) == score(other, one, POLICY)


@settings(max_examples=60)
@given(IDENTITIES, IDENTITIES, st.sampled_from(sorted(AGREES)))
def test_what_agrees_as_well_never_lowers_the_weight(one: Identity, other: Identity, field: str) -> None:
    without, added = _both(one, other, field, None), _both(one, other, field, AGREES[field])
    assume(field != "family_name" or "okafor" not in (*one.given_names, *other.given_names))
    assert score(*added, POLICY).weight >= score(*without, POLICY).weight - ROUNDING


@settings(max_examples=60)
@given(NAMED, NAMED)
def test_a_further_name_that_both_have_never_lowers_the_weight(one: Identity, other: Identity) -> None:
    """But after a name that brothers share: Mohammed Oskar is less like Mohammed Ali Oskar than before."""
    assume(not shared_alone(one, other))
    mine, theirs = (replace(each, given_names=(*each.given_names, "oskar")) for each in (one, other))
    assert score(mine, theirs, POLICY).weight >= score(one, other, POLICY).weight - ROUNDING


@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3), NAMES, BORN)
def test_children_of_one_home_and_birth_date_with_other_names_are_never_joined(
    first: list[str], second: list[str], family: str, born: date
) -> None:
    assume(not any(variants(one, other) for one in first for other in second))
    assume("".join(first) != "".join(second))
    home: dict[str, Any] = {
        "date_of_birth": born,
        "family_name": family,
        "postcode": "ng71aa",
        "address": "1a",
    }
    pair = Identity(given_names=tuple(first), **home), Identity(given_names=tuple(second), **home)
    assert verdict(score(*pair, POLICY), POLICY) is not Verdict.SAME


@settings(max_examples=150)
@given(twins(), st.lists(IDENTITIES, max_size=3))
def test_what_is_told_of_one_twin_is_never_of_the_other(family: Twins, others: list[Identity]) -> None:
    candidates = {"twin": family.other} | {str(n): each for n, each in enumerate(others)}
    for index in (candidates, candidates | {"child": family.one}):
        chosen = choose({key: score(family.told, each, POLICY) for key, each in index.items()}, POLICY)
        assert chosen.verdict is not Verdict.SAME or chosen.keys != ("twin",)


@settings(max_examples=40)
@given(IDENTITIES, IDENTITIES)
def test_who_has_two_numbers_of_one_kind_is_never_joined(one: Identity, other: Identity) -> None:
    apart = replace(one, upn="1"), replace(other, upn="2")
    assert verdict(score(*apart, POLICY), POLICY) is not Verdict.SAME


@settings(max_examples=60)
@given(IDENTITIES, st.lists(IDENTITIES, max_size=4))
def test_nobody_is_chosen_who_is_not_the_same_and_alone(one: Identity, others: list[Identity]) -> None:
    scores = {place: score(one, other, POLICY) for place, other in enumerate(others)}
    chosen = choose(scores, POLICY)
    same = tuple(key for key, each in scores.items() if verdict(each, POLICY) is Verdict.SAME)
    if chosen.verdict is Verdict.SAME:
        assert chosen.keys == same
        assert not scores[same[0]].bars
        assert scores[same[0]].weight == max(each.weight for each in scores.values())


@given(NAMES, NAMES, BORN)
def test_what_is_written_otherwise_has_the_same_keys(name: str, family: str, born: date) -> None:
    def facts(given: str, family: str, code: str) -> ChildFacts:
        home = Address(postcode=code, lines=("12 Church Lane",))
        return ChildFacts(given_names=given, family_name=family, date_of_birth=born, home_address=home)

    plain, loud = facts(name, family, "NG7 1AA"), facts(f" {name.upper()}", f"{family.title()}-", "ng71aa")
    assert blocks(identity_of(plain)) == blocks(identity_of(loud))
    assert len(blocks(identity_of(plain))) <= 12


def test_forms_of_one_name_share_a_key_where_nothing_else_is_told() -> None:
    for forms in map(str.split, (*SPELLINGS, *SHORT_FORMS, *AKIN)):
        for one, other in product(forms, forms):
            mine = blocks(Identity(given_names=(one, "oskar", "grace"), family_name="kent"))
            assert mine & blocks(Identity(given_names=(other,), family_name="kent")), (one, other)
            assert mine & blocks(Identity(also_known_as=frozenset({other}), family_name="kent")), (one, other)


def _both(one: Identity, other: Identity, field: str, value: Any) -> tuple[Identity, Identity]:
    told: dict[str, Any] = {field: value}
    return replace(one, **told), replace(other, **told)
