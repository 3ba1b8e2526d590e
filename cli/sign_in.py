"""The service by which people sign in, as it is configured."""

from typing import Final

from casework.sign_in_claims import Claims
from cli.settings import Settings
from schemas.access import Duty
from web.app import SignIn
from web.oidc import Client

CALLBACK: Final = "/sign-in/callback"


def sign_in_of(settings: Settings, address: str) -> SignIn | None:
    """Return how people sign in, where they find Homeward at an address; None without a service."""
    secret = settings.sign_in_client_key
    if settings.sign_in_issuer is None or settings.sign_in_client_id is None or secret is None:
        return None
    client = Client(
        settings.sign_in_issuer,
        settings.sign_in_client_id,
        secret.get_secret_value(),
        f"{address.rstrip('/')}{CALLBACK}",
    )
    means = dict(one.rsplit("=", 1) for one in settings.sign_in_duties) or {duty: duty for duty in Duty}
    duties = {role: Duty(duty) for role, duty in means.items()}
    return SignIn(client, Claims(settings.sign_in_roles_claim, duties, settings.sign_in_staff_claim))
