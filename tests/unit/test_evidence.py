"""How two descriptions of a child compare, field by field."""

from domain.evidence import Likeness, alike, compare
from domain.identity import identity_of
from tests.unit.children import AMARA, AMARA_OF_THE_INDEX, LEO, also, child


def test_each_field_is_the_same_or_different_or_lacks() -> None:
    compared = compare(identity_of(AMARA_OF_THE_INDEX), identity_of(LEO))
    assert compared["family_name"] is Likeness.SAME
    assert compared["date_of_birth"] is Likeness.DIFFERENT
    assert compared["nhs_number"] is Likeness.LACKING


def test_one_name_of_several_is_partly_the_same_and_so_is_what_the_child_is_called() -> None:
    for told in ("Grace", "Mari"):
        compared = compare(identity_of(child(given_names=told)), identity_of(AMARA))
        assert compared["given_names"] is Likeness.PARTLY
    assert compare(identity_of(LEO), identity_of(AMARA))["given_names"] is Likeness.DIFFERENT


def test_who_is_more_alike_comes_first() -> None:
    told = identity_of(also(AMARA, given_names="Grace"))
    assert alike(compare(told, identity_of(AMARA))) > alike(compare(told, identity_of(LEO)))
