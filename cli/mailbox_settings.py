"""Settings of the mailbox by which forces' mail comes, and of the SMTP server for a mail server beside us."""

from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from cli.connector_settings import SafeAddress
from cli.together import all_or_none

MAILBOX_SECRETS: Final = ("mailbox_password", "mailbox_client_secret")
CLIENT: Final = ("mailbox_token_url", "mailbox_client_id", "mailbox_client_secret")
EXCHANGE_ONLINE: Final = "https://outlook.office365.com/.default"


def _unless_empty(value: object) -> object:
    """Return a secret; an empty file, as containers have it for what is not used, holds none."""
    return None if value == "" else value


Secret = Annotated[SecretStr | None, BeforeValidator(_unless_empty)]
Folder = Annotated[str, Field(min_length=1)]


class MailboxSettings(BaseSettings):
    """Where mail is read, and where it is moved once it is kept; without it none is read."""

    mailbox_host: Annotated[str, Field(min_length=1)] | None = None
    """The mail server whose mailbox is read, by IMAP over TLS."""
    mailbox_port: Annotated[int, Field(ge=1, le=65535)] = 993
    """Its port."""
    mailbox_ca: Path | None = None
    """The authority that signed its certificate, a PEM file; without one, the system's."""
    mailbox_user: Annotated[str, Field(min_length=1)] | None = None
    """The name to sign in with."""
    mailbox_password: Secret = None
    """The password to sign in with."""
    mailbox_token_url: SafeAddress | None = None
    """Where there is no password: where access tokens are given (OAuth 2.0 client credentials)."""
    mailbox_client_id: Annotated[str, Field(min_length=1)] | None = None
    """Our name there."""
    mailbox_client_secret: Secret = None
    """The secret that goes with it."""
    mailbox_scope: Annotated[str, Field(min_length=1)] = EXCHANGE_ONLINE
    """The scope to ask for; it is Exchange Online's, where nothing else is said."""
    mailbox_folder: Folder = "INBOX"
    """The folder whose mail is taken."""
    mailbox_taken: Folder = "Homeward taken"
    """The folder for what is kept; made if it is not there."""
    mailbox_refused: Folder = "Homeward refused"
    """The folder for what is refused; made if it is not there."""
    mailbox_smtp_port: Annotated[int, Field(ge=0, le=65535)] = 2525
    """The port of this machine on which `homeward mailbox --smtp` takes mail; 0 takes any that is free."""

    @model_validator(mode="after")
    def _mailbox_whole(self) -> Self:
        """It is signed in to by a password or by tokens: by one of the two, and that whole."""
        by_token = [name for name in CLIENT if getattr(self, name) is not None]
        if self.mailbox_password and by_token:
            raise ValueError(
                f"mailbox_password|and HOMEWARD_{by_token[0].upper()} are two ways to sign in: keep one"
            )
        if self.mailbox_host and self.mailbox_user and not (self.mailbox_password or by_token):
            raise ValueError(
                "mailbox_host|needs HOMEWARD_MAILBOX_PASSWORD beside it, or HOMEWARD_MAILBOX_TOKEN_URL,"
                " _CLIENT_ID and _CLIENT_SECRET where there is no password"
            )
        all_or_none(self, "mailbox_host", "mailbox_user", *(CLIENT if by_token else ("mailbox_password",)))
        return self

    @model_validator(mode="after")
    def _folders_differ(self) -> Self:
        folders = (self.mailbox_folder, self.mailbox_taken, self.mailbox_refused)
        if len({folder.casefold() for folder in folders}) < len(folders):
            raise ValueError("mailbox_folder|and the folders for what is taken and refused must differ")
        return self
