"""The services of `docker-compose.yml` without an engine: their very commands, as processes of this machine.

What the engine would provide is put in its place: names of hosts, ports, secrets and volumes.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.deploy.compose import SERVICES, Service, image_environment
from tests.faults.product import free_port

HEALTHY_WITHIN_SECONDS: Final = 90.0
ONCE_WITHIN_SECONDS: Final = 60.0
END_WITHIN_SECONDS: Final = 30.0
POLL_SECONDS: Final = 0.2
PROGRAMS: Final = f"{Path(sys.executable).parent}{os.pathsep}/usr/bin{os.pathsep}/bin"
GIVEN: Final = frozenset({"kafka", "postgres"})
"""Not from our image: a test provides them."""


class Container:
    """One copy of a service, in a directory of its own."""

    def __init__(self, service: Service, directory: Path, places: Mapping[str, str]) -> None:
        self.service = service
        self.directory = directory
        self.port = free_port()
        own_port = {service.port: str(self.port)} if service.goes_on else {}
        closed = (
            {} if "ports" in service.told else {"0.0.0.0": "127.0.0.1"}
        )  # as no network but theirs has it
        self._places = {**places, "/var/lib/homeward": str(directory), **own_port, **closed}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        return (self.directory / "said").read_text()

    def start(self) -> None:
        self.directory.mkdir()
        with (self.directory / "said").open("wb") as said:
            self._process = subprocess.Popen(
                self._here(self.service.command),
                env=self.environment,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def is_healthy(self) -> bool:
        """Return what its health check says; a service that runs once is well once it has ended with 0."""
        assert self._process
        code = self._process.poll()
        if not self.service.goes_on:
            assert not code, f"{self.service.name} ended with {code}: {self.said}"
            return code == 0
        assert code is None, f"{self.service.name} ended with {code}: {self.said}"
        return self.run(*self.service.check).returncode == 0

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run another command in it, to its end, as `docker compose exec` does."""
        return subprocess.run(
            self._here(command),
            env=self.environment,
            cwd=self.directory,
            capture_output=True,
            text=True,
            check=False,
            timeout=ONCE_WITHIN_SECONDS,
        )

    def ask_to_end(self) -> None:
        if self._process:
            self._process.terminate()

    def end(self) -> None:
        """Wait until it has ended, not for ever, then SIGKILL it and whatever it started."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WITHIN_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    @property
    def environment(self) -> dict[str, str]:
        told = {**image_environment(), **self.service.environment}
        values = dict(zip(told, self._here(told.values()), strict=True))
        return {"PATH": PROGRAMS, "HOMEWARD_KAFKA_GROUP": f"compose-{self.directory.parent.name}", **values}

    def _here(self, words: Iterable[str]) -> list[str]:
        """Return the words with everything in its place, each place once."""
        pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\d)" for name in self._places))
        return [pattern.sub(lambda found: self._places[found[0]], word) for word in words]


class Lot:
    """Every service of ours, each started when all is so that it waits for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.containers: dict[str, list[Container]] = {}
        self.places: dict[str, str] = {
            "/run/secrets/": f"{directory}/deploy/secrets/",
            "/srv/": f"{directory}/",
        }

    def start(self, name: str) -> None:
        """Start every copy of a service."""
        service = SERVICES[name]
        copies = (
            Container(service, self.directory / f"{name}-{copy}", self.places)
            for copy in range(service.copies)
        )
        self.containers[name] = list(copies)
        for container in self.containers[name]:
            container.start()

    def start_all(self) -> None:
        """Start what does not run yet, in the order of `depends_on`, and return when all is healthy."""
        give_up_at = time.monotonic() + HEALTHY_WITHIN_SECONDS
        well: set[str] = set(GIVEN)
        wanted = [service for service in SERVICES.values() if not service.is_chosen]
        while not well.issuperset(service.name for service in wanted):
            assert time.monotonic() < give_up_at, self._ill(well)
            for service in wanted:
                if service.name not in {*self.containers, *GIVEN} and service.after.keys() <= well:
                    self.start(service.name)
            well |= {name for name in self.containers.keys() - well if self._is_well(name)}
            time.sleep(POLL_SECONDS)

    def one(self, name: str) -> Container:
        return self.containers[name][0]

    def end(self) -> None:
        """Ask everything to end, then see to it that it has."""
        running = [each for copies in self.containers.values() for each in copies]
        for container in running:
            container.ask_to_end()
        for container in running:
            container.end()

    def _is_well(self, name: str) -> bool:
        return all(container.is_healthy() for container in self.containers[name])

    def _ill(self, well: set[str]) -> str:
        ill = self.containers.keys() - well
        return "\n".join(f"{name}: {each.said}" for name in ill for each in self.containers[name])


@contextmanager
def lot_in(directory: Path) -> Iterator[Lot]:
    """Yield the services, none of them started; each is ended at the end, whatever happens."""
    lot = Lot(directory)
    try:
        yield lot
    finally:
        lot.end()
