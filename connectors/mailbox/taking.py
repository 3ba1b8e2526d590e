"""What becomes of a mail, as far as whoever brings it has to know."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


class NotNow(Exception):
    """A mail could not be kept now: it stays where it is, and is brought again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The mail is kept, or it is refused for good: `refused` says why, to its sender."""

    refused: str | None = None


Take = Callable[[bytes], Awaitable[Answer]]
"""Keeps a mail, and returns when it is durable; raises NotNow where that fails."""
Refuse = Callable[[bytes, str], Awaitable[None]]
"""Is told the beginning of a mail that was refused, and why, and tells people."""
