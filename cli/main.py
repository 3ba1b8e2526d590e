"""The program `homeward`: finds the command that was asked for and turns its errors into one line.

Only the module of that command is imported, so that `homeward --help` is quick.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from types import FrameType
from typing import Annotated, Final, NamedTuple, NoReturn

import typer

from cli.errors import Stop, on_one_line, sentence_of, shown
from cli.group import group

INTERRUPTED: Final = 130


class Command(NamedTuple):
    """Where a command is, and what the list of commands says of it."""

    module: str
    help: str


COMMANDS: Final = {
    "up": Command("cli.up", "Start everything on this machine."),
    "web": Command("cli.web", "Serve the pages and the API alone."),
    "worker": Command("cli.worker", "Apply what comes by Kafka."),
    "relay": Command("cli.relay", "Tell Kafka what is true in the database."),
    "brief": Command("cli.brief", "Print or send the morning brief of managers."),
    "flows": Command("cli.flows", "Serve what Prefect does by the clock."),
    "topics": Command("cli.topics", "Make the topics in Kafka."),
    "ingest": Command("cli.ingest", "Take notifications in from files and folders."),
    "formats": Command("cli.formats", "Try how what a force sends is understood."),
    "mailbox": Command("cli.mailbox", "Take notifications in from a mailbox, or by SMTP."),
    "letters": Command("cli.letters", "Mend and replay what could not be read."),
    "pushes": Command("cli.pushes", "Look at outcomes on their way into other systems."),
    "reconcile": Command("cli.reconcile", "Compare a force's list of missing children with ours."),
    "children": Command("cli.children", "Import the authority's index of children."),
    "matching": Command("cli.matching", "See what tells one child from another, and learn the weights."),
    "history": Command("cli.history", "Import past episodes and interviews from a former system."),
    "interview": Command("cli.interview", "Arrange, hold and record a return home interview."),
    "interviewers": Command("cli.interviewers", "Import and list who holds interviews."),
    "allocate": Command("cli.allocate", "Suggest who holds which interview."),
    "alerts": Command("cli.alerts", "See what is late, and say what is done about it."),
    "chase": Command("cli.chase", "Raise what has come due, once, without Prefect."),
    "plan": Command("cli.plan", "Look at a child's safety plan, and keep it up."),
    "policy": Command("cli.policy", "Look at the authority's policy, and change it."),
    "measures": Command("cli.measures", "Count what came of the interviews due in a period."),
    "handover": Command("cli.handover", "Hand an interview over to the authority where the child lives."),
    "tokens": Command("cli.tokens", "Give and take away access to the API."),
    "verify": Command("cli.verify", "Work everything out again and report any difference."),
    "doctor": Command("cli.doctor", "Look for what is wrong here, and say how to mend it."),
    "db": Command("cli.db", "Bring a database of your own up to date."),
    "schemas": Command("cli.schemas", "Write the published JSON Schemas."),
    "demo": Command("cli.demo.command", "Play the demonstration."),
}


def main() -> NoReturn:
    """Run what the command line asks for, and end with its exit code."""
    code = run(sys.argv[1:], loaded=_end_in_good_order)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has gone
    sys.exit(code)


def run(arguments: Sequence[str], loaded: Callable[[], None] | None = None) -> int:
    """Run a command and return its exit code: 1 for what went wrong, 2 for a wrong command line.

    `loaded` is called before it begins.
    """
    asked = next((word for word in arguments if not word.startswith("-")), None)
    try:
        asked_for = program(asked)
        if loaded:
            loaded()
        code = asked_for(arguments, prog_name="homeward", standalone_mode=False)
    except KeyboardInterrupt:
        return INTERRUPTED
    except typer.TyperException as error:
        path = getattr(getattr(error, "ctx", None), "command_path", "homeward")
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        return _say(f"{message} (see {path} --help)", error.exit_code)
    except Exception as error:
        if os.environ.get("HOMEWARD_DEBUG", "0") not in {"", "0"}:
            raise
        return _say(sentence_of(error), error.code if isinstance(error, Stop) else 1)
    return code if isinstance(code, int) else 0


def program(asked: str | None) -> typer.Typer:
    """Return the program with the asked command loaded; the others are there by name and help."""
    app = group("Homeward: from a police notification to a return home interview that is on time.")
    app.callback(invoke_without_command=True)(_root)
    for name, command in COMMANDS.items():
        body = _load(command.module) if name == asked else _unloaded
        if isinstance(body, typer.Typer):
            app.add_typer(body, name=name, help=command.help)
        else:
            app.command(name, help=command.help if body is _unloaded else None)(body)
    return app


def _load(module: str) -> typer.Typer | Callable[..., object]:
    gc.disable()  # modules are no rubbish: looking for some among them takes a quarter of the start
    try:
        command: typer.Typer | Callable[..., object] = import_module(module).command
    finally:
        gc.freeze()
        gc.enable()
    return command


def _unloaded() -> None:
    """Stand in for a command that was not asked for."""


def _root(
    context: typer.Context,
    version_: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Settings come from HOMEWARD_… variables or homeward.toml; every command has its own --help."""
    if version_:
        typer.echo(f"homeward {version('homeward')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _say(message: str, code: int) -> int:
    print(shown(f"homeward: {on_one_line(message)}"), file=sys.stderr)
    return code


def _end_in_good_order() -> None:
    """From now on end in good order, as with Ctrl-C.

    Not sooner: an exception that is raised amid an import is lost now and then, and the process stays.
    """
    for each in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
