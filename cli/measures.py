"""`homeward measures`: what came of the interviews due in a period."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated

import typer

from casework.measuring import DELAY_MEANS, MEANS, PARTS, Figure, Measures, measured
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop
from cli.settings import read_settings
from domain.working_time import LONDON
from schemas.scalars import DAY, read_instant
from store.database import Store


def command(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, in London.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The day before which the period ends.")],
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose interviews; needed where several are served.")
    ] = None,
) -> None:
    """Print what came of the interviews whose deadline lies in a period, and what each figure means.

    A day is one of London; an instant with its offset will do, too.

    \b
    Example:
      homeward measures --from 2026-03-01 --to 2026-04-01
    """
    from_at, until = _moment("--from", first), _moment("--to", last)
    if until < from_at:
        raise Stop("--to lies before --from", 2)
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> Measures:
        async with store.transaction(code, person(), snapshot=True) as tx:
            return await measured(tx, from_at, until, now_utc())

    for line in lines(with_store(settings, work)):
        typer.echo(line)


def lines(found: Measures) -> Iterator[str]:
    """Yield the table: each question with its figures, then those beside, the shares and the delays."""
    yield _line(found, Figure.KNOWN)
    told = {Figure.KNOWN}
    for (whole, question), parts in PARTS.items():
        yield f"{whole}, {question}:"
        yield from (f"  {_line(found, each)}" for each in parts)
        told |= set(parts)
    yield "beside these:"
    yield from (f"  {_line(found, each)}" for each in Figure if each not in told)
    yield "shares:"
    for share in found.shares():
        of = "none" if share.share is None else f"{share.share:.1%}"
        yield f"  {share.name:26}{of:>7}  {share.counts} of {share.of}: {share.means}"
    yield "hours, median and longest:"
    for delay, each in found.delays.items():
        hours = f"{_hours(each.median_hours)}{_hours(each.longest_hours)}"
        yield f"  {delay:26}{hours}  of {each.count}: {DELAY_MEANS[delay]}"


def _line(found: Measures, figure: Figure) -> str:
    return f"{figure:22}{found.count(figure):6}  {MEANS[figure]}"


def _hours(hours: float | None) -> str:
    return f"{'none' if hours is None else f'{hours:.1f}':>8}"


def _moment(option: str, text: str) -> datetime:
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.min, LONDON)
        return read_instant(text)
    except ValueError as error:
        raise Stop(f"{option} {error}; or give a day such as 2026-03-28", 2) from error
