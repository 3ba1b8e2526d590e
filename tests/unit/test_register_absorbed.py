"""A provisional child is a placeholder: certain evidence joins it to another, with all its messages."""

from domain.identity import Identity
from domain.register import Doubt, Question
from tests.unit.children import (
    AMARA,
    AMARA_OF_THE_INDEX,
    AMARAS_NHS_NUMBER,
    ANOTHER_UPN,
    FIRST,
    LEO,
    LEO_OF_THE_INDEX,
    LEOS_NHS_NUMBER,
    LEOS_UPN,
    SECOND,
    THIRD,
    about,
    also,
    child,
    confirmed,
    identified,
    provisional,
)
from tests.unit.tellings import DC, NP, NP_NEXT


def test_a_provisional_child_is_absorbed_when_certain_evidence_joins_it() -> None:
    first, second = about(child(given_names="Amara"), "1"), about(child(nhs_number=AMARAS_NHS_NUMBER), "2")
    known = [provisional(FIRST, child(given_names="Amara")), confirmed(SECOND, AMARA_OF_THE_INDEX)]
    answer = identified(second, linked={first: FIRST}, known=known)
    assert answer.links == {first.key: SECOND, second.key: SECOND}
    assert (answer.absorbed, set(answer.children)) == ({FIRST: SECOND}, {SECOND})
    assert answer.questions == ()


def test_of_two_provisional_children_one_absorbs_the_other() -> None:
    bridge = about(child(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    known = [
        provisional(FIRST, child(upn=LEOS_UPN)),
        provisional(SECOND, child(nhs_number=AMARAS_NHS_NUMBER)),
    ]
    answer = identified(bridge, known=known)
    assert (answer.links, answer.absorbed) == ({bridge.key: SECOND}, {FIRST: SECOND})
    assert answer.children[SECOND].identity == Identity(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN)
    assert answer.questions == (Question(Doubt.UNKNOWN_CHILD, SECOND, bridge.key),)


def test_a_confirmed_child_is_never_absorbed() -> None:
    first, second = about(child(given_names="Amara"), "1"), about(child(nhs_number=AMARAS_NHS_NUMBER), "2")
    known = [
        confirmed(FIRST, child(given_names="Amara")),
        confirmed(SECOND, child(nhs_number=AMARAS_NHS_NUMBER)),
    ]
    answer = identified(second, linked={first: FIRST}, known=known)
    assert (answer.absorbed, set(answer.children)) == ({}, {FIRST, SECOND})
    assert [q.doubt for q in answer.questions] == [Doubt.SEVERAL_CHILDREN]


def test_a_provisional_child_that_contradicts_is_not_absorbed_but_asked_about() -> None:
    bridge = about(child(nhs_number=AMARAS_NHS_NUMBER, upn=LEOS_UPN), "1")
    amara = confirmed(FIRST, also(AMARA, nhs_number=AMARAS_NHS_NUMBER))
    leo = provisional(SECOND, also(LEO, upn=LEOS_UPN))
    answer = identified(bridge, known=[amara, leo])
    assert (answer.links[bridge.key], answer.absorbed) == (FIRST, {})
    assert answer.questions == (Question(Doubt.SEVERAL_CHILDREN, FIRST, bridge.key, (SECOND,)),)


def test_children_who_turn_out_to_be_alike_are_joined() -> None:
    """The postcode completes what was known of the first; now it is the second."""
    first, second = about(child(given_names="Amara"), "1"), about(child(postcode="NG1 1AA"), "2")
    for one, other, stays in (
        (provisional, confirmed, SECOND),
        (confirmed, provisional, FIRST),
        (provisional, provisional, FIRST),
    ):
        known = [one(FIRST, also(AMARA, home_address=None)), other(SECOND, AMARA)]
        answer = identified(second, linked={first: FIRST}, known=known)
        assert answer.links == {first.key: stays, second.key: stays}


def test_an_absorbed_childs_messages_find_the_one_who_absorbed_it() -> None:
    """The first message's child is absorbed under another reference, before its own is looked at again."""
    first, again = about(AMARA, "1", NP_NEXT), about(child(given_names="Amara"), "2", NP_NEXT)
    bridge = about(also(AMARA, nhs_number=AMARAS_NHS_NUMBER), "3", NP)
    known = [provisional(FIRST, AMARA), confirmed(SECOND, child(nhs_number=AMARAS_NHS_NUMBER))]
    answer = identified(again, bridge, linked={first: FIRST}, known=known)
    assert set(answer.links.values()) == {SECOND}


def test_a_question_about_a_child_who_was_absorbed_is_about_the_one_who_absorbed_it() -> None:
    vague = about(child(given_names="Amara", born="2011-07-02"), "1", DC)
    doubtful = about(child(nhs_number=LEOS_NHS_NUMBER, born="2011-07-02"), "2", DC)
    bridge = about(child(authority_child_id="C-100482", upn=ANOTHER_UPN), "3", NP)
    leo, amara = confirmed(FIRST, LEO_OF_THE_INDEX), confirmed(SECOND, AMARA_OF_THE_INDEX)
    vaguely_known = provisional(THIRD, also(vague.child, upn=ANOTHER_UPN))
    answer = identified(doubtful, bridge, linked={vague: THIRD}, known=[leo, amara, vaguely_known])
    assert answer.absorbed == {THIRD: SECOND}
    assert answer.questions == (Question(Doubt.CONTRADICTED, SECOND, doubtful.key, (FIRST,)),)


def test_a_child_named_in_vain_who_was_absorbed_is_the_one_who_absorbed_it() -> None:
    vague = provisional(THIRD, child(given_names="Amara", born="2011-07-02", upn=ANOTHER_UPN))
    doubtful = about(child(upn=ANOTHER_UPN, born="2012-05-01"), "1", DC)
    bridge = about(child(authority_child_id="C-100482", upn=ANOTHER_UPN), "2", NP)
    answer = identified(doubtful, bridge, known=[confirmed(SECOND, AMARA_OF_THE_INDEX), vague])
    asked = {q.doubt: q.others for q in answer.questions}
    assert asked == {Doubt.UNKNOWN_CHILD: (), Doubt.CONTRADICTED: (SECOND,)}


def test_a_child_made_anew_never_gets_the_id_of_one_that_was_absorbed() -> None:
    """Two messages bring a birth date that parts the first from the child that absorbed it."""
    vague = about(child(given_names="Amara"), "1", NP_NEXT)
    (made,) = identified(vague).children.values()
    bridge = about(child(given_names="Amara", nhs_number=AMARAS_NHS_NUMBER), "2", NP)
    told = about(child(given_names="Amara", born="2012-05-01"), "3", NP_NEXT)
    other = about(child(given_names="Amara"), "0", NP)
    answer = identified(
        bridge,
        told,
        linked={other: made.id, vague: made.id},
        known=[made, confirmed(SECOND, AMARA_OF_THE_INDEX)],
    )
    assert answer.absorbed == {made.id: SECOND}
    assert answer.links[told.key] == answer.links[vague.key] not in (made.id, SECOND)
