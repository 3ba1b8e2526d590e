"""Many interviews to few people: as many as can be in time, and the others told of with the reason."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.allocation.batch import Suggestion, suggest
from domain.allocation.facts import Load, Need, Wishes
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Leave, Role, StaffMember
from tests.unit.allocation import HERE, MONDAY, POLICY, member, need

HOUR = timedelta(hours=1)


def suggested(
    needs: list[Need],
    *people: StaffMember,
    loads: dict[str, Load] | None = None,
    now: datetime = MONDAY,
    policy: AllocationPolicy = POLICY,
) -> Suggestion:
    return suggest(needs, people, HERE, policy, now, loads=loads or {})


def who(found: Suggestion) -> list[str]:
    return [each.candidate.member.id for each in found.placements]


def whys(found: Suggestion) -> list[str]:
    return [each.why for each in found.unplaced]


def due(name: str, hours: float, **facts: Any) -> Need:
    return need(name, MONDAY + hours * HOUR, **facts)


def test_nothing_to_hold_asks_nobody() -> None:
    assert suggested([], member()) == Suggestion((), ())


def test_first_come_would_miss_a_deadline_that_the_suggestion_keeps() -> None:
    """Only Ben speaks Polish; given to him first, the English one would leave the other until Tuesday."""
    ben = member("ben", languages=("polish",))
    in_care = due("bartek", 4, in_care=True)
    found = suggested([due("amara", 3), in_care], member("tom", employer=None), ben)
    assert who(found) == ["tom", "ben"]
    assert all(each.in_time for each in found.placements)


def test_one_person_takes_them_in_the_order_of_their_deadlines() -> None:
    found = suggested([due("late", 30), due("soon", 4), due("next", 8)], member())
    assert [(each.need.due_at - MONDAY) / HOUR for each in found.placements] == [4, 8, 30]
    assert [(each.by - MONDAY) / HOUR for each in found.placements] == [3, 6, 25]


def test_time_counts_more_than_who_is_best_placed() -> None:
    ania = member("ania", languages=("polish",))
    polish = Wishes(language="polish")
    found = suggested([due("one", 3, wishes=polish), due("two", 3, wishes=polish)], ania, member("ben"))
    assert sorted(who(found)) == ["ania", "ben"]


def test_at_the_same_time_who_is_best_placed_gets_it() -> None:
    found = suggested(
        [due("a", 70, held_by=("ben",)), due("b", 71, held_by=("ania",))], member("ania"), member("ben")
    )
    assert who(found) == ["ben", "ania"]


def test_work_is_spread_where_nothing_else_speaks_for_anybody() -> None:
    found = suggested([due(f"child {n}", 70) for n in range(4)], member("ania"), member("ben"))
    assert sorted(who(found)) == ["ania", "ania", "ben", "ben"]


def test_a_late_one_is_still_given_to_somebody_and_called_late() -> None:
    found = suggested([due("over", -20)], member())
    assert [(each.in_time, each.by) for each in found.placements] == [(False, MONDAY + 3 * HOUR)]


def test_what_somebody_has_in_hand_comes_first_and_takes_capacity() -> None:
    load = {"ania": Load(total=1, waiting=1)}
    found = suggested([due("a", 70), due("b", 70)], member(capacity=2), loads=load)
    assert [(each.by - MONDAY) / HOUR for each in found.placements] == [6]
    assert whys(found) == ["whoever may hold it (Ania Kowalska) has no time or capacity left in 14 days"]


def test_a_childs_choice_goes_to_that_person_even_beyond_capacity() -> None:
    asked = due("amara", 20, wishes=Wishes(person="ania"))
    found = suggested([due("bilal", 3), asked], member("ania", capacity=1), loads={"ania": Load(total=1)})
    assert [(each.need, each.candidate.asked_for) for each in found.placements] == [(asked, True)]


def test_a_childs_choice_is_not_given_to_somebody_else() -> None:
    away = member("ania", working="Mon 09:00-10:00")
    asked = due("amara", 20, wishes=Wishes(person="ania"))
    found = suggested([asked], away, member("ben"), policy=AllocationPolicy(late_days=5))
    assert whys(found) == ["the child asked for Ania Kowalska, who has no time or capacity left in 5 days"]


def test_a_choice_that_cannot_be_leaves_the_others() -> None:
    involved = member("ania", involved_with=frozenset({"C-1"}))
    asked = due("amara", 20, own_id="C-1", wishes=Wishes(person="ania"))
    assert who(suggested([asked], involved, member("ben"))) == ["ben"]


def test_where_nobody_may_it_is_told_how_many_for_which_reason() -> None:
    people = [
        member("ania", training=()),
        member("ben", training=()),
        member("caz", employer=None),
        member("dee", roles=frozenset({Role.DIRECTOR})),
        member("eve", leave=(Leave(from_on=date(2026, 3, 23), to_on=date(2026, 3, 27)),)),
    ]
    assert whys(suggested([due("amara", 20, in_care=True)], *people)) == [
        "nobody of the directory may hold it: 1 of the authority that is responsible for the child's care,"
        " 1 not an interviewer, 1 on leave, 2 not trained"
    ]


def test_without_a_directory_it_is_told_to_import_one() -> None:
    assert whys(suggested([due("amara", 20)])) == [
        "nobody is in the directory: import it with homeward interviewers import"
    ]


def test_over_easter_who_works_on_saturday_takes_what_is_due_before_tuesday() -> None:
    thursday_evening = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)
    weekend = member("ben", working="Sat 09:00-13:00")
    easter = need("amara", thursday_evening + 72 * HOUR)
    found = suggested([easter], member("ania"), weekend, now=thursday_evening)
    assert (who(found), found.placements[0].in_time) == (["ben"], True)


def test_what_only_a_suggestion_needs_is_not_loaded_by_who_serves_or_gives_commands() -> None:
    script = (
        "import sys, web.app, casework.allocating, cli.allocate;"
        "assert not {'scipy', 'numpy', 'icalendar'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
