"""The targets of approved outcomes that the settings reach."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial

from cli.settings import Settings
from connectors import rest
from connectors.case_management import CaseManagement
from connectors.files import Files
from connectors.oauth import Client
from connectors.rest import Address
from flows.surroundings import Targets
from schemas.connector_policy import ConnectorPolicy, Target


def targets(settings: Settings, policy: ConnectorPolicy) -> Targets:
    """Return how each target is opened; nothing is opened yet."""
    found: dict[str, Callable[[], AbstractAsyncContextManager[CaseManagement]]] = {}
    if address := _address(settings):
        found[Target.REST] = partial(rest.opened, address, policy.rest)
    if settings.case_directory:
        found[Target.FILES] = partial(_ready, Files(settings.case_directory))
    return found


def _ready(system: CaseManagement) -> AbstractAsyncContextManager[CaseManagement]:
    return nullcontext(system)


def _address(settings: Settings) -> Address | None:
    if not (settings.case_url and settings.case_token_url and settings.case_client_id):
        return None
    secret = settings.case_client_key
    client = Client(
        settings.case_token_url,
        settings.case_client_id,
        secret.get_secret_value() if secret else "",
        settings.case_scope,
    )
    return Address(
        settings.case_url,
        client,
        ca=settings.case_ca,
        timeout_seconds=settings.case_timeout_seconds,
        connections=settings.case_connections,
    )
