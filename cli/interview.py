"""`homeward interview`: the path of one interview, command by command."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

import typer

from casework import conduct, drafts, gate
from casework.conduct import Asked, Done
from casework.deeds import BY_NAME, read_command, told
from casework.drafts import Saved, Typed
from casework.refusals import Unknown
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from schemas.reading import Unreadable, parse_json
from schemas.words import Stage
from store import conduct as stored
from store import drafts as stored_drafts
from store.conduct import Conducted, Given
from store.database import Store, Transaction
from store.views import children
from store.views import interviews as views

OPEN: Final = [stage.value for stage in Stage if stage not in {Stage.APPROVED, Stage.VOIDED}]
MOST: Final = 500
command = group("Arrange, hold and record a return home interview.")
Id = Annotated[UUID, typer.Argument(metavar="INTERVIEW", help="Its id.", show_default=False)]
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="Whose it is; needed where several are served.")
]
By = Annotated[str, typer.Option(metavar="STAFF", help="Who does it, as the directory has them.")]
Key = Annotated[str | None, typer.Option(metavar="KEY", help="The same key again is the same command again.")]


@command.command("list")
def list_(
    child: Annotated[
        str | None, typer.Option(metavar="CHILD", help="Only this child's, by your own id.")
    ] = None,
    authority: Authority = None,
) -> None:
    """Print the interviews that are not approved or voided, by deadline: id, status, deadline, interviewer.

    \b
    Example:
      homeward interview list --child C-TOUR
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> list[views.Interview]:
        async with store.transaction(code, person()) as tx:
            child_id = await children.resolve(tx, child) if child else None
            if child and child_id is None:
                raise Unknown("there is no such child: look at GET /api/v1/episodes")
            return await views.listed(tx, views.Wanted(child_id, statuses=OPEN), None, MOST)

    for each in with_store(settings, work):
        due = f"{each.due_at:%Y-%m-%dT%H:%M:%SZ}"
        typer.echo(shown(f"{each.id}  {each.status:<12}  {due}  {each.interviewer or '-'}"))


@command.command("show")
def show(interview: Id, authority: Authority = None) -> None:
    """Print where an interview stands, and everything that was done to it.

    \b
    Example:
      homeward interview show 3b0c5d0e-0000-4000-8000-000000000001
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> tuple[Conducted, list[Given]]:
        async with store.transaction(code, person()) as tx:
            return await _found(tx, interview), await stored.given_to(tx, interview)

    found, given = with_store(settings, work)
    typer.echo(
        f"{found.interview.stage}, due {found.interview.due_at:%Y-%m-%dT%H:%M:%SZ}, version {found.version}"
    )
    for each in given:
        said = json.dumps(told(each), ensure_ascii=False) if told(each) else ""
        typer.echo(shown(f"{each.at:%Y-%m-%dT%H:%M:%SZ}  {each.name}  by {each.by}  {said}").rstrip())


@command.command("do")
def do(
    interview: Id,
    name: Annotated[str, typer.Argument(metavar="COMMAND", help=f"One of {', '.join(BY_NAME)}.")],
    *,
    by: By,
    told: Annotated[
        str, typer.Option("--with", metavar="JSON", help="The command's own fields, as the API takes them.")
    ] = "{}",
    version: Annotated[
        int | None, typer.Option(metavar="N", help="The version that you saw; without it, the present one.")
    ] = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Give one command to an interview, and print where it stands then.

    \b
    Example:
      homeward interview do 3b0c5d0e-0000-4000-8000-000000000001 allocate --by M-1 \\
        --with '{"interviewer": "W-1"}'
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    policy = settings.read_policy()
    asked = _command(name, by, told)

    async def work(store: Store) -> Done:
        seen = version
        if seen is None:
            async with store.transaction(code, person()) as tx:
                seen = (await _found(tx, interview)).version
        return await conduct.act(
            store,
            code,
            interview,
            Asked(asked, key or str(uuid4()), seen),
            person=person(),
            policy=policy,
            now=now_utc(),
        )

    done = with_store(settings, work)
    before = ", as it was before" if done.repeated else ""
    typer.echo(f"{done.status}, version {done.version}{before}")


@command.command("record")
def record(
    interview: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Sections by name, each whole.")],
    *,
    by: By,
    based_on: Annotated[
        int | None, typer.Option(metavar="N", help="The draft that you saw; without it, the present one.")
    ] = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Save sections of the record as a draft; whatever the file holds is kept.

    \b
    Example:
      homeward interview record 3b0c5d0e-0000-4000-8000-000000000001 record.json --by W-1
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    sections = _sections(file)

    async def work(store: Store) -> Saved:
        seen = based_on
        if seen is None:
            async with store.transaction(code, person()) as tx:
                latest = await stored_drafts.latest(tx, interview)
                seen = latest.no if latest else 0
        typed = Typed(sections, seen, by, key or str(uuid4()))
        return await drafts.save(store, code, interview, typed, person=person(), now=now_utc())

    saved = with_store(settings, work)
    for problem in saved.problems:
        print(shown(f"{file}: {problem}"), file=sys.stderr)
    if saved.problems:
        raise Stop(f"the record is as it was before; what you sent is kept as draft {saved.no}")
    typer.echo(f"draft {saved.no}")


@command.command("findings")
def findings(interview: Id, authority: Authority = None) -> None:
    """Print what the quality gate says of the record; exit with 1 if anything keeps it from being submitted.

    \b
    Example:
      homeward interview findings 3b0c5d0e-0000-4000-8000-000000000001
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> list[dict[str, Any]]:
        return await gate.findings(store, code, interview, person=person(), now=now_utc())

    found = with_store(settings, work)
    for each in found:
        weight = "blocks " if each["blocks"] else "advises"
        words = f" “{each['words']}”" if each["words"] else ""
        typer.echo(shown(f"{weight}  {each['place']}: {each['mend']}{words} ({each['rule']}, {each['id']})"))
    blocking = sum(each["blocks"] for each in found)
    if blocking:
        raise Stop(f"{blocking} findings have to be mended, or answered when it is submitted")
    typer.echo("nothing keeps the record from being submitted")


async def _found(tx: Transaction, interview_id: UUID) -> Conducted:
    found = await stored.find(tx, interview_id)
    if found is None:
        raise Unknown("there is no such interview: look at GET /api/v1/interviews")
    return found


def _command(name: str, by: str, told: str) -> Any:
    if name not in BY_NAME:
        raise Stop(f"{shown(name)} is no command: use one of {', '.join(BY_NAME)}", 2)
    try:
        fields = parse_json(told.encode())
        return read_command(name, {"by": by, **fields} if isinstance(fields, Mapping) else fields)
    except Unreadable as error:
        raise Stop(f"{name}: {error}", 2) from error


def _sections(file: Path) -> dict[str, Any]:
    try:
        sections = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path", 2) from error
    except ValueError as error:
        raise Stop(f"{shown(file)} is not JSON in UTF-8: {error}", 2) from error
    if not isinstance(sections, dict):
        raise Stop(f"{shown(file)} has to be an object of sections", 2)
    return sections
