"""What every carrier does with a batch: apply it, and let no single message stop the others."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid5

import structlog

from casework import tracing
from casework.apply import Applied, apply
from casework.intake import Receipt
from casework.measures import Measures
from domain.continuity import NAMESPACE
from domain.telling import MessageKey
from schemas.policy import Policy, PolicyError
from schemas.reading import canonical
from store import inbox, ledger, letters, positions
from store.database import DatabaseUnavailable, Store
from store.positions import Position

log = structlog.get_logger()
Places = Mapping[MessageKey, Sequence[Position]]
"""Where in Kafka's log messages stand; one that was sent twice stands there twice."""
NOWHERE: Places = {}


def now_utc() -> datetime:
    """Return the present moment; the only clock that a carrier has."""
    return datetime.now(UTC)


def places_by_authority(told: Iterable[tuple[Receipt, Position]]) -> dict[str, Places]:
    """Return where what was taken in stands in the log; what was refused is dealt with already."""
    places: dict[str, dict[MessageKey, list[Position]]] = defaultdict(lambda: defaultdict(list))
    for receipt, position in told:
        if receipt.key and receipt.authority:
            places[receipt.authority][receipt.key].append(position)
    return {authority: places[authority] for authority in sorted(places)}


@dataclass(frozen=True, slots=True)
class Carrier:
    """Takes batches to `casework.apply`, with all that it needs for it."""

    store: Store
    policy: Policy
    """The configured one: it counts where an authority has accepted none of its own."""
    clock: Callable[[], datetime] = now_utc
    measures: Measures = field(default_factory=Measures)

    async def carry(
        self, keys: Sequence[MessageKey], authority: str, places: Places = NOWHERE
    ) -> list[Applied]:
        """Apply a batch; where it fails for another reason than the database, halve it until what fails
        stands alone, and set that aside: it becomes a dead letter with its bytes and the reason.

        What was dealt with, one way or the other, is marked as seen at its `places` in the same transaction.

        Raises:
            DatabaseUnavailable: what was not applied yet still waits; carry it again.
            PolicyError: likewise; it is no fault of any message.
        """
        try:
            return [await self._apply(keys, authority, places)]
        except (DatabaseUnavailable, PolicyError):
            raise
        except Exception as error:
            # the kind alone: the words of an error may quote a child's details
            log.warning("batch failed", authority=authority, messages=len(keys), kind=type(error).__name__)
            if len(keys) == 1:
                await self._set_aside(keys[0], authority, error, places)
                return []
            half = len(keys) // 2
            return [
                *await self.carry(keys[:half], authority, places),
                *await self.carry(keys[half:], authority, places),
            ]

    async def _apply(self, keys: Sequence[MessageKey], authority: str, places: Places) -> Applied:
        began = time.time_ns()
        seen = [position for key in keys for position in places.get(key, ())]
        applied = await apply(keys, authority, self.store, self.policy, self.clock(), seen=seen)
        self.measures.applied(authority, [stored.received_at for stored in applied.messages], self.clock())
        traces = [stored.trace for stored in applied.messages]
        tracing.note_each("apply notification", tracing.SpanKind.INTERNAL, traces, began)
        return applied

    async def _set_aside(self, key: MessageKey, authority: str, error: Exception, places: Places) -> None:
        now = self.clock()
        async with self.store.transaction(authority) as tx:
            for stored in await inbox.take(tx, [key]):
                reason = f"could not be applied ({type(error).__name__}): report this, then replay the letter"
                letter = letters.Letter(
                    id=uuid5(NAMESPACE, f"letter/inbox/{'/'.join(key)}"),
                    authority=authority,
                    via="inbox",
                    sender=key.source,
                    content=canonical(stored.payload),
                    reasons=[{"field": "", "message": reason}],
                    received_at=now,
                )
                await letters.keep(tx, [letter])
                await inbox.set_aside(tx, key, now)
                entry = ledger.Entry(
                    "notification.set-aside", f"notification/{'/'.join(key)}", {"letter": str(letter.id)}
                )
                await ledger.write(tx, [entry], now)
            await positions.saw(tx, places.get(key, ()))
