"""A peer in a process of its own, that obeys lines of JSON on its standard input and answers each by one."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

STOP_SECONDS = 10.0


class Peer:
    """A running peer, from outside."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def script(self, *answers: int) -> None:
        """Say how the next messages are answered; after these, well. What came before is forgotten."""
        self._tell(script=list(answers))

    def received(self) -> list[dict[str, Any]]:
        """Return what was taken, in order."""
        got: list[dict[str, Any]] = self._tell()["received"]
        return got

    def tries(self) -> int:
        """Return how often anybody tried, taken or not."""
        return int(self._tell()["tries"])

    def _tell(self, **told: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def running(module: str, *arguments: str) -> Iterator[Peer]:
    """Start a peer; end it afterwards."""
    command = [sys.executable, "-m", f"tests.connectors.{module}", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Peer(process, int(process.stdout.readline()))
        finally:
            process.stdin.close()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


class Script:
    """In the peer: what is answered next, and what was taken."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.received: list[dict[str, Any]] = []
        self.tries = 0

    def next(self, well: int) -> int:
        self.tries += 1
        return self.answers.pop(0) if self.answers else well

    def obey(self) -> None:
        """Do what the lines on standard input say, until they end."""
        for line in sys.stdin:
            told = json.loads(line)
            if "script" in told:
                self.answers, self.received, self.tries = told["script"], [], 0
            print(json.dumps({"received": self.received, "tries": self.tries}), flush=True)


Answer = Callable[[str, dict[str, str], bytes], tuple[int, Any]]
