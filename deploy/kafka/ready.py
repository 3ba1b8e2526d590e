"""Whether a broker answers: Kafka's ApiVersions request, which may be asked before signing in."""

import contextlib
import socket
import ssl
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ports import LOOPBACK

API_VERSIONS: Final = 18
ASKED: Final = 7
"""What the answer must repeat to be an answer to our request."""
WITHIN_SECONDS: Final = 2.0


def answers(port: int, certificate: Path | None) -> bool:
    """Return whether a broker answers on `port`; over TLS, and with this certificate, if there is one."""
    body = struct.pack(">hhih", API_VERSIONS, 0, ASKED, -1)  # version 0, no client id
    try:
        with _connected(port, certificate) as broker, broker.makefile("rb") as answer:
            broker.sendall(struct.pack(">i", len(body)) + body)
            return answer.read(10)[4:] == struct.pack(">ih", ASKED, 0)  # after its length: no error
    except OSError:  # TLS errors are of this family
        return False


@contextlib.contextmanager
def _connected(port: int, certificate: Path | None) -> Iterator[socket.socket]:
    with socket.create_connection((LOOPBACK, port), timeout=WITHIN_SECONDS) as plain:
        if certificate is None:
            yield plain
            return
        with _trusting(certificate).wrap_socket(plain) as secure:
            yield secure


def _trusting(certificate: Path) -> ssl.SSLContext:
    """Trust this one certificate, whoever issued it and whatever name it bears."""
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
