"""The simulated year: the same world in both arms, and every late interview chased at the right step."""

from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bench._year_arms import With, Without
from bench._year_course import Case
from bench._year_world import World, read_assumptions
from bench.simulated_year import NEAR, Year, is_chased, main, play
from domain.figures import Figure
from schemas.words import Stage

SMALL = 200


def world(episodes: int | None = SMALL) -> World:
    return World(read_assumptions(), episodes)


@cache
def with_homeward() -> tuple[With, Year]:
    arm = With(world())
    return arm, play(arm)


def late_case() -> Case:
    arm, _ = with_homeward()
    return next(case for case in arm.cases if case.held_at and case.held_at > case.episode.due_at)


def test_every_assumption_has_a_source_or_says_that_it_is_one() -> None:
    told = read_assumptions()
    assert all(each.source.strip() for each in told.values())
    assert all(
        "assumed" in each.source or any(c.isdigit() for c in each.source) or "calibrated" in each.source
        for each in told.values()
    )


def test_an_assumption_without_a_source_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "assumptions.toml"
    file.write_text("[reached]\nvalue = 0.9\n")
    with pytest.raises(TypeError, match="source"):
        read_assumptions(file)


def test_the_same_seed_makes_the_same_year() -> None:
    one, other = world(), world()
    assert one.episodes == other.episodes
    assert play(Without(one)).measures == play(Without(other)).measures


def test_no_child_is_missing_twice_at_the_same_time() -> None:
    made = world(1000)
    by_child: dict[int, list[tuple[object, object]]] = {}
    for each in made.episodes:
        by_child.setdefault(each.child, []).append((each.began_at, each.returned_at))
    assert all(a[1] <= b[0] for spans in by_child.values() for a, b in pairwise(spans))  # type: ignore[operator]
    last = made.episodes[-1]
    assert made.is_missing(last.child, last.returned_at - timedelta(seconds=1))
    assert not made.is_missing(last.child, last.returned_at)


def test_with_homeward_every_late_interview_is_chased_at_the_right_step() -> None:
    _, year = with_homeward()
    assert year.late > 0
    assert (year.chased, year.is_chased) == (year.late, True)


def test_an_alert_that_is_lacking_late_or_too_many_is_found() -> None:
    arm, _ = with_homeward()
    case = late_case()
    key = (case.number, "not_held_at_deadline", case.episode.due_at)
    assert not is_chased(case, {each: at for each, at in arm.raised.items() if each != key})
    assert not is_chased(case, arm.raised | {key: arm.raised[key] + timedelta(hours=2)})
    assert not is_chased(case, arm.raised | {(case.number, "not_held_weekly", case.episode.told_at): key[2]})


def test_every_interview_of_both_arms_comes_to_an_end_with_homeward_and_some_never_do_without() -> None:
    arm, year = with_homeward()
    without = play(Without(world()))
    ended = {Stage.APPROVED, Stage.DECLINED, Stage.NOT_POSSIBLE}
    assert {case.stage for case in arm.cases} <= ended
    assert (year.measures.count(Figure.NEVER_ASKED), year.measures.count(Figure.INTERVIEWS)) == (0, SMALL)
    assert without.measures.count(Figure.NEVER_ASKED) > 0
    assert without.late > year.late


def test_what_a_child_answers_is_the_same_in_both_arms() -> None:
    arm, _ = with_homeward()
    without = Without(world())
    without.run()
    here = {case.number: case.stage is Stage.DECLINED for case in arm.cases if case.offered_at}
    there = {case.number: case.stage is Stage.DECLINED for case in without.cases if case.offered_at}
    assert {number: here[number] for number in there.keys() & here.keys()} == {
        number: there[number] for number in there.keys() & here.keys()
    }


def test_the_whole_year_without_homeward_is_as_authorities_report_it() -> None:
    made = world(None)
    year = play(Without(made))
    assert abs(year.in_time - made.number("held_in_time_without")) <= NEAR
    assert year.measures.count(Figure.OFFERED) / made.count == pytest.approx(0.8, abs=0.02)


def test_the_table_is_printed_with_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(60) == 0
    said = capsys.readouterr().out
    assert "held within 72 h, of those held" in said
    assert "of these chased at the right step" in said
    assert "what differs by assumption:" in said
