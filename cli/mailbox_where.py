"""The mailbox that the settings name."""

from cli.settings import Settings
from connectors.mailbox.imap import Where
from connectors.oauth import Client


def where_of(settings: Settings) -> Where | None:
    """Return where mail is read; None where no mailbox is set up."""
    if not (settings.mailbox_host and settings.mailbox_user):
        return None
    password = settings.mailbox_password
    return Where(
        host=settings.mailbox_host,
        port=settings.mailbox_port,
        user=settings.mailbox_user,
        password=password.get_secret_value() if password else "",
        client=_client(settings),
        ca=settings.mailbox_ca,
        folder=settings.mailbox_folder,
        taken=settings.mailbox_taken,
        refused=settings.mailbox_refused,
    )


def _client(settings: Settings) -> Client | None:
    """Return who asks for tokens; None where there is a password."""
    url, id_, secret = (
        settings.mailbox_token_url,
        settings.mailbox_client_id,
        settings.mailbox_client_secret,
    )
    if not (url and id_ and secret):
        return None
    return Client(url, id_, secret.get_secret_value(), settings.mailbox_scope)
