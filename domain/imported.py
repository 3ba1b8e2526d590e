"""What a former system knew of a return home interview, brought along when an authority begins with Homeward.

It is a fact of history, not somebody's command here: no record comes with it, and nobody judges one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from schemas.words import Stage

ENDS: Final = frozenset({Stage.DUE, Stage.APPROVED, Stage.DECLINED, Stage.NOT_POSSIBLE})
"""Where it may have come to there: `DUE` is still to be held, and keeps what was tried."""
NO_REASON: Final = "The former system gives no reason"
NOT_KNOWN: Final = "Not recorded before Homeward: the former system does not say what came of it"


@dataclass(frozen=True, slots=True)
class Imported:
    """An interview as the former system had it. `stage` is approved where it was held and closed there.

    `held_by` is who held it, as it was written; `interviewer` the same person by the directory, if they are
    in it. `attempted_at` is told by itself, since nobody may have been reached. `accepted` is the answer as
    it was told; what follows of one that nobody told is `was_accepted`.
    """

    stage: Stage
    attempted_at: datetime | None = None
    offered_at: datetime | None = None
    accepted: bool | None = None
    held_at: datetime | None = None
    held_by: str | None = None
    interviewer: str | None = None
    closed_at: datetime | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.stage not in ENDS:
            raise ValueError(f"an interview cannot be imported as {self.stage}")

    @property
    def was_accepted(self) -> bool | None:
        """Return whether the child said yes: who was interviewed did, who declined did not."""
        if self.held_at:
            return True
        return False if self.stage is Stage.DECLINED else self.accepted


@dataclass(frozen=True, slots=True)
class Past:
    """What a row of the former system says of an interview; None where it says nothing.

    `closed_as` is `DECLINED` or `NOT_POSSIBLE`.
    """

    attempted_at: datetime | None = None
    offered_at: datetime | None = None
    accepted: bool | None = None
    held_at: datetime | None = None
    held_by: str | None = None
    closed_as: Stage | None = None
    closed_at: datetime | None = None
    reason: str | None = None


NOTHING: Final = Past()


def imported(
    past: Past, due_at: datetime, *, provisional: bool, as_of: datetime, owed_for: timedelta
) -> Imported | None:
    """Return what comes of an interview that is due here; None where it runs on as any other.

    What has an end keeps it. Without one, it is still owed until `owed_for` after its deadline, and as long
    as the child's return is not confirmed; after that nobody will ever know more of it, and it is closed.
    """
    if past.held_at or past.closed_as:
        return _as(past, past.closed_as or Stage.APPROVED)
    is_over = not provisional and due_at <= as_of
    if past.accepted is False and is_over:
        return _as(past, Stage.DECLINED)
    if is_over and due_at + owed_for <= as_of:
        return _as(past, Stage.NOT_POSSIBLE, NOT_KNOWN)
    return _as(past, Stage.DUE) if past.attempted_at else None


def _as(past: Past, stage: Stage, reason: str = NO_REASON) -> Imported:
    closed = stage in {Stage.DECLINED, Stage.NOT_POSSIBLE}
    return Imported(
        stage=stage,
        attempted_at=past.attempted_at,
        offered_at=past.offered_at,
        accepted=past.accepted,
        held_at=past.held_at,
        held_by=past.held_by,
        closed_at=past.closed_at,
        reason=(past.reason or reason) if closed else None,
    )
