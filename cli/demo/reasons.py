"""Invented reasons for going, each with what the child says of it and what somebody can change."""

from dataclasses import dataclass
from functools import cache

from cli.demo.words import Pieces, pieces, table


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a child goes. `where`: `home`, `care`, or `any`; each piece is the first half of a sentence.

    `begins` and `help` are in the child's words; `does` is what will change, `shows` by what one sees that.
    """

    label: str
    where: str
    begins: Pieces
    push: Pieces
    help: Pieces
    carer: Pieces
    meaning: Pieces
    does: Pieces
    shows: Pieces


@cache
def reasons() -> tuple[Reason, ...]:
    """Return every reason."""
    rows = (*table("reasons_anywhere")["reasons"], *table("reasons_at_home_or_in_care")["reasons"])
    return tuple(Reason(**pieces(row)) for row in rows)
