"""A node's directory: its settings, which each start writes anew, and its data, which are formatted once.

config/   server.properties; with --secure also keystore.pem
data/     topics and messages
log/      server.log, Kafka's own; jvm.log, what Java says; format.log
lock, pid, port, users
"""

import base64
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from errors import OneBoxError
from ports import LOOPBACK, free_ports
from processes import run_to_end
from security import Security, key_store, scram_arguments, secure_properties

PROPERTIES: Final = "config/server.properties"
KEY_STORE: Final = "config/keystore.pem"
ONE_NODE: Final[Mapping[str, str]] = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "log.dirs": "data",
    "auto.create.topics.enable": "false",
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "4",
    "group.initial.rebalance.delay.ms": "0",
    "broker.heartbeat.interval.ms": "500",
    "broker.session.timeout.ms": "3000",  # for so long a killed broker keeps its successor out
    "log.cleaner.dedupe.buffer.size": str(16 * 1024 * 1024),  # the default is a third of our heap
}


@dataclass(frozen=True, slots=True)
class Node:
    """A broker's directory, the port that its clients use, and how they come in."""

    directory: Path
    port: int
    security: Security | None = None

    def configure(self) -> None:
        """Write the settings. Paths in them are relative: Kafka runs in the directory."""
        (self.directory / "pid").unlink(missing_ok=True)  # of a broker that was killed
        for name in ("config", "log"):
            (self.directory / name).mkdir(exist_ok=True)
        if self.security:
            (self.directory / KEY_STORE).write_text(key_store(self.security))
        lines = (f"{name}={value}\n" for name, value in self._properties().items())
        (self.directory / PROPERTIES).write_text("".join(lines))

    def _properties(self) -> dict[str, str]:
        others = free_ports(besides=self.port)
        ports = {"CLIENT": self.port, "CONTROLLER": next(others)}
        protocol = dict.fromkeys(ports, "PLAINTEXT")
        if self.security:
            ports["INTERNAL"] = next(others)
            protocol = {"CLIENT": "SASL_SSL", "CONTROLLER": "SASL_PLAINTEXT", "INTERNAL": "SASL_PLAINTEXT"}
        return {
            **ONE_NODE,
            "controller.quorum.voters": f"1@{LOOPBACK}:{ports['CONTROLLER']}",
            "listeners": ",".join(f"{name}://{LOOPBACK}:{port}" for name, port in ports.items()),
            "listener.security.protocol.map": ",".join(f"{name}:{each}" for name, each in protocol.items()),
            "inter.broker.listener.name": "INTERNAL" if self.security else "CLIENT",
            **(secure_properties(KEY_STORE) if self.security else {}),
        }

    def format(self, java: Sequence[str], lock: int) -> None:
        """Make the data's place, with the users, unless that has been done.

        Raises:
            OneBoxError: Kafka refuses, or a user is asked for who was not there when it was done.
        """
        users = self.security.users if self.security else {}
        if (self.directory / "data/meta.properties").exists():
            self._check_users(users)
            return
        (self.directory / "users").write_text("".join(f"{name}\n" for name in users))
        arguments = [
            "kafka.tools.StorageTool format",
            f"--config {PROPERTIES}",
            f"--cluster-id={base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip('=')}",
            *scram_arguments(users),
        ]
        self._run_tool(java, arguments, lock)

    def _check_users(self, users: Mapping[str, Path]) -> None:
        known = (self.directory / "users").read_text().split()
        for name in users:
            if name not in known:
                raise OneBoxError(f"{self.directory} has no user {name}: its first start made its users")

    def _run_tool(self, java: Sequence[str], arguments: Sequence[str], lock: int) -> None:
        """Run it with arguments from a file, for everybody may read a command line."""
        file = self.directory / "config/format.arguments"
        file.write_text("\n".join(arguments))
        log = self.directory / "log/format.log"
        try:
            done = run_to_end([*java, f"@{file}"], self.directory, log, lock)
        finally:
            file.unlink()
        if not done:
            raise OneBoxError(f"Kafka cannot use {self.directory}: {log} says why")
