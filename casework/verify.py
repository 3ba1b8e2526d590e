"""Verifying: what is stored is what the fold gives, what was acknowledged is there, the ledger is whole.

Reads one snapshot, so that it may run while everything goes on. Each difference names its row.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.seal import published
from casework.verify_cases import verify_episodes, verify_interviews
from casework.verify_conduct import verify_conduct
from casework.whose import telling
from schemas.policy import Policy
from schemas.reading import canonical
from store import ledger, verifying
from store.database import Store
from store.ledger import Seal
from store.verifying import Everything


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, in words, and how much was looked at."""

    differences: tuple[str, ...]
    counts: dict[str, int]


async def verify(store: Store, authority: str, policy: Policy, heads: Path) -> Verification:
    """Compare everything stored for an authority with what it was made from.

    `heads` is the directory in which the ledger's heads were published.
    """
    told = list(published(heads, authority))  # before the snapshot: each of them was committed by then
    async with store.transaction(authority, person="system:verify", snapshot=True) as tx:
        all_ = await verifying.everything(tx)
    tellings = {row.key: telling(row) for row in all_.inbox if row.child_id}
    differences = (
        *_inbox(all_),
        *_links(all_),
        *verify_episodes(all_, tellings, policy),
        *verify_interviews(all_, tellings, policy),
        *verify_conduct(all_),
        *_chain(all_, told),
    )
    counts = {
        "notifications": len(all_.inbox),
        "waiting": sum(row.child_id is None for row in all_.inbox),
        "episodes": sum(not row.superseded for row in all_.episodes),
        "interviews": sum(row.status != "voided" for row in all_.interviews),
        "commands": len(all_.commands),
        "ledger rows": len(all_.ledger),
        "sealed": sum(row.position is not None for row in all_.ledger),
    }
    return Verification(differences, counts)


def _inbox(all_: Everything) -> Iterator[str]:
    """Count the inbox against what was acknowledged: both were written in one transaction."""
    acknowledged = {
        (row.payload["source"], row.payload["id"]): row.payload
        for row in all_.ledger
        if row.action == "notification.received" and row.payload
    }
    for stored in all_.inbox:
        name = f"inbox ({stored.key.source}, {stored.key.id})"
        content = hashlib.sha256(canonical(stored.payload)).hexdigest()
        was = acknowledged.pop(stored.key, None)
        if was is None:
            yield f"{name}: the ledger does not know that it was received"
            continue
        if was["digest"] != content or was["digest"] != all_.digests[stored.key].hex():
            yield f"{name}: its content is not what was received"
        if was["received_at"] != stored.received_at.isoformat():
            yield f"{name}: received_at is {stored.received_at.isoformat()}, but was {was['received_at']}"
        told = {name: stored.payload.get(name) for name in ("source", "id", "subject")}
        if told != {"source": stored.key.source, "id": stored.key.id, "subject": all_.subjects[stored.key]}:
            yield f"{name}: its columns do not say what its content says"
    for source, id_ in acknowledged:
        yield f"inbox ({source}, {id_}): was acknowledged and is not there"


def _links(all_: Everything) -> Iterator[str]:
    linked = {
        (row.payload["source"], row.payload["id"]): row.payload["child_id"]
        for row in all_.ledger
        if row.action == "notification.linked" and row.payload
    }
    for stored in all_.inbox:
        now = str(stored.child_id) if stored.child_id else None
        if now != linked.get(stored.key):
            yield (
                f"inbox ({stored.key.source}, {stored.key.id}): child_id is {now},"
                f" but the ledger says {linked.get(stored.key)}"
            )


def _chain(all_: Everything, told: list[Seal]) -> Iterator[str]:
    """Walk the chain from its beginning, and compare it with the heads published outside."""
    for row in all_.ledger:
        written = None if row.payload is None else hashlib.sha256(canonical(row.payload)).digest()
        if written not in (None, bytes(row.payload_digest)):
            yield f"ledger {row.no}: its payload is not what was written"
    sealed = sorted((row for row in all_.ledger if row.position), key=lambda row: row.position)
    hashes = {0: ledger.GENESIS}
    for expected, row in enumerate(sealed, start=1):
        if row.position != expected:
            yield f"ledger of {all_.authority}: the row sealed at position {expected} is not there"
            return
        hashes[expected] = ledger.chain(hashes[expected - 1], row)
        if hashes[expected] != bytes(row.hash):
            yield f"ledger {row.no}: is not what was sealed at position {expected}"
            return
    lost = next((head for head in told if hashes.get(head.position) != head.hash), None)
    if lost:
        yield (
            f"ledger of {all_.authority}: the head published at position {lost.position} is not in the"
            f" chain, which ends at position {len(sealed)}: its tail was cut or rewritten"
        )
