"""What a flow works with: opened for each run, and closed after it.

Prefect runs each flow in a process of its own and imports it there by name. Whoever composes the program
provides, once and before any flow runs, how its surroundings are opened; nothing is opened by import.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from casework.reconcile import ReadSoFar
from connectors.case_management import CaseManagement
from connectors.channel import Channel
from schemas.connector_policy import ConnectorPolicy
from schemas.policy import Policy
from store.database import Store

Targets = Mapping[str, Callable[[], AbstractAsyncContextManager[CaseManagement]]]
"""How each target is opened to which approved outcomes go, by its name in the policy."""
Reach = Callable[[ConnectorPolicy], Targets]
"""What is reached, spelt as an authority's policy has it."""
DEFAULTS: Final = Policy()


def nothing(_: ConnectorPolicy) -> Targets:
    """Return that no other system is reached."""
    return {}


class Log(Protocol):
    """Kafka's log, as far as a flow has to do with it."""

    async def fill(self, as_of: datetime) -> Sequence[ReadSoFar]:
        """Fill every hole in what was read, and return how far each partition was read then."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The database, the authorities served, and Kafka's log; None where there is no Kafka."""

    store: Store
    authorities: Sequence[str]
    log: Log | None
    policy: Policy = DEFAULTS
    """The configured one: it counts where an authority has accepted none of its own."""
    case_management: Reach = nothing
    channels: Mapping[str, Channel] = field(default_factory=dict)
    """How people are told, by way; one that is not set up is not here."""
    address: str = "http://127.0.0.1:8000"
    """Where people find Homeward, for the links in messages."""
    police_lists: Path | None = None
    """The folder into which forces' lists of missing children are put; None: they come otherwise."""


Opening = Callable[[], AbstractAsyncContextManager[Surroundings]]
_provided: list[Opening] = []


def provide(opening: Opening) -> None:
    """Say how surroundings are opened; the last word counts."""
    _provided[:] = [opening]


def surroundings() -> AbstractAsyncContextManager[Surroundings]:
    """Open what was provided.

    Raises:
        RuntimeError: nothing was.
    """
    if not _provided:
        raise RuntimeError("a flow was started past `homeward flows`, which says what it works with")
    return _provided[0]()
