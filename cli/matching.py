"""`homeward matching`: what two descriptions of a child weigh, and weights of your own."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cli.errors import Stop, shown
from cli.group import group
from cli.settings import read_settings
from domain.identity import identity_of
from domain.matching import Score, blocks, score, verdict
from domain.matching.learning import Learnt, learn
from domain.matching.measuring import Labelled, Measured
from schemas.matching_policy import Levels, MatchingPolicy
from schemas.notification import Address, ChildFacts
from schemas.reading import Unreadable, read_as

command = group("See what tells one child from another, and learn the weights for it.")
COLUMNS: Final = ("family_name", "given_names", "also_known_as", "date_of_birth", "postcode", "address")
FILE_HELP: Final = "Descriptions, CSV in UTF-8, with a header."
File = Annotated[Path, typer.Argument(metavar="FILE.csv", help=FILE_HELP)]
PAIR: Final = 2


@command.command("learn")
def learn_(
    file: File,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Draws other random pairs.")] = 1,
) -> None:
    """Learn weights and thresholds from descriptions of which you know whose they are; print them as TOML.

    Columns: child (any name for the child; the same in each of its rows), family_name, given_names,
    also_known_as (names separated by semicolons), date_of_birth (2011-07-02), postcode, address (its first
    line). Of each child the first row stands for your index; the others are looked up in it. Half of the
    children are learnt from; what is printed above the TOML was measured on the other half. Nothing is kept.

    \b
    Example:
      homeward matching learn labelled.csv > matching.toml
    """
    rows = list(_rows(file, ("child", *COLUMNS)))
    try:
        learnt = learn([Labelled(row["child"], identity_of(_facts(row))) for row in rows], _policy(), seed)
    except ValueError as error:
        raise Stop(f"{shown(file)}: {error}") from error
    typer.echo("\n".join(_toml(learnt)))


@command.command()
def explain(file: File) -> None:
    """Say field by field what the first two descriptions of a file weigh together. Nothing is kept.

    The columns are those of `homeward matching learn`, child not needed. Names are read from a file, so
    that they stay out of the list of commands that your shell keeps.

    \b
    Example:
      homeward matching explain two.csv
    """
    two = [identity_of(_facts(row)) for row in _rows(file, ())][:PAIR]
    if len(two) < PAIR:
        raise Stop(f"{shown(file)}: two rows are compared: give a header and two rows")
    policy = _policy()
    scored = score(two[0], two[1], policy)
    typer.echo("\n".join(_explained(scored, policy)))
    if blocks(two[0]).isdisjoint(blocks(two[1])):
        typer.echo("they share no key: neither would be found when the other is looked up")


def _explained(scored: Score, policy: MatchingPolicy) -> Iterator[str]:
    for each in scored.fields:
        yield f"{each.field:20}{each.level:18}{each.weight:+8.2f}"
    yield f"{'together':38}{scored.weight:+8.2f}  (with the prior; probability {scored.probability:.6f})"
    least = f"same from {policy.same_from:+.2f}, perhaps from {policy.perhaps_from:+.2f}"
    yield f"{least}: {verdict(scored, policy)}"
    if scored.bars:
        yield f"not joined without a person, because of: {', '.join(scored.bars)}"


def _toml(learnt: Learnt) -> Iterator[str]:
    yield f"# on the half that was learnt from: {_measured(learnt.here)}"
    yield f"# on the other half:                {_measured(learnt.held_out)}"
    policy = learnt.policy
    yield "[matching]"
    for name in ("prior", "same_from", "perhaps_from"):
        yield f"{name} = {getattr(policy, name):.6g}"
    for name in MatchingPolicy.model_fields:
        if isinstance(section := getattr(policy, name), Levels):
            yield f"\n[matching.{name}]"
            for level in type(section).model_fields:
                chances = getattr(section, level)
                yield f"{level} = {{ m = {chances.m:.6g}, u = {chances.u:.6g} }}"


def _measured(what: Measured) -> str:
    return (
        f"{what.looked_up} looked up, {what.linked} linked, {what.wrong} of them wrongly; "
        f"{what.found:.4f} of the known linked or before a person, {what.asks:.4f} before a person"
    )


def _policy() -> MatchingPolicy:
    return read_settings().read_policy().matching


def _rows(file: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            lacking = [name for name in needed if name not in (rows.fieldnames or ())]
            if lacking:
                raise Stop(f"{shown(file)}: no column {', '.join(lacking)}: add it to the header")
            for row in rows:
                yield {name: value.strip() for name, value in row.items() if name and value}
    except UnicodeDecodeError as error:
        raise Stop(f"{shown(file)}: is not UTF-8: save it as CSV in UTF-8") from error


def _facts(row: dict[str, str]) -> ChildFacts:
    told: dict[str, Any] = {name: row.get(name) for name in ("family_name", "given_names", "date_of_birth")}
    told["also_known_as"] = [name for name in row.get("also_known_as", "").split(";") if name.strip()]
    line = row.get("address")
    told["home_address"] = Address(lines=(line,) if line else None, postcode=row.get("postcode"))
    try:
        return read_as(ChildFacts, {name: value for name, value in told.items() if value})
    except Unreadable as error:
        raise Stop(f"date_of_birth {shown(row.get('date_of_birth'))!r}: write days as 2011-07-02") from error
