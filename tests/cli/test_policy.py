"""`homeward policy`: shown, tried, uploaded and accepted from the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, message

Homeward = Callable[..., Said]
TWO_DAYS = '[interview]\nwithin = "P2D"\n'


@pytest.fixture
async def due(store: Store) -> Store:
    """A child who was back 50 hours ago."""
    now = datetime.now(UTC)  # the command reads the clock
    told = [message("returned", now - timedelta(hours=50), id="m1")]
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), told, now)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "policy.toml"
    made.write_text(TWO_DAYS)
    return made


def test_before_the_first_version_the_configured_policy_is_shown(homeward: Homeward) -> None:
    said = homeward("policy", "show")
    assert said.out.splitlines()[0] == f"{NOTTINGHAM}: configured (as it comes)"
    assert "  interview.within: 3 days\n" in said.out
    assert "\n*" not in said.out
    assert homeward("policy", "versions").out.startswith("none yet")


async def test_trying_a_policy_says_what_becomes_overdue_and_keeps_nothing(
    homeward: Homeward, due: Store, file: Path
) -> None:
    said = homeward("policy", "try", file)
    first, second, last = said.out.splitlines()
    assert first == "Time from the return to the deadline: 3 days -> 2 days"
    assert second.endswith(", OVERDUE")
    assert last == "changes: 1 interview becomes overdue, 1 deadline moves"
    assert homeward("policy", "versions").out.startswith("none yet")


async def test_an_uploaded_policy_counts_once_it_is_accepted_and_the_doctor_says_so(
    homeward: Homeward, due: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = homeward("policy", "upload", file, "--why", "Sooner")
    assert said.out.splitlines()[-1].startswith("version 1 is kept; it counts after:")
    assert "configured" in homeward("policy", "show").out
    assert homeward("policy", "accept", 1, "--why", "Agreed").out.splitlines()[-1] == "version 1 is in force"
    shown = homeward("policy", "show").out
    assert f"{NOTTINGHAM}: version 1, in force" in shown
    assert "* interview.within: 2 days\n" in shown
    assert homeward("verify").code == 0
    file.write_text("version = 1\n")  # noqa: ASYNC240 - nothing else goes on
    monkeypatch.setenv("HOMEWARD_POLICY", str(file))
    assert f"version 1 is in force, and not what {file} says" in homeward("doctor").out


def test_what_is_shown_as_json_can_be_uploaded(homeward: Homeward, tmp_path: Path) -> None:
    told = json.loads(homeward("policy", "show", "--json").out)
    told["interview"]["within"] = "PT48H"
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(told))
    assert "3 days -> 2 days" in homeward("policy", "try", file).out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[interview]\nwithn = 1\n", "interview.withn: is no setting of a policy: did you mean within?"),
        ("", "policy: is empty"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_in_one_line(
    text: str, says: str, homeward: Homeward, file: Path
) -> None:
    file.write_text(text)
    said = homeward("policy", "upload", file, "--why", "Tried")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert says in said.err


def test_a_version_that_is_not_there_and_a_file_that_is_not_there_are_told(homeward: Homeward) -> None:
    assert "there is no version 7" in homeward("policy", "accept", 7, "--why", "Agreed").err
    assert "cannot be read (No such file or directory)" in homeward("policy", "try", "none.toml").err
