"""Honest measures: what came of the interviews due in a period, each figure with the interviews it counts.

Declined is not never asked, nobody reached is not declined, and a return that nobody confirmed is neither in
time nor late. What counts as what is said in `domain.figures`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.figures import Figure
from domain.spread import SPREADS, Delay, Spread, spread
from schemas.words import Stage

F = Figure


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one interview; moments as `domain.lifecycle.Progress` has them."""

    id: UUID
    child_id: UUID
    stage: Stage
    clock_started_at: datetime
    due_at: datetime
    provisional_due: bool
    allocated_at: datetime | None = None
    attempts: int = 0
    attempted_at: datetime | None = None
    offered_at: datetime | None = None
    accepted: bool | None = None
    held_at: datetime | None = None
    submitted_at: datetime | None = None
    sent_back_at: datetime | None = None
    approved_at: datetime | None = None
    declined_at: datetime | None = None
    closed_reason: str | None = None
    voided_reason: str | None = None
    covered_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One interview in a figure: the moment for which it counts (else its deadline), and why."""

    id: UUID
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of these figures' interviews are of those figures; null where there are none."""

    name: str
    means: str
    counts: int
    of: int

    @property
    def share(self) -> float | None:
        return self.counts / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of a period that begins at `from_at` and ends before `until`, as known at `as_of`."""

    from_at: datetime
    until: datetime
    as_of: datetime
    figures: Mapping[Figure, tuple[Counted, ...]]
    delays: Mapping[Delay, Spread]

    def count(self, *figures: Figure) -> int:
        return sum(len(self.figures[each]) for each in figures)

    def shares(self) -> tuple[Share, ...]:
        """Return the shares that are asked for most, each with what it is of."""
        return tuple(
            Share(name, means, self.count(*counts), self.count(*of)) for name, means, counts, of in _SHARES
        )


def measure(rows: Iterable[Measured], from_at: datetime, until: datetime, as_of: datetime) -> Measures:
    """Return the measures of the interviews due from `from_at` on and before `until`, as known at `as_of`."""
    within = sorted(
        (row for row in rows if from_at <= row.due_at < until), key=lambda row: (row.due_at, row.id)
    )
    standing = [row for row in within if row.stage is not Stage.VOIDED]
    again = Counter(row.child_id for row in standing)
    figures: dict[Figure, list[Counted]] = {figure: [] for figure in Figure}
    for row in within:
        for figure in _figures(row, as_of, again):
            figures[figure].append(_counted(row, figure))
    figures[F.HELD] = list(_conversations(standing))
    delays = {delay: spread(delay, standing) for delay in SPREADS}
    return Measures(from_at, until, as_of, {name: tuple(each) for name, each in figures.items()}, delays)


def _figures(row: Measured, as_of: datetime, again: Mapping[UUID, int]) -> Iterator[Figure]:
    """Yield every figure that counts an interview, but `held`, which counts conversations."""
    yield F.KNOWN
    if row.stage is Stage.VOIDED:
        yield F.VOIDED
        return
    yield F.INTERVIEWS
    yield F.MISSING_AGAIN if again[row.child_id] > 1 else F.MISSING_ONCE
    yield from _asked(row)
    yield from _in_time(row, as_of)
    yield from _conversation(row)


def _asked(row: Measured) -> Iterator[Figure]:
    if row.attempts:
        yield F.ATTEMPTED
    if row.offered_at is not None:
        yield F.OFFERED
        yield {True: F.ACCEPTED, False: F.OFFER_DECLINED, None: F.UNDECIDED}[row.accepted]
    elif row.stage is Stage.DECLINED:
        yield F.DECLINED_UNASKED
    elif row.attempts:
        yield F.NOBODY_REACHED
    elif row.stage is Stage.NOT_POSSIBLE:
        yield F.NOT_POSSIBLE_UNASKED
    else:
        yield F.NEVER_ASKED


def _in_time(row: Measured, as_of: datetime) -> Iterator[Figure]:
    closed = {Stage.DECLINED: F.DECLINED, Stage.NOT_POSSIBLE: F.NOT_POSSIBLE}
    if row.stage in closed:
        yield closed[row.stage]
    elif row.provisional_due:
        yield F.PROVISIONAL
        yield F.PROVISIONAL_COVERED if row.held_at else F.PROVISIONAL_OPEN
    elif row.held_at:
        yield F.IN_TIME if row.held_at <= row.due_at else F.LATE
    else:
        yield F.WAITING if as_of <= row.due_at else F.OVERDUE


def _conversation(row: Measured) -> Iterator[Figure]:
    if row.held_at is None:
        return
    yield F.COVERED
    yield F.SHARED_CONVERSATION if row.covered_by else F.OWN_CONVERSATION
    if row.submitted_at is None:
        yield _lacking(row)
        return
    yield F.SUBMITTED
    yield F.APPROVED if row.approved_at else F.WITH_MANAGER


def _lacking(row: Measured) -> Figure:
    """Return why there is no record of a conversation: only an imported interview is approved without one."""
    if row.stage is Stage.APPROVED:
        return F.RECORD_ELSEWHERE
    return F.SENT_BACK if row.sent_back_at else F.RECORD_AWAITED


def _conversations(rows: Sequence[Measured]) -> Iterator[Counted]:
    """Yield each conversation once, by the interview that has it, in or out of the period."""
    seen: dict[UUID, datetime] = {}
    for row in rows:
        if row.held_at:
            seen.setdefault(row.covered_by or row.id, row.held_at)
    yield from (Counted(id_, at) for id_, at in seen.items())


_MOMENT: Final[Mapping[Figure, Callable[[Measured], datetime | None]]] = {
    **dict.fromkeys((F.NOBODY_REACHED, F.ATTEMPTED), lambda row: row.attempted_at),
    **dict.fromkeys((F.OFFERED, F.ACCEPTED, F.UNDECIDED), lambda row: row.offered_at),
    **dict.fromkeys((F.OFFER_DECLINED,), lambda row: row.declined_at or row.offered_at),
    **dict.fromkeys((F.DECLINED, F.DECLINED_UNASKED), lambda row: row.declined_at),
    **dict.fromkeys(
        (F.IN_TIME, F.LATE, F.COVERED, F.OWN_CONVERSATION, F.SHARED_CONVERSATION, F.PROVISIONAL_COVERED,
         F.RECORD_AWAITED, F.RECORD_ELSEWHERE),
        lambda row: row.held_at,
    ),
    F.SENT_BACK: lambda row: row.sent_back_at,
    **dict.fromkeys((F.WITH_MANAGER, F.SUBMITTED), lambda row: row.submitted_at),
    F.APPROVED: lambda row: row.approved_at,
}  # fmt: skip
_CLOSED: Final = frozenset(
    {F.DECLINED, F.DECLINED_UNASKED, F.OFFER_DECLINED, F.NOT_POSSIBLE, F.NOT_POSSIBLE_UNASKED}
)
"""Figures that are told with the reason that somebody wrote down."""


def _counted(row: Measured, figure: Figure) -> Counted:
    moment = _MOMENT.get(figure)
    at = (moment(row) if moment else None) or row.due_at
    if figure is F.VOIDED:
        return Counted(row.id, at, row.voided_reason)
    return Counted(row.id, at, row.closed_reason if figure in _CLOSED else None)


_DUE: Final = (F.IN_TIME, F.LATE, F.OVERDUE)
_SHARES: Final = (
    ("offered", "offered, of all interviews", (F.OFFERED,), (F.INTERVIEWS,)),
    (
        "in_time_of_due",
        "held within 72 hours, of those with a confirmed return that were held, closed or are overdue",
        (F.IN_TIME,),
        (*_DUE, F.DECLINED, F.NOT_POSSIBLE),
    ),
    (
        "in_time_of_conversations",
        "held within 72 hours, of those with a confirmed return about which there was a conversation",
        (F.IN_TIME,),
        (F.IN_TIME, F.LATE),
    ),
    ("declined", "closed as declined, of all interviews", (F.DECLINED,), (F.INTERVIEWS,)),
    (
        "approved",
        "with an approved record, of those about which there was a conversation with its record here",
        (F.APPROVED,),
        (F.RECORD_AWAITED, F.SENT_BACK, F.WITH_MANAGER, F.APPROVED),
    ),
)
