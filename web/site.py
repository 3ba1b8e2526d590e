"""What one site serves, and how much it lets in."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from schemas.access import EVERYBODY, Duty
from schemas.policy import Policy

Clock = Callable[[], datetime]
Background = Callable[[], Coroutine[Any, Any, None]]
"""Work that runs as long as the site does, such as the embedded runner."""
Check = Callable[[], Awaitable[str]]
"""Says how something beside is: `ok`, or in a few words what is wrong with it."""


def now_utc() -> datetime:
    """Return the present moment; the only clock that the site has."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whom a browser on this machine may sign in as, without a password: see `Site.personas`."""

    subject: str
    name: str
    duties: frozenset[Duty]
    staff_id: str | None = None
    about: str = ""


AT_THIS_MACHINE = Persona("local", "Whoever sits at this machine", EVERYBODY)


@dataclass(frozen=True, slots=True)
class Site:
    """What is served here, and to whom.

    `hosts` are the names by which browsers and machines may call it. `personas` are for a demonstration, or
    for a site that only this machine can reach. `secure`: browsers come by https, and cookies go by it alone.
    """

    authorities: tuple[str, ...]
    policy: Policy
    demo: bool = False
    pages: bool = True
    personas: tuple[Persona, ...] = ()
    secure: bool = False
    sign_in_name: str = ""
    """What people call the account that they sign in with; empty where there is no such service."""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    max_body_bytes: int = 10_000_000
    requests_per_second: int = 1000
    failed_tokens_per_minute: int = 20
    pages_per_minute: int = 600
    """By one session: open pages that follow what changes, and somebody who looks through many."""
    version: str = field(default_factory=partial(version, "homeward"))

    @property
    def authority(self) -> str:
        """The authority that the pages show."""
        return self.authorities[0]
