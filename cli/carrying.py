"""Applying at once what a command stored, so that its effect shows whether or not `homeward up` runs."""

from casework.carry import Carrier
from cli.settings import Settings
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner


async def carry_what_waits(store: Store, settings: Settings, policy: Policy) -> int:
    """Apply and seal all that waits, and return how many messages that were."""
    runner = Runner(Carrier(store, policy), settings.authorities, settings.heads_directory)
    return await runner.drain()
