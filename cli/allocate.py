"""`homeward allocate`: who could take which interview that nobody has yet."""

from typing import Annotated, NamedTuple

import typer

from casework import conduct
from casework.allocating import Suggested, suggest_all
from casework.conduct import Asked
from casework.policy_in_force import in_force
from casework.refusals import Refusal
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.settings import read_settings
from domain.allocation.batch import Placement, Unplaced
from domain.working_time import LONDON
from schemas.commands import Allocate
from schemas.policy import Policy
from store.database import Store


class _Refused(NamedTuple):
    placement: Placement
    why: str


def command(
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Print who could take which; change nothing.")
    ] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Give each to whom it suggests.")] = False,
    by: Annotated[
        str | None, typer.Option(metavar="STAFF", help="With --accept: the manager who decides, by id.")
    ] = None,
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose interviews; needed where several are served.")
    ] = None,
) -> None:
    """Suggest who holds which interview, so that as many as can be are held in time; or give them out so.

    The reasons are printed with each. Times are those of London.

    \b
    Example:
      homeward allocate --suggest
      homeward allocate --accept --by m-okoro
    """
    if suggest == accept:
        raise Stop("choose --suggest, which changes nothing, or --accept", 2)
    if accept and by is None:
        raise Stop("--accept needs --by with the id of the manager who decides", 2)
    settings = read_settings()
    code, policy = one_of(settings.authorities, authority), settings.read_policy()

    async def work(store: Store) -> tuple[Suggested, list[_Refused]]:
        async with store.transaction(code, person(), snapshot=True) as tx:
            found = await suggest_all(tx, await in_force(tx, policy), now_utc())
        return found, await _give(store, code, found, by, policy) if by and accept else []

    found, refused = with_store(settings, work)
    _show(found)
    for placement, why in refused:
        typer.echo(f"not given: {placement.need.interview_id}: {shown(why)}")
    if accept:
        typer.echo(f"given: {len(found.placements) - len(refused)}")
    if refused:
        raise Stop(f"{len(refused)} could not be given: look at them again, then decide")


async def _give(store: Store, authority: str, found: Suggested, by: str, policy: Policy) -> list[_Refused]:
    """Give each interview to whom it was suggested; return those that were refused."""
    refused = []
    for each in found.placements:
        id_, member = each.need.interview_id, each.candidate.member
        why = f"as suggested: {'; '.join(each.candidate.reasons)}"
        allocate = Allocate(by=by, interviewer=member.id, why=why)
        asked = Asked(allocate, f"allocate/{id_}/{found.versions[id_]}", found.versions[id_])
        try:
            await conduct.act(store, authority, id_, asked, person=person(), policy=policy, now=now_utc())
        except Refusal as error:
            refused.append(_Refused(each, str(error)))
    return refused


def _show(found: Suggested) -> None:
    for placement in found.placements:
        typer.echo(shown(_placed(placement)))
    for each in found.unplaced:
        typer.echo(shown(_unplaced(each)))
    in_time = sum(each.in_time for each in found.placements)
    late, nobody = len(found.placements) - in_time, len(found.unplaced)
    typer.echo(f"to allocate: {in_time + late + nobody}; in time {in_time}, late {late}, nobody {nobody}")


def _placed(each: Placement) -> str:
    by, due = (f"{at.astimezone(LONDON):%a %d %b %H:%M}" for at in (each.by, each.need.due_at))
    when = f"by {by}" if each.in_time else f"late, by {by}"
    reasons = "; ".join(each.candidate.reasons)
    return f"{each.need.interview_id}  due {due}  {each.candidate.member.name}, {when}: {reasons}"


def _unplaced(each: Unplaced) -> str:
    due = f"{each.need.due_at.astimezone(LONDON):%a %d %b %H:%M}"
    return f"{each.need.interview_id}  due {due}  nobody: {each.why}"
