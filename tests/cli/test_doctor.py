"""The doctor: well when all is well; otherwise each fault with its mend, and exit code 1."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from cli import database_checks, machine_checks
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Console, Said
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database, connect

NOW = datetime.now(UTC)
FILE = Sender("file", "morning.jsonl", (NOTTINGHAM,))
Homeward = Callable[..., Said]


def findings(said: Said, state: str) -> dict[str, str]:
    """Return what was found in this state, by subject."""
    lines = [line.split(None, 1) for line in said.out.splitlines()]
    return dict(rest.split(": ", 1) for found, rest in lines if found == state)


def test_a_fresh_installation_is_well(console: Console) -> None:
    said = console.run("doctor")
    assert (said.code, said.err) == (0, "")
    assert findings(said, "FAIL") == {}
    well = findings(said, "ok")
    assert {"python", "home", "policy", "postgresql", "role", "authorities", "clock", "migrations"} <= set(
        well
    )
    assert "PostgreSQL" not in well["postgresql"]


async def test_what_waits_too_long_is_a_fault_and_dead_letters_are_worth_knowing(
    homeward: Homeward, store: Store
) -> None:
    long_ago = NOW - timedelta(hours=1)
    await receive(store, FILE, [message("reported", long_ago, id="a"), b"not JSON"], long_ago)
    said = homeward("doctor")
    assert said.code == 1
    assert set(findings(said, "FAIL")) == {f"{NOTTINGHAM} inbox", f"{NOTTINGHAM} ledger"}
    assert "start homeward up" in findings(said, "FAIL")[f"{NOTTINGHAM} inbox"]
    assert said.err == "homeward: 2 of 19 checks failed: mend what FAIL names\n"


async def test_a_head_that_is_not_in_the_ledger_is_a_fault(
    homeward: Homeward, store: Store, settings: dict[str, str]
) -> None:
    heads = Path(settings["HOMEWARD_HOME"]) / "heads"
    await receive(store, FILE, [message("reported", NOW, id="a")], NOW)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM], heads).drain()
    assert findings(homeward("doctor"), "FAIL") == {}
    published = heads / f"{NOTTINGHAM}.jsonl"
    published.write_text(published.read_text().replace('"position": ', '"position": 9'))
    assert set(findings(homeward("doctor"), "FAIL")) == {f"{NOTTINGHAM} heads"}


@pytest.mark.parametrize(
    ("fault", "subject"),
    [
        ("ALTER TABLE episodes NO FORCE ROW LEVEL SECURITY", "authorities"),
        ("ALTER TABLE care OWNER TO homeward_app", "role"),
    ],
)
def test_a_hole_in_the_security_is_a_fault(
    fault: str, subject: str, homeward: Homeward, database: Database
) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute(fault.encode())
    assert set(findings(homeward("doctor"), "FAIL")) == {subject}


@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("HOMEWARD_POLICY", "nowhere.toml", "policy"),
        ("HOMEWARD_HOME", "/dev/null/home", "home"),
        ("HOMEWARD_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/c", "postgresql"),
    ],
)
def test_what_is_wrong_on_this_machine_is_a_fault(
    name: str, value: str, subject: str, homeward: Homeward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    said = homeward("doctor")
    assert (said.code, set(findings(said, "FAIL"))) == (1, {subject})
    assert " → " in findings(said, "FAIL")[subject]


def test_little_space_and_clocks_apart_are_faults(
    homeward: Homeward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_checks, "MUCH_TOO_LITTLE_BYTES", 10**18)
    monkeypatch.setattr(database_checks, "CLOCKS_APART", timedelta(seconds=-1))
    assert set(findings(homeward("doctor"), "FAIL")) == {"space", "clock"}


def test_an_old_python_is_a_fault(homeward: Homeward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_checks, "OLDEST_PYTHON", (4, 0))
    assert set(findings(homeward("doctor"), "FAIL")) == {"python"}
