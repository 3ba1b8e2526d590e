"""Finding one's way: every command explains itself, and mistakes are told in one line."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from cli.main import COMMANDS, run
from tests.cli.console import Console


def subcommands() -> list[str]:
    """Return every command line that does something, such as `tokens create`."""
    found = []
    for name, command in COMMANDS.items():
        loaded = import_module(command.module).command
        if isinstance(loaded, typer.Typer):
            found += [f"{name} {_name(each)}" for each in loaded.registered_commands]
        else:
            found.append(name)
    return found


def _name(command: typer.models.CommandInfo) -> str:
    assert command.callback is not None
    return command.name or command.callback.__name__


@pytest.mark.parametrize("command", subcommands())
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert "Example" in said
    assert f"homeward {command}" in said


def test_the_list_of_commands_is_complete_and_quick(tmp_path: Path) -> None:
    script = (
        "import sys; from cli.main import run; run(['--help']);"
        "assert not {'sqlalchemy', 'fastapi', 'pydantic', 'rich'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(f"  {name}" in done.stdout for name in COMMANDS)


def test_the_console_script_says_its_version(tmp_path: Path) -> None:
    said = Console(tmp_path).run("--version")
    assert (said.code, said.out.split()[0], said.err) == (0, "homeward", "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("ingets x", "No such command 'ingets'. Did you mean 'ingest'? (see homeward --help)"),
        ("tokens", "Missing command (see homeward tokens --help)"),
        ("ingest", "Missing argument 'PATH…' (see homeward ingest --help)"),
        ("up --prot 1", "No such option: --prot"),
        ("letters show 12", "Invalid value for 'ID'"),
        ("tokens create feed --scope wrong", "Invalid value for '--scope'"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(
    line: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line.split()) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_an_error_is_a_traceback_only_for_those_who_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOMEWARD_PORT", "eighty")
    assert run(["up"]) == 1
    assert capsys.readouterr().err == "homeward: HOMEWARD_PORT must be a whole number\n"
    monkeypatch.setenv("HOMEWARD_DEBUG", "1")
    with pytest.raises(ValueError, match="HOMEWARD_PORT"):
        run(["up"])


def test_every_command_is_in_the_guides() -> None:
    guides = "".join(path.read_text() for path in (Path(__file__).parents[2] / "docs/how-to").glob("*.md"))
    assert [command for command in subcommands() if f"homeward {command}" not in guides] == ["demo feed"]
