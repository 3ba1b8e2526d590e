"""Who may not hold an interview, and what a child's own choice sets aside."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.allocation.eligibility import Refusal, Rule, refusals
from domain.allocation.facts import Load, Wishes, is_in_care, language_named
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Leave, Role
from tests.unit.allocation import HERE, MONDAY, POLICY, member, need

AWAY = (Leave(from_on=date(2026, 3, 20), to_on=date(2026, 3, 26)),)
FULL = Load(total=3)
AGAINST: dict[str, tuple[Rule, dict[str, Any], dict[str, Any]]] = {
    "who has left": (Rule.HERE, {"gone_on": date(2026, 3, 23)}, {}),
    "a manager who holds no interviews": (Rule.INTERVIEWER, {"roles": frozenset({Role.DIRECTOR})}, {}),
    "who is not trained": (Rule.TRAINED, {"training": ("exploitation",)}, {}),
    "who is involved": (Rule.NOT_INVOLVED, {"involved_with": frozenset({"C-1"})}, {"own_id": "C-1"}),
    "the social worker by name": (Rule.NOT_INVOLVED, {"name": "S Patel"}, {"social_worker": "s  patel"}),
    "the social worker by id": (Rule.NOT_INVOLVED, {"id": "s-patel"}, {"social_worker": "S-Patel"}),
    "our own, of a child in care": (Rule.INDEPENDENT, {"employer": None}, {"in_care": True}),
    "our own by code": (Rule.INDEPENDENT, {"employer": "e06000018"}, {"in_care": True}),
    "whose hands are full": (Rule.CAPACITY, {"capacity": 3}, {}),
    "who is away until the deadline": (Rule.NOT_ON_LEAVE, {"leave": AWAY}, {}),
}


def against(person: dict[str, Any], child: dict[str, Any], load: Load = FULL) -> tuple[Refusal, ...]:
    return refusals(need(**child), member(**person), HERE, POLICY, MONDAY, load=load)


@pytest.mark.parametrize(("rule", "person", "child"), AGAINST.values(), ids=AGAINST.keys())
def test_each_rule_keeps_somebody_out_by_itself(
    rule: Rule, person: dict[str, Any], child: dict[str, Any]
) -> None:
    assert [refusal.rule for refusal in against(person, child)] == [rule]


@pytest.mark.parametrize(
    ("person", "child"),
    [
        ({}, {}),
        ({"capacity": 4}, {}),
        ({"employer": None}, {}),
        ({"training": ("Return Interview",)}, {"in_care": True}),
        ({"involved_with": frozenset({"C-2"})}, {"own_id": "C-1", "social_worker": "S Patel"}),
        ({"leave": (Leave(from_on=date(2026, 3, 23), to_on=date(2026, 3, 25)),)}, {}),
        ({"gone_on": date(2026, 3, 24)}, {}),
    ],
)
def test_who_meets_every_rule_may(person: dict[str, Any], child: dict[str, Any]) -> None:
    assert against(person, child) == ()


@pytest.mark.parametrize(("rule", "person", "child"), AGAINST.values(), ids=AGAINST.keys())
def test_a_childs_choice_sets_aside_independence_and_capacity_and_nothing_else(
    rule: Rule, person: dict[str, Any], child: dict[str, Any]
) -> None:
    chosen = {"wishes": Wishes(person=member(**person).id)}
    stands = [refusal.rule for refusal in against(person, child | chosen)]
    assert stands == ([] if rule in {Rule.INDEPENDENT, Rule.CAPACITY} else [rule])


def test_another_childs_choice_sets_nothing_aside() -> None:
    child = {"in_care": True, "wishes": Wishes(person="somebody else")}
    assert [refusal.rule for refusal in against({"employer": None}, child)] == [Rule.INDEPENDENT]


def test_everything_that_stands_against_somebody_is_told() -> None:
    told = against({"training": (), "capacity": 2, "leave": AWAY}, {})
    assert [refusal.why for refusal in told] == [
        "has no training in return interview",
        "has 3 interviews in hand, with capacity for 2",
        "is on leave until after 2026-03-26",
    ]


def test_after_the_deadline_only_leave_today_counts() -> None:
    late = {"due_at": MONDAY - timedelta(days=4)}
    assert [refusal.why for refusal in against({"leave": AWAY}, late)] == ["is on leave today"]
    assert against({"leave": (Leave(from_on=date(2026, 3, 16), to_on=date(2026, 3, 22)),)}, late) == ()


def test_the_day_is_that_of_london() -> None:
    last_minutes = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
    person = member(gone_on=date(2026, 7, 1))
    due = need(due_at=last_minutes + timedelta(hours=72))
    assert refusals(due, person, HERE, POLICY, last_minutes) == ()
    [refusal] = refusals(due, person, HERE, POLICY, last_minutes + timedelta(minutes=1))
    assert refusal.rule is Rule.HERE


def test_an_authority_may_ask_for_other_training_or_none() -> None:
    strict = AllocationPolicy(training=("return_interview", "exploitation"))
    [refusal] = refusals(need(), member(), HERE, strict, MONDAY)
    assert refusal.why == "has no training in exploitation"
    assert refusals(need(), member(training=()), HERE, AllocationPolicy(training=()), MONDAY) == ()


@pytest.mark.parametrize(
    ("status", "in_care"),
    [
        ("C2 full care order", True),
        ("V2 single period of accommodation under section 20", True),
        ("Interim Care Order", True),
        ("Child protection plan", False),
        ("Child in need (section 17)", False),
        ("C21", False),
        ("", False),
        (None, False),
    ],
)
def test_a_legal_status_says_whether_a_child_is_in_care(status: str | None, *, in_care: bool) -> None:
    assert is_in_care(status, POLICY.in_care) is in_care


def test_a_language_is_found_where_a_record_names_it() -> None:
    spoken = ["english", "polish", "urdu"]
    assert language_named("Polish interpreter by telephone", spoken) == "polish"
    assert language_named("none; speaks English at home", spoken) is None
    assert language_named("polished manners", spoken) is None
