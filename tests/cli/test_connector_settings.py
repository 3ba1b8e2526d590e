"""Settings of the case-management system: whole, and safe for what is about a child."""

import os
from pathlib import Path

import pytest

from cli.case_management import targets
from cli.settings import SettingsError, read_settings
from schemas.connector_policy import ConnectorPolicy

WHOLE = {
    "CASE_URL": "https://cases.example/api/",
    "CASE_TOKEN_URL": "https://login.example/token",
    "CASE_CLIENT_ID": "homeward",
    "CASE_CLIENT_KEY": "between us",
}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HOMEWARD_")]:
        monkeypatch.delenv(name)


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"HOMEWARD_{name}", value)


def test_without_settings_no_target_is_reached() -> None:
    assert targets(read_settings(), ConnectorPolicy()) == {}


async def test_with_them_each_target_can_be_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, **WHOLE, CASE_DIRECTORY=str(tmp_path / "updates"))
    settings = read_settings()
    reached = targets(settings, ConnectorPolicy())
    assert set(reached) == {"rest", "files"}
    for target in reached.values():
        async with target() as system:
            assert system
    assert "between us" not in repr(settings)


@pytest.mark.parametrize("lacking", WHOLE)
def test_half_an_address_is_refused(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **{name: value for name, value in WHOLE.items() if name != lacking})
    with pytest.raises(SettingsError, match=f"needs HOMEWARD_{lacking} beside it"):
        read_settings()


@pytest.mark.parametrize("name", ["CASE_URL", "CASE_TOKEN_URL"])
@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://cases.example/api", "must begin with https://"),
        ("cases.example", "must be an address such as"),
        ("https://me:x@cases.example", "must be an address such as"),
        ("https://cases.example/api?key=1", "must be an address such as"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(
    name: str, address: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, **(WHOLE | {name: address}))
    with pytest.raises(SettingsError, match=f"HOMEWARD_{name} {says}"):
        read_settings()


def test_on_this_machine_it_may_go_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **(WHOLE | {"CASE_URL": "http://127.0.0.1:8700"}))
    assert read_settings().case_url == "http://127.0.0.1:8700"
