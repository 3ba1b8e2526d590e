"""`homeward children`: the authority's index of children."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from casework.children_index import Imported, IndexRefused, import_children
from casework.index_rows import Index, RowProblem, read_index
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from store.database import Store

command = group("Import the authority's index of children.")


@command.callback()
def _group() -> None:
    """Keep `import` a command of the group though it is the only one."""


@command.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The index, UTF-8, with a header.")],
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose index it is; needed where several are served.")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Import the others when lines of some children are wrong.")
    ] = False,
) -> None:
    """Import the authority's children, with their dated legal status, placement and social worker.

    Columns, in any order: authority_child_id (required), nhs_number, upn, family_name, given_names,
    also_known_as (names separated by semicolons), date_of_birth, sex, ethnicity, postcode, address,
    legal_status, placement, social_worker, from_on, to_on. Rows of one child with different from_on are
    its history. Days are 2011-07-02 or 02/07/2011. All or nothing; importing the same again changes
    nothing; a child that the file no longer has stays.

    \b
    Example:
      homeward children import children.csv
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    index = _read(file)
    _tell(file, index.notes)
    policy = settings.read_policy()

    async def work(store: Store) -> Imported:
        return await import_children(
            store, code, index, policy, person=person(), now=now_utc(), keep_going=keep_going
        )

    try:
        done = with_store(settings, work)
    except IndexRefused as refused:
        _tell(file, refused.problems)
        raise
    _tell(file, done.problems)
    typer.echo(f"children: {done.new} new, {done.changed} changed, {done.unchanged} unchanged")
    if done.problems:
        passed_over = len({problem.child or problem.line for problem in done.problems})
        told = "1 child or line was" if passed_over == 1 else f"{passed_over} children or lines were"
        raise Stop(f"{told} passed over: correct that and import again")


def _read(file: Path) -> Index:
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            return read_index(lines)
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path", 2) from error


def _tell(file: Path, problems: Iterable[RowProblem]) -> None:
    for problem in problems:
        print(f"{shown(file)}:{shown(problem)}", file=sys.stderr)
