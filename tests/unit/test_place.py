"""A place in a calendar tells nobody who the child is, however it is typed."""

import pytest

from domain.place import Known, tells
from schemas.notification import Address

SEAN = Known(
    names=("Seán", "O'Neill-Ďurič", "Sebastian"),
    addresses=(
        Address(lines=("The Beeches", "14 Elm Avenue", "Sneinton", "Nottingham"), postcode="NG2 4BT"),
        Address(lines=("Flat 208", "Maid Marian Way")),
    ),
    placements=("Foster care with the Adeyemi family", "Larchwood children's home"),
)


@pytest.mark.parametrize(
    "place",
    [
        "Seans house",
        "Sean's house",
        "Sean’s house",
        "at SEÁN's",
        "Sea\u0301n",
        "ONeill family home",
        "O'Neill family home",
        "O Neill family home",
        "the O’Neills’",
        "Duric's",
        "Durič cafe",
        "Seb's flat",
        "The beeches",
        "Beeches, garden",
        "14, Elm Ave",
        "208 Maid Marian Way",
        "NG24BT",
        "ng2 4bt, side door",
        "Adeyemis",
        "Larchwood",
        "Larchwoods",
        "Oneill/Duric",
    ],
)
def test_a_place_that_tells_who_the_child_is(place: str) -> None:
    assert tells(place, SEAN)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "Youth club, Sneinton",
        "Nottingham Central Library, room 14",
        "Family centre, Derby Road",
        "Children's home",
        "The Avenue Hall",
        "NG2 5AA",
        "-",
    ],
)
def test_a_place_that_tells_nobody(place: str) -> None:
    assert not tells(place, SEAN)


def test_a_name_of_two_letters_is_found_as_a_word_and_no_more() -> None:
    jo = Known(names=("Jo",))
    assert tells("Jo's flat", jo)
    assert tells("with Jo", jo)
    assert not tells("Jordan Hall", jo)


def test_a_name_that_is_a_common_word_is_a_name() -> None:
    assert tells("the Halls", Known(names=("Hall",)))
    assert not tells("car park", Known(names=("Parker", "Theodora")))


@pytest.mark.parametrize("known", [Known(), Known(names=("", "!")), Known(addresses=(Address(lines=()),))])
def test_of_a_child_of_whom_little_is_known_nothing_is_told(known: Known) -> None:
    assert not tells("The Limes", known)
