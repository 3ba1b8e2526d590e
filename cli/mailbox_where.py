"""The mailbox that the settings name."""

from cli.settings import Settings
from connectors.mailbox.imap import Where


def where_of(settings: Settings) -> Where | None:
    """Return where mail is read; None where no mailbox is set up."""
    if not (settings.mailbox_host and settings.mailbox_user and settings.mailbox_password):
        return None
    return Where(
        host=settings.mailbox_host,
        port=settings.mailbox_port,
        user=settings.mailbox_user,
        password=settings.mailbox_password.get_secret_value(),
        ca=settings.mailbox_ca,
        folder=settings.mailbox_folder,
        taken=settings.mailbox_taken,
        refused=settings.mailbox_refused,
    )
