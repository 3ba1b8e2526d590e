"""`homeward formats`: the formats of forces, tried on a file before anything counts."""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Final

import typer

from cli.as_sent import MOST_BYTES, formats_in_force
from cli.database import with_store
from cli.errors import Stop, on_one_line, shown
from cli.group import group
from cli.settings import Settings, read_settings
from connectors.formats import for_authority, path_of, read_as_sent
from schemas.formats_policy import ForceFormat
from schemas.policy import read_policy
from schemas.understood import Draft, Finding, Notice
from store.database import Store

command = group("See how what a force sends is understood, before anything counts.")
HEAD: Final = ("our field", "what was read", "from where", "understood as, or why not")
WIDEST: Final = 36
File = Annotated[
    str, typer.Argument(metavar="FILE", help="What the force sent; - for stdin.", show_default=False)
]
Force = Annotated[
    str | None, typer.Option(metavar="URN", help="The force, such as urn:police:nottinghamshire.")
]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", metavar="FILE", help="Another policy than the one in force.")
]


@command.command("try")
def try_(file: File, force: Force = None, policy: PolicyFile = None) -> None:
    """Show field by field what of a file is understood, and the notification that would come of it.

    Nothing is stored. Ends with 0; with 1 if something was not understood.

    \b
    Examples:
      homeward formats try morning.csv --force urn:police:nottinghamshire
      homeward formats try mail.eml --policy new-policy.toml
    """
    settings = read_settings()
    formats = [form for form in _formats(settings, policy) if force in {None, form.source}]
    if not formats:
        raise Stop(f"the policy has no format{f' of {force}' if force else ''}: add one, or use --policy", 2)
    told = read_as_sent(_content(file), Path(file).name, formats, force)
    typer.echo(shown(f"format: {told.format or 'none that is known here'}"))
    for part in told.parts:
        _tell(part)
    counts = f"understood {len(told.notices)}, not understood {len(told.drafts)}"
    typer.echo(
        f"\n{counts}: {'each would be a task for a screener' if told.drafts else 'nothing is left open'}"
    )
    raise typer.Exit(bool(told.drafts))


@command.command("list")
def list_(policy: PolicyFile = None) -> None:
    """List the formats that the policy has.

    \b
    Example:
      homeward formats list
    """
    for form in (found := _formats(read_settings(), policy)):
        by = ", ".join((*form.recognised.names, *form.recognised.files, *form.mail.senders))
        typer.echo(shown("  ".join(map(on_one_line, (form.source, form.name, form.layout, by)))))
    if not found:
        typer.echo("none: the policy has no formats")


def _formats(settings: Settings, policy: Path | None) -> Sequence[ForceFormat]:
    """Return the formats of a policy that is only tried, else of the one in force."""
    authorities = settings.authorities
    if policy:
        formats = read_policy(policy).formats
        return for_authority(formats, authorities[0]) if len(authorities) == 1 else formats
    configured = settings.read_policy()

    async def work(store: Store) -> Sequence[ForceFormat]:
        return await formats_in_force(store, authorities, configured)

    return with_store(settings, work)


def _content(file: str) -> bytes:
    try:
        if file == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Stop(f"{shown(file)} cannot be read ({error.strerror}): correct the path", 2) from error


def _tell(part: Notice | Draft) -> None:
    if isinstance(part, Draft) and not part.findings:
        _tell_what_is_wrong(part)
        return
    rows = [HEAD, *map(_row, part.findings), *_also(part), *_besides(part)]
    widths = [min(max(len(row[at]) for row in rows), WIDEST) for at in range(len(HEAD))]
    typer.echo(shown(f"\n{part.place or 'the whole document'}"))
    for line in (line for row in rows for line in _lines(row, widths)):
        typer.echo(line)
    typer.echo(shown(json.dumps(part.event, indent=2, ensure_ascii=False)))


def _tell_what_is_wrong(draft: Draft) -> None:
    """Tell why nothing of it was read: a notification of which nothing is known would say nothing."""
    typer.echo(shown(f"\n{draft.place or 'the whole document'}"))
    for reason in draft.reasons:
        told = ": ".join(filter(None, (reason.field, reason.message)))
        typer.echo(shown(f"NOT UNDERSTOOD: {on_one_line(told)}"))


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield a row as lines: a long cell goes on below itself, so that no column moves; the last is whole."""
    parts = [wrap(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
    for cells in zip_longest(*parts, [row[-1]], fillvalue=""):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _besides(part: Notice | Draft) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with no field alone."""
    named = {(path_of(found.field), found.doubt) for found in part.findings}
    for reason in part.reasons if isinstance(part, Draft) else ():
        if (reason.field, reason.message) not in named:
            yield _cells(reason.field, "", part.place, f"NOT UNDERSTOOD: {reason.message}")


def _row(found: Finding) -> tuple[str, str, str, str]:
    told = f"NOT UNDERSTOOD: {found.doubt}" if found.doubt else found.understood or ""
    note = f" ({found.note})" if found.note else ""
    return _cells(path_of(found.field), found.read, found.place, f"{told}{note}")


def _also(part: Notice | Draft) -> Iterator[tuple[str, str, str, str]]:
    """Yield what no field of ours is for, and is kept with the notification."""
    for name, text in part.event["data"].get("also_told", {}).items():
        yield _cells("(none)", text, name, "kept as it came")


def _cells(*texts: str) -> tuple[str, str, str, str]:
    first, second, third, fourth = (shown(on_one_line(text)) for text in texts)
    return first, second, third, fourth
