"""Settings of the case-management system that approved outcomes go to."""

from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from cli.together import all_or_none

CONNECTOR_SECRETS: Final = ("case_client_key",)
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def _safe_address(value: str) -> str:
    """Return an address to which a child's plan may go: encrypted, or on this machine."""
    parts = urlsplit(value)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://cases.example/api, with nothing after its path")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("must begin with https://: what goes there is about a child")
    return value.rstrip("/")


SafeAddress = Annotated[str, AfterValidator(_safe_address)]


class ConnectorSettings(BaseSettings):
    """How the other system is reached; the policy says what goes there, and how it is spelt."""

    case_url: SafeAddress | None = None
    """The base URL of the case-management system's REST interface."""
    case_token_url: SafeAddress | None = None
    """Where it gives access tokens (OAuth 2.0 client credentials)."""
    case_client_id: Annotated[str, Field(min_length=1)] | None = None
    """Our name there."""
    case_client_key: SecretStr | None = None
    """The secret that goes with it."""
    case_scope: Annotated[str, Field(min_length=1)] | None = None
    """The scope to ask for, where it wants one."""
    case_ca: Path | None = None
    """The authority that signed its certificate, a PEM file; without one, the public ones."""
    case_timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 20.0
    """How long to wait for it."""
    case_connections: Annotated[int, Field(ge=1, le=100)] = 8
    """How many requests may be under way at once."""
    case_directory: Path | None = None
    """The directory for updates as files."""

    @model_validator(mode="after")
    def _reached_as_a_whole(self) -> Self:
        all_or_none(self, "case_url", "case_token_url", "case_client_id", "case_client_key")
        return self
