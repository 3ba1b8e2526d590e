"""Two children who are alike in nearly all are never joined: of one home, or of a home for many."""

from dataclasses import replace
from typing import Any

import pytest

from domain.identity import Identity
from domain.matching import Bar, Score, choose, levels_of, score
from tests.unit.described import MOVED, NO_HOME, OTHER, PERHAPS, POLICY, SAME, told, verdict_on

NEW_YEAR = "2009-01-01"
ALEX: dict[str, Any] = {"also_known_as": ("Alex",)}
TWINS = [
    ("Alexander", ALEX, "Alexandra", ALEX),
    ("Alexander", {}, "Alexandra", ALEX),
    ("Alexander", ALEX, "Alexandra", {"also_known_as": ("Sasha",)}),
    ("Alex", {"also_known_as": ("Alexander",)}, "Alexandra", ALEX),
    ("Alex", {"also_known_as": ("Alexander",)}, "Alex", {"also_known_as": ("Alexandra",)}),
    ("Samuel", {"also_known_as": ("Sam",)}, "Samantha", {"also_known_as": ("Sam",)}),
    ("Mohammed", {"also_known_as": ("Ali",)}, "Mohammed", {"also_known_as": ("Hassan",)}),
    ("Mohammed Hassan", {}, "Muhammad Hasnain", {}),
    ("Mohammed Ali", {}, "Mohammed Hassan Ali", {}),
    ("Mohammed A", {}, "Mohammed Ahsan", {}),
    ("Syed Mohammed Ali", {}, "Syed Mohammed Hassan", {}),
    ("Nur Fatima", {}, "Nur Aisha", {}),
    ("Sara", {}, "Sarah", {}),
    ("John", {}, "Jonathan", {}),
    ("Jon", {}, "John", {}),
    ("Noah", {}, "Noa", {}),
    ("Amelia", {}, "Millie", {}),
    ("Emily", {}, "Millie", {}),
    ("William", {}, "Liam", {}),
    ("Leslie", {}, "Lesley", {}),
    ("Gabriella", {}, "Gabrielle", {}),
    ("Mohamed", {}, "Mohamud", {}),
    ("Alexandra", {}, "Alex", {}),
    ("Alexandra Rose", {}, "Alex", {}),
    ("Mohammed Christopher", {}, "Mohammed Chris", {}),
    ("Isabella", {}, "Izzy", {}),
    (None, ALEX, "Alexander", {}),
]
ONE_CHILD = [
    ("Katherine", {}, "Kate", {}),
    ("Alexandra", ALEX, "Alex", {}),
    ("Mohammed", {"also_known_as": ("Mo",)}, "Muhammad Ali", {"also_known_as": ("Mo",)}),
    ("Muhammad Ali", {}, "Mohammed", {"also_known_as": ("Ali",)}),
    ("Mohammed Ali", {}, "Md Ali", {}),
    ("Abdul Rahman", {}, "Abdulrahman", {}),
    ("Alexandra Rose", {}, "Alex Rose", {}),
    ("Charlie", {}, "Charlie", {}),
    (None, {"also_known_as": ("Ben",)}, "Benjamin", {}),
    (None, ALEX, None, ALEX),
    ("Rosemary", {"also_known_as": ("Rosie",)}, "Rose", {"also_known_as": ("Rosie",)}),
]


@pytest.mark.parametrize(("first", "more", "second", "also"), TWINS)
def test_twins_whose_names_are_alike_are_put_before_a_person(
    first: str, more: dict[str, Any], second: str, also: dict[str, Any]
) -> None:
    one, other = told(first, "Cole", **more), told(second, "Cole", **also)
    assert verdict_on(one, other) is verdict_on(other, one) is PERHAPS
    assert choose({"twin": score(one, other, POLICY)}, POLICY).verdict is PERHAPS


