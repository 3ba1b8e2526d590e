"""Who asks for a page of the record, which opens its transactions one after the other, never two at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from web.guard.sessions import Signed, Who
from web.pages.reading import Visit
from web.state import Here, State


@dataclass(frozen=True, slots=True)
class Asking:
    """A request of somebody who is signed in."""

    request: Request
    here: State
    who: Who

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[Visit]:
        """Open a transaction as this person."""
        async with self.here.store.transaction(self.who.authority, person=self.who.id) as tx:
            yield Visit(self.request, self.here, self.who, tx, self.here.clock())


async def asking(request: Request, here: Here, who: Signed) -> Asking:
    """Return who asks."""
    return Asking(request, here, who)


ByPerson = Annotated[Asking, Depends(asking)]
