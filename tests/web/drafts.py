"""Drafts: what a force sent and was understood in part."""

from datetime import datetime

from casework import originals
from casework.intake import Sender
from casework.originals import Original
from store.database import Store
from tests.messages import NOTTINGHAM
from tests.unit.forces import told


async def drafted(store: Store, content: bytes, now: datetime) -> str:
    """Take in a list with one row, which is not understood; return its letter."""
    understood = told(content)
    original = Original(content, "list.csv", understood.media, understood.shown)
    sender = Sender("file", "list.csv", (NOTTINGHAM,))
    [receipt] = await originals.receive(
        store, sender, original, understood.notices, understood.drafts, now=now
    )
    return str(receipt.letter_id)
