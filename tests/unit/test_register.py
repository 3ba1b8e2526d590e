"""Which child each message is about: certain evidence links it, everything else is a person's decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

import pytest

from domain.continuity import NAMESPACE
from domain.identity import Identity, identity_of
from domain.register import Doubt, Identified, KnownChild, Question, identify
from domain.telling import MessageKey, Telling
from schemas.notification import ChildFacts
from tests.unit.children import AMARA, AMARAS_NHS_NUMBER, AUTHORITY, LEO, LEOS_NHS_NUMBER, LEOS_UPN
from tests.unit.children import about, also, child
from tests.unit.tellings import DC, NP, NP_NEXT

FIRST, SECOND, THIRD = (uuid5(NAMESPACE, f"child {number}") for number in (1, 2, 3))
AMARA_OF_THE_INDEX = also(AMARA, authority_child_id="C-100482", nhs_number=AMARAS_NHS_NUMBER)
LEO_OF_THE_INDEX = also(LEO, authority_child_id="C-100611", nhs_number=LEOS_NHS_NUMBER, upn=LEOS_UPN)


def confirmed(id_: UUID, facts: ChildFacts) -> KnownChild:
    return KnownChild(id_, identity_of(facts), provisional=False)


def provisional(id_: UUID, facts: ChildFacts) -> KnownChild:
    return KnownChild(id_, identity_of(facts), provisional=True)


def found(
    *messages: Telling,
    known: Iterable[KnownChild] = (),
    linked: Mapping[Telling, UUID] | None = None,
) -> Identified:
    links = {message.key: child_id for message, child_id in (linked or {}).items()}
    return identify(AUTHORITY, [*(linked or {}), *messages], links, known)


@dataclass(frozen=True)
class Only:
    """The answer where there is one message: its child, and what is asked about it."""

    child: KnownChild
    doubts: list[Doubt] = field(default_factory=list)


def only(message: Telling, *known: KnownChild) -> Only:
    answer = found(message, known=known)
    return Only(answer.children[answer.links[message.key]], [q.doubt for q in answer.questions])


def partition(answer: Identified) -> set[frozenset[str]]:
    """Return the ids of messages, by child."""
    ids: dict[UUID, set[str]] = {}
    for key, child_id in answer.links.items():
        ids.setdefault(child_id, set()).add(key.id)
    return set(map(frozenset, ids.values()))


def test_nobody_is_asked_about_nothing() -> None:
    assert found() == Identified({}, {}, {}, ())


def test_an_unknown_child_is_provisional_and_asked_about() -> None:
    answer = found(about(AMARA, "1"))
    ((id_, made),) = answer.children.items()
    assert made == provisional(id_, AMARA)
    assert answer.questions == (Question(Doubt.UNKNOWN_CHILD, id_, about(AMARA, "1").key),)


def test_the_same_message_always_makes_the_same_child() -> None:
    assert found(about(AMARA, "1")) == found(about(AMARA, "1"), about(AMARA, "1"))


def test_a_child_who_is_not_described_at_all_is_kept_too() -> None:
    assert only(about(ChildFacts(), "1")).doubts == [Doubt.UNKNOWN_CHILD]


# the authority's own id


def test_an_id_of_the_authority_that_is_not_known_makes_a_child_with_that_id() -> None:
    answer = only(about(child(authority_child_id="C-100482"), "1"))
    assert answer.child.identity == Identity(authority_child_id="C-100482")
    assert (answer.child.provisional, answer.doubts) == (False, [])


def test_that_child_is_the_same_whatever_message_made_it_known() -> None:
    told = [
        about(also(AMARA, authority_child_id="C-100482"), id_, ref).key for id_, ref in (("1", NP), ("2", DC))
    ]
    made = {
        only(about(also(AMARA, authority_child_id="C-100482"), key.id, ref)).child.id
        for key, ref in zip(told, (NP, DC), strict=True)
    }
    assert len(made) == 1


def test_a_provisional_child_whose_id_is_told_is_confirmed() -> None:
    first, second = about(AMARA, "1"), about(also(AMARA, authority_child_id="C-100482"), "2")
    answer = found(second, linked={first: FIRST}, known=[provisional(FIRST, AMARA)])
    assert set(answer.links.values()) == {FIRST}
    assert not answer.children[FIRST].provisional
    assert answer.questions == ()


# the reference


def test_a_message_under_a_reference_that_is_linked_is_about_the_same_child() -> None:
    first, second = about(AMARA, "1"), about(child(given_names="Amara"), "2")
    answer = found(second, linked={first: FIRST}, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links == {first.key: FIRST, second.key: FIRST}
    assert answer.questions == ()


def test_the_reference_comes_before_an_identifier() -> None:
    first, second = about(child(family_name="Okafor"), "1"), about(child(upn=LEOS_UPN), "2")
    known = [confirmed(FIRST, child(family_name="Okafor")), confirmed(SECOND, child(upn=LEOS_UPN))]
    answer = found(second, linked={first: FIRST}, known=known)
    assert answer.links[second.key] == FIRST
    assert answer.questions == (Question(Doubt.SEVERAL_CHILDREN, FIRST, second.key, (SECOND,)),)
    assert answer.children[FIRST].identity.upn is None


def test_the_reference_of_another_force_says_nothing() -> None:
    answer = found(about(child(given_names="Amara"), "1"), about(child(given_names="Amara"), "2", DC))
    assert len(set(answer.links.values())) == 2


def test_siblings_under_one_reference_are_two_children() -> None:
    answer = found(about(AMARA, "1"), about(LEO, "2"), about(child(given_names="Leo"), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2", "3"})}


def test_a_sibling_who_comes_later_is_not_the_one_who_is_linked() -> None:
    first, second = about(AMARA, "1"), about(LEO, "2")
    answer = found(second, linked={first: FIRST}, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
    assert answer.links[second.key] != FIRST
    assert [q.doubt for q in answer.questions] == [Doubt.UNKNOWN_CHILD]


def test_twins_under_one_reference_are_two_children() -> None:
    max_ = also(LEO, given_names="Max")
    answer = found(about(LEO, "1"), about(max_, "2"), about(also(max_, home_address=None), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2", "3"})}


def test_a_message_that_fits_both_siblings_stands_alone() -> None:
    answer = found(about(AMARA, "1"), about(LEO, "2"), about(child(family_name="Okafor"), "3"))
    assert partition(answer) == {frozenset({"1"}), frozenset({"2"}), frozenset({"3"})}


def test_what_stands_alone_does_not_make_others_fit_several() -> None:
    both = about(child(family_name="Okafor"), "0")
    answer = found(both, about(AMARA, "1"), about(LEO, "2"), about(child(given_names="Leo"), "3"))
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
    answer = found(message, known=[confirmed(FIRST, AMARA_OF_THE_INDEX)])
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
    answer = found(message, known=[leo, amara])
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


# absorbing


def test_a_provisional_child_is_absorbed_when_certain_evidence_joins_it() -> None:
    first, second = about(child(given_names="Amara"), "1"), about(child(nhs_number=AMARAS_NHS_NUMBER), "2")
    known = [provisional(FIRST, child(given_names="Amara")), confirmed(SECOND, AMARA_OF_THE_INDEX)]
    answer = found(second, linked={first: FIRST}, known=known)
    assert answer.links == {first.key: SECOND, second.key: SECOND}
    assert (answer.absorbed, set(answer.children)) == ({FIRST: SECOND}, {SECOND})
    assert answer.questions == ()


def test_of_two_provisional_children_one_absorbs_the_other() -> None:
    bridge = about(child(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    known = [
        provisional(FIRST, child(upn=LEOS_UPN)),
        provisional(SECOND, child(nhs_number=AMARAS_NHS_NUMBER)),
    ]
    answer = found(bridge, known=known)
    assert (answer.links, answer.absorbed) == ({bridge.key: SECOND}, {FIRST: SECOND})
    assert answer.children[SECOND].identity == Identity(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN)
    assert answer.questions == (Question(Doubt.UNKNOWN_CHILD, SECOND, bridge.key),)


def test_a_confirmed_child_is_never_absorbed() -> None:
    first, second = about(child(given_names="Amara"), "1"), about(child(nhs_number=AMARAS_NHS_NUMBER), "2")
    known = [
        confirmed(FIRST, child(given_names="Amara")),
        confirmed(SECOND, child(nhs_number=AMARAS_NHS_NUMBER)),
    ]
    answer = found(second, linked={first: FIRST}, known=known)
    assert (answer.absorbed, set(answer.children)) == ({}, {FIRST, SECOND})
    assert [q.doubt for q in answer.questions] == [Doubt.SEVERAL_CHILDREN]


def test_a_provisional_child_that_contradicts_is_not_absorbed_but_asked_about() -> None:
    bridge = about(child(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    amara = confirmed(FIRST, also(AMARA, nhs_number=AMARAS_NHS_NUMBER))
    leo = provisional(SECOND, also(LEO, upn=LEOS_UPN))
    answer = found(bridge, known=[amara, leo])
    assert (answer.links[bridge.key], answer.absorbed) == (FIRST, {})
    assert answer.questions == (Question(Doubt.SEVERAL_CHILDREN, FIRST, bridge.key, (SECOND,)),)


def test_children_who_turn_out_to_be_alike_are_joined() -> None:
    """The postcode completes what was known of the first; now it is the second."""
    first, second = about(also(AMARA, home_address=None), "1"), about(child(postcode="NG1 1AA"), "2")
    for one, other, stays in (
        (provisional, confirmed, SECOND),
        (confirmed, provisional, FIRST),
        (provisional, provisional, FIRST),
    ):
        known = [one(FIRST, also(AMARA, home_address=None)), other(SECOND, AMARA)]
        answer = found(second, linked={first: FIRST}, known=known)
        assert answer.links == {first.key: stays, second.key: stays}


def test_an_absorbed_childs_messages_find_the_one_who_absorbed_it() -> None:
    """The first message's child is absorbed under another reference, before its own is looked at again."""
    first, again = about(AMARA, "1", NP_NEXT), about(child(given_names="Amara"), "2", NP_NEXT)
    bridge = about(also(AMARA, nhs_number=AMARAS_NHS_NUMBER), "3", NP)
    known = [provisional(FIRST, AMARA), confirmed(SECOND, child(nhs_number=AMARAS_NHS_NUMBER))]
    answer = found(again, bridge, linked={first: FIRST}, known=known)
    assert set(answer.links.values()) == {SECOND}