@pytest.mark.parametrize(("first", "more", "second", "also"), TWINS)
def test_twins_written_down_as_born_on_the_first_of_january_are_not_joined(
    first: str, more: dict[str, Any], second: str, also: dict[str, Any]
) -> None:
    """Where little more than the home agrees they are two children, each of whom is asked about anyway."""
    one, other = told(first, "Cole", NEW_YEAR, **more), told(second, "Cole", NEW_YEAR, **also)
    assert verdict_on(one, other) is verdict_on(other, one) in {PERHAPS, OTHER}
    assert choose({"twin": score(one, other, POLICY)}, POLICY).verdict in {PERHAPS, OTHER}


@pytest.mark.parametrize(("first", "more", "second", "also"), ONE_CHILD)
def test_what_one_child_is_called_is_joined(
    first: str | None, more: dict[str, Any], second: str | None, also: dict[str, Any]
) -> None:
    one, other = told(first, "Cole", **more), told(second, "Cole", **also)
    assert verdict_on(one, other) is verdict_on(other, one) is SAME


def test_a_short_form_is_no_surer_for_standing_in_the_wrong_place() -> None:
    one, other = told("Cole", "Alex"), told("Alexandra", "Cole")
    assert score(one, other, POLICY).bars == score(other, one, POLICY).bars == (Bar.SHORT_FORM,)
    assert verdict_on(replace(one, upn="X"), replace(other, upn="X")) is SAME


@pytest.mark.parametrize("born", [None, "2011-02-07", "2011-07-03", NEW_YEAR])
def test_swapped_names_need_the_same_birth_date(born: str | None) -> None:
    """Cousins of one home may be Ali Hassan and Hassan Ali; twins have one father, and so one family name."""
    first, second = told("Ali", "Hassan", born or NEW_YEAR), told("Hassan", "Ali", born)
    assert verdict_on(told("Ali", "Hassan"), told("Hassan", "Ali")) is SAME
    assert verdict_on(told("Ali", "Hassan"), second) is not SAME
    assert born != NEW_YEAR or verdict_on(first, second) is PERHAPS


def test_swapped_names_whose_further_names_differ_are_put_before_a_person() -> None:
    assert verdict_on(told("Ali Omar", "Hassan"), told("Hassan Yusuf", "Ali")) is PERHAPS


def test_a_namesake_with_the_same_line_in_another_town_is_not_joined() -> None:
    here, there = {"postcode": "NG3 1AA", "line": "80 Green Lane"}, {"line": "80 Green Lane"}
    told_of = told("Brown", "Olivia", None, **here)
    assert verdict_on(told_of, told("Olivia Holly", "Brown", "2010-02-16", "NG21 2BQ", **there)) is not SAME
    assert (
        verdict_on(told("Brown", "Olivia", None, None, **there), told("Olivia", "Brown", **here)) is PERHAPS
    )


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [(NEW_YEAR, NEW_YEAR, "year"), (NEW_YEAR, "2010-01-01", "partly"), (NEW_YEAR, "2009-06-14", "different")],
)
def test_the_first_of_january_says_the_year_alone(first: str, second: str, level: str) -> None:
    one, other = told("Leo", "Kent", first), told("Leo", "Kent", second)
    assert levels_of(one, other)["date_of_birth"] == level


def test_the_first_of_january_joins_whose_name_and_home_are_the_same_and_not_by_name_alone() -> None:
    one = told("Awet", "Tesfay", NEW_YEAR)
    assert verdict_on(one, one) is SAME
    assert score(one, told("Awet", "Tesfay", NEW_YEAR, **NO_HOME), POLICY).bars == (Bar.NAMES_ALONE,)
    assert verdict_on(one, told("Awet", "Tesfay", NEW_YEAR, **MOVED)) is not SAME
    mohammed = told("Mohammed", "Ali", NEW_YEAR)
    assert score(mohammed, mohammed, POLICY).bars == (Bar.SHARED_NAME,)


def at_a_home(one: Identity, *others: Identity) -> dict[int, Score]:
    """Return what a description weighs with those whom a home for many children has."""
    return {place: score(one, other, POLICY) for place, other in enumerate(others)}


