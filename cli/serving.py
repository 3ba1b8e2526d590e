"""Serving the web application until somebody ends it."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import FastAPI

from casework.carry import Carrier
from cli.alarm import Alarm
from cli.database import Database, opened
from cli.door import ANY, address_of, is_loopback
from cli.keeping import keep_running
from cli.reachable import how_kafka_is
from cli.settings import Settings
from cli.sign_in import sign_in_of
from schemas.policy import Policy
from store.database import Store
from streams.runner import DIRECTLY_AFTER, Runner
from web.app import Background, create_app
from web.metrics import Metrics
from web.server import Server
from web.site import AT_THIS_MACHINE, Check, Persona, Site

LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
Beside = Callable[[Store, str], Coroutine[Any, Any, None]]
"""What else goes on while the site is served, given the store and its address; cancelled at its end."""


class Serving(Server):
    """Serves on a socket that is open already, and ends in good order on the usual signals."""

    def __init__(self, app: FastAPI, when_ready: Callable[[], None]) -> None:
        super().__init__(app)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._when_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Begin to stop on a signal, and do not raise it again afterwards: there is more to stop in order."""
        before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        for each, handler in before.items():
            if each != signal.SIGHUP or handler is not signal.SIG_IGN:  # as under nohup
                signal.signal(each, self.handle_exit)
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


async def serve(
    settings: Settings,
    policy: Policy,
    ready: Database,
    door: socket.socket,
    *,
    runner: bool,
    demo: bool = False,
    beside: Sequence[Beside] = (),
) -> None:
    """Serve until a signal; with `runner` also apply what comes in, and keep our own PostgreSQL alive.

    What goes on `beside` begins once the site is served.
    """
    address, started = address_of(settings.host, door), asyncio.Event()

    def when_ready() -> None:
        say_ready(settings, address)
        started.set()

    async with opened(ready) as store:
        background: list[Background] = []
        metrics = Metrics()
        if runner:
            background.append(runner_of(settings, Carrier(store, policy, measures=metrics)).run)
            if settings.database_url is None:
                background.append(partial(keep_running, settings))
        site, alarm = site_of(settings, policy, demo=demo), Alarm(settings, policy, store)
        if settings.flows_expected:
            background.append(alarm.run)
        checks: dict[str, Check] = {"flows": alarm.standing}
        if settings.kafka:
            checks["kafka"] = partial(how_kafka_is, settings)
        sign_in = sign_in_of(settings, settings.public_url or address)
        app = create_app(store, site, background, metrics=metrics, checks=checks, sign_in=sign_in)
        async with _going_on(started, [partial(work, store, address) for work in beside]):
            await Serving(app, when_ready).serve(sockets=[door])


def runner_of(settings: Settings, carrier: Carrier) -> Runner:
    """Return what applies the inbox: at once, or with Kafka only what Kafka does not bring in time."""
    wait = DIRECTLY_AFTER if settings.kafka else timedelta(0)
    return Runner(carrier, settings.authorities, settings.heads_directory, leave_to_kafka=wait)


@asynccontextmanager
async def _going_on(
    started: asyncio.Event, works: Sequence[Callable[[], Coroutine[Any, Any, None]]]
) -> AsyncIterator[None]:
    """Begin the works once the site is served: the first page need not wait; cancel them on leaving."""

    async def begun() -> None:
        await started.wait()
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work())

    task = asyncio.create_task(begun())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def site_of(settings: Settings, policy: Policy, *, demo: bool = False) -> Site:
    """Return what is served. Without a sign-in service only this machine gets pages."""
    own = () if settings.host in ANY else (f"[{settings.host}]" if ":" in settings.host else settings.host,)
    service = settings.sign_in_issuer is not None
    named = urlsplit(settings.public_url).hostname if settings.public_url else None
    return Site(
        authorities=settings.authorities,
        policy=policy,
        demo=demo,
        pages=has_pages(settings),
        personas=_personas(demo) if demo or not service else (),
        secure=settings.is_secure,
        sign_in_name=settings.sign_in_name if service else "",
        hosts=(
            *LOOPBACK_HOSTS,
            *own,
            socket.gethostname(),
            *settings.hosts,
            *([named] if named else []),
        ),
        max_body_bytes=settings.max_body_bytes,
        requests_per_second=settings.requests_per_second,
    )


def has_pages(settings: Settings) -> bool:
    """Whether pages are served: to this machine alone, or by https to people who sign in."""
    return is_loopback(settings.host) or (settings.sign_in_issuer is not None and settings.is_secure)


def _personas(demo: bool) -> tuple[Persona, ...]:
    """Return as whom one may sign in without a password; the invented people only where they are played."""
    return import_module("cli.demo.personas").PERSONAS if demo else (AT_THIS_MACHINE,)


def say_ready(settings: Settings, address: str) -> None:
    """Say where it is served, in one line, and in another why there are no pages, if so."""
    print(f"Homeward is ready at {address} (Ctrl-C stops it)", flush=True)
    if not has_pages(settings):
        print(
            f"On {settings.host} there is the API alone: pages need HOMEWARD_SIGN_IN_ISSUER, and"
            " HOMEWARD_PUBLIC_URL with https.",
            flush=True,
        )
