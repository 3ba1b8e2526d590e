"""Who is best placed to hold an interview, with the reasons in words."""

from datetime import timedelta
from typing import Any

import pytest

from domain.allocation.facts import Load, Wishes
from domain.allocation.ranking import Candidate, rank
from schemas.staff import StaffMember
from tests.unit.allocation import HERE, MONDAY, POLICY, member, need

ANIA, BEN, CAZ = member("ania"), member("ben"), member("caz")


def ranked(*people: StaffMember, loads: dict[str, Load] | None = None, **child: Any) -> list[Candidate]:
    return list(rank(need(**child), people, HERE, POLICY, MONDAY, loads=loads or {}))


def first(*people: StaffMember, **child: Any) -> str:
    return ranked(*people, **child)[0].member.id


def reasons(person: StaffMember, **child: Any) -> tuple[str, ...]:
    [candidate] = ranked(person, **child)
    return candidate.reasons


def test_the_childs_own_choice_is_above_every_sum_of_points() -> None:
    polish = member("ben", languages=("polish",), gender="female")
    wishes = Wishes(person="caz", language="polish", gender="female")
    found = ranked(polish, CAZ, wishes=wishes, held_by=("ben", "ben"), loads={"caz": Load(total=9)})
    assert [each.member.id for each in found] == ["caz", "ben"]
    assert found[0].reasons[0] == "the child asked for them"


@pytest.mark.parametrize(
    ("better", "child"),
    [
        (BEN, {"held_by": ("ben",)}),
        (member("ben", languages=("english", "polish")), {"wishes": Wishes(language="Polish")}),
        (member("ben", gender="female"), {"wishes": Wishes(gender="Female")}),
    ],
)
def test_each_thing_that_helps_the_child_puts_somebody_first(
    better: StaffMember, child: dict[str, Any]
) -> None:
    assert first(ANIA, BEN) == "ania"
    assert first(ANIA, better, **child) == "ben"


def test_who_has_more_time_or_less_in_hand_is_first() -> None:
    mornings = member("ania", working="Mon-Fri 09:00-10:00")
    assert first(mornings, BEN) == "ben"
    assert ranked(ANIA, BEN, loads={"ania": Load(total=1)})[0].member.id == "ben"


@pytest.mark.parametrize(
    ("held_by", "told"),
    [
        (("ania", "ania", "ben"), "held the last two interviews with this child"),
        (("ania", "ben", "ania"), "held the last interview with this child"),
        (("ben", "ania"), "held an earlier interview with this child"),
        (("ania",) * 11, "held the last 11 interviews with this child"),
    ],
)
def test_continuity_is_told_in_words(held_by: tuple[str, ...], told: str) -> None:
    assert told in reasons(ANIA, held_by=held_by)


def test_more_than_two_earlier_interviews_are_worth_no_more() -> None:
    two, five = (ranked(ANIA, held_by=("ania",) * count)[0].score for count in (2, 5))
    assert two == five


def test_who_does_not_speak_the_language_is_shown_to_need_an_interpreter() -> None:
    wishes = Wishes(language="british sign language")
    assert "does not speak British Sign Language: an interpreter is needed" in reasons(ANIA, wishes=wishes)
    assert "speaks Polish" in reasons(member(languages=("Polish",)), wishes=Wishes(language="polish"))


def test_english_is_no_reason() -> None:
    assert reasons(ANIA, wishes=Wishes(language="English")) == reasons(ANIA)


def test_gender_is_a_reason_only_where_the_child_asked_and_it_is_known() -> None:
    asked = Wishes(gender="female")
    assert "is female, as the child asked" in reasons(member(gender="Female"), wishes=asked)
    assert reasons(member(gender="male"), wishes=asked) == reasons(ANIA, wishes=asked)


def test_the_score_is_the_sum_of_the_policys_points() -> None:
    polish = member(languages=("polish",), gender="female")
    wishes = Wishes(language="polish", gender="female")
    [candidate] = ranked(polish, wishes=wishes, held_by=("ania", "ania"), loads={"ania": Load(total=2)})
    assert candidate.score == 2 * 30 + 25 + 20 + 20 - 2 * 5


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (6, "6 working hours before the deadline"),
        (1, "1 working hour before the deadline"),
        (1.5, "1.5 working hours before the deadline"),
        (0, "no working hours before the deadline"),
    ],
)
def test_the_hours_before_the_deadline_are_told(hours: float, told: str) -> None:
    assert told in reasons(ANIA, due_at=MONDAY + timedelta(hours=hours))


def test_for_a_child_in_care_it_is_told_of_whom_somebody_is() -> None:
    assert "is of Trent Youth Advocacy" in reasons(ANIA, in_care=True)


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "has no interviews in hand"), (1, "has one interview in hand"), (12, "has 12 interviews in hand")],
)
def test_what_somebody_has_in_hand_is_told(count: int, told: str) -> None:
    [candidate] = ranked(ANIA, loads={"ania": Load(total=count)})
    assert candidate.reasons[-1] == told


def test_who_may_not_stands_last_with_the_reason_whatever_their_points() -> None:
    untrained = member("ania", training=())
    found = ranked(untrained, BEN, held_by=("ania", "ania"))
    assert [(each.member.id, each.may) for each in found] == [("ben", True), ("ania", False)]
    assert found[1].refusals[0].why == "has no training in return interview"


def test_at_the_same_score_the_order_does_not_depend_on_the_directorys() -> None:
    assert [each.member.id for each in ranked(CAZ, ANIA, BEN)] == ["ania", "ben", "caz"]
