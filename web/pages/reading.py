"""One visit to a page: who asks, and one transaction in which the database shows what that person may see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from store.database import Transaction
from web.guard.sessions import Signed, Who
from web.state import Here, State


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page is made of. `now` is UTC, and the same for the whole page."""

    request: Request
    here: State
    who: Who
    tx: Transaction
    now: datetime


async def visiting(request: Request, here: Here, who: Signed) -> AsyncIterator[Visit]:
    """Open a transaction for one request, as the person who is signed in."""
    async with here.store.transaction(who.authority, person=who.id) as tx:
        yield Visit(request, here, who, tx, here.clock())


Visiting = Annotated[Visit, Depends(visiting, scope="function")]