HOUSEMATES = (
    told("Yonas", "Haile", "2008-03-04"),
    told("Sami", "Noori", "2009-09-09"),
    told("Freya", "Patterson", "2010-11-23"),
    told("Callum", "Doyle", "2012-05-17"),
)


def test_a_home_for_many_children_is_no_evidence_of_who_it_is() -> None:
    namesake = told("Ahmed", "Ali", NEW_YEAR)
    alone, among = at_a_home(namesake, namesake), at_a_home(namesake, namesake, *HOUSEMATES)
    assert choose(alone, POLICY).verdict is SAME
    assert choose(among, POLICY).keys == (0,)
    assert choose(among, POLICY).verdict is PERHAPS


def test_there_names_and_birth_date_decide() -> None:
    leo = told("Leo", "Kent")
    assert choose(at_a_home(leo, leo, *HOUSEMATES), POLICY).verdict is SAME
    assert choose(at_a_home(replace(leo, date_of_birth=None), leo, *HOUSEMATES), POLICY).verdict is PERHAPS
    changed = replace(leo, family_name="kowalski")
    assert choose(at_a_home(changed, leo, *HOUSEMATES), POLICY).verdict is PERHAPS


def test_who_has_come_there_from_elsewhere_is_known_by_names_and_birth_date() -> None:
    leo = told("Leo", "Kent")
    assert choose(at_a_home(leo, told("Leo", "Kent", **MOVED), *HOUSEMATES), POLICY).verdict is SAME


def test_there_a_number_decides_as_well() -> None:
    leo = replace(told("Leo", "Kent", None), upn="X")
    assert choose(at_a_home(leo, leo, *HOUSEMATES), POLICY).verdict is SAME


def test_nobody_is_chosen_while_another_who_is_barred_weighs_more() -> None:
    amira, amina = told("Amira", "Khan"), told("Amina", "Khan")
    namesake = told("Amira", "Khan", **MOVED)
    assert choose({1: score(amira, namesake, POLICY)}, POLICY).verdict is SAME
    both = {1: score(amira, namesake, POLICY), 2: score(amira, amina, POLICY)}
    assert choose(both, POLICY).keys == (2, 1)
    assert choose(both, POLICY).verdict is PERHAPS


def test_a_sister_who_is_born_on_another_day_is_another() -> None:
    assert verdict_on(told("Amara", "Okafor", NEW_YEAR), told("Zofia", "Okafor", "2012-01-01")) is OTHER


def test_a_name_that_many_have_does_not_tell_in_part_that_somebody_has_moved() -> None:
    """A child whom the index has not may be born on the same day."""
    fatima, sana = told("Fatima", "Aziz"), told("Fatima Sana", "Aziz", **MOVED)
    born = ("2009-02-03", "2010-04-05", "2012-06-07", "2013-08-09", "2014-10-11")
    namesakes = [told("Fatima", "Aziz", day, "NG9 9ZZ", line=None) for day in born]
    assert choose(at_a_home(fatima, sana), POLICY).verdict is SAME
    assert choose(at_a_home(fatima, sana, *namesakes[:4]), POLICY).verdict is SAME
    assert choose(at_a_home(fatima, sana, *namesakes), POLICY).verdict is OTHER
    numbered = at_a_home(replace(fatima, upn="X"), replace(sana, upn="X"), *namesakes)
    assert choose(numbered, POLICY).verdict is SAME
    in_full = told("Fatima Sana", "Aziz")
    assert choose(at_a_home(in_full, sana, *namesakes), POLICY).verdict is SAME


def test_a_first_name_that_brothers_share_is_not_enough_where_the_other_has_more() -> None:
    mohammed, ali = told("Mohammed", "Khan"), told("Mohammed Ali", "Khan")
    assert score(mohammed, ali, POLICY).bars == (Bar.SHARED_NAME,)
    assert verdict_on(mohammed, ali) is PERHAPS
    assert verdict_on(mohammed, mohammed) is SAME
