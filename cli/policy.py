"""`homeward policy`: what the authority's policy says, and how another one comes into force."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from casework import policies
from casework.policies import Version
from casework.policy_effect import Begun, Case, Effect, Merged, Moved, Parted, StepAtOnce, Taken
from casework.policy_formats import formats_that_go, lists_that_go
from casework.policy_in_force import in_force
from casework.policy_text import read_text
from casework.views.policy import Part, Step, label, parts_of, spoken, steps_of
from casework.views.policy_counts import counted
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, on_one_line, shown
from cli.group import group
from cli.settings import read_settings
from schemas.policy import Policy
from store.database import Store

command = group("Look at the authority's policy, and change it.")
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="The authority; needed where several are served.")
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="TOML or JSON; - reads it from stdin.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="Why, in a sentence; it is kept.")]
No = Annotated[int, typer.Argument(metavar="NO", help="The version's number.")]
STDIN = "-"


@command.command()
def show(
    no: Annotated[
        int | None, typer.Argument(metavar="[NO]", help="A version; else what is in force.")
    ] = None,
    *,
    json: Annotated[
        bool, typer.Option("--json", help="All of it as JSON, to be edited and uploaded.")
    ] = False,
    authority: Authority = None,
) -> None:
    """Print the policy in force, or one version, by part; what is not as it comes is marked with a star.

    \b
    Example:
      homeward policy show
      homeward policy show --json > policy.json
    """
    settings = read_settings()
    code, configured = one_of(settings.authorities, authority), settings.read_policy()

    async def work(store: Store) -> tuple[str, Policy]:
        async with store.transaction(code, person()) as tx:
            if no is not None:
                chosen = await policies.version(tx, no)
                return _line(chosen), chosen.policy
            now = next((each for each in await policies.versions(tx) if each.row.accepted_at), None)
            which = shown(settings.policy) if settings.policy else "as it comes"
            return _line(now) if now else f"configured ({which})", await in_force(tx, configured)

    title, policy = with_store(settings, work)
    if json:
        typer.echo(policy.model_dump_json(indent=2))
        return
    typer.echo(f"{code}: {title}")
    for part in parts_of(policy):
        _show(part)
    typer.echo("\nThe steps of the ladder")
    for step in steps_of(policy):
        _show_step(step)


@command.command("versions")
def versions(authority: Authority = None) -> None:
    """List every version, the newest first.

    \b
    Example:
      homeward policy versions
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> list[Version]:
        async with store.transaction(code, person()) as tx:
            return await policies.versions(tx)

    found = with_store(settings, work)
    for each in found:
        typer.echo(_line(each))
    if not found:
        typer.echo("none yet: what the settings name is in force")


@command.command("try")
def try_(file: File, authority: Authority = None) -> None:
    """Say what a policy would change of the open cases, were it in force now. Nothing is kept.

    \b
    Example:
      homeward policy try policy.toml
    """
    settings = read_settings()
    code, configured = one_of(settings.authorities, authority), settings.read_policy()
    policy = read_text(_text(file))

    async def work(store: Store) -> Effect:
        return await policies.preview(store, code, policy, configured, person=person(), now=now_utc())

    _tell(with_store(settings, work))


@command.command()
def upload(file: File, why: Why, authority: Authority = None) -> None:
    """Keep a policy as the next version, and say what it would change. It counts once it is accepted.

    \b
    Example:
      homeward policy upload policy.toml --why 'The board decided on 48 hours'
    """
    settings = read_settings()
    code, configured = one_of(settings.authorities, authority), settings.read_policy()
    text = _text(file)

    async def work(store: Store) -> tuple[Version, Effect]:
        made = await policies.upload(store, code, text, why=why, person=person(), now=now_utc())
        told = await policies.preview(store, code, made.policy, configured, person=person(), now=now_utc())
        return made, told

    made, told = with_store(settings, work)
    _tell(told)
    no = made.row.no
    typer.echo(f"version {no} is kept; it counts after: homeward policy accept {no} --why …")


@command.command()
def accept(no: No, why: Why, authority: Authority = None) -> None:
    """Put the newest version in force, in every process; deadlines follow at once.

    \b
    Example:
      homeward policy accept 3 --why 'Agreed by the head of service'
    """
    settings = read_settings()
    code, configured = one_of(settings.authorities, authority), settings.read_policy()

    async def work(store: Store) -> Effect:
        return await policies.accept(store, code, no, configured, why=why, person=person(), now=now_utc())

    _tell(with_store(settings, work))
    typer.echo(f"version {no} is in force")


def _text(file: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(file) == STDIN else file.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path") from error
    except UnicodeDecodeError as error:
        raise Stop(f"{shown(file)} is not UTF-8: save it so") from error


def _line(version: Version) -> str:
    row = version.row
    told = f"version {row.no}, {version.standing}, uploaded {row.uploaded_at:%Y-%m-%d %H:%MZ}"
    accepted = f", accepted {row.accepted_at:%Y-%m-%d %H:%MZ}" if row.accepted_at else ""
    return shown(f"{told}{accepted}: {on_one_line(row.accepted_why or row.why)}")


def _show(part: Part) -> None:
    typer.echo(f"\n{part.title}")
    for one in part.settings:
        typer.echo(shown(f"{' ' if one.default else '*'} {one.path}: {on_one_line(one.value)}"))


def _show_step(step: Step) -> None:
    told = f"{step.looks_at}, {step.comes_due}: tells {step.tells} ({step.how})"
    typer.echo(shown(f"{' ' if step.default else '*'} {step.id}: {on_one_line(told)}"))


def _tell(effect: Effect) -> None:
    for one in effect.differences:
        typer.echo(shown(f"{label(one.setting)}: {spoken(one.was)} -> {spoken(one.becomes)}"))
    for gone in formats_that_go(effect.differences):
        names = ", ".join(gone.names)
        typer.echo(shown(f"NO LONGER READ: mail and files of {gone.source} ({on_one_line(names)})"))
    for source in lists_that_go(effect.differences):
        typer.echo(shown(f"READ BY PLAIN COLUMNS ONLY: lists of missing children of {source}"))
    for case in effect.cases:
        typer.echo(_case(case, effect))
    typer.echo(f"changes: {', '.join(counted(effect.counts)) or 'nothing of any open case'}")


def _case(case: Case, effect: Effect) -> str:
    match case:
        case Moved(_, id_, due_from, due_to):
            late = ", OVERDUE" if case in effect.overdue else ""
            return f"interview {id_}  due {due_from:%Y-%m-%d %H:%MZ} -> {due_to:%Y-%m-%d %H:%MZ}{late}"
        case Merged(_, id_, into):
            return f"episode {id_}  becomes part of {into or 'none'}"
        case Parted(_, id_, parted_from):
            return f"episode {id_}  is parted from {', '.join(map(str, parted_from))}"
        case Taken(_, id_, why):
            return f"interview {id_}  is taken off the list ({why})"
        case Begun(_, id_, due_at):
            return f"interview {id_}  comes onto the list, due {due_at:%Y-%m-%d %H:%MZ}"
        case StepAtOnce():
            return f"{case.step}  {case.interview_id or case.episode_id}  due {case.due_at:%Y-%m-%d %H:%MZ}"