def test_a_question_about_a_child_who_was_absorbed_is_about_the_one_who_absorbed_it() -> None:
    doubtful = about(also(AMARA, nhs_number=LEOS_NHS_NUMBER, home_address=None), "1", DC)
    complete = about(child(authority_child_id="C-100482", postcode="NG1 1AA"), "2", NP)
    known = [
        confirmed(FIRST, LEO_OF_THE_INDEX),
        confirmed(SECOND, also(AMARA, authority_child_id="C-100482")),
    ]
    linked = {about(also(AMARA, home_address=None), "0", DC): THIRD}
    answer = found(
        doubtful, complete, linked=linked, known=[*known, provisional(THIRD, child(born="2011-07-02"))]
    )
    assert {q.child_id for q in answer.questions} <= answer.children.keys()


def test_a_child_made_anew_never_gets_the_id_of_one_that_was_absorbed() -> None:
    """Two messages bring a birth date that parts the first from the child that absorbed it."""
    vague = about(child(given_names="Amara"), "1", NP_NEXT)
    made = only(vague).child
    bridge = about(child(given_names="Amara", nhs_number=AMARAS_NHS_NUMBER), "2", NP)
    told = about(child(given_names="Amara", born="2012-05-01"), "3", NP_NEXT)
    other = about(child(given_names="Amara"), "0", NP)
    answer = found(
        bridge,
        told,
        linked={other: made.id, vague: made.id},
        known=[made, confirmed(SECOND, AMARA_OF_THE_INDEX)],
    )
    assert answer.absorbed == {made.id: SECOND}
    assert answer.links[told.key] == answer.links[vague.key] not in (made.id, SECOND)


# batches


def test_every_message_is_linked_once() -> None:
    messages = [about(AMARA, "1"), about(LEO, "2"), about(ChildFacts(), "3"), about(AMARA, "4", DC)]
    assert found(*messages).links.keys() == {MessageKey(m.key.source, m.key.id) for m in messages}


def test_the_order_of_messages_and_children_does_not_matter() -> None:
    messages = [about(AMARA, "1"), about(also(LEO, upn=LEOS_UPN), "2"), about(child(upn=LEOS_UPN), "3", DC)]
    known = [confirmed(FIRST, AMARA_OF_THE_INDEX), provisional(SECOND, child(upn=LEOS_UPN))]
    assert found(*messages, known=known) == found(*reversed(messages), known=known[::-1])
