"""`homeward interviewers`: the directory of who holds interviews, and of the managers of the ladder."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from casework.directory import DirectoryRefused, ImportedStaff, import_staff
from casework.staff_rows import Sheet, StaffProblem, read_staff
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from schemas.staff import StaffMember
from store import staff
from store.database import Store

command = group("Import and list who holds interviews.")
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="Whose directory; needed where several are served.")
]


@command.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The directory, UTF-8, with a header.")],
    authority: Authority = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Import the others when some lines are wrong.")
    ] = False,
) -> None:
    """Import interviewers, and the managers to whom lateness climbs.

    Columns, in any order: id and name (required), email, phone, roles, teams, languages, gender, training,
    employer, involved_with, working, leave, capacity, gone_on. Several values in one column are separated
    by semicolons. All or nothing; importing the same again changes nothing; who is not in the file stays.

    \b
    Example:
      homeward interviewers import interviewers.csv
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    sheet = _read(file)

    async def work(store: Store) -> ImportedStaff:
        return await import_staff(store, code, sheet, person=person(), now=now_utc(), keep_going=keep_going)

    try:
        done = with_store(settings, work)
    except DirectoryRefused as refused:
        _tell(file, refused.problems)
        raise
    _tell(file, done.problems)
    typer.echo(f"interviewers: {done.new} new, {done.changed} changed, {done.unchanged} unchanged")
    if done.staying:
        stay = "stays as it is" if len(done.staying) == 1 else "stay as they are"
        typer.echo(f"not in the file: {shown(', '.join(done.staying))}, who {stay}")
    if done.problems:
        passed_over = len({problem.line for problem in done.problems})
        told = "1 line was" if passed_over == 1 else f"{passed_over} lines were"
        raise Stop(f"{told} passed over: correct that and import again")


@command.command("list")
def list_(authority: Authority = None) -> None:
    """Print the directory, one person a line: id, name, roles, languages, training, capacity.

    \b
    Example:
      homeward interviewers list
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> list[StaffMember]:
        async with store.transaction(code, person()) as tx:
            return await staff.all_of(tx)

    people = with_store(settings, work)
    for member in people:
        typer.echo(shown(_line(member)))
    if not people:
        typer.echo("nobody: import the directory with homeward interviewers import FILE.csv")


def _line(member: StaffMember) -> str:
    capacity = "any number" if member.capacity is None else f"up to {member.capacity}"
    gone = f"left on {member.gone_on}" if member.gone_on else ""
    parts = (
        f"{member.id:<12} {member.name}",
        ", ".join(sorted(role.replace("_", " ") for role in member.roles)),
        ", ".join(member.languages),
        ", ".join(member.training) or "no training",
        capacity,
        gone,
    )
    return " · ".join(part for part in parts if part)


def _read(file: Path) -> Sheet:
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            return read_staff(lines)
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path", 2) from error


def _tell(file: Path, problems: Iterable[StaffProblem]) -> None:
    for problem in problems:
        print(f"{shown(file)}:{shown(problem)}", file=sys.stderr)
