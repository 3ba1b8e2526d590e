"""Which child each message is about: certain evidence links it, everything else is a person's decision."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest

from domain.identity import Identity, identity_of
from domain.register import Doubt, Identified, KnownChild, Question, new_child_id
from domain.telling import MessageKey, Telling
from schemas.notification import ChildFacts
from tests.unit.children import (
    AMARA,
    AMARA_OF_THE_INDEX,
    AMARAS_NHS_NUMBER,
    AUTHORITY,
    FIRST,
    LEO,
    LEO_OF_THE_INDEX,
    LEOS_NHS_NUMBER,
    LEOS_UPN,
    SECOND,
    about,
    also,
    child,
    confirmed,
    identified,
    provisional,
)
from tests.unit.tellings import DC, NP


@dataclass(frozen=True)
class Only:
    """The answer where there is one message: its child, and what is asked about it."""

    child: KnownChild
    doubts: list[Doubt] = field(default_factory=list)


def only(message: Telling, *known: KnownChild) -> Only:
    answer = identified(message, known=known)
    return Only(answer.children[answer.links[message.key]], [q.doubt for q in answer.questions])


def partition(answer: Identified) -> set[frozenset[str]]:
    """Return the ids of messages, by child."""
    ids: dict[UUID, set[str]] = {}
    for key, child_id in answer.links.items():
        ids.setdefault(child_id, set()).add(key.id)
    return set(map(frozenset, ids.values()))


def test_nobody_is_asked_about_nothing() -> None:
    assert identified() == Identified({}, {}, {}, ())


def test_an_unknown_child_is_provisional_and_asked_about() -> None:
    answer = identified(about(AMARA, "1"))
    ((id_, made),) = answer.children.items()
    assert made == provisional(id_, AMARA)
    assert answer.questions == (Question(Doubt.UNKNOWN_CHILD, id_, about(AMARA, "1").key),)


def test_the_same_message_always_makes_the_same_child() -> None:
    assert identified(about(AMARA, "1")) == identified(about(AMARA, "1"), about(AMARA, "1"))


def test_a_child_who_is_not_described_at_all_is_kept_too() -> None:
    assert only(about(ChildFacts(), "1")).doubts == [Doubt.UNKNOWN_CHILD]


# the authority's own id


def test_an_id_of_the_authority_that_is_not_known_makes_a_child_with_that_id() -> None:
    answer = only(about(child(authority_child_id="C-100482"), "1"))
    assert answer.child.identity == Identity(authority_child_id="C-100482")
    assert (answer.child.provisional, answer.doubts) == (False, [])


def test_that_child_is_the_same_whatever_message_made_it_known() -> None:
    told = also(AMARA, authority_child_id="C-100482")
    assert only(about(told, "1", NP)).child == only(about(told, "2", DC)).child


def test_a_provisional_child_whose_id_is_told_is_confirmed() -> None:
    first, second = about(AMARA, "1"), about(also(AMARA, authority_child_id="C-100482"), "2")
    answer = identified(second, linked={first: FIRST}, known=[provisional(FIRST, AMARA)])
    assert set(answer.links.values()) == {FIRST}
    assert not answer.children[FIRST].provisional
    assert answer.questions == ()


# the reference


def test_a_message_under_a_reference_that_is_linked_is_about_the_same_child() -> None:
    first, second = about(AMARA, "1"), about(child(given_names="Amara"), "2")
    answer = identified(second, linked={first: FIRST}, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links == {first.key: FIRST, second.key: FIRST}
    assert answer.questions == ()


def test_the_reference_comes_before_an_identifier() -> None:
    first, second = about(child(family_name="Okafor"), "1"), about(child(upn=LEOS_UPN), "2")
    known = [confirmed(FIRST, child(family_name="Okafor")), confirmed(SECOND, child(upn=LEOS_UPN))]
    answer = identified(second, linked={first: FIRST}, known=known)
    assert answer.links[second.key] == FIRST
    assert answer.questions == (Question(Doubt.SEVERAL_CHILDREN, FIRST, second.key, (SECOND,)),)
    assert answer.children[FIRST].identity.upn is None


def test_the_reference_of_another_force_says_nothing() -> None:
    answer = identified(about(child(given_names="Amara"), "1"), about(child(given_names="Amara"), "2", DC))
    assert len(set(answer.links.values())) == 2


def test_siblings_under_one_reference_are_two_children() -> None:
    answer = identified(about(AMARA, "1"), about(LEO, "2"), about(child(given_names="Leo"), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2", "3"})}


def test_a_sibling_who_comes_later_is_not_the_one_who_is_linked() -> None:
    first, second = about(AMARA, "1"), about(LEO, "2")
    answer = identified(second, linked={first: FIRST}, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links[second.key] != FIRST
    assert [q.doubt for q in answer.questions] == [Doubt.UNKNOWN_CHILD]


def test_twins_under_one_reference_are_two_children() -> None:
    max_ = also(LEO, given_names="Max")
    answer = identified(about(LEO, "1"), about(max_, "2"), about(also(max_, home_address=None), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2", "3"})}


def test_a_message_that_fits_both_siblings_stands_alone() -> None:
    answer = identified(about(AMARA, "1"), about(LEO, "2"), about(child(family_name="Okafor"), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2"}), frozenset({"3"})}


def test_what_stands_alone_does_not_make_others_fit_several() -> None:
    both = about(child(family_name="Okafor"), "0")
    answer = identified(both, about(AMARA, "1"), about(LEO, "2"), about(child(given_names="Leo"), "3"))
    assert frozenset({"2", "3"}) in partition(answer)


# identifiers


@pytest.mark.parametrize(
    "identifier", [{"authority_child_id": "C-100611"}, {"nhs_number": "943 476 5870"}, {"upn": LEOS_UPN}]
)
def test_an_exact_identifier_links(identifier: dict[str, str]) -> None:
    answer = only(about(child(**identifier), "1"), confirmed(FIRST, LEO_OF_THE_INDEX))
    assert (answer.child, answer.doubts) == (confirmed(FIRST, LEO_OF_THE_INDEX), [])


def test_an_identifier_links_though_the_family_name_changed() -> None:
    married = also(AMARA, family_name="Bell", nhs_number=AMARAS_NHS_NUMBER)
    assert only(about(married, "1"), confirmed(FIRST, AMARA_OF_THE_INDEX)).child.id == FIRST


def test_a_birth_date_that_contradicts_an_identifier_leaves_it_to_a_person() -> None:
    message = about(also(LEO, nhs_number=AMARAS_NHS_NUMBER), "1")
    answer = identified(message, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    id_ = answer.links[message.key]
    assert answer.children[id_] == provisional(id_, LEO)  # without Amara's number
    assert answer.children[FIRST] == confirmed(FIRST, AMARA_OF_THE_INDEX)
    assert answer.questions == (
        Question(Doubt.UNKNOWN_CHILD, id_, message.key),
        Question(Doubt.CONTRADICTED, id_, message.key, (FIRST,)),
    )


def test_a_birth_date_that_contradicts_the_authoritys_own_id_makes_no_second_child_with_it() -> None:
    message = about(child(authority_child_id="C-100482", born="2011-02-07"), "1")
    answer = only(message, confirmed(FIRST, AMARA_OF_THE_INDEX))
    assert (answer.child.provisional, answer.child.identity.authority_child_id) == (True, None)
    assert answer.doubts == [Doubt.UNKNOWN_CHILD, Doubt.CONTRADICTED]


def test_identifiers_of_two_confirmed_children_ask_which() -> None:
    message = about(child(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    amara, leo = confirmed(FIRST, child(nhs_number=AMARAS_NHS_NUMBER)), confirmed(SECOND, child(upn=LEOS_UPN))
    answer = identified(message, known=[leo, amara])
    assert answer.children == {FIRST: amara, SECOND: leo}
    assert answer.questions == (Question(Doubt.SEVERAL_CHILDREN, FIRST, message.key, (SECOND,)),)


def test_a_number_with_a_wrong_check_digit_links_nobody() -> None:
    bad = child(nhs_number="9434765918")
    assert only(about(bad, "1"), confirmed(FIRST, AMARA)).child.identity == Identity()


def test_what_a_message_adds_is_learnt() -> None:
    message = about(also(AMARA, nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    answer = only(message, confirmed(FIRST, child(nhs_number=AMARAS_NHS_NUMBER)))
    assert answer.child.identity == identity_of(also(AMARA, nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN))


# name, birth date and postcode


def test_the_same_name_birth_date_and_postcode_link() -> None:
    told = also(AMARA, given_names="AMARA-GRACE", family_name="Ökafor")
    answer = only(about(told, "1"), confirmed(FIRST, AMARA_OF_THE_INDEX))
    assert (answer.child.id, answer.doubts) == (FIRST, [])


@pytest.mark.parametrize("lacking", ["given_names", "date_of_birth", "home_address"])
def test_less_than_that_is_not_certain(lacking: str) -> None:
    answer = only(about(also(AMARA, **{lacking: None}), "1"), confirmed(FIRST, AMARA_OF_THE_INDEX))
    assert answer.child.id != FIRST
    assert answer.doubts == [Doubt.UNKNOWN_CHILD]


def test_of_two_children_alike_nobody_is_chosen() -> None:
    known = [
        confirmed(FIRST, also(AMARA, authority_child_id="C-1")),
        confirmed(SECOND, also(AMARA, authority_child_id="C-2")),
    ]
    answer = only(about(AMARA, "1"), *known)
    assert answer.child.id not in (FIRST, SECOND)
    assert answer.doubts == [Doubt.UNKNOWN_CHILD]


def test_an_identifier_decides_between_two_children_alike() -> None:
    known = [
        confirmed(FIRST, also(AMARA, authority_child_id="C-1")),
        confirmed(SECOND, also(AMARA, authority_child_id="C-2")),
    ]
    assert only(about(also(AMARA, authority_child_id="C-2"), "1"), *known).child.id == SECOND


def test_two_provisional_children_alike_who_contradict_each_other_are_not_chosen() -> None:
    known = [
        provisional(FIRST, also(AMARA, nhs_number=AMARAS_NHS_NUMBER)),
        provisional(SECOND, also(AMARA, nhs_number=LEOS_NHS_NUMBER)),
    ]
    assert only(about(AMARA, "1"), *known).child.id not in (FIRST, SECOND)


def test_a_child_alike_with_another_identifier_is_somebody_else() -> None:
    message = about(also(AMARA, nhs_number=LEOS_NHS_NUMBER), "1")
    assert only(message, confirmed(FIRST, AMARA_OF_THE_INDEX)).child.id != FIRST


# batches


def test_every_message_is_linked_once() -> None:
    messages = [about(AMARA, "1"), about(LEO, "2"), about(ChildFacts(), "3"), about(AMARA, "4", DC)]
    assert identified(*messages).links.keys() == {MessageKey(m.key.source, m.key.id) for m in messages}


def test_the_order_of_messages_and_children_does_not_matter() -> None:
    messages = [about(AMARA, "1"), about(also(LEO, upn=LEOS_UPN), "2"), about(child(upn=LEOS_UPN), "3", DC)]
    known = [confirmed(FIRST, AMARA_OF_THE_INDEX), provisional(SECOND, child(upn=LEOS_UPN))]
    assert identified(*messages, known=known) == identified(*reversed(messages), known=known[::-1])


def test_a_new_id_is_never_one_that_is_taken() -> None:
    first = new_child_id(AUTHORITY, "C-100482", ())
    second = new_child_id(AUTHORITY, "C-100482", {first})
    assert new_child_id(AUTHORITY, "C-100482", {first, second}) not in (first, second)


# who a description under one reference is of


def test_a_sibling_of_whom_only_a_number_is_told_does_not_draw_the_other_away() -> None:
    """Nothing that the two messages tell differs; what is known of the first does."""
    first, second = (
        about(child(authority_child_id="C-100482"), "1"),
        about(child(nhs_number=LEOS_NHS_NUMBER), "2"),
    )
    answer = identified(first, second, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links[first.key] == FIRST
    assert answer.links[second.key] != FIRST


def test_one_wrong_birth_date_does_not_draw_the_other_messages_away() -> None:
    first = about(child(authority_child_id="C-100482"), "1")
    mistyped = about(child(given_names="Amara", born="2011-07-20"), "2")
    answer = identified(first, mistyped, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links[first.key] == FIRST
    assert answer.links[mistyped.key] != FIRST
