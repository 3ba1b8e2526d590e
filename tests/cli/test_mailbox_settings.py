"""Settings of the mailbox: one way to sign in, and that whole."""

import re
from pathlib import Path

import pytest

from cli.mailbox_where import where_of
from cli.settings import SettingsError, read_settings

BOX = {"HOST": "outlook.office365.com", "USER": "missing@nottingham.example"}
TOKEN = {
    "TOKEN_URL": "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token",
    "CLIENT_ID": "homeward",
    "CLIENT_SECRET": "s3cret",
}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def give(monkeypatch: pytest.MonkeyPatch, told: dict[str, str]) -> None:
    for name, value in told.items():
        monkeypatch.setenv(f"HOMEWARD_MAILBOX_{name}", value)


def test_tokens_of_exchange_online_are_asked_for_with_a_secret_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    (tmp_path / "unused").write_text("")
    files = {"CLIENT_SECRET_FILE": str(tmp_path / "secret"), "PASSWORD_FILE": str(tmp_path / "unused")}
    give(monkeypatch, BOX | TOKEN | files)
    monkeypatch.delenv("HOMEWARD_MAILBOX_CLIENT_SECRET")
    where = where_of(settings := read_settings())
    assert where
    assert where.client
    assert (where.client.secret, where.client.scope) == ("s3cret", "https://outlook.office365.com/.default")
    assert "s3cret" not in repr(where) + repr(settings)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (BOX, "HOST needs HOMEWARD_MAILBOX_PASSWORD beside it, or HOMEWARD_MAILBOX_TOKEN_URL"),
        (
            BOX | TOKEN | {"PASSWORD": "s3cret"},
            "PASSWORD and HOMEWARD_MAILBOX_TOKEN_URL are two ways to sign",
        ),
        (
            BOX | {"CLIENT_ID": "x"},
            "HOST needs HOMEWARD_MAILBOX_TOKEN_URL and HOMEWARD_MAILBOX_CLIENT_SECRET",
        ),
        (TOKEN, "TOKEN_URL needs HOMEWARD_MAILBOX_HOST and HOMEWARD_MAILBOX_USER beside it"),
        (BOX | TOKEN | {"TOKEN_URL": "http://login.example/token"}, "TOKEN_URL must begin with https://"),
    ],
)
def test_half_of_a_way_to_sign_in_or_two_of_them_are_refused(
    told: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, told)
    with pytest.raises(SettingsError, match=f"^{re.escape(f'HOMEWARD_MAILBOX_{says}')}") as error:
        read_settings()
    assert "s3cret" not in str(error.value)
