"""Which interviews one conversation may cover."""

from collections.abc import Iterator, Sequence

from domain.lifecycle import MOVES
from schemas.commands import Cover
from schemas.reading import Problem
from schemas.words import Stage
from store import conduct
from store.conduct import Conducted
from store.database import Transaction


async def why_not_covered(tx: Transaction, found: Conducted, command: Cover) -> list[Problem]:
    """Return each interview that the conversation of `found` cannot cover, with the reason."""
    others = await conduct.several(tx, command.interviews)
    problems = []
    for number, id_ in enumerate(command.interviews):
        further = await conduct.covered_by(tx, id_)
        if why := next(_against(found, others.get(id_), further), None):
            problems.append(Problem(f"interviews.{number}", why))
    return problems


def _against(found: Conducted, other: Conducted | None, further: Sequence[Conducted]) -> Iterator[str]:
    """Yield what stands against it, the first thing to mend first."""
    if other is None:
        yield "is no interview, or may not be seen: correct it"
        return
    if other.interview.id == found.interview.id:
        yield "is the interview itself: name the others"
    if other.interview.child_id != found.interview.child_id:
        yield "is of another child: one conversation covers interviews of one child"
    if other.progress.covered_by:
        yield f"is covered by the conversation of interview {other.progress.covered_by} already"
    if further:
        yield "covers others itself: let that one cover this one and the rest"
    if other.interview.stage is Stage.ARRANGED and found.interview.stage is not Stage.ARRANGED:
        yield "is arranged already: let that one cover this one"
    if (other.interview.stage, Cover) not in MOVES:
        yield f"is {other.interview.stage.value}: only what was not held or closed yet can be covered"
