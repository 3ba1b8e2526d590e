"""`deploy/homeward.example.toml`: each mode is a file that the product reads."""

import re
from pathlib import Path

import pytest

from cli.settings import Settings, read_settings
from tests.deploy.compose import ROOT, SERVICES

EXAMPLE = (ROOT / "deploy/homeward.example.toml").read_text()
MODES: dict[str, str] = dict(
    re.findall(r"^# ==== ([\w-]+): [^\n]+ ====\n(.*?)(?=^# ====|\Z)", EXAMPLE, re.MULTILINE | re.DOTALL)
)
SECRETS = {
    "database_url": "postgresql://homeward_app:x@db.example/homeward",
    "owner_database_url": "postgresql://homeward_owner:x@db.example/homeward",
    "kafka_password": "x",
    "smtp_password": "x",
    "notify_key": "homeward-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0",
    "teams_url": "https://teams.example/workflows/1?sig=x",
}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    for name, value in SECRETS.items():
        (tmp_path / name).write_text(value)
    return tmp_path


def read(mode: str, secrets: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Take the # before each setting away, and read what is left; secrets are files of the test's own."""
    text = re.sub(r"^#(?=\w)", "", MODES[mode], flags=re.MULTILINE)
    text = re.sub(r'"[^"]+/secrets/(\w+)"', rf'"{secrets}/\1"', text)
    (secrets / "homeward.toml").write_text(text)
    monkeypatch.setenv("HOMEWARD_CONFIG", str(secrets / "homeward.toml"))
    return read_settings()


def test_there_is_one_block_for_each_mode() -> None:
    assert list(MODES) == ["embedded", "own-postgresql", "distributed", "containers"]


def test_the_file_as_it_is_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "homeward.toml").write_text(EXAMPLE)
    monkeypatch.setenv("HOMEWARD_CONFIG", str(tmp_path / "homeward.toml"))
    assert read_settings() == Settings()


@pytest.mark.parametrize("mode", MODES)
def test_every_setting_of_a_mode_is_known_and_taken(
    mode: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = set(re.findall(r"^#(\w+) = ", MODES[mode], flags=re.MULTILINE))
    assert read(mode, secrets, monkeypatch).model_fields_set == {name.removesuffix("_file") for name in told}


@pytest.mark.parametrize("mode", MODES)
def test_a_commented_line_is_a_sentence_or_a_setting(mode: str) -> None:
    odd = [line for line in MODES[mode].splitlines() if not re.fullmatch(r"|# [A-Z`].*|#\w+ = .+", line)]
    assert odd == []


def test_distributed_is_encrypted_and_signed_in(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read("distributed", secrets, monkeypatch)
    assert (settings.kafka_tls, settings.kafka_user) == (True, "homeward")
    assert settings.kafka_password


def test_containers_say_what_compose_says(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_file = read("containers", secrets, monkeypatch)
    monkeypatch.delenv("HOMEWARD_CONFIG")
    for name, value in SERVICES["relay"].environment.items():
        monkeypatch.setenv(name, value.replace("/run/secrets", str(secrets)))
    monkeypatch.setenv("HOMEWARD_HOME", "/var/lib/homeward")
    assert read_settings() == by_file
