"""Which policy counts: the one that the authority accepted last; before its first one, the configured one.

It is asked for in the transaction that acts by it: no process goes on by one that was in force before.
"""

from functools import lru_cache

from pydantic import ValidationError

from schemas.policy import Policy, PolicyError
from store import policies
from store.database import APPLY, Store, Transaction


async def in_force(tx: Transaction, configured: Policy) -> Policy:
    """Return the policy of the transaction's authority; `configured` is the one of the settings.

    Where `tx` holds the authority's lock, none other can come into force before it commits.

    Raises:
        PolicyError: this release cannot read what was accepted.
    """
    accepted = await policies.in_force(tx)
    return configured if accepted is None else read_kept(accepted)


async def policy_of(store: Store, authority: str, configured: Policy) -> Policy:
    """Return the policy of an authority, where no transaction is open yet.

    Raises:
        PolicyError: this release cannot read what was accepted.
    """
    async with store.transaction(authority, APPLY) as tx:
        return await in_force(tx, configured)


@lru_cache(maxsize=64)
def read_kept(text: str) -> Policy:
    """Return the policy of a stored version; read once, since most transactions ask for the same.

    Raises:
        PolicyError: it was kept by a release that knew other settings.
    """
    try:
        return Policy.model_validate_json(text)
    except ValidationError as error:
        fields = sorted({".".join(map(str, each["loc"])) for each in error.errors(include_url=False)})
        raise PolicyError(
            f"The accepted policy has settings that this release cannot read ({', '.join(fields)}):"
            " upload it again without them, and accept that."
        ) from error
