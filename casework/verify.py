"""Verifying: what is stored is what the fold gives, what was acknowledged is there, the ledger is whole.

Reads one snapshot, so that it may run while everything goes on. Each difference names its row.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.policy_in_force import in_force
from casework.seal import published
from casework.verify_cases import verify_episodes, verify_interviews
from casework.verify_conduct import verify_conduct
from casework.verify_decisions import verify_decisions
from casework.walking import broken
from casework.whose import telling
from schemas.policy import Policy
from schemas.reading import canonical
from store import verifying
from store.database import Store
from store.verifying import Everything


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, in words, and how much was looked at."""

    differences: tuple[str, ...]
    counts: dict[str, int]


async def verify(store: Store, authority: str, policy: Policy, heads: Path) -> Verification:
    """Compare everything stored for an authority with what it was made from.

    `heads` is the directory in which the ledger's heads were published; `policy` is the configured one.
    """
    told = list(published(heads, authority))  # before the snapshot: each of them was committed by then
    async with store.transaction(authority, person="system:verify", snapshot=True) as tx:
        policy = await in_force(tx, policy)
        all_ = await verifying.everything(tx)
    tellings = {row.key: telling(row) for row in all_.inbox if row.child_id}
    differences = (
        *_inbox(all_),
        *_links(all_),
        *verify_decisions(all_, tellings),
        *verify_episodes(all_, tellings, policy),
        *verify_interviews(all_, tellings, policy),
        *verify_conduct(all_),
        *broken(all_.ledger, authority, told),
    )
    counts = {
        "notifications": len(all_.inbox),
        "waiting": sum(row.child_id is None for row in all_.inbox),
        "episodes": sum(not row.superseded for row in all_.episodes),
        "interviews": sum(row.status != "voided" for row in all_.interviews),
        "decisions": len(all_.decisions),
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
