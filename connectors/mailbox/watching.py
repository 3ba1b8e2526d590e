"""Takes every mail of a mailbox, and goes on as more come; each is moved only once it is durable."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final, ParamSpec, TypeVar

import structlog

from connectors.documents.dangers import TOO_LARGE
from connectors.documents.limits import MOST_BYTES
from connectors.mailbox.imap import FAILURES, Box, NotLetIn, NoToken, Waiting, Where
from connectors.mailbox.taking import NotNow, Refuse, Take
from connectors.mailbox.tokens import Keys

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger()
LOOK_AGAIN_SECONDS: Final = 60.0
"""How long to rely on the server's telling: what came while we asked something else it may not tell."""
WITHOUT_TELLING_SECONDS: Final = 30.0
HEAR_SECONDS: Final = 1.0
AWAY: Final = "the mail server does not answer"
AGAIN_AFTER_SECONDS: Final = (1.0, 5.0, 15.0, 60.0)


class Watch:
    """One mailbox, and what is done with its mail."""

    def __init__(self, where: Where, take: Take, refuse: Refuse, keys: Keys | None = None) -> None:
        self._where = where
        self._keys = keys or Keys(None)
        self._take = take
        self._refuse = refuse
        self._stuck: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.is_connected = False
        self.trouble = AWAY
        """Why it is not connected, where it is not."""

    async def once(self) -> None:
        """Take what is there now.

        Raises:
            NotLetIn: the server does not accept the name or the password.
            NoToken: there is no token that the server accepts.
            NotNow: something could not be kept: it stays in the mailbox.
        """
        async with self._connected() as box:
            await self._take_all(box)

    async def run(self) -> None:
        """Take what is there and what comes, until cancelled; a server that is away is asked again.

        Raises:
            NotLetIn: the server does not accept the name or the password.
        """
        failed = 0
        while True:
            began = time.monotonic()
            try:
                async with self._connected() as box:
                    while True:
                        while await self._take_all(box):
                            pass
                        await self._wait(box)
            except (NotNow, NoToken, *FAILURES) as error:
                why = str(error) if isinstance(error, NoToken) else AWAY
                self.trouble = why.partition(": ")[0]
                told = {"why": why} if isinstance(error, NoToken) else {}
                log.warning("the mailbox is not read now", error=type(error).__name__, **told)
                failed = 0 if time.monotonic() - began > AGAIN_AFTER_SECONDS[-1] else failed + 1
                await asyncio.sleep(AGAIN_AFTER_SECONDS[min(failed, len(AGAIN_AFTER_SECONDS)) - 1])

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["_Beside"]:
        self._stuck.clear()
        token = await self._keys.valid()
        box = _Beside(Box(self._where))
        try:
            await box.do(box.box.open, token)
            self.is_connected = True
            yield box
        except NoToken:
            self._keys.forget(token)
            raise
        finally:
            self.is_connected = False
            with suppress(*FAILURES):
                await box.do(box.box.close)
            box.end()

    async def _take_all(self, box: "_Beside") -> bool:
        """Take what is in the folder, and say whether anything was: then more may have come meanwhile."""
        mails = [mail for mail in await box.do(box.box.waiting) if mail.uid not in self._stuck]
        for mail in mails:
            await self._take_one(box, mail)
        return bool(mails)

    async def _take_one(self, box: "_Beside", mail: Waiting) -> None:
        try:
            refused = await (self._large if mail.size_bytes > MOST_BYTES else self._read)(box, mail)
        except (NotNow, NotLetIn, *FAILURES):
            raise
        except Exception as error:  # one mail that nobody foresaw stops no other
            log.exception("a mail stays in the mailbox", uid=mail.uid, error=type(error).__name__)
            self._stuck.add(mail.uid)
            self.counts["left"] += 1
            return
        if refused is None:
            return
        await box.do(box.box.settle, mail.uid, refused=refused)
        self.counts["refused" if refused else "taken"] += 1

    async def _large(self, box: "_Beside", mail: Waiting) -> bool | None:
        head = await box.do(box.box.head, mail.uid)
        if head is not None:
            await self._refuse(head, TOO_LARGE)
        return None if head is None else True

    async def _read(self, box: "_Beside", mail: Waiting) -> bool | None:
        """Return whether it was refused; None where it had gone."""
        content = await box.do(box.box.content, mail.uid)
        if content is None:
            return None
        answer = await self._take(content)
        if answer.refused:
            await self._refuse(content, answer.refused)
        return answer.refused is not None

    async def _wait(self, box: "_Beside") -> None:
        if not box.box.tells:
            await asyncio.sleep(WITHOUT_TELLING_SECONDS)
            return
        until = time.monotonic() + LOOK_AGAIN_SECONDS
        await box.do(box.box.listen)
        try:
            while time.monotonic() < until and not await box.do(box.box.heard, HEAR_SECONDS):
                pass
        finally:
            await box.do(box.box.stop_listening)


class _Beside:
    """Does a connection's work in a thread of its own, one thing after the other, also when cancelled."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mailbox")

    def do(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Awaitable[R]:
        return asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args, **kwargs))

    def end(self) -> None:
        self._thread.shutdown(wait=False)
