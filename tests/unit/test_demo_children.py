"""The demonstration's children: invented, but such as an English city has them."""

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from stdnum.gb import nhs, upn

from casework.index_rows import read_index
from cli.demo.children import CHILDREN, children, write_csv
from cli.demo.families import INDEX_ON, Families
from schemas.words import MissingFrom


def rows(path: Path) -> list[dict[str, str]]:
    write_csv(path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_makes_the_same_children() -> None:
    assert [Families(18).family(n) for n in range(5)] == [Families(18).family(n) for n in range(5)]


def test_there_are_a_few_hundred_of_whom_about_half_are_in_care() -> None:
    assert len(children()) == CHILDREN
    assert 0.4 < sum(child.in_care for child in children()) / CHILDREN < 0.6


def test_every_number_that_is_there_has_its_check_digit_and_is_of_one_child() -> None:
    nhs_numbers = [child.nhs_number for child in children() if child.nhs_number]
    pupil_numbers = [child.upn for child in children() if child.upn]
    assert all(map(nhs.is_valid, nhs_numbers))
    assert all(map(upn.is_valid, pupil_numbers))
    assert len(set(nhs_numbers)) == len(nhs_numbers)
    assert len(set(pupil_numbers)) == len(pupil_numbers)


def test_most_have_an_nhs_number_and_a_pupil_number_but_not_all() -> None:
    assert 0.8 < sum(child.nhs_number is not None for child in children()) / CHILDREN < 1
    assert 0.8 < sum(child.upn is not None for child in children()) / CHILDREN < 1


def test_an_nhs_number_is_of_the_range_that_no_patient_has() -> None:
    assert {child.nhs_number[:3] for child in children() if child.nhs_number} == {"999"}


def test_no_two_children_have_the_same_name_and_birth_date() -> None:
    who = Counter((c.family_name, c.given_names, c.date_of_birth) for c in children())
    assert who.most_common(1)[0][1] == 1


def test_there_are_brothers_and_sisters_and_exactly_one_pair_of_twins() -> None:
    sizes = Counter(Counter(child.family for child in children()).values())
    births = Counter((child.family, child.date_of_birth) for child in children())
    assert sizes[2] > 20
    assert [number for number in births.values() if number > 1] == [2]


@pytest.mark.parametrize("sign", ["'", "-", "ł", "ễ", "ď", "ọ", "ê", "á"])
def test_names_are_spelt_as_their_families_spell_them(sign: str) -> None:
    assert any(sign in f"{child.family_name} {child.given_names}".casefold() for child in children())


def test_they_live_in_nottingham() -> None:
    districts = {int(child.lives.postcode.split()[0].removeprefix("NG")) for child in children()}
    assert districts <= set(range(1, 17))
    assert len(districts) > 12


def test_nobody_younger_than_sixteen_is_placed_in_supported_accommodation() -> None:
    placed = [
        (care.from_on - child.date_of_birth).days / 365.25
        for child in children()
        for care in child.care
        if care.place.kind is MissingFrom.SUPPORTED_ACCOMMODATION
    ]
    assert placed
    assert min(placed) > 15.9


def test_a_care_history_has_no_gap_and_goes_on() -> None:
    for child in children():
        assert not child.care or child.care[-1].to_on is None
        assert all(one.to_on and (two.from_on - one.to_on).days == 1 for one, two in pairwise(child.care))
        assert all(care.from_on < INDEX_ON for care in child.care)


def test_the_index_has_a_row_for_each_period_of_care(tmp_path: Path) -> None:
    written = Counter(row["authority_child_id"] for row in rows(tmp_path / "children.csv"))
    expected = {child.authority_child_id: max(1, len(child.care)) for child in children()}
    assert written == expected


def test_the_index_gives_legal_status_placement_and_social_worker_with_their_days(tmp_path: Path) -> None:
    in_care = [row for row in rows(tmp_path / "children.csv") if row["legal_status"].startswith(("C", "V2"))]
    assert {"C1 interim care order", "C2 full care order"} <= {row["legal_status"] for row in in_care}
    assert all(row["placement"] and row["social_worker"] and row["from_on"] for row in in_care)


def test_the_product_reads_the_index_without_a_complaint(tmp_path: Path) -> None:
    path = tmp_path / "children.csv"
    write_csv(path)
    with path.open(encoding="utf-8", newline="") as lines:
        index = read_index(lines)
    assert len(index.children) == CHILDREN
    assert (list(index.problems), list(index.notes)) == ([], [])
