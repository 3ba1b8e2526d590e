"""An authority's policy is read from TOML, and a mistake in it stops the start with one line."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.policy import Policy, PolicyError, read_policy


def written(folder: Path, text: str) -> Path:
    path = folder / "nottingham.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(PolicyError) as caught:
        read_policy(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_without_a_file_72_hours_six_hours_and_no_gap_hold() -> None:
    policy = Policy()
    assert policy.interview.within == timedelta(hours=72)
    assert policy.episode.located_grace == timedelta(hours=6)
    assert policy.episode.merge_gap == timedelta(0)
    assert policy.revision == 1


def test_an_empty_file_is_the_default_policy(tmp_path: Path) -> None:
    assert read_policy(written(tmp_path, "")) == Policy()


def test_durations_are_read_as_iso_8601(tmp_path: Path) -> None:
    text = (
        'revision = 3\n[episode]\nlocated_grace = "PT4H"\nmerge_gap = "PT90M"\n[interview]\nwithin = "P2D"\n'
    )
    policy = read_policy(written(tmp_path, text))
    assert (policy.revision, policy.interview.within) == (3, timedelta(days=2))
    assert policy.episode.located_grace == timedelta(hours=4)
    assert policy.episode.merge_gap == timedelta(minutes=90)


def test_a_policy_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "derby.toml"
    assert refused(path) == f"The policy {path} cannot be read: No such file or directory."


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("[episode]\nmerge_gapp = 'PT1H'", "episode.merge_gapp"),
        ("[episode]\nmerge_gap = 'soon'", "episode.merge_gap"),
        ("[episode]\nmerge_gap = '-PT1H'", "episode.merge_gap"),
        ("[episode]\nlocated_grace = '-PT1S'", "episode.located_grace"),
        ("[episode]\nlocated_grace = 'P31D'", "episode.located_grace"),
        ("[interview]\nwithin = 'PT0H'", "interview.within"),
        ("[interview]\nwithin = 'P2Y'", "interview.within"),
        ("revision = 0", "revision"),
        ("version = 2", "version"),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, text: str, setting: str) -> None:
    message = refused(written(tmp_path, text))
    assert re.search(rf"nottingham\.toml is not valid: {re.escape(setting)}: ", message)


def test_every_setting_that_is_wrong_is_named(tmp_path: Path) -> None:
    message = refused(written(tmp_path, "revision = 0\nversion = 2"))
    assert "revision: " in message
    assert "version: " in message


def test_what_is_not_toml_is_refused(tmp_path: Path) -> None:
    assert "is not TOML in UTF-8" in refused(written(tmp_path, "[episode"))


def test_what_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nottingham.toml"
    path.write_bytes(b"# caf\xe9")
    assert "is not TOML in UTF-8" in refused(path)


def test_a_policy_cannot_be_changed_after_it_was_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Policy().revision = 2  # type: ignore[misc]  # what is refused
