"""What every request needs of the process: made once, by `create_app`."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import HTTPConnection

from casework.intake import Incoming, Receipt, Sender
from casework.policy_in_force import in_force
from casework.sign_in_claims import Claims
from schemas.policy import Policy
from store.database import Store, Transaction
from store.tokens import Token
from web.background import Workers
from web.guard.rates import Rates
from web.live import Changes
from web.metrics import Metrics
from web.oidc import Provider
from web.site import Check, Clock, Site
from web.together import Together


@dataclass(frozen=True, slots=True)
class State:
    """The parts of one running site."""

    store: Store
    site: Site
    clock: Clock
    metrics: Metrics
    rates: Rates
    changes: Changes
    workers: Workers
    tokens: Together[str, None, Token | None]
    """Who bears a secret, by the secret."""
    intake: Together[Sender, Incoming, Receipt]
    """Single messages, by sender."""
    desk: asyncio.Lock
    """Held while one form of staff is recorded."""
    provider: Provider | None
    """The sign-in service; without one there are personas, or nobody signs in."""
    claims: Claims
    checks: Mapping[str, Check]
    """What else readiness tells of, by name: things that may be away without anything being lost."""

    async def policy(self, tx: Transaction) -> Policy:
        """Return the policy in force for the authority of a transaction.

        Raises:
            PolicyError: this release cannot read what the authority accepted.
        """
        return await in_force(tx, self.site.policy)


async def here(connection: HTTPConnection) -> State:
    """Give a route the state; a coroutine, since FastAPI runs what is none in a thread."""
    return state_of(connection)


def state_of(connection: HTTPConnection) -> State:
    """Return the state of the application that answers this request."""
    return cast("State", connection.app.state.homeward)


Here = Annotated[State, Depends(here)]
