"""A real Kafka for tests: `deploy/kafka/run` in its own directory, to be stopped, killed and started."""

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RUN: Final = Path(__file__).parents[1] / "deploy/kafka/run"
READY_WITHIN_SECONDS: Final = 300.0  # the first start of all fetches Kafka
END_WITHIN_SECONDS: Final = 60.0
POLL_SECONDS: Final = 0.05
PASSWORD: Final = "Grand Union, lock 42"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the secure broker asks of its clients: SCRAM-SHA-256 or -512 over TLS."""

    user: str
    password: str
    ca: Path


class Broker:
    """One broker and its data. `start` again takes the same port."""

    def __init__(self, directory: Path, *options: str, sign_in: SignIn | None = None) -> None:
        self.directory = directory
        self.sign_in = sign_in
        self._options = options
        self._script: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return int((self.directory / "port").read_text())

    @property
    def said(self) -> str:
        """What the script has said since it was started last, to both its outputs."""
        return (self.directory / "said").read_text()

    @property
    def script_pid(self) -> int:
        assert self._script is not None
        return self._script.pid

    @property
    def java_pid(self) -> int:
        return int((self.directory / "pid").read_text())

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        assert self._script is None, "it runs already"
        with (self.directory / "said").open("wb") as out:
            script = self._script = subprocess.Popen(
                [sys.executable, RUN, self.directory, "--with-parent", *self._options],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        wait_until(lambda: "is ready at" in self.said or script.poll() is not None, READY_WITHIN_SECONDS)
        assert script.poll() is None, self.said

    def stop(self) -> int:
        """Stop it as an operator does; return the exit code."""
        assert self._script is not None
        self._script.terminate()
        return self.wait()

    def kill(self) -> None:
        """SIGKILL the script and the JVM, whether they run or not."""
        if self._script is None:
            return
        if self._script.poll() is None and (self.directory / "pid").exists():
            with held(self.java_pid) as java:
                self._script.kill()
                signal.pidfd_send_signal(java, signal.SIGKILL)
                assert ends(java)
        self._script.kill()
        self.wait()

    def wait(self) -> int:
        """Wait until the script has ended; return its exit code."""
        assert self._script is not None
        code = self._script.wait(END_WITHIN_SECONDS)
        self._script = None
        return code


@contextmanager
def running(*options: str, sign_in: SignIn | None = None) -> Iterator[Broker]:
    """Run a broker in a directory that is removed afterwards; nothing of it is left running."""
    with tempfile.TemporaryDirectory(prefix="homeward-kafka-") as directory:
        broker = Broker(Path(directory), *options, sign_in=sign_in)
        try:
            broker.start()
            yield broker
        finally:
            broker.kill()


@contextmanager
def running_securely() -> Iterator[Broker]:
    """Run a broker that alice may use, with a certificate of an authority of its own."""
    with tempfile.TemporaryDirectory(prefix="homeward-kafka-keys-") as directory:
        keys = Path(directory)
        sign_in = SignIn("alice", PASSWORD, keys / "ca.pem")
        (keys / "password").write_text(f"{PASSWORD}\n")
        _certify(keys)
        options = ["--secure", "--certificate", keys / "certificate.pem", "--key", keys / "key.pem"]
        with running(*map(str, options), "--user", f"alice:{keys / 'password'}", sign_in=sign_in) as broker:
            yield broker


def _certify(keys: Path) -> None:
    import trustme  # heavy, and few sessions need it
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        load_pem_private_key,
    )

    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1", "localhost")
    key = load_pem_private_key(issued.private_key_pem.bytes(), password=None)
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    authority.cert_pem.write_to_path(keys / "ca.pem")
    (keys / "key.pem").write_bytes(pkcs8)
    (keys / "certificate.pem").write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))


@contextmanager
def held(pid: int) -> Iterator[int]:
    """Hold a process by a descriptor, which never means another that has got its number."""
    process = os.pidfd_open(pid)
    try:
        yield process
    finally:
        os.close(process)


def ends(process: int) -> bool:
    """Return whether a process that is held ends in time."""
    return bool(select.select([process], [], [], END_WITHIN_SECONDS)[0])


def wait_until(condition: Callable[[], bool], within_seconds: float) -> None:
    give_up_at = time.monotonic() + within_seconds
    while not condition():
        assert time.monotonic() < give_up_at, f"not so within {within_seconds:.0f} seconds"
        time.sleep(POLL_SECONDS)
