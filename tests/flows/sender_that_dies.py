"""Sends what waits, and stops for ever between sending and writing that down: to be killed there.

`python -m tests.flows.sender_that_dies DATABASE_URL SMTP_PORT`
"""

import asyncio
import sys

from connectors.channel import Message
from connectors.smtp import Mailer, Smtp
from flows.surroundings import Surroundings
from flows.way_to_people import deliver
from store.database import Store
from tests.flows.office import ADDRESS, NOW
from tests.messages import NOTTINGHAM


class Stopping:
    """A real mail server's way, after which nothing goes on."""

    def __init__(self, port: int) -> None:
        self._smtp = Smtp(Mailer("127.0.0.1", port, "homeward@nottingham.example", security="none"))

    async def send(self, message: Message) -> str:
        print(await self._smtp.send(message), flush=True)
        await asyncio.Event().wait()
        raise AssertionError


async def main(url: str, port: str) -> None:
    here = Surroundings(
        Store(url), (NOTTINGHAM,), None, channels={"email": Stopping(int(port))}, address=ADDRESS
    )
    await deliver(here, NOW)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
