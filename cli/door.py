"""The socket to serve on: opened before anything else is started, so that a taken port costs no time."""

import errno
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cli.errors import Stop

ANY: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared with, not served on
BACKLOG: Final = 512
WHY: Final = {
    errno.EADDRINUSE: "is taken: choose another with --port, or stop what uses it",
    errno.EACCES: "is not for this user: choose one above 1023 with --port",
    errno.EADDRNOTAVAIL: "is not at an address of this machine: correct --host",
}


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


def free_port(host: str) -> int:
    """Return a port that nobody uses just now."""
    with listening(host, 0) as door:
        return int(door.getsockname()[1])
