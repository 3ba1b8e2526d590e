"""Settings: where they come from, and that a wrong one stops the start with a line that names it."""

import os
import re
from pathlib import Path

import pytest

from cli.settings import Settings, SettingsError, read_settings

ADDRESS = "postgresql://homeward_app:secret@db.example/homeward"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the test's own."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HOMEWARD_")]:
        monkeypatch.delenv(name)


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert settings.authorities == ("E06000018",)
    assert settings.database_url is None
    assert settings.heads_directory == Path("var/heads")


def test_a_variable_counts_above_the_file_and_the_command_line_above_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "homeward.toml").write_text('port = 8001\nhost = "::1"\n')
    assert (read_settings().port, read_settings().host) == (8001, "::1")
    monkeypatch.setenv("HOMEWARD_PORT", "8002")
    assert read_settings(port=None).port == 8002
    assert read_settings(port=8003).port == 8003


def test_several_authorities_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_AUTHORITIES", "E06000018, E10000024,E06000018")
    assert read_settings().authorities == ("E06000018", "E10000024")


@pytest.mark.parametrize("name", ["database_url", "owner_database_url"])
def test_a_secret_may_come_from_a_file_and_is_never_shown(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{ADDRESS}\n")
    monkeypatch.setenv("HOMEWARD_DATABASE_URL", ADDRESS)
    monkeypatch.delenv(f"HOMEWARD_{name.upper()}", raising=False)
    monkeypatch.setenv(f"HOMEWARD_{name.upper()}_FILE", str(secret))
    settings = read_settings()
    assert getattr(settings, name).get_secret_value() == ADDRESS.replace("postgresql", "postgresql+psycopg")
    assert "secret@" not in repr(settings)


def test_the_password_of_kafka_may_come_from_a_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text("hush-hush\n")
    monkeypatch.setenv("HOMEWARD_KAFKA_USER", "homeward")
    monkeypatch.setenv("HOMEWARD_KAFKA_PASSWORD_FILE", str(tmp_path / "password"))
    settings = read_settings()
    assert settings.kafka_password
    assert settings.kafka_password.get_secret_value() == "hush-hush"
    assert "hush-hush" not in repr(settings)


def test_each_force_has_a_topic_of_its_own_beside_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_FORCES", "nottinghamshire, derbyshire")
    topics = read_settings().intake_topics
    assert topics == (
        "homeward.notifications.v1",
        "homeward.notifications.v1.nottinghamshire",
        "homeward.notifications.v1.derbyshire",
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("KAFKA", "kafka.example", "HOMEWARD_KAFKA must be addresses such as kafka.example:9092"),
        ("KAFKA_USER", "homeward", "HOMEWARD_KAFKA_USER needs HOMEWARD_KAFKA_PASSWORD beside it"),
        ("KAFKA_KEY", "key.pem", "HOMEWARD_KAFKA_CERTIFICATE needs HOMEWARD_KAFKA_KEY beside it"),
        ("KAFKA_PARTITIONS", "0", "HOMEWARD_KAFKA_PARTITIONS must be greater than or equal to 1"),
        ("FORCES", "Derby shire", "HOMEWARD_FORCES holds a character that does not belong there"),
        ("PREFECT", "localhost:4200", "HOMEWARD_PREFECT must be an address that begins with http://"),
        ("PORT", "70000", "HOMEWARD_PORT must be less than or equal to 65535"),
        ("AUTHORITIES", "Nottingham", "HOMEWARD_AUTHORITIES must be ONS codes"),
        ("DATABASE_URL", "mysql://secret@x", "HOMEWARD_DATABASE_URL must be like postgresql://"),
        ("DATABASE_URL", "postgresql://a:secret@x:54e2/y", "HOMEWARD_DATABASE_URL has a port that is not"),
        ("OWNER_DATABASE_URL", ADDRESS, "HOMEWARD_OWNER_DATABASE_URL is given, but HOMEWARD_DATABASE_URL"),
        ("DATABASE_URL_FILE", "/nowhere", "HOMEWARD_DATABASE_URL_FILE names /nowhere, which cannot be read"),
        ("CONFIG", "/nowhere", "HOMEWARD_CONFIG is /nowhere, where there is no file"),
        ("LOG_LEVEL", "loud", "HOMEWARD_LOG_LEVEL must be"),
        ("PROT", "8000", "HOMEWARD_PROT is not a setting: did you mean HOMEWARD_PORT?"),
    ],
)
def test_a_wrong_variable_is_named_in_one_line_without_its_secret(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"HOMEWARD_{name}", value)
    with pytest.raises(SettingsError, match=f"^{re.escape(says)}") as told:
        read_settings()
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('port = "eighty"', "port in homeward.toml must be a whole number"),
        ("prt = 8000", "prt in homeward.toml is not a setting: did you mean port?"),
        ("port = ", "homeward.toml is not TOML in UTF-8"),
    ],
)
def test_a_wrong_line_of_the_file_is_named(content: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "homeward.toml").write_text(content)
    with pytest.raises(SettingsError, match=f"^{re.escape(says)}"):
        read_settings()


def test_every_setting_is_in_the_reference() -> None:
    reference = (Path(__file__).parents[2] / "docs/how-to/settings.md").read_text()
    told = set(re.findall(r"^\| `HOMEWARD_(\w+)`", reference, flags=re.MULTILINE))
    assert told == {name.upper() for name in Settings.model_fields}
