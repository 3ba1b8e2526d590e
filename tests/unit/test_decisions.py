"""What follows from decisions for whose each message is."""

from typing import Any
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.decisions import Assignment, Decision, DecisionKind, Placed, assign, held, placed_with, standing
from domain.telling import MessageKey, Reference
from tests.unit.tellings import DC, NP, NP_NEXT, reported, returned

AMARA, MARI, LEO, ZOFIA = (uuid5(NAMESPACE, name) for name in ("Amara", "Mari", "Leo", "Zofia"))
ONE, TWO, THREE = (MessageKey("urn:police:nottinghamshire", id_) for id_ in ("1", "2", "3"))


def made(
    kind: str, child: UUID | None = None, other: UUID | None = None, no: int = 1, **more: Any
) -> Decision:
    return Decision(uuid5(NAMESPACE, f"decision {no}"), DecisionKind(kind), child, other, **more)


def told(**whose: UUID) -> dict[MessageKey, Placed]:
    """Return messages, each under a reference of its own, placed with a child."""
    return {
        MessageKey("urn:police:nottinghamshire", name.removeprefix("m")): _placed(name, child)
        for name, child in whose.items()
    }


def _placed(name: str, child: UUID) -> Placed:
    return Placed(Reference("urn:police:nottinghamshire", f"NP-{name}"), child, child)


def owners(assignment: Assignment) -> list[UUID]:
    return [assignment.owners[key] for key in sorted(assignment.owners)]


def test_a_linked_childs_messages_are_those_of_the_child_that_it_is() -> None:
    answer = assign(told(m1=MARI, m2=AMARA), {}, [made("link", MARI, AMARA)])
    assert owners(answer) == [AMARA, AMARA]
    assert (answer.who(MARI), answer.who(LEO)) == (AMARA, LEO)


def test_who_took_over_may_be_taken_over_too() -> None:
    steps = [made("merge", MARI, AMARA), made("merge", AMARA, LEO, no=2)]
    answer = assign(told(m1=MARI, m2=AMARA), {}, steps)
    assert owners(answer) == [LEO, LEO]
    assert answer.joined == {MARI: LEO, AMARA: LEO}


def test_of_two_merges_the_undone_one_counts_for_nothing() -> None:
    first, second = made("merge", MARI, AMARA), made("merge", AMARA, LEO, no=2)
    undo = made("undo", no=3, undoes=first.id)
    answer = assign(told(m1=MARI, m2=AMARA), {}, [first, second, undo])
    assert owners(answer) == [MARI, LEO]
    assert standing([first, second, undo]) == (second,)


def test_a_child_is_not_merged_into_itself() -> None:
    steps = [made("merge", MARI, AMARA), made("merge", AMARA, MARI, no=2), made("merge", MARI, LEO, no=3)]
    assert owners(assign(told(m1=MARI, m2=AMARA), {}, steps)) == [AMARA, AMARA]


def test_a_child_of_its_own_keeps_what_was_told_though_the_rules_find_it_to_be_another() -> None:
    placed = {ONE: Placed(NP, MARI, AMARA), TWO: Placed(DC, AMARA, AMARA)}
    answer = assign(placed, {MARI: AMARA}, [made("new", MARI)])
    assert owners(answer) == [MARI, AMARA]
    assert (answer.confirmed, answer.who(MARI)) == (frozenset({MARI}), MARI)
    assert owners(assign(placed, {MARI: AMARA}, [])) == [AMARA, AMARA]


def test_who_took_over_is_followed_where_the_rules_find_that_it_is_another() -> None:
    placed = {ONE: Placed(NP, MARI, MARI), TWO: Placed(DC, LEO, AMARA)}
    answer = assign(placed, {LEO: AMARA}, [made("link", MARI, LEO)])
    assert owners(answer) == [AMARA, AMARA]
    assert answer.who(LEO) == AMARA


def test_split_messages_take_along_what_comes_later_under_their_reference() -> None:
    split = made("split", AMARA, ZOFIA, messages=frozenset({ONE}), references=frozenset({NP}))
    placed = {ONE: Placed(NP, AMARA, AMARA), TWO: Placed(NP, AMARA, AMARA), THREE: Placed(NP, LEO, LEO)}
    assert owners(assign(placed, {}, [split])) == [ZOFIA, ZOFIA, LEO]


def test_of_messages_split_one_by_one_nothing_follows() -> None:
    split = made("split", AMARA, ZOFIA, messages=frozenset({ONE, MessageKey("gone", "9")}))
    placed = {ONE: Placed(NP, AMARA, AMARA), TWO: Placed(NP, AMARA, AMARA)}
    assert owners(assign(placed, {}, [split])) == [ZOFIA, AMARA]


def test_what_is_right_as_it_is_answers_its_question_and_changes_nothing() -> None:
    keep = made("keep", question=LEO)
    answer = assign(told(m1=MARI), {}, [keep, made("split", AMARA, no=2), made("undo", no=3)])
    assert (owners(answer), answer.answered) == ([MARI], {LEO: keep.id})


def test_only_who_a_child_is_holds_it_apart() -> None:
    steps = [made("new", MARI), made("split", AMARA, ZOFIA), made("merge", LEO, AMARA)]
    assert held(steps) == {MARI, LEO}


def test_a_message_stays_placed_with_a_child_that_another_took_over() -> None:
    one, two = reported("2026-03-28 22:10"), returned("2026-03-29 05:05")
    placed = placed_with([one, two], {one.key: AMARA, two.key: AMARA}, {one.key: MARI}, {MARI: AMARA}, ())
    assert placed == {one.key: MARI, two.key: MARI}


def test_a_message_that_went_to_another_child_is_placed_there_unless_somebody_decided() -> None:
    one, two = reported("2026-03-28 22:10"), reported("2026-03-28 22:40", ref=NP_NEXT)
    found = {one.key: AMARA, two.key: LEO}
    assert placed_with([one, two], found, {one.key: MARI}, {}, ()) == found
    assert placed_with([one], found, {one.key: MARI}, {}, {MARI}) == {one.key: MARI}
