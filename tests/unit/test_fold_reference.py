"""The worked examples of docs/reference/the-fold.md, and the functions that it points to."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from domain.clock import interview_due_at
from domain.episode import Conflict
from schemas.policy import Policy
from schemas.words import EpisodeStatus, RiskLevel
from tests.unit.tellings import CARER, DC, NP, at, episode, folded, located, reported, returned

PAGE = (Path(__file__).parents[2] / "docs/reference/the-fold.md").read_text(encoding="utf-8")

ONE_NIGHT = (
    reported("2026-03-28 22:10", "2026-03-28 22:41", last_seen="2026-03-28 18:30", risk=RiskLevel.MEDIUM),
    reported("2026-03-29 00:20", "2026-03-29 00:35", DC, last_seen="2026-03-28 21:00", risk=RiskLevel.HIGH),
    located("2026-03-29 03:40", "2026-03-29 03:50", DC),
)
CARERS_CALL = returned("2026-03-29 05:05", "2026-03-29 05:20", CARER)


def test_until_somebody_tells_of_a_return_the_deadline_is_provisional() -> None:
    only = episode(*ONE_NIGHT)
    assert only.clock is not None
    assert interview_due_at(only.clock.starts_at) == at("2026-04-01 03:40")
    assert (only.status, only.provisional_due) == (EpisodeStatus.LOCATED, True)


def test_two_forces_and_a_carer_tell_of_one_night() -> None:
    only = episode(*ONE_NIGHT, CARERS_CALL)
    assert (only.status, only.incidents) == (EpisodeStatus.RETURNED, (CARER, DC, NP))
    assert (only.started_at, only.returned_at) == (at("2026-03-28 18:30"), at("2026-03-29 05:05"))
    assert (only.located_at, only.risk_level) == (at("2026-03-29 03:40"), RiskLevel.HIGH)
    assert only.clock is not None
    assert interview_due_at(only.clock.starts_at) == at("2026-04-01 05:05")
    assert not only.provisional_due


def test_a_later_return_told_on_monday_leaves_the_clock_at_the_earlier() -> None:
    only = episode(*ONE_NIGHT, CARERS_CALL, returned("2026-03-29 05:10", "2026-03-30 09:00", DC))
    assert only.returned_at == at("2026-03-29 05:10")
    assert only.clock is not None
    assert only.clock.starts_at == at("2026-03-29 05:05")


def test_a_return_with_the_wrong_day_is_early_rather_than_late_until_it_is_mended() -> None:
    told = (
        reported("2026-03-28 22:10", "2026-03-28 22:41"),
        returned("2026-03-28 05:05", "2026-03-29 05:20"),
    )
    wrong = episode(*told)
    assert wrong.conflicts == (Conflict.RETURN_BEFORE_START,)
    assert wrong.returned_at == at("2026-03-28 22:10")
    assert wrong.clock is not None
    assert (wrong.clock.starts_at, wrong.provisional_due) == (at("2026-03-28 05:05"), True)
    mended = episode(*told, returned("2026-03-29 05:05", "2026-03-29 09:00"))
    assert mended.clock is not None
    assert (mended.conflicts, mended.clock.starts_at) == ((), at("2026-03-29 05:05"))
    assert not mended.provisional_due


def test_found_back_untold_and_missing_again_are_two_episodes() -> None:
    first, second = folded(
        reported("2026-03-28 20:00", "2026-03-28 20:05"),
        located("2026-03-28 21:00", "2026-03-28 21:05"),
        reported("2026-03-29 14:00", "2026-03-29 14:05", DC),
        returned("2026-03-29 18:00", "2026-03-29 18:05", DC),
    )
    assert (first.status, first.provisional_due) == (EpisodeStatus.LOCATED, True)
    assert (second.status, second.provisional_due) == (EpisodeStatus.RETURNED, False)
    assert first.clock is not None
    assert second.clock is not None
    assert (first.clock.starts_at, second.clock.starts_at) == (at("2026-03-28 21:00"), at("2026-03-29 18:00"))


@pytest.mark.parametrize("pointer", sorted(set(re.findall(r"`((?:domain|schemas)(?:\.\w+)+)`", PAGE))))
def test_every_function_that_the_page_points_to_is_there(pointer: str) -> None:
    module, _, name = pointer.rpartition(".")
    assert hasattr(import_module(module), name)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))))
def test_every_file_that_the_page_names_is_there(path: str) -> None:
    assert (Path(__file__).parents[2] / path).is_file()


def test_the_page_names_the_numbers_of_the_default_policy() -> None:
    policy = Policy()
    hours = policy.episode.located_grace.total_seconds() / 3600
    assert f"`episode.located_grace` (policy, {hours:g} hours)" in re.sub(r"\s+", " ", PAGE)
    assert not policy.episode.merge_gap
    assert "`episode.merge_gap`, policy, 0)" in re.sub(r"\s+", " ", PAGE)
    assert f"({policy.interview.within.total_seconds() / 3600:g} hours)" in PAGE
