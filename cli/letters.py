"""`homeward letters`: what could not be read, looked at, mended and replayed."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from casework import letters
from casework.letters import Replayed
from cli.acting import now_utc, person
from cli.carrying import carry_what_waits
from cli.database import with_store
from cli.errors import Stop, on_one_line, shown
from cli.group import group
from cli.settings import Settings, read_settings
from store.database import Store
from store.letters import Letter
from store.views.letters import Envelope

command = group("Look at what could not be read, mend it and replay it. Nothing here is ever lost.")
Id = Annotated[UUID, typer.Argument(metavar="ID", help="The letter, as listed.")]


@command.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Those that were replayed, too.")] = False,
) -> None:
    """List the dead letters that wait for somebody, the latest first.

    \b
    Example:
      homeward letters list
    """
    settings = read_settings()

    async def work(store: Store) -> list[Envelope]:
        return await letters.listed(store, settings.authorities, person(), waiting_only=not all_)

    for letter in with_store(settings, work):
        typer.echo(_line(letter))


@command.command()
def show(
    letter: Id,
    raw: Annotated[
        bool, typer.Option("--raw", help="Its bytes alone, mended ones if there are any.")
    ] = False,
) -> None:
    """Show a letter: whence it came, what is wrong with it, and its text.

    \b
    Example:
      homeward letters show 3b0c5d0e-0000-4000-8000-000000000001 --raw > letter.json
    """
    _, found = _find(read_settings(), letter)
    content = found.content if found.mended is None else found.mended
    if raw:
        sys.stdout.buffer.write(content)
    else:
        typer.echo(_head(found))
        typer.echo(shown(content.decode(errors="backslashreplace")))


@command.command()
def mend(
    letter: Id,
    file: Annotated[
        str | None, typer.Option(metavar="F", help="The mended text; - or a pipe: from stdin.")
    ] = None,
) -> None:
    """Keep a mended text beside the original: from a file, from stdin, or written in your $EDITOR.

    It counts once the letter is replayed.

    \b
    Examples:
      homeward letters mend 3b0c5d0e-0000-4000-8000-000000000001
      homeward letters mend 3b0c5d0e-0000-4000-8000-000000000001 --file letter.json
    """
    settings = read_settings()
    authority, found = _find(settings, letter)
    content = _mended(found, file)

    async def work(store: Store) -> None:
        await letters.mend(store, authority, letter, content, person=person(), now=now_utc())

    with_store(settings, work)
    left = letters.problems_of(content, draft=found.draft)
    _complain(map(str, left))
    then = "it still cannot be read" if left else f"now run homeward letters replay {letter}"
    typer.echo(f"The letter is mended: {then}.")


@command.command()
def replay(letter: Id) -> None:
    """Take a letter in again, as from its sender: the mended text, else the original.

    \b
    Example:
      homeward letters replay 3b0c5d0e-0000-4000-8000-000000000001
    """
    settings = read_settings()
    policy = settings.read_policy()

    async def work(store: Store) -> Replayed:
        done = await letters.replay(store, settings.authorities, letter, person(), now_utc())
        await carry_what_waits(store, settings, policy)
        return done

    done = with_store(settings, work)
    if not done.settled:
        _complain(str(problem) for receipt in done.receipts for problem in receipt.problems)
        raise Stop(f"the letter stays as it is: mend it with homeward letters mend {letter}, then replay it")
    typer.echo(f"The letter is settled: {done.outcome}.")


def _find(settings: Settings, letter: UUID) -> tuple[str, Letter]:
    async def work(store: Store) -> tuple[str, Letter]:
        return await letters.find(store, settings.authorities, letter, person())

    return with_store(settings, work)


def _mended(found: Letter, file: str | None) -> bytes:
    """Return the mended text from where it is given."""
    if file == "-" or (file is None and not sys.stdin.isatty()):
        return sys.stdin.buffer.read()
    if file is None:
        return _edited(found.content if found.mended is None else found.mended)
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Stop(f"{file} cannot be read ({error.strerror}): correct the path", 2) from error


def _edited(content: bytes) -> bytes:
    """Let the person edit the text, in a file that nobody else can read."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="homeward-") as directory:
        path = Path(directory) / "letter.json"
        path.write_bytes(content)
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603  # the person's own
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise Stop(
                f"{editor} did not end well, nothing was changed: set EDITOR, or use --file"
            ) from error
        mended = path.read_bytes()
    if mended == content:
        raise Stop("the text is as it was: nothing was changed")
    return mended


def _line(letter: Envelope) -> str:
    first = on_one_line("; ".join(_reason(reason) for reason in letter.reasons))
    times = f" ({letter.arrivals} times)" if letter.arrivals > 1 else ""
    state = f"  [{letter.outcome}]" if letter.outcome else ""
    sender = f"{letter.via}:{letter.sender}{times}"
    return shown(f"{letter.id}  {letter.received_at:%Y-%m-%d %H:%M}  {sender}{state}  {first}")


def _head(letter: Letter) -> str:
    lines = [
        f"letter    {letter.id}",
        f"from      {letter.via}:{letter.sender}, {letter.authority or 'for nobody known'}",
        f"received  {letter.received_at:%Y-%m-%d %H:%M} UTC, {letter.arrivals} times",
        *(f"wrong     {_reason(reason)}" for reason in letter.reasons),
    ]
    if letter.mended is not None:
        lines.append(f"mended    by {letter.mended_by}: what follows is the mended text")
    if letter.outcome:
        lines.append(f"settled   {letter.outcome}, {letter.replayed_at:%Y-%m-%d %H:%M} UTC")
    return shown("\n".join((*map(on_one_line, lines), "")))


def _reason(reason: dict[str, str]) -> str:
    return f"{reason['field']}: {reason['message']}" if reason["field"] else reason["message"]


def _complain(problems: Iterable[str]) -> None:
    for problem in problems:
        print(shown(problem), file=sys.stderr)
