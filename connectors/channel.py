"""A way to tell somebody, as far as Homeward has to do with it."""

from dataclasses import dataclass
from typing import Protocol


class NotSent(Exception):
    """A message did not go out. Its words say why, and neither to whom nor about what."""


class TryAgain(NotSent):
    """It may go out later, not before `after_seconds` if the other side said so.

    Whether it has gone out is not always known: the answer may have been lost.
    """

    def __init__(self, why: str, after_seconds: float | None = None) -> None:
        super().__init__(why)
        self.after_seconds = after_seconds


class WillNeverWork(NotSent):
    """It will not go out to this person, however often it is tried."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person. `key` stays the same however often it is sent.

    `to` is what the way needs: an address, a telephone number, for Teams a name. `short` is the whole of it
    for a text message; `html` says the same as `text`, where there is more to see.
    """

    key: str
    to: str
    subject: str
    text: str
    short: str
    html: str | None = None


class Channel(Protocol):
    """Sends messages by one way."""

    async def send(self, message: Message) -> str:
        """Send it, and return the other side's reference.

        Raises:
            TryAgain: it may work later.
            WillNeverWork: it will not.
        """
        ...
