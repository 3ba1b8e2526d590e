"""Settings of how people are told: whole, or refused in one line that tells no secret."""

import os
import re
from pathlib import Path

import pytest

from cli.channels import channels_of
from cli.settings import SettingsError, read_settings
from connectors.notify import NotifyEmail
from connectors.smtp import Smtp
from tests.connectors.notify_peer import EMAIL, KEY, TEXT

WEBHOOK = "https://teams.example/workflows/1?sig=secret"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the test's own."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HOMEWARD_")]:
        monkeypatch.delenv(name)


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"HOMEWARD_{name}", value)


def test_without_settings_there_is_the_inbox_alone() -> None:
    assert channels_of(read_settings()) == {}
    assert read_settings(port=8080).address == "http://127.0.0.1:8080"


def test_e_mail_goes_by_the_mail_server_or_by_notify(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SMTP_HOST="mail.example", SMTP_FROM="homeward@example.org")
    assert isinstance(channels_of(read_settings())["email"], Smtp)
    monkeypatch.delenv("HOMEWARD_SMTP_HOST")
    monkeypatch.delenv("HOMEWARD_SMTP_FROM")
    given(monkeypatch, NOTIFY_KEY=KEY, NOTIFY_EMAIL_TEMPLATE=EMAIL, NOTIFY_TEXT_TEMPLATE=TEXT)
    channels = channels_of(read_settings())
    assert isinstance(channels["email"], NotifyEmail)
    assert set(channels) == {"email", "text"}


def test_secrets_come_from_files_and_are_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in {"notify_key": KEY, "smtp_password": "correct horse", "teams_url": WEBHOOK}.items():
        (tmp_path / name).write_text(f"{secret}\n")
        given(monkeypatch, **{f"{name.upper()}_FILE": str(tmp_path / name)})
    given(monkeypatch, NOTIFY_TEXT_TEMPLATE=TEXT, SMTP_HOST="mail", SMTP_FROM="h@example", SMTP_USER="h")
    settings = read_settings()
    channels = channels_of(settings)
    assert set(channels) == {"email", "text", "teams"}
    told = f"{settings!r} {channels!r}"
    assert [secret for secret in (KEY, KEY[-36:], "correct horse", "sig=secret") if secret in told] == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"SMTP_HOST": "mail.example"}, "HOMEWARD_SMTP_HOST needs HOMEWARD_SMTP_FROM beside it"),
        ({"SMTP_USER": "homeward"}, "HOMEWARD_SMTP_USER needs HOMEWARD_SMTP_PASSWORD beside it"),
        ({"SMTP_SECURITY": "ssl"}, "HOMEWARD_SMTP_SECURITY must be"),
        (
            {"SMTP_USER": "h", "SMTP_PASSWORD": "secret", "SMTP_SECURITY": "none"},
            "HOMEWARD_SMTP_SECURITY is none: a password goes by TLS or STARTTLS only",
        ),
        ({"NOTIFY_KEY": KEY}, "HOMEWARD_NOTIFY_KEY needs HOMEWARD_NOTIFY_EMAIL_TEMPLATE"),
        ({"NOTIFY_KEY": "secret"}, "HOMEWARD_NOTIFY_KEY must be a whole API key of GOV.UK Notify"),
        ({"NOTIFY_TEXT_TEMPLATE": TEXT}, "HOMEWARD_NOTIFY_KEY needs"),
        ({"TEAMS_URL": "secret"}, "HOMEWARD_TEAMS_URL must be the address of a workflow's webhook"),
        ({"PUBLIC_URL": "homeward.example"}, "HOMEWARD_PUBLIC_URL must be an address that begins with"),
        (
            {
                "SMTP_HOST": "m", "SMTP_FROM": "h@e", "NOTIFY_KEY": KEY, "NOTIFY_EMAIL_TEMPLATE": EMAIL,
            },
            "HOMEWARD_SMTP_HOST and HOMEWARD_NOTIFY_EMAIL_TEMPLATE are two ways for e-mail",
        ),
    ],
)  # fmt: skip
def test_a_wrong_or_half_setting_is_named_without_its_secret(
    settings: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, **settings)
    with pytest.raises(SettingsError, match=f"^{re.escape(says)}") as told:
        read_settings()
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value)
