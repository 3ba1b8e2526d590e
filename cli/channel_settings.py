"""Settings of how people are told: GOV.UK Notify, a mail server, Microsoft Teams."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from cli.kafka_settings import WebAddress

CHANNEL_SECRETS: Final = ("notify_key", "smtp_password", "teams_url")
ID: Final = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


def _key(value: SecretStr) -> SecretStr:
    if not re.fullmatch(f".*{ID}-{ID}", value.get_secret_value()):
        raise ValueError("must be a whole API key of GOV.UK Notify: its name, then two ids")
    return value


def _webhook(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("must be the address of a workflow's webhook, which begins with https://")
    return value


Template = Annotated[str, Field(pattern=f"^{ID}$")]
MailAddress = Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]


class ChannelSettings(BaseSettings):
    """What may be chosen about telling people. Without any of it there is the inbox in Homeward alone."""

    public_url: WebAddress | None = None
    """Where people find Homeward, for the links in messages; without it, this machine."""
    notify_url: WebAddress = "https://api.notifications.service.gov.uk"
    """The API of GOV.UK Notify."""
    notify_key: Annotated[SecretStr, AfterValidator(_key)] | None = None
    """A key of our service there."""
    notify_email_template: Template | None = None
    """The id of an e-mail template with ((subject)) and ((body)); with it e-mail goes by GOV.UK Notify."""
    notify_text_template: Template | None = None
    """The id of a text message template with ((body))."""
    smtp_host: Annotated[str, Field(min_length=1)] | None = None
    """The mail server by which e-mail goes."""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port."""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How what goes to it is encrypted: STARTTLS or not at all sent, TLS from the start, or none."""
    smtp_ca: Path | None = None
    """The authority that signed its certificate, a PEM file; without one, the system's."""
    smtp_user: Annotated[str, Field(min_length=1)] | None = None
    """The name to sign in with."""
    smtp_password: SecretStr | None = None
    """The password to sign in with."""
    smtp_from: MailAddress | None = None
    """The address that e-mail comes from."""
    teams_url: Annotated[SecretStr, AfterValidator(_webhook)] | None = None
    """The webhook of a workflow in Microsoft Teams that posts to a channel."""

    @model_validator(mode="after")
    def _channels_whole(self) -> Self:
        if (self.smtp_host is None) != (self.smtp_from is None):
            raise ValueError("smtp_host|needs HOMEWARD_SMTP_FROM beside it: give both or neither")
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError("smtp_user|needs HOMEWARD_SMTP_PASSWORD beside it: give both or neither")
        if self.smtp_user and self.smtp_security == "none":
            raise ValueError("smtp_security|is none: a password goes by TLS or STARTTLS only")
        templates = self.notify_email_template or self.notify_text_template
        if (self.notify_key is None) != (templates is None):
            raise ValueError("notify_key|needs HOMEWARD_NOTIFY_EMAIL_TEMPLATE or …_TEXT_TEMPLATE beside it")
        if self.smtp_host and self.notify_email_template:
            raise ValueError(
                "smtp_host|and HOMEWARD_NOTIFY_EMAIL_TEMPLATE are two ways for e-mail: keep one of them"
            )
        return self
