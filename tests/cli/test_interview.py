"""`homeward interview`: the whole path without a page or a token."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import staff
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, message

RECORD = Path(__file__).parents[2] / "docs" / "tour" / "record.json"
Homeward = Callable[..., Said]


@pytest.fixture
async def interview(store: Store) -> UUID:
    """An interview that became due two days ago."""
    now = datetime.now(UTC)
    people = [
        StaffMember(id="W-1", name="Ewa Nowak", training=("return_interview",)),
        StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER})),
    ]
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, people, now)
    back = message("returned", now - timedelta(days=2), id="m1")
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), [back], now)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    async with store.transaction(NOTTINGHAM) as tx:
        found: UUID = await tx.scalar("SELECT id FROM interviews")
    return found


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The record of the README's tour, with days that are still to come."""
    soon = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    content = re.sub('"2026-04-[0-9]{2}"', f'"{soon}"', RECORD.read_text(encoding="utf-8"))
    path = tmp_path / "record.json"
    path.write_text(re.sub('"2026-03-[^"]*"', "null", content), encoding="utf-8")
    return path


def give(homeward: Homeward, interview: UUID, name: str, by: str, **fields: object) -> Said:
    return homeward("interview", "do", interview, name, "--by", by, "--with", json.dumps(fields))


def test_an_interview_goes_from_due_to_approved(homeward: Homeward, interview: UUID, record: Path) -> None:
    said = [
        give(homeward, interview, "allocate", "M-1", interviewer="W-1"),
        give(homeward, interview, "offer", "W-1", how="phone", answer="accepted"),
        give(homeward, interview, "hold", "W-1"),
        homeward("interview", "record", interview, record, "--by", "W-1"),
        give(homeward, interview, "submit", "W-1", draft=1),
        give(homeward, interview, "approve", "M-1", decision="Agreed."),
    ]
    assert [each.last_line for each in said] == [
        "allocated, version 2",
        "offered, version 3",
        "held, version 4",
        "draft 1",
        "submitted, version 5",
        "approved, version 6",
    ], [each.err for each in said]
    shown = homeward("interview", "show", interview).out.splitlines()
    assert shown[0].startswith("approved, due ")
    assert [line.split("  ")[1] for line in shown[1:]] == [
        "allocate",
        "offer",
        "hold",
        "submit",
        "approve",
    ]


def test_the_list_names_what_is_not_approved_yet(homeward: Homeward, interview: UUID) -> None:
    said = homeward("interview", "list", "--child", "C-100482")
    assert said.last_line.split()[:2] == [str(interview), "due"]
    assert homeward("interview", "list", "--child", "C-9").err.startswith("homeward: there is no such child")


def test_the_same_key_is_the_same_command(homeward: Homeward, interview: UUID) -> None:
    told = ("interview", "do", interview, "allocate", "--by", "M-1", "--key", "k-1", "--version", "1")
    first = homeward(*told, "--with", '{"interviewer": "W-1"}')
    again = homeward(*told, "--with", '{"interviewer": "W-1"}')
    assert (first.last_line, again.last_line) == (
        "allocated, version 2",
        "allocated, version 2, as it was before",
    )


@pytest.mark.parametrize(
    ("name", "by", "fields", "told", "code"),
    [
        ("alocate", "M-1", {}, "alocate is no command: use one of allocate, ", 2),
        ("allocate", "M-1", {}, "allocate: interviewer: is lacking: add it", 2),
        ("allocate", "M-1", {"interviewer": "W-9"}, "interviewer: W-9 is not in the directory of staff", 1),
        ("hold", "W-1", {}, "what can be done now: allocate", 1),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_why(  # noqa: PLR0917 - one column each
    homeward: Homeward,
    interview: UUID,
    name: str,
    by: str,
    fields: dict[str, object],
    told: str,
    code: int,
) -> None:
    said = give(homeward, interview, name, by, **fields)
    assert said.code == code
    assert told in said.err
    assert said.err.count("\n") == 1


def test_findings_end_with_one_while_something_blocks(
    homeward: Homeward, interview: UUID, record: Path
) -> None:
    give(homeward, interview, "allocate", "M-1", interviewer="W-1")
    thin = homeward("interview", "findings", interview)
    assert thin.code == 1
    assert "outcomes_missing" in thin.out
    homeward("interview", "record", interview, record, "--by", "W-1")
    assert homeward("interview", "findings", interview).last_line == (
        "nothing keeps the record from being submitted"
    )


def test_a_record_that_cannot_be_read_is_kept_and_says_where(
    homeward: Homeward, interview: UUID, tmp_path: Path
) -> None:
    give(homeward, interview, "allocate", "M-1", interviewer="W-1")
    (tmp_path / "wrong.json").write_text('{"acount": {}}', encoding="utf-8")
    said = homeward("interview", "record", interview, "wrong.json", "--by", "W-1")
    assert said.code == 1
    assert "wrong.json: acount: is no section" in said.err
    assert "what you sent is kept as draft 1" in said.err


@pytest.mark.parametrize(
    ("content", "told"), [(None, "cannot be read"), ("{", "is not JSON"), ("[]", "has to be an object")]
)
def test_a_file_that_is_no_record_says_why(
    homeward: Homeward, interview: UUID, tmp_path: Path, content: str | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "wrong.json").write_text(content, encoding="utf-8")
    said = homeward("interview", "record", interview, "wrong.json", "--by", "W-1")
    assert (said.code, told in said.err) == (2, True)


def test_an_interview_that_is_not_there_says_where_to_look(homeward: Homeward, interview: UUID) -> None:
    said = homeward("interview", "show", "3b0c5d0e-0000-4000-8000-000000000001")
    assert said.code == 1
    assert "GET /api/v1/interviews" in said.err
