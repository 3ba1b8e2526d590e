"""`homeward plan`: a child's safety plan, looked at and kept up."""

from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from casework.plans import Asked, Entered, take_step
from casework.policy_in_force import in_force, policy_of
from casework.views.plans import Action, Plan, changes_of, day_of, find_plan, version_of
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, on_one_line, shown
from cli.group import group
from cli.settings import read_settings
from schemas.plan import By, Done, NotDone, OnAction, Reviewed, Revised, Superseded
from schemas.reading import M, Unreadable, read_as
from store.database import Store

command = group("Look at a child's safety plan, and keep it up.")
Child = Annotated[
    str, typer.Argument(metavar="CHILD", help="Our id of the child, or the authority's.", show_default=False)
]
ActionId = Annotated[UUID, typer.Argument(metavar="ACTION", help="The action, as shown.", show_default=False)]
Who = Annotated[str, typer.Option(metavar="NAME", help="On whose word it is done.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; the child reads it.")]
Seen = Annotated[int | None, typer.Option(metavar="N", help="The version that you saw; else the newest.")]
Key = Annotated[str | None, typer.Option(metavar="KEY", help="The same key again is the same step again.")]
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="Whose it is; needed where several are served.")
]


@command.command()
def show(
    child: Child,
    version: Annotated[int | None, typer.Option(metavar="N", help="As it was then; else as it is.")] = None,
    authority: Authority = None,
) -> None:
    """Print a plan: its version, when to look at it again, and every action with where it stands.

    \b
    Example:
      homeward plan show C-100482
    """
    plan = _plan(child, authority)
    if (found := version_of(plan, version)) is None:
        typer.echo("There is no plan yet: it begins with an approved record.")
        return
    typer.echo(f"version {found.number} of {plan.number}, look at it again by {found.review_on}")
    for action in found.actions:
        typer.echo(_line(action))


@command.command()
def changes(
    child: Child,
    since: Annotated[int, typer.Option("--from", metavar="N", help="The earlier version; 0: nothing.")] = 0,
    until: Annotated[
        int | None, typer.Option("--to", metavar="N", help="The later one; else the newest.")
    ] = None,
    authority: Authority = None,
) -> None:
    """Print what changed between two versions, in plain words.

    \b
    Example:
      homeward plan changes C-100482 --from 1 --to 2
    """
    plan = _plan(child, authority)
    for change in changes_of(plan, since, plan.number if until is None else until):
        typer.echo(shown(change.text))


@command.command()
def done(
    child: Child,
    action: ActionId,
    *,
    seen: Annotated[str, typer.Option(metavar="TEXT", help="What was seen of it; the child reads it.")],
    by: Who,
    version: Seen = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Record that an action is done, with what was seen.

    \b
    Example:
      homeward plan done C-100482 3b0c5d0e-0000-4000-8000-000000000001 \\
        --seen 'They met twice.' --by 'Ms Patel'
    """
    _take(child, _step(Done, action=action, seen=seen), by=by, version=version, key=key, authority=authority)


@command.command("not-done")
def not_done(
    child: Child,
    action: ActionId,
    *,
    reason: Reason,
    by: Who,
    version: Seen = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Record that an action will not be done, with the reason.

    \b
    Example:
      homeward plan not-done C-100482 3b0c5d0e-0000-4000-8000-000000000001 \\
        --reason 'There is no late bus.' --by 'Ms Patel'
    """
    _take(
        child,
        _step(NotDone, action=action, reason=reason),
        by=by,
        version=version,
        key=key,
        authority=authority,
    )


@command.command()
def supersede(
    child: Child,
    action: ActionId,
    *,
    superseded_by: Annotated[UUID, typer.Option("--with", metavar="ACTION", help="What is done instead.")],
    reason: Reason,
    by: Who,
    version: Seen = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Put another action of the plan in an action's place.

    \b
    Example:
      homeward plan supersede C-100482 3b0c5d0e-0000-4000-8000-000000000001 \\
        --with 3b0c5d0e-0000-4000-8000-000000000002 --reason 'The bus is enough.' --by 'Ms Patel'
    """
    step = _step(Superseded, action=action, superseded_by=superseded_by, reason=reason)
    _take(child, step, by=by, version=version, key=key, authority=authority)


@command.command()
def revise(
    child: Child,
    action: ActionId,
    *,
    owner: Annotated[str, typer.Option(metavar="NAME", help="Who does it from now on.")] = "",
    due_on: Annotated[str | None, typer.Option(metavar="DAY", help="By when, such as 2026-05-01.")] = None,
    reason: Reason,
    by: Who,
    version: Seen = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Give an action to somebody else, or another day, with the reason.

    \b
    Example:
      homeward plan revise C-100482 3b0c5d0e-0000-4000-8000-000000000001 \\
        --due-on 2026-05-01 --reason 'The centre has no room before.' --by 'Ms Patel'
    """
    step = _step(Revised, action=action, owner=owner, due_on=due_on, reason=reason)
    _take(child, step, by=by, version=version, key=key, authority=authority)


@command.command()
def review(
    child: Child,
    *,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What was found.")],
    by: Who,
    version: Seen = None,
    key: Key = None,
    authority: Authority = None,
) -> None:
    """Record that the whole plan was looked at.

    \b
    Example:
      homeward plan review C-100482 --note 'Amara says that it helps.' --by 'Ms Patel'
    """
    _take(child, _step(Reviewed, note=note), by=by, version=version, key=key, authority=authority)


def _plan(child: str, authority: str | None) -> Plan:
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    configured = settings.read_policy()

    async def work(store: Store) -> Plan:
        async with store.transaction(code, person()) as tx:
            policy = await in_force(tx, configured)
            return (await find_plan(tx, child, policy.plan))[1]

    return with_store(settings, work)


def _take(
    child: str,
    step: OnAction | Reviewed,
    *,
    by: str,
    version: int | None,
    key: str | None,
    authority: str | None,
) -> None:
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    configured = settings.read_policy()
    name = _read(By, {"by": by}).by

    async def work(store: Store) -> Entered:
        policy, seen = (await policy_of(store, code, configured)).plan, version
        if seen is None:
            async with store.transaction(code, person()) as tx:
                seen = (await find_plan(tx, child, policy))[1].number
        asked = Asked(step, name, key or str(uuid4()), seen)
        return await take_step(store, code, child, asked, person=person(), policy=policy, now=now_utc())

    entered = with_store(settings, work)
    before = ", as it was before" if entered.repeated else ""
    typer.echo(f"version {entered.version}{before}")


def _step(kind: type[OnAction] | type[Reviewed], **fields: Any) -> OnAction | Reviewed:
    return _read(kind, {name: str(each) for name, each in fields.items() if each is not None})


def _read(kind: type[M], told: dict[str, str]) -> M:
    try:
        return read_as(kind, told)
    except Unreadable as error:
        raise Stop(str(error), 2) from error


def _line(action: Action) -> str:
    state = "OVERDUE" if action.is_overdue(day_of(now_utc())) else action.state.value
    who = f"{action.owner or 'nobody'}, {action.due_on or 'no day'}"
    return shown(f"{action.id}  {state:<10}  {on_one_line(action.what)} ({on_one_line(who)})")
