"""Settings of what carries notifications between machines: Kafka, Prefect, and where traces go."""

from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode

from schemas import topics

DAY_MS: Final = 86_400_000
LARGEST_PORT: Final = 65535


def separate(value: object) -> object:
    """Return what commas separate, each once."""
    parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    return list(dict.fromkeys(parts)) if isinstance(parts, list) else parts


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= LARGEST_PORT:
        raise ValueError("must be addresses such as kafka.example:9092, separated by commas")
    return value


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must be an address that begins with http:// or https://")
    return value.rstrip("/")


Address = Annotated[str, AfterValidator(_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Force = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]


class KafkaSettings(BaseSettings):
    """What may be chosen about Kafka. `kafka` empty: there is none, and one process applies what comes in."""

    kafka: Annotated[tuple[Address, ...], NoDecode, BeforeValidator(separate)] = ()
    """Kafka's addresses, separated by commas; none: there is no Kafka."""
    kafka_tls: bool = False
    """Whether to encrypt what goes to Kafka and comes from it."""
    kafka_ca: Path | None = None
    """The authority that signed the broker's certificate, a PEM file; without one, the system's."""
    kafka_certificate: Path | None = None
    """Our own certificate, a PEM file, where the broker asks for one."""
    kafka_key: Path | None = None
    """The key of that certificate, a PEM file."""
    kafka_user: Annotated[str, Field(min_length=1)] | None = None
    """The name to sign in with (SASL)."""
    kafka_password: SecretStr | None = None
    """The password to sign in with."""
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """How to sign in."""
    kafka_group: Annotated[str, Field(pattern=r"^[\w.-]{1,200}$")] = "homeward"
    """The consumer group of the workers."""
    kafka_partitions: Annotated[int, Field(ge=1, le=1000)] = 6
    """How many partitions a topic is made with: at most that many workers share the work."""
    kafka_replication: Annotated[int, Field(ge=-1, le=9)] = -1
    """How many brokers keep each message; -1 leaves that to the broker."""
    kafka_retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    """How long Kafka keeps what was told; the database keeps it whatever this is."""
    forces: Annotated[tuple[Force, ...], NoDecode, BeforeValidator(separate)] = ()
    """Forces that have a topic of their own, as in urn:police:FORCE, separated by commas."""
    prefect: WebAddress | None = None
    """The API of a Prefect server of your own; without one, `homeward up` starts one."""
    flows: bool = True
    """Whether `homeward up` starts the flows, and Prefect for them."""
    traces: WebAddress | None = None
    """Where traces go by OTLP over HTTP; without it there are none."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kafka_user is None) != (self.kafka_password is None):
            raise ValueError("kafka_user|needs HOMEWARD_KAFKA_PASSWORD beside it: give both or neither")
        if (self.kafka_certificate is None) != (self.kafka_key is None):
            raise ValueError("kafka_certificate|needs HOMEWARD_KAFKA_KEY beside it: give both or neither")
        return self

    @property
    def intake_topics(self) -> tuple[str, ...]:
        return topics.intake_topics(self.forces)

    @property
    def all_topics(self) -> tuple[str, ...]:
        return (*self.intake_topics, *topics.EVENTS)
