"""`homeward history`: an authority's past, brought along from the former system."""

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from casework.history import OWED_FOR, HistoryRefused, How, Report, import_history
from casework.history_interviews import Outcome
from casework.history_rows import PastFile, read_history
from casework.index_rows import RowProblem
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from store.database import Store

command = group("Import past episodes and interviews from a former system.")


@command.callback()
def _group() -> None:
    """Keep `import` a command of the group though it is the only one."""


@command.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The past, UTF-8, with a header.")],
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose past it is; needed where several are served.")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Import the other rows when some are wrong.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it, and keep nothing.")
    ] = False,
    owed_for: Annotated[
        int,
        typer.Option(
            metavar="DAYS",
            min=0,
            max=365,
            help="How long after its deadline an open interview is still owed.",
        ),
    ] = OWED_FOR.days,
) -> None:
    """Import past missing episodes, a row each, with the interview that came after.

    Columns, in any order: missing_at (required); authority_child_id, or family_name, given_names,
    date_of_birth and postcode; reference, force, located_at, returned_at, category, risk_level,
    missing_from; offered_at, answer, held_at, held_by, closed_as, closed_at, reason. Moments are
    2026-03-28 22:41 or 28/03/2026 22:41, in London's time unless they have an offset. The same file again
    changes nothing. Import the index of children first.

    \b
    Examples:
      homeward history import past.csv --dry-run
      homeward history import past.csv
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    past = _read(file)
    policy = settings.read_policy()
    how = How(keep_going=keep_going, dry_run=dry_run, owed_for=timedelta(days=owed_for))

    async def work(store: Store) -> Report:
        return await import_history(store, code, past, policy, how, person=person(), clock=now_utc)

    try:
        done = with_store(settings, work)
    except HistoryRefused as refused:
        _tell(file, refused.problems)
        raise
    _tell(file, sorted([*done.problems, *done.notes]))
    _sum_up(done, dry_run=dry_run)
    if done.problems:
        passed_over = len({problem.line for problem in done.problems})
        told = "1 row was" if passed_over == 1 else f"{passed_over} rows were"
        raise Stop(f"{told} passed over: correct that and import again")


def _sum_up(done: Report, *, dry_run: bool) -> None:
    ends = ", ".join(f"{done.interviews[each]} {each}" for each in Outcome)
    typer.echo(f"interviews: {ends}")
    rows = ", ".join(f"{done.rows[each]} {each}" for each in ("new", "added to", "unchanged"))
    typer.echo(f"episodes: {rows}{' (nothing was kept: a dry run)' if dry_run else ''}")


def _read(file: Path) -> PastFile:
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            return read_history(lines, now_utc())
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path", 2) from error


def _tell(file: Path, problems: Iterable[RowProblem]) -> None:
    for problem in problems:
        print(f"{shown(file)}:{shown(problem)}", file=sys.stderr)
