"""The directory of interviewers: imported whole, once, and shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.directory import DirectoryRefused, ImportedStaff, import_staff
from casework.staff_rows import read_staff
from store.database import Store
from tests.cli.console import Console, Said
from tests.messages import DERBY, NOTTINGHAM

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[2] / "docs/tour/interviewers.csv"
HEADER = "id,name,roles,languages,training,working,leave,capacity"
ANIA = "ania,Ania Kowalska,interviewer,english; polish,return_interview,Mon-Fri 09:00-17:00,,6"
MARY = "mary,Mary Okoro,team_manager,,,,,"


async def imports(store: Store, *rows: str, keep_going: bool = False) -> ImportedStaff:
    sheet = read_staff([f"{row}\n" for row in (HEADER, *rows)])
    return await import_staff(store, NOTTINGHAM, sheet, person="system:test", now=NOW, keep_going=keep_going)


async def asked(store: Store, sql: str, authority: str = NOTTINGHAM) -> list[Any]:
    async with store.transaction(authority) as tx:
        return [tuple(row) for row in await tx.all(sql)]


async def test_the_same_directory_again_changes_nothing(store: Store) -> None:
    assert await imports(store, ANIA, MARY) == ImportedStaff(2, 0, 0, ())
    before = await asked(store, "SELECT max(no) FROM ledger")
    assert await imports(store, MARY, ANIA) == ImportedStaff(0, 0, 2, ())
    assert await asked(store, "SELECT max(no) FROM ledger") == before


async def test_the_whole_example_again_changes_nothing(store: Store) -> None:
    with EXAMPLE.open(encoding="utf-8", newline="") as lines:
        sheet = read_staff(lines)
    first = await import_staff(store, NOTTINGHAM, sheet, person="system:test", now=NOW)
    again = await import_staff(store, NOTTINGHAM, sheet, person="system:test", now=NOW)
    assert (first.new, again) == (10, ImportedStaff(0, 0, 10, ()))


async def test_a_change_is_a_line_of_the_ledger_that_says_which_facts_and_no_name(store: Store) -> None:
    await imports(store, ANIA, MARY)
    assert await imports(store, ANIA.replace(",6", ",4"), MARY) == ImportedStaff(0, 1, 1, ())
    rows = await asked(store, "SELECT actor, subject, payload FROM ledger ORDER BY no DESC LIMIT 1")
    [(actor, subject, payload)] = rows
    assert (actor, subject, payload["changed"]) == ("system:test", "staff/ania", ["capacity"])
    assert "Kowalska" not in str(payload)


async def test_who_is_not_in_the_file_stays(store: Store) -> None:
    await imports(store, ANIA, MARY)
    assert await imports(store, MARY) == ImportedStaff(0, 0, 1, ("ania",))
    assert await asked(store, "SELECT id FROM staff ORDER BY id") == [("ania",), ("mary",)]


async def test_nothing_is_imported_when_one_line_is_wrong(store: Store) -> None:
    wrong = ANIA.replace("Mon-Fri", "Daily")
    with pytest.raises(DirectoryRefused, match="1 line has to be corrected first"):
        await imports(store, MARY, wrong)
    assert await asked(store, "SELECT 1 FROM staff") == []
    done = await imports(store, MARY, wrong, keep_going=True)
    assert (done.new, len(done.problems)) == (1, 1)


async def test_a_directory_is_one_authoritys(store: Store) -> None:
    await imports(store, ANIA)
    assert await asked(store, "SELECT 1 FROM staff", DERBY) == []


async def test_the_command_imports_and_says_who_stays(console: Console, store: Store) -> None:
    await imports(store, MARY)
    path = console.directory / "interviewers.csv"
    path.write_text("\ufeff" + "\r\n".join((HEADER, ANIA)), encoding="utf-8")
    said = console.run("interviewers", "import", "interviewers.csv")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "interviewers: 1 new, 0 changed, 0 unchanged\nnot in the file: mary, who stays as it is\n"
    )


async def test_the_list_shows_everybody(homeward: Callable[..., Said], store: Store) -> None:
    assert homeward("interviewers", "list").out.startswith("nobody: import the directory")
    await imports(store, ANIA, MARY)
    assert homeward("interviewers", "list").out.splitlines() == [
        "ania         Ania Kowalska · interviewer · english, polish · return_interview · up to 6",
        "mary         Mary Okoro · team manager · english · no training · any number",
    ]


@pytest.mark.parametrize(
    ("option", "out"), [((), ""), (("--keep-going",), "interviewers: 1 new, 0 changed, 0 unchanged\n")]
)
def test_the_command_ends_with_1_when_a_line_is_wrong(
    option: tuple[str, ...], out: str, homeward: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "staff.csv").write_text("\n".join((HEADER, MARY, ANIA.replace(",6", ",six"))))
    said = homeward("interviewers", "import", "staff.csv", *option)
    assert (said.code, said.out) == (1, out)
    assert said.err.startswith("staff.csv:3: capacity: 'six' is no whole number")
    assert homeward("interviewers", "import", "nowhere.csv").code == 2
