"""The broker's process: started, waited for, stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from errors import OneBoxError
from node import PROPERTIES, Node
from processes import start
from ready import answers

LOG_SETTINGS: Final = Path(__file__).resolve().with_name("log4j2.xml")
JVM: Final = (
    "-Xms64m",
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a third less work at the start, 50 MB less, no slower for Python's clients
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:ErrorFile=log/java-%p.log",
)
READY_WITHIN_SECONDS: Final = 180.0  # after a crash Kafka reads its data again first
STOP_WITHIN_SECONDS: Final = 30.0
POLL_SECONDS: Final = 0.05


class Stop:
    """Whether the broker is to stop: a signal asked for it, or the parent process has ended."""

    def __init__(self, parent: int | None) -> None:
        self._asked = False
        self._parent = parent
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(signal.SIGHUP, self._ask)

    @property
    def is_due(self) -> bool:
        return self._asked or (self._parent is not None and os.getppid() != self._parent)

    def _ask(self, _signal: int, _frame: object) -> None:
        self._asked = True


def java_command(java: str, jars: Path) -> tuple[str, ...]:
    """Return the command to which a class of Kafka's and its arguments are added."""
    return (java, *JVM, f"-Dlog4j2.configurationFile={LOG_SETTINGS}", "-cp", f"{jars}/*")


@contextmanager
def running(node: Node, java: Sequence[str], lock: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the broker, ready or not, until the end of the block; `lock` is held for as long as it lives."""
    command = [*java, "kafka.Kafka", PROPERTIES]
    broker = start(command, node.directory, node.directory / "log/jvm.log", lock)
    pid = node.directory / "pid"
    try:
        pid.write_text(f"{broker.pid}\n")
        yield broker
    finally:
        _end(broker)
        pid.unlink(missing_ok=True)


def wait_until_ready(broker: subprocess.Popen[bytes], node: Node, stop: Stop) -> bool:
    """Return whether it became ready; else it is to stop.

    Raises:
        OneBoxError: the broker ended, or has not answered for too long.
    """
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    while not answers(node.port, node.security.certificate if node.security else None):
        if time.monotonic() > give_up_at:
            raise OneBoxError(f"Kafka does not become ready: {_log(node)} says why")
        if not is_alive(broker, node, stop):
            return False
    return True


def is_alive(broker: subprocess.Popen[bytes], node: Node, stop: Stop) -> bool:
    """Return, after a moment, whether to go on.

    Raises:
        OneBoxError: the broker ended by itself.
    """
    time.sleep(POLL_SECONDS)
    if stop.is_due:
        return False
    if broker.poll() is not None:
        raise OneBoxError(f"Kafka has ended: {_log(node)} says why")
    return True


def _end(broker: subprocess.Popen[bytes]) -> None:
    broker.terminate()
    try:
        broker.wait(STOP_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        broker.kill()
        broker.wait()


def _log(node: Node) -> Path:
    """Return the log that tells more: Java speaks only of what keeps Kafka from speaking for itself."""
    java_says = node.directory / "log/jvm.log"
    return java_says if java_says.exists() and java_says.stat().st_size else node.directory / "log/server.log"
