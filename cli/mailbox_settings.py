"""Settings of the mailbox by which forces' mail comes, and of the SMTP server for a mail server beside us."""

from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from cli.together import all_or_none

MAILBOX_SECRETS: Final = ("mailbox_password",)
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
    mailbox_password: SecretStr | None = None
    """The password to sign in with."""
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
        all_or_none(self, "mailbox_host", "mailbox_user", "mailbox_password")
        return self

    @model_validator(mode="after")
    def _folders_differ(self) -> Self:
        folders = (self.mailbox_folder, self.mailbox_taken, self.mailbox_refused)
        if len({folder.casefold() for folder in folders}) < len(folders):
            raise ValueError("mailbox_folder|and the folders for what is taken and refused must differ")
        return self
