"""The ways by which people are told, as the settings have them."""

from collections.abc import Iterator

from cli.settings import Settings
from connectors.channel import Channel
from connectors.notify import NotifyEmail, NotifyText, Service
from connectors.smtp import Mailer, Smtp
from connectors.teams import Teams
from schemas import alerts_policy as ways


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Return each way that is set up; nothing is connected before something is sent."""
    return {way.value: channel for way, channel in _channels(settings)}


def _channels(settings: Settings) -> Iterator[tuple[ways.Channel, Channel]]:
    if settings.smtp_host and settings.smtp_from:
        yield ways.Channel.EMAIL, Smtp(_mailer(settings, settings.smtp_host, settings.smtp_from))
    if settings.notify_key:
        service = Service(settings.notify_url, settings.notify_key.get_secret_value())
        if settings.notify_email_template:
            yield ways.Channel.EMAIL, NotifyEmail(service, settings.notify_email_template)
        if settings.notify_text_template:
            yield ways.Channel.TEXT, NotifyText(service, settings.notify_text_template)
    if settings.teams_url:
        yield ways.Channel.TEAMS, Teams(settings.teams_url.get_secret_value())


def _mailer(settings: Settings, host: str, sender: str) -> Mailer:
    password = settings.smtp_password
    return Mailer(
        host=host,
        port=settings.smtp_port,
        sender=sender,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else None,
        ca=settings.smtp_ca,
    )
