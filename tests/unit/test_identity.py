"""When two descriptions can be of one child, and when they cannot."""

import pytest

from domain.identity import Identity, agree, combine, identity_of, normalise
from schemas.notification import ChildFacts
from tests.unit.children import AMARA, AMARAS_NHS_NUMBER, LEO, LEOS_NHS_NUMBER, LEOS_UPN, also, child


def can_be_one(one: ChildFacts, other: ChildFacts) -> bool:
    """Return whether two descriptions agree, and that it does not matter which comes first."""
    answers = {agree(identity_of(one), identity_of(other)), agree(identity_of(other), identity_of(one))}
    (answer,) = answers
    return answer


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("O'Neill-Ďurič", "oneillduric"),
        ("O’NEILL DURIC", "oneillduric"),
        ("Zoë", "zoe"),
        ("Nguyễn", "nguyen"),
        ("Łukasz", "lukasz"),
        ("Yıldız", "yildiz"),
        ("İLKAY", "ilkay"),
        ("Søren Æbelø", "sorenaebelo"),
        ("Weiß", "weiss"),
        ("𝐀nna", "anna"),
        ("محمّد", "محمد"),
        ("Алёна", "алена"),
        ("NG1 1aa", "ng11aa"),
        ("- ", ""),
        (None, ""),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(written: str | None, meant: str) -> None:
    assert normalise(written) == meant


def test_names_that_differ_in_a_vowel_sign_stay_different() -> None:
    assert normalise("रीना") != normalise("राना")


def test_what_is_normalised_stays_as_it_is() -> None:
    letters = [chr(code) for code in range(0x3000) if chr(code).isprintable()]
    assert [c for c in letters if normalise(normalise(c)) != normalise(c)] == []


def test_an_identity_holds_what_can_be_compared() -> None:
    told = also(AMARA, nhs_number="943 476 5919", upn="A801200005001", authority_child_id=" C-100482 ")
    identity = identity_of(told)
    assert identity.identifiers == ("C-100482", "9434765919", None)
    assert (identity.given_names, identity.also_known_as) == (("amara", "grace"), frozenset({"mari"}))
    assert identity.name_key == "okafor|amaragrace|2011-07-02|ng11aa"


@pytest.mark.parametrize("lacking", ["family_name", "given_names", "date_of_birth", "home_address"])
def test_there_is_no_name_key_unless_all_of_it_is_told(lacking: str) -> None:
    assert identity_of(also(AMARA, **{lacking: None})).name_key is None


def test_nothing_told_can_be_anybody() -> None:
    assert identity_of(ChildFacts()) == Identity()
    assert can_be_one(ChildFacts(), AMARA)


def test_blank_identifiers_identify_nobody() -> None:
    blank = child(authority_child_id=" ", nhs_number=" ", upn="")
    assert identity_of(blank).identifiers == (None, None, None)


@pytest.mark.parametrize(
    "given_names",
    ["Amara", "Grace", "AMARA GRACE", "Amara-Grace", "Mari", "Ámara Joy", "Joy Amara", None],
)
def test_given_names_agree_when_one_that_the_child_is_called_by_is_the_others(given_names: str) -> None:
    assert can_be_one(AMARA, also(AMARA, given_names=given_names))


@pytest.mark.parametrize("given_names", ["Leo", "Joy", "Amarachi", "Joy Mari-Ann"])
def test_siblings_do_not_agree(given_names: str) -> None:
    assert not can_be_one(AMARA, also(AMARA, given_names=given_names, also_known_as=None))


def test_twins_with_a_common_middle_name_do_not_agree() -> None:
    assert not can_be_one(also(LEO, given_names="Leo James"), also(LEO, given_names="Max James"))


def test_two_children_known_by_one_name_beside_their_own_can_be_one() -> None:
    assert can_be_one(AMARA, also(AMARA, given_names="Joy"))  # both are known as Mari


def test_twins_do_not_agree_though_all_but_the_given_name_is_the_same() -> None:
    assert not can_be_one(LEO, also(LEO, given_names="Max"))


@pytest.mark.parametrize("family_name", ["Okafor-Bell", "Bell", "Ökafor", None])
def test_a_family_name_may_change_where_birth_date_and_given_names_are_told(family_name: str) -> None:
    assert can_be_one(AMARA, also(AMARA, family_name=family_name))


@pytest.mark.parametrize("lacking", ["date_of_birth", "given_names"])
def test_another_family_name_is_another_child_where_they_are_not(lacking: str) -> None:
    assert not can_be_one(AMARA, also(AMARA, family_name="Bell", **{lacking: None}))


def test_a_double_barrelled_name_may_be_written_with_a_space() -> None:
    hyphen, space = also(LEO, family_name="Okafor-Bell"), also(LEO, family_name="Okafor Bell")
    assert identity_of(hyphen) == identity_of(space)


@pytest.mark.parametrize(
    "identifier",
    [{"authority_child_id": "C-100482"}, {"nhs_number": AMARAS_NHS_NUMBER}, {"upn": LEOS_UPN}],
)
def test_with_a_common_identifier_names_may_differ(identifier: dict[str, str]) -> None:
    assert can_be_one(also(AMARA, **identifier), child(family_name="Bell", given_names="Joy", **identifier))


def test_another_birth_date_contradicts_a_common_identifier() -> None:
    known = also(AMARA, authority_child_id="C-100482")
    assert not can_be_one(known, child(authority_child_id="C-100482", born="2011-02-07"))


def test_one_identifier_that_differs_contradicts_another_that_is_common() -> None:
    one = child(authority_child_id="C-100482", nhs_number=AMARAS_NHS_NUMBER)
    assert not can_be_one(one, child(authority_child_id="C-100482", nhs_number=LEOS_NHS_NUMBER))


def test_a_number_with_a_wrong_check_digit_contradicts_nothing() -> None:
    known = also(AMARA, nhs_number=AMARAS_NHS_NUMBER)
    assert can_be_one(known, also(AMARA, nhs_number="9434765918"))


def test_combining_fills_what_is_lacking_and_gathers_names_known_by() -> None:
    first = identity_of(child(family_name="Okafor", also_known_as=("Mari",), nhs_number=AMARAS_NHS_NUMBER))
    second = identity_of(child(family_name="Bell", also_known_as=("Gracie",), born="2011-07-02"))
    combined = combine([first, second])
    assert (combined.family_name, combined.nhs_number) == ("okafor", AMARAS_NHS_NUMBER)
    assert (combined.date_of_birth, combined.also_known_as) == (
        second.date_of_birth,
        frozenset({"mari", "gracie"}),
    )


def test_combining_nothing_knows_nothing() -> None:
    assert combine([]) == Identity()
