"""E-mail by SMTP. The Message-ID is made of the message's key: a mailbox recognises what comes twice."""

import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, localtime
from pathlib import Path
from typing import Final, Literal

import aiosmtplib

from connectors.channel import Message, NotSent, TryAgain, WillNeverWork

SERVER_ERROR: Final = 500
OURS: Final[tuple[tuple[type[aiosmtplib.SMTPException], str], ...]] = (
    (aiosmtplib.SMTPAuthenticationError, "the mail server does not accept HOMEWARD_SMTP_USER and _PASSWORD"),
    (aiosmtplib.SMTPSenderRefused, "the mail server refuses HOMEWARD_SMTP_FROM"),
    (aiosmtplib.SMTPResponseException, "the mail server refuses us"),
    (aiosmtplib.SMTPTimeoutError, "the mail server does not answer in time"),
    (aiosmtplib.SMTPConnectError, "the mail server cannot be reached"),
    (aiosmtplib.SMTPServerDisconnected, "the connection to the mail server broke off"),
    (aiosmtplib.SMTPException, "the mail server cannot do what the settings HOMEWARD_SMTP_… ask for"),
)
"""What is not about one message; whoever runs Homeward or the mail server can mend it."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """How mail goes out. `security`: TLS from the start, STARTTLS (never without), or none."""

    host: str
    port: int
    sender: str
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None
    timeout_seconds: float = 20.0


class Smtp:
    """Sends each message on a connection of its own."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer

    async def send(self, message: Message) -> str:
        """Send it, and return its Message-ID."""
        mail = self._mail(message)
        try:
            await self._deliver(mail)
        except aiosmtplib.SMTPException as error:
            raise _not_sent(error) from None  # its own words may hold an address
        except OSError as error:  # no connection, or a certificate that is not trusted
            raise TryAgain(f"the mail server cannot be reached ({type(error).__name__})") from None
        except ValueError:
            raise WillNeverWork("the address is no e-mail address") from None
        return str(mail["Message-ID"])

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = formataddr(("Homeward", self._mailer.sender))
        try:
            mail["To"] = message.to
        except ValueError:
            raise WillNeverWork("the address is no e-mail address") from None
        mail["Subject"] = message.subject
        mail["Date"] = localtime()
        mail["Message-ID"] = f"<{message.key}@{self._mailer.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        if message.html:
            mail.add_alternative(message.html, subtype="html")
        return mail

    async def _deliver(self, mail: EmailMessage) -> None:
        mailer = self._mailer
        secure = mailer.security != "none"
        await aiosmtplib.send(
            mail,
            hostname=mailer.host,
            port=mailer.port,
            username=mailer.user,
            password=mailer.password,
            use_tls=mailer.security == "tls",
            start_tls=mailer.security == "starttls",
            tls_context=ssl.create_default_context(cafile=mailer.ca) if secure else None,
            timeout=mailer.timeout_seconds,
        )


def _not_sent(error: aiosmtplib.SMTPException) -> NotSent:
    """Say why, and whether it may work later: what only our settings can mend may."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[refused, *_]):
            return _answered(refused.code, "the mail server refuses the recipient")
        case aiosmtplib.SMTPDataError(code=code):
            return _answered(code, "the mail server refuses the message")
        case _:
            why = next(why for kind, why in OURS if isinstance(error, kind))
            return TryAgain(f"{why} ({getattr(error, 'code', type(error).__name__)})")


def _answered(code: int, why: str) -> NotSent:
    """A 4xx is for now, a 5xx for good (RFC 5321, 4.2.1)."""
    return WillNeverWork(f"{why} ({code})") if code >= SERVER_ERROR else TryAgain(f"{why} for now ({code})")
