"""How to reach Kafka: one set of facts, for every client."""

import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kafka.errors import KafkaError

PATIENCE_MS = 10_000
"""How long a client looks for a broker before it says that there is none."""
OVERHEAD_BYTES = 100_000
"""What a message has beside its value: key, headers, the batch that it travels in."""


class BrokerError(Exception):
    """Kafka cannot be reached or used; one sentence says why and how to mend it."""


@contextmanager
def told_as_ours(addresses: Sequence[str]) -> Iterator[None]:
    """Turn whatever a client of Kafka raises inside the block into one sentence.

    Raises:
        BrokerError: no broker answers, or it refuses what is asked.
    """
    try:
        yield
    except (KafkaError, OSError) as error:
        raise BrokerError(
            f"Kafka at {', '.join(addresses)} cannot be used ({error}): start it, or correct HOMEWARD_KAFKA"
            " and how to sign in (HOMEWARD_KAFKA_TLS, _CA, _USER, _PASSWORD, _MECHANISM)"
        ) from error


@dataclass(frozen=True, slots=True)
class Broker:
    """Addresses such as `127.0.0.1:9092`, and what they ask of a client.

    `tls` alone encrypts; `ca` is the authority that signed the broker's certificate, if it is not one of the
    system's; `certificate` and `key` are the client's own. `user` and `password` are for SASL.
    """

    addresses: Sequence[str]
    tls: bool = False
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    mechanism: str = "SCRAM-SHA-512"
    max_message_bytes: int = 10_000_000

    @property
    def protocol(self) -> str:
        return f"{'SASL_' if self.user else ''}{'SSL' if self.tls else 'PLAINTEXT'}"

    @property
    def max_request_bytes(self) -> int:
        return self.max_message_bytes + OVERHEAD_BYTES

    def look_for_it(self) -> None:
        """Find an address that takes connections, before a client is made, which would look for long.

        Raises:
            OSError: none does.
        """
        for address in self.addresses:
            host, _, port = address.rpartition(":")
            try:
                socket.create_connection((host.strip("[]"), int(port)), PATIENCE_MS / 1000).close()
            except OSError as error:
                why = error
            else:
                return
        raise why

    def for_kafka_python(self) -> Mapping[str, Any]:
        """Return the settings of a kafka-python client."""
        sasl = {
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.user,
            "sasl_plain_password": self.password,
        }
        return {
            "bootstrap_servers": list(self.addresses),
            "client_id": "homeward",
            "security_protocol": self.protocol,
            "ssl_context": self.tls_context(),
            "bootstrap_timeout_ms": PATIENCE_MS,
            "request_timeout_ms": PATIENCE_MS,
            "reconnect_backoff_max_ms": 2000,
            **(sasl if self.user else {}),
        }

    def tls_context(self) -> ssl.SSLContext | None:
        """Return how to encrypt; None where nothing is encrypted.

        Raises:
            BrokerError: a certificate or key cannot be read.
        """
        if not self.tls:
            return None
        try:
            context = ssl.create_default_context(cafile=self.ca)
            if self.certificate:
                context.load_cert_chain(self.certificate, self.key)
        except OSError as error:
            raise BrokerError(
                f"a certificate for Kafka cannot be used ({error}): correct HOMEWARD_KAFKA_CA,"
                " HOMEWARD_KAFKA_CERTIFICATE and HOMEWARD_KAFKA_KEY"
            ) from error
        return context
