"""`homeward alerts`: who was told that something is late, and what was decided."""

from typing import Annotated
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from casework import alerts
from casework.policy_in_force import in_force
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from schemas.acknowledge import Acknowledge
from schemas.ladder_policy import DEADLINE
from store import alerts as stored
from store.alerts import Delivery
from store.database import Store
from store.views import alerts as views
from store.views.alerts import Alert, Wanted

command = group("See what is late, and say what is done about it.")
MOST = 1000
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="The authority; needed where several are served.")
]


@command.command("list")
def list_(
    authority: Authority = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Those that are over, too.")] = False,
) -> None:
    """List alerts that are not over, the latest first, each with whom it was to reach.

    \b
    Example:
      homeward alerts list
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    configured = settings.read_policy()

    async def work(store: Store) -> list[tuple[Alert, list[Delivery]]]:
        async with store.transaction(code, person()) as tx:
            holding = (await in_force(tx, configured)).ladder.of(*DEADLINE)
            wanted = Wanted(holding, now_utc(), open=None if all_ else True)
            rows = await views.listed(tx, wanted, None, MOST)
            told = await stored.told(tx, [row.id for row in rows])
        return [(row, told.get(row.id, [])) for row in rows]

    for alert, told in with_store(settings, work):
        typer.echo(shown(_line(alert, told)))


@command.command("acknowledge")
def acknowledge(
    alert: Annotated[UUID, typer.Argument(metavar="ALERT", help="Its id.", show_default=False)],
    *,
    by: Annotated[str, typer.Option(metavar="STAFF", help="Who decided, as the directory has them.")],
    decision: Annotated[str, typer.Option(metavar="TEXT", help="What is done about it, or why nothing.")],
    authority: Authority = None,
) -> None:
    """Say what is done about an alert: from then on it climbs no further.

    \b
    Example:
      homeward alerts acknowledge 3b0c5d0e-0000-4000-8000-000000000001 --by M-1 \\
        --decision "Ewa holds it at 16:00 today"
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    told = _told(by, decision)

    async def work(store: Store) -> stored.Alert:
        return await alerts.acknowledge(
            store, code, alert, told, key=str(uuid4()), person=person(), now=now_utc()
        )

    done = with_store(settings, work)
    typer.echo(shown(f"{done.step}: {done.acknowledged_by} decided: {done.decision}"))


def _told(by: str, decision: str) -> Acknowledge:
    try:
        return Acknowledge(by=by, decision=decision)
    except ValidationError as error:
        first = error.errors()[0]
        raise Stop(f"--{first['loc'][0]}: {first['msg']}", 2) from error


def _line(alert: Alert, told: list[Delivery]) -> str:
    who = ", ".join(dict.fromkeys(each.recipient for each in told))
    state = alert.closed_why or (f"decided by {alert.acknowledged_by}" if alert.acknowledged_by else "open")
    reached = "" if alerts.reaches(told) else "  REACHES NOBODY"
    subject = alert.interview_id or alert.episode_id or "work done by the clock"
    return (
        f"{alert.id}  {alert.step}  {subject}  due {alert.due_at:%Y-%m-%dT%H:%MZ}"
        f"  answer by {alert.expected_by:%Y-%m-%dT%H:%MZ}  told {who}  {state}{reached}"
    )
