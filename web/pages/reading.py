"""Whom the pages belong to. There is no sign-in yet: whoever sits at this machine."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends

from store.database import Transaction
from web.state import Here

STAFF = "staff:local"


async def reading(here: Here) -> AsyncIterator[Transaction]:
    """Open a transaction for one request."""
    async with here.store.transaction(here.site.authority, person=STAFF) as tx:
        yield tx


Reading = Annotated[Transaction, Depends(reading, scope="function")]
