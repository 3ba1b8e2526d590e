"""Variants of one child are joined or put before a person; brothers and sisters are never joined."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from domain.identity import Identity
from domain.matching import Bar, Verdict, blocks, choose, levels_of, score, verdict
from schemas.matching_policy import FamilyName, Home, MatchingPolicy
from tests.unit.described import MOVED, NO_HOME, OTHER, PERHAPS, POLICY, SAME, told, verdict_on

VARIANTS = [
    ("the same", told("Amara Grace", "Okafor"), told("Amara Grace", "Okafor"), SAME),
    ("no middle name", told("Amara Grace", "Okafor"), told("Amara", "Okafor"), SAME),
    ("the middle name", told("Amara Grace", "Okafor"), told("Grace", "Okafor"), PERHAPS),
    ("a slip in a middle name", told("Amara Grace", "Okafor"), told("Amara Graec", "Okafor"), SAME),
    ("an initial for it", told("Amara Grace", "Okafor"), told("Amara G", "Okafor"), SAME),
    ("one name or two", told("Mary-Ann", "Doyle"), told("Mary Ann", "Doyle"), SAME),
    ("capitals and accents", told("Zoë", "Müller"), told("ZOE", "MULLER"), SAME),
    ("Polish letters", told("Łukasz", "Wiśniewski"), told("Lukasz", "Wisniewski"), SAME),
    ("a Polish daughter's ending", told("Zofia", "Wiśniewska"), told("Zofia", "Wisniewski"), SAME),
    ("an apostrophe", told("Niamh", "O'Neill"), told("Niamh", "ONeill"), SAME),
    ("known as", told("Oluwaseun", "Adeyemi"), told("Shay", "Adeyemi", also_known_as=("Oluwaseun",)), SAME),
    ("transliterated, Arabic", told("Mohammed Ali", "Hussain"), told("Muhammad Ali", "Husain"), SAME),
    ("transliterated, Somali", told("Caasha", "Warsame"), told("Aisha", "Warsame"), SAME),
    ("transliterated, Ukrainian", told("Oleksandr", "Ivanov"), told("Aleksandr", "Ivanov"), SAME),
    ("transliterated family name", told("Nadia", "Chowdhury"), told("Nadia", "Choudhury"), SAME),
    ("another spelling", told("Katherine", "Reid"), told("Catherine", "Reed"), SAME),
    ("short form", told("Benjamin", "Kent"), told("Ben", "Kent"), SAME),
    ("short form of several names", told("Alexander", "Kent"), told("Alex", "Kent"), PERHAPS),
    ("short form, and a further name", told("Alexander James", "Kent"), told("Alex James", "Kent"), SAME),
    ("short form of a spelling", told("Muhammed", "Iqbal"), told("Mo", "Iqbal"), SAME),
    ("short form, moved", told("Jessica", "Mistry"), told("Jess", "Mistry", **MOVED), SAME),
    ("swapped names", told("Leo", "Okafor"), told("Okafor", "Leo"), SAME),
    ("swapped names and another spelling", told("Mohammed", "Khan"), told("Khan", "Muhammad"), SAME),
    ("swapped names and a slip", told("Anthony", "Beazley"), told("Beazely", "Anthony"), PERHAPS),
    ("double name, first half", told("Freya", "Smith-Jones"), told("Freya", "Smith"), SAME),
    ("double name, second half", told("Freya", "Smith-Jones"), told("Freya", "Jones"), SAME),
    ("changed family name", told("Freya", "Smith"), told("Freya", "Kowalski"), SAME),
    ("slip in the family name", told("Callum", "Patterson"), told("Callum", "Pattreson"), SAME),
    ("slip in the first name", told("Callum", "Patterson"), told("Calulm", "Patterson"), PERHAPS),
    ("two slips", told("Benjamin", "Patterson"), told("Bejnamni", "Patterson"), PERHAPS),
    ("an initial", told("Callum", "Patterson"), told("C", "Patterson"), PERHAPS),
    ("no first name", told("Callum", "Patterson"), told(None, "Patterson"), PERHAPS),
    ("no family name", told("Callum", "Patterson"), told("Callum"), SAME),
    ("another first name", told("Callum", "Patterson"), told("Ash", "Patterson"), PERHAPS),
    ("day and month exchanged", told("Leo", "Kent"), told("Leo", "Kent", "2011-02-07"), SAME),
    ("a digit wrong in the day", told("Leo", "Kent"), told("Leo", "Kent", "2011-07-03"), SAME),
    ("a digit wrong in the year", told("Leo", "Kent"), told("Leo", "Kent", "2001-07-02"), SAME),
    ("digits exchanged", told("Leo", "Kent", "2011-07-13"), told("Leo", "Kent", "2011-07-31"), SAME),
    ("another month", told("Leo", "Kent"), told("Leo", "Kent", "2011-12-02"), PERHAPS),
    ("another birth date", told("Leo", "Kent"), told("Leo", "Kent", "2012-11-19"), PERHAPS),
    ("no birth date", told("Leo", "Kent"), told("Leo", "Kent", None), SAME),
    ("no postcode", told("Leo", "Kent"), told("Leo", "Kent", postcode=None), SAME),
    ("no address at all", told("Leo", "Kent"), told("Leo", "Kent", **NO_HOME), SAME),
    ("no line", told("Leo", "Kent"), told("Leo", "Kent", line=None), SAME),
    ("a slip in the postcode", told("Leo", "Kent"), told("Leo", "Kent", postcode="NG7 1AB"), SAME),
    ("moved", told("Leo", "Kent"), told("Leo", "Kent", **MOVED), SAME),
    (
        "moved within a district",
        told("Leo", "Kent"),
        told("Leo", "Kent", postcode="NG7 9ZX", line="1 A"),
        SAME,
    ),
]


@pytest.mark.parametrize(("what", "one", "other", "expected"), VARIANTS, ids=[each[0] for each in VARIANTS])
def test_a_variant_is_found_and_joined_or_put_before_a_person(
    what: str, one: Identity, other: Identity, expected: Verdict
) -> None:
    assert blocks(one) & blocks(other), what
    assert verdict_on(one, other) is expected


BROTHERS_AND_SISTERS = [
    (told("Amira", "Khan"), told("Amina", "Khan"), PERHAPS),
    (told("Jayden", "Cole"), told("Jaydon", "Cole"), PERHAPS),
    (told("Leo James", "Okafor"), told("Max James", "Okafor"), PERHAPS),
    (told("Noor Aisha", "Siddiqui"), told("Aisha", "Siddiqui"), PERHAPS),
    (told("Hannah Katherine", "Smith"), told("Smith", "Katy"), PERHAPS),
    (told("Taiwo", "Adeyemi"), told("Kehinde", "Adeyemi"), PERHAPS),
    (told("Mohammed Ali", "Khan"), told("Mohammed Hassan", "Khan"), PERHAPS),
    (told("Mohammed", "Khan"), told("Muhammad", "Khan", None), PERHAPS),
    (told("Ellie", "Cole"), told("Nell", "Cole"), PERHAPS),
    (told("Alexander", "Cole"), told("Alexandra", "Cole"), PERHAPS),
    (told("A", "Khan"), told("Amina", "Khan"), PERHAPS),
    (told("Amira", "Khan", also_known_as=("Mimi",)), told("Amina", "Khan", also_known_as=("Mina",)), PERHAPS),
    (told("Amara", "Okafor"), told("Leo", "Okafor", "2013-01-17"), OTHER),
    (told("Amara", "Okafor"), told("Amara", "Kowalski", "2014-09-21", **MOVED), OTHER),
]


@pytest.mark.parametrize(("one", "other", "expected"), BROTHERS_AND_SISTERS)
def test_brothers_and_sisters_are_never_joined(one: Identity, other: Identity, expected: Verdict) -> None:
    assert verdict_on(one, other) is expected
    assert verdict_on(other, one) is expected


def test_names_alone_join_nobody() -> None:
    one = told("Sara", "Piotrowski", None, **NO_HOME)
    assert Bar.NAMES_ALONE in score(one, told("Sara", "Piotrowski"), POLICY).bars


def test_twins_weigh_enough_and_are_barred_by_their_names() -> None:
    scored = score(told("Amira", "Khan"), told("Amina", "Khan"), POLICY)
    assert scored.weight > POLICY.same_from
    assert scored.bars == (Bar.GIVEN_NAMES,)


def test_an_identifier_joins_whose_first_names_differ() -> None:
    one, other = told("Callum", "Patterson"), told("Ash", "Patterson")
    assert verdict_on(replace(one, upn="X"), replace(other, upn="X")) is SAME


def test_different_identifiers_keep_apart_who_is_alike_in_all_else() -> None:
    one = told("Callum", "Patterson")
    scored = score(replace(one, nhs_number="1"), replace(one, nhs_number="2"), POLICY)
    assert scored.bars == (Bar.IDENTIFIER,)
    assert verdict(scored, POLICY) is PERHAPS


def test_each_field_is_explained_and_the_weights_add_up() -> None:
    scored = score(
        told("Alex", "Kent"), told("Alexander", "Kent-Shaw", "2011-02-07", None, line=None), POLICY
    )
    levels = [(each.field, each.level) for each in scored.fields]
    assert levels[:4] == [
        ("given_names", "variant"),
        ("family_name", "contained"),
        ("date_of_birth", "exchanged"),
        ("home", "lacking"),
    ]
    assert scored.weight == pytest.approx(sum(e.weight for e in scored.fields) - 12.36, abs=0.01)
    assert scored.probability == pytest.approx(1 / (1 + 2**-scored.weight))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("NG7 1AA", "12 Church Lane"), ("NG7 1AA", "12 Church Lane"), "same"),
        (("NG7 1AA", "12 Church Lane"), ("NG7 1AA", "14 Church Lane"), "postcode"),
        (("NG7 1AA", "12 Church Lane"), ("NG3 4BX", "12 Church Lane"), "different"),
        (("NG7 1AA", "12 Church Lane"), ("NG7 1AB", "12 Church Lane"), "address"),
        (("NG7 1AA", "12 Church Lane"), (None, "12 Church Lane"), "address"),
        (("NG7 1AA", None), ("NG7 1AB", None), "typing_error"),
        ((None, "12 Church Lane"), (None, "12 Chruch Lane"), "typing_error"),
        ((None, "12 Church Lane"), (None, "13 Church Lane"), "different"),
        (("NG7 1AA", None), ("NG7 9ZX", None), "area"),
        (("NG7 1AA", None), (None, "12 Church Lane"), "lacking"),
    ],
)
def test_homes_are_one_field(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], level: str
) -> None:
    mine, theirs = (told("Leo", "Kent", postcode=code, line=line) for code, line in (one, other))
    assert levels_of(mine, theirs)["home"] == level


def test_short_names_have_no_slips_and_short_parts_are_no_double_name() -> None:
    assert levels_of(told("Leo", "Li"), told("Leo", "Lu"))["family_name"] == "different"
    assert levels_of(told("Leo", "Lee"), told("Leo", "Leeds"))["family_name"] == "different"


def test_one_of_several_is_chosen_only_if_no_other_may_be_meant() -> None:
    amira, amina = told("Amira", "Khan"), told("Amina", "Khan")
    mo = told("Mo", "Khan")
    scores = {"amira": score(amira, amira, POLICY), "amina": score(amira, amina, POLICY)}
    assert choose(scores, POLICY).keys == ("amira",)
    twice = {"one": scores["amira"], "two": scores["amira"]}
    assert choose(twice, POLICY).verdict is PERHAPS
    rivals = {
        "muhammad": score(mo, told("Muhammad", "Khan"), POLICY),
        "moe": score(mo, told("M", "Khan"), POLICY),
    }
    assert choose(rivals, POLICY).keys == ("muhammad", "moe")
    assert (
        choose({"leo": score(amira, told("Leo", "Cole", "2015-01-30", **MOVED), POLICY)}, POLICY).keys == ()
    )


def test_keys_are_few_and_nothing_told_has_none() -> None:
    full = told("Alex Sam Charlie", "Kent", also_known_as=("Sandy", "Max"))
    assert len(blocks(full)) <= 7
    assert blocks(Identity()) == frozenset()
    assert blocks(told("Алекс", "Иванов"))


def test_a_policy_that_turns_evidence_round_is_refused() -> None:
    for wrong in (
        {"same_from": 1.0, "perhaps_from": 2.0},
        {"family_name": FamilyName().model_dump() | {"same": {"m": 0.01, "u": 0.5}}},
        {"home": Home().model_dump() | {"postcode": {"m": 0.9, "u": 1e-9}}},
    ):
        with pytest.raises(ValidationError):
            MatchingPolicy.model_validate(wrong)
