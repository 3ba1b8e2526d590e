"""Settings of the service by which people sign in (OpenID Connect)."""

from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode

from cli.connector_settings import SafeAddress
from cli.kafka_settings import separate
from cli.together import all_or_none
from schemas.access import Duty

SIGN_IN_SECRETS: Final = ("sign_in_client_key",)


class SignInSettings(BaseSettings):
    """Which service people sign in by, and what its claims mean; without it pages stay on this machine."""

    sign_in_issuer: SafeAddress | None = None
    """The service's issuer, as it tells of itself; Entra ID: https://login.microsoftonline.com/TENANT/v2.0"""
    sign_in_client_id: Annotated[str, Field(min_length=1)] | None = None
    """Our id there."""
    sign_in_client_key: SecretStr | None = None
    """The secret that goes with it."""
    sign_in_name: Annotated[str, Field(min_length=1)] = "your work account"
    """What people call the account that they sign in with."""
    sign_in_roles_claim: Annotated[str, Field(min_length=1)] = "roles"
    """The claim that holds somebody's roles."""
    sign_in_duties: Annotated[tuple[str, ...], NoDecode, BeforeValidator(separate)] = ()
    """What a role means here: ROLE=DUTY, separated by commas; without it roles are called as the duties."""
    sign_in_staff_claim: Annotated[str, Field(min_length=1)] = "email"
    """The claim that holds somebody's id, or address, in the directory of staff."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        all_or_none(self, "sign_in_issuer", "sign_in_client_id", "sign_in_client_key")
        return self

    @model_validator(mode="after")
    def _known_duties(self) -> Self:
        duties = {duty.value for duty in Duty}
        for one in self.sign_in_duties:
            role, _, duty = one.rpartition("=")
            if not role or duty not in duties:
                known = ", ".join(sorted(duties))
                raise ValueError(f"sign_in_duties|has {one}, which is not ROLE=DUTY with one of {known}")
        return self
