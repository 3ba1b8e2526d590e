"""The course of the demonstration's interviews: lawful in its order, and near the rates that are told."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from casework.staff_rows import read_staff
from cli.demo.course import DAY_BEGINS, DAY_ENDS, LONDON, Course, End, course_of, daytime, in_pairs
from cli.demo.deeds import deeds_of
from cli.demo.staff import CHIEF, DIRECTORY, MANAGERS, NAMES
from domain.lifecycle import MOVES
from schemas import commands
from tests.unit.test_demo_records import case

BACK_AT = datetime(2026, 11, 3, 23, 20, tzinfo=UTC)
MANY = 1000


def courses() -> list[Course]:
    return [course_of(f"a child/{number}", BACK_AT) for number in range(MANY)]


def moments(course: Course) -> list[datetime]:
    told = (course.allocated_at, *course.attempts, course.undecided_at, course.offered_at, course.arranged_at)
    written = (course.held_at, course.poor_at, course.written_at, course.sent_back_at, course.mended_at)
    return [at for at in (*told, *written, course.approved_at) if at]


def test_the_same_child_and_return_take_the_same_course() -> None:
    assert course_of("a child", BACK_AT) == course_of("a child", BACK_AT)


def test_nothing_happens_before_what_it_follows() -> None:
    assert all(one <= next_ for course in courses() for one, next_ in pairwise(moments(course)))


def test_people_work_by_day() -> None:
    hours = {at.astimezone(LONDON).hour for course in courses() for at in moments(course)}
    assert hours <= set(range(DAY_BEGINS, DAY_ENDS))


def test_the_night_before_the_clocks_go_back_ends_at_nine_in_london() -> None:
    assert daytime(datetime(2026, 10, 24, 22, 15, tzinfo=UTC)) == datetime(2026, 10, 25, 9, 15, tzinfo=UTC)


def test_about_two_in_three_are_held_in_time() -> None:
    held = [one for one in courses() if one.end is End.APPROVED]
    in_time = sum(one.held_at <= BACK_AT + timedelta(hours=72) for one in held)
    assert 0.6 < in_time / len(held) < 0.8


def test_every_end_is_met() -> None:
    assert {one.end for one in courses()} == set(End)


def test_a_conversation_covers_the_absence_that_came_before_it_was_held() -> None:
    first = next(one for one in courses() if one.end is End.APPROVED)
    between = first.offered_at + (first.held_at - first.offered_at) / 2
    assert in_pairs([(BACK_AT, first), (between, first), (between, first)]) == {0: 1}
    assert in_pairs([(BACK_AT, first), (first.held_at, first)]) == {}


def test_deeds_are_commands_in_the_order_of_their_moments() -> None:
    known = {command.name for command in commands.COMMANDS}
    for course in courses()[:200]:
        deeds = deeds_of(case(2), course, "ania", None)
        assert {deed.name for deed in deeds} <= known
        assert [deed.at for deed in deeds] == sorted(deed.at for deed in deeds)


def test_deeds_are_lawful_where_nothing_is_refused() -> None:
    by_name = {command.name: command for command in commands.COMMANDS}
    for course in courses()[:300]:
        stage = MOVES[next(move for move in MOVES if move[1] is commands.Allocate)]
        for deed in deeds_of(case(2), course, "ania", None):
            if deed.must_pass and deed.body.get("answer") != "not_reached":
                stage = MOVES[stage, by_name[deed.name]]


def test_the_directory_is_read_without_a_fault_and_has_those_who_are_named() -> None:
    sheet = read_staff(DIRECTORY.splitlines(keepends=True))
    managers = {one.id for one in sheet.people if one.is_manager}
    assert not sheet.problems
    assert {*MANAGERS, CHIEF} <= managers
    assert {one.id: one.name for one in sheet.people} == NAMES
