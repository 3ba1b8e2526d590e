"""Ports of this machine for the broker to listen on."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from errors import OneBoxError

LOOPBACK: Final = "127.0.0.1"
CANDIDATES: Final = range(20_000, 32_000)
"""Below the ports that Linux gives to clients, one of which could take it before the broker does."""


def choose_port(remembered_in: Path, wanted: int | None) -> int:
    """Return the port that is wanted, else the earlier one, else a free one; remember it.

    Raises:
        OneBoxError: it cannot be had.
    """
    port = wanted or _earlier(remembered_in) or next(free_ports())
    if not _is_free(port):
        raise OneBoxError(
            f"port {port} is taken, or is none: end what uses it, or choose another with --port"
        )
    remembered_in.write_text(f"{port}\n")
    return port


def free_ports(besides: int | None = None) -> Iterator[int]:
    """Yield ports that are free, in no order, each once."""
    return (port for port in random.sample(CANDIDATES, len(CANDIDATES)) if port != besides and _is_free(port))


def _earlier(remembered_in: Path) -> int | None:
    text = remembered_in.read_text().strip() if remembered_in.exists() else ""
    return int(text) if text.isdecimal() else None


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Kafka does: not what just closed
        try:
            tried.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
    return True
