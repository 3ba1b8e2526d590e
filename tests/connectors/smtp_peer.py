"""A mail server: `python -m tests.connectors.smtp_peer {none|starttls|tls} [CERTIFICATE KEY]`.

With TLS it wants to be signed in to. Scripted answers are of RCPT where they are 450 or 550, else of DATA.
"""

import asyncio
import ssl
import sys
from email import message_from_bytes, policy
from typing import Any, Final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.connectors.mouth import Script

USER, PASSWORD = "homeward", "correct horse"
OF_RECIPIENT: Final = {450: "450 4.2.1 mailbox busy", 550: "550 5.1.1 no such user"}
OF_MESSAGE: Final = {451: "451 4.3.0 try again later", 554: "554 5.7.1 message refused"}


class Handler:
    """Takes what it is not told to refuse."""

    def __init__(self, script: Script) -> None:
        self.script = script

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if OF_RECIPIENT.keys() & set(self.script.answers[:1]):
            return OF_RECIPIENT[self.script.next(250)]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        code = self.script.next(250)
        if code in OF_MESSAGE:
            return OF_MESSAGE[code]
        assert isinstance(envelope.content, bytes)
        self.script.received.append(_read(envelope.content, envelope))
        return "250 OK"


def _read(content: bytes, envelope: Envelope) -> dict[str, Any]:
    mail = message_from_bytes(content, policy=policy.default)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return {
        "id": str(mail["Message-ID"]),
        "to": envelope.rcpt_tos,
        "from": envelope.mail_from,
        "subject": str(mail["Subject"]),
        "automatic": str(mail["Auto-Submitted"]),
        "text": text.get_content().replace("\r\n", "\n") if text else "",
        "html": html.get_content().replace("\r\n", "\n") if html else "",
        "raw": content.decode("utf-8", "replace"),
    }


def _signed_in(*_: Any) -> AuthResult:
    data = _[-1]
    ours = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=ours, handled=ours)


async def main() -> None:
    """Serve until standard input ends."""
    security, *files = sys.argv[1:]
    script = Script()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if files else None
    if context:
        context.load_cert_chain(*files)

    def session() -> SMTP:
        return SMTP(
            Handler(script),
            enable_SMTPUTF8=True,
            hostname="mail.test",
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            authenticator=_signed_in,
            auth_required=security != "none",
            auth_require_tls=security == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", 0, ssl=context if security == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, script.obey)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
