"""`homeward handover`: hand an interview over to the authority in whose area the child lives."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from casework import handovers
from casework.handovers import Shown, Wanted
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from schemas.handover import HANDOVER_STEPS, OfferHandover
from schemas.reading import Unreadable, read_as
from store.database import Store

command = group("Hand an interview over to the authority where the child lives.")
Authority = Annotated[
    str | None, typer.Option(metavar="CODE", help="For whom you act; needed where several are served.")
]
By = Annotated[str, typer.Option(metavar="STAFF", help="Who does it, as the directory has them.")]
Why = Annotated[str, typer.Option(metavar="WORDS", help="Why; the other authority reads it.")]
STEPS = {step.name: step for step in HANDOVER_STEPS}
MOST = 200


@command.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those that are answered or lapsed, too.")] = False,
    authority: Authority = None,
) -> None:
    """Print the hand-overs that this authority offers and that are offered to it, the latest first.

    \b
    Example:
      homeward handover list
    """
    settings = read_settings()
    code, now = one_of(settings.authorities, authority), now_utc()
    wanted = Wanted(open_at=None if every else now)

    async def work(store: Store) -> list[Shown]:
        return await handovers.listed(store, code, wanted, None, MOST, person=person(), now=now)

    for each in with_store(settings, work):
        typer.echo(shown(_line(each)))


@command.command("offer")
def offer(
    interview: Annotated[UUID, typer.Argument(metavar="INTERVIEW", help="Its id.", show_default=False)],
    *,
    to: Annotated[str, typer.Option(metavar="CODE", help="The ONS code of the host authority.")],
    by: By,
    reason: Why,
    accept_by: Annotated[str, typer.Option(metavar="INSTANT", help="Until when it may answer.")],
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="The same key again is the same offer again.")
    ] = None,
    authority: Authority = None,
) -> None:
    """Offer an interview to a host. Until it accepts, and if it does not, this authority is responsible.

    \b
    Example:
      homeward handover offer 3b0c5d0e-0000-4000-8000-000000000001 --to E06000015 --by M-1 \\
        --reason "Lives with foster carers in Derby" --accept-by 2026-03-31T12:00:00+01:00
    """
    asked = _read(OfferHandover, {"by": by, "to": to, "reason": reason, "accept_by": accept_by})
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> Shown:
        told = await handovers.offer(
            store, code, interview, asked, key=key or str(uuid4()), person=person(), now=now_utc()
        )
        return await handovers.shown(store, code, told.handover_id, person=person(), now=now_utc())

    typer.echo(shown(_line(with_store(settings, work))))


@command.command("answer")
def answer(
    handover: Annotated[UUID, typer.Argument(metavar="HANDOVER", help="Its id.", show_default=False)],
    step: Annotated[str, typer.Argument(metavar="STEP", help=f"One of {', '.join(STEPS)}.")],
    *,
    by: By,
    reason: Why = "",
    said_by: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who of the host said so, where the host is not served here."),
    ] = None,
    authority: Authority = None,
) -> None:
    """Accept or refuse what was offered, or withdraw it; print who is responsible then.

    \b
    Example:
      homeward handover answer 3b0c5d0e-0000-4000-8000-000000000002 accept --by M-9 --authority E06000015
    """
    if step not in STEPS:
        raise Stop(f"{shown(step)} is no step: use one of {', '.join(STEPS)}", 2)
    told = {"by": by, "reason": reason} | ({"said_by": said_by} if said_by is not None else {})
    asked = _read(STEPS[step], told)
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> Shown:
        served, now = settings.authorities, now_utc()
        await handovers.answer(store, code, handover, asked, person=person(), served=served, now=now)
        return await handovers.shown(store, code, handover, person=person(), now=now)

    typer.echo(shown(_line(with_store(settings, work))))


def _read(kind: type[Any], fields: dict[str, Any]) -> Any:
    try:
        return read_as(kind, fields)
    except Unreadable as error:
        raise Stop(str(error), 2) from error


def _line(each: Shown) -> str:
    handover = each.offered.handover
    state = each.answer or f"open until {_at(handover.accept_by)}"
    due = f", due {_at(each.due_at)}" if each.due_at else ""
    way = f"{handover.owner} to {handover.host}"
    interview = f"interview {handover.interview_id}{due}"
    return f"{handover.id}  {way}  {state}; responsible: {each.responsible}; {interview}"


def _at(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
