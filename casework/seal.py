"""The sealer: chains what the ledger has, and publishes the chain's head outside the database.

A published head is one JSON line per authority and change: position, last ledger row, hash, instant. Whoever
cuts the ledger's tail would have to change that file, and every copy of it, too.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from store import ledger
from store.database import Store

BATCH = 2000
SEALER = "system:seal"


async def seal(store: Store, authority: str, now: datetime) -> ledger.Seal | None:
    """Seal one batch of committed rows and return the new head; None if there was nothing to seal."""
    async with store.transaction(authority, person=SEALER) as tx:
        if not await tx.scalar(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(:k, 0))", k=f"seal/{authority}"
        ):
            return None  # another sealer is at work
        rows = await ledger.unsealed(tx, BATCH)
        return await ledger.seal(tx, rows, now) if rows else None


def publish(heads: Path, authority: str, head: ledger.Seal, now: datetime) -> None:
    """Append the head to the authority's file under `heads`."""
    heads.mkdir(parents=True, exist_ok=True)
    line = {"position": head.position, "hash": head.hash.hex(), "at": now.isoformat()}
    with (heads / f"{authority}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def published(heads: Path, authority: str) -> Iterator[ledger.Seal]:
    """Yield the heads that were published; a last line cut short by a crash is passed over."""
    path = heads / f"{authority}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            told: dict[str, Any] = json.loads(line)
            yield ledger.Seal(int(told["position"]), bytes.fromhex(told["hash"]))
        except (ValueError, KeyError):
            continue
