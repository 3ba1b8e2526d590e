"""`homeward reconcile`: one list, compared from the command line."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.console import Said

FORCE = ("--force", "urn:police:nottinghamshire")
AT = ("--at", "2026-03-31T06:00Z")


def test_a_list_is_compared_and_the_same_again_is_not(homeward: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "today.csv").write_text("Reference,Family name,Given names\nNP-B,Khan,Bilal\n,Hari,\n")
    said = homeward("reconcile", "today.csv", *FORCE, *AT)
    assert said.code == 0
    assert said.out == "1 children listed, 1 faults; compared: 1 new differences, 0 over\n"
    assert "today.csv: " in said.err
    assert "does not say which child it is" in said.err
    assert "Hari" not in said.err
    again = homeward("reconcile", "today.csv", *FORCE, *AT)
    assert again.out == "1 children listed, 1 faults; it was here before: nothing is new\n"


def test_what_is_no_list_is_refused_in_one_line(homeward: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "today.csv").write_text("a,b\n1,2\n")
    said = homeward("reconcile", "today.csv", *FORCE, *AT)
    assert (said.code, said.err.splitlines()[-1]) == (
        1, "homeward: the list was not compared: none of its rows could be understood",
    )  # fmt: skip
    assert homeward("reconcile", "none.csv", *FORCE).code == 2
    assert homeward("reconcile", "today.csv", "--force", "Notts").code == 2
    assert homeward("reconcile", "today.csv", *FORCE, "--at", "today").code == 2
