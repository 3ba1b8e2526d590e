"""What every carrier does with a batch: apply it, and let no single message stop the others."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid5

import structlog

from casework.apply import Applied, apply
from domain.continuity import NAMESPACE
from domain.telling import MessageKey
from schemas.policy import Policy
from schemas.reading import canonical
from store import inbox, ledger, letters
from store.database import DatabaseUnavailable, Store

log = structlog.get_logger()


async def carry(
    keys: Sequence[MessageKey], authority: str, store: Store, policy: Policy, clock: Callable[[], datetime]
) -> list[Applied]:
    """Apply a batch; where it fails for another reason than the database, halve it until what fails stands
    alone, and set that aside: it becomes a dead letter with its bytes and the reason.

    Raises:
        DatabaseUnavailable: what was not applied yet still waits; carry it again.
    """
    try:
        return [await apply(keys, authority, store, policy, clock())]
    except DatabaseUnavailable:
        raise
    except Exception as error:
        # the kind alone: the words of an error may quote a child's details
        log.warning("batch failed", authority=authority, messages=len(keys), kind=type(error).__name__)
        if len(keys) == 1:
            await _set_aside(keys[0], authority, store, error, clock())
            return []
        half = len(keys) // 2
        return [
            *await carry(keys[:half], authority, store, policy, clock),
            *await carry(keys[half:], authority, store, policy, clock),
        ]


async def _set_aside(key: MessageKey, authority: str, store: Store, error: Exception, now: datetime) -> None:
    async with store.transaction(authority) as tx:
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
