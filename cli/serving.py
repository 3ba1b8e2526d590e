"""Serving the web application until somebody ends it: the socket, the site, the signals."""

import errno
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import FastAPI

from cli.errors import Stop
from cli.settings import Settings
from schemas.policy import Policy
from web.server import Server
from web.site import Site

LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
ANY: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared with, not served on
BACKLOG: Final = 512
WHY: Final = {
    errno.EADDRINUSE: "is taken: choose another with --port, or stop what uses it",
    errno.EACCES: "is not for this user: choose one above 1023 with --port",
    errno.EADDRNOTAVAIL: "is not at an address of this machine: correct --host",
}


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


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open the socket to serve on, before anything else is started; who calls already, waits.

    Raises:
        Stop: the port is taken, or host or port cannot be used.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise Stop(f"{host} is not a host that is known here: correct --host or HOMEWARD_HOST") from error
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(address)
            door.listen(BACKLOG)
        except OSError as error:
            why = WHY.get(error.errno or 0, f"cannot be used ({error.strerror}): choose another with --port")
            raise Stop(f"port {port} on {host} {why}") from error
        yield door


def address_of(host: str, door: socket.socket) -> str:
    """Return the address to type into a browser on this machine."""
    port = door.getsockname()[1]
    name = "127.0.0.1" if host in ANY else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def is_loopback(host: str) -> bool:
    """Return whether only this machine can call that host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def site_of(settings: Settings, policy: Policy, *, demo: bool = False) -> Site:
    """Return what is served. Pages have no sign-in yet, so that only this machine gets them."""
    own = () if settings.host in ANY else (f"[{settings.host}]" if ":" in settings.host else settings.host,)
    return Site(
        authorities=settings.authorities,
        policy=policy,
        demo=demo,
        pages=is_loopback(settings.host),
        hosts=(*LOOPBACK_HOSTS, *own, socket.gethostname(), *settings.hosts),
        max_body_bytes=settings.max_body_bytes,
        requests_per_second=settings.requests_per_second,
    )


def say_ready(settings: Settings, address: str) -> None:
    """Say where it is served, in one line, and in another why there are no pages, if so."""
    print(f"Homeward is ready at {address} (Ctrl-C stops it)", flush=True)
    if not is_loopback(settings.host):
        print(
            f"On {settings.host} there is the API alone: pages have no sign-in yet, and stay on 127.0.0.1.",
            flush=True,
        )
