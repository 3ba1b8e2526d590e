"""E-mail and texts by GOV.UK Notify, with its own client. The reference is the message's key."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from notifications_python_client.errors import APIError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from connectors.channel import Message, NotSent, TryAgain, WillNeverWork

SERVER_ERROR: Final = 500
LATER: Final = {
    403: "GOV.UK Notify does not accept our key: correct HOMEWARD_NOTIFY_KEY, or this machine's clock",
    429: "GOV.UK Notify asks for fewer messages",
}
"""What may work later, with the answer's status; what only our settings can mend is among it."""
Call = Callable[[NotificationsAPIClient], Any]


@dataclass(frozen=True, slots=True)
class Service:
    """Our service at GOV.UK Notify."""

    url: str
    key: str = field(repr=False)
    timeout_seconds: int = 20

    async def post(self, call: Call) -> str:
        """Do one call, and return the id that Notify gives to the message."""
        try:
            answer = await asyncio.to_thread(self._post, call)
        except InvalidResponse:
            raise TryAgain("GOV.UK Notify answers with what is not JSON") from None
        except APIError as error:
            raise _not_sent(error) from None  # its own words may hold an address
        match answer:
            case {"id": str(id_)}:
                return id_
            case _:
                raise TryAgain("GOV.UK Notify answers without an id")

    def _post(self, call: Call) -> Any:
        client = NotificationsAPIClient(self.key, base_url=self.url, timeout=self.timeout_seconds)
        with contextlib.closing(client.request_session):  # the client is not for several threads
            return call(client)


@dataclass(frozen=True, slots=True)
class NotifyEmail:
    """E-mails by a template with ((subject)) and ((body))."""

    service: Service
    template: str

    async def send(self, message: Message) -> str:
        """Send it, and return Notify's id of it."""
        told = {"subject": message.subject, "body": message.text}
        return await self.service.post(
            lambda client: client.send_email_notification(
                message.to, self.template, personalisation=told, reference=message.key
            )
        )


@dataclass(frozen=True, slots=True)
class NotifyText:
    """Texts by a template with ((body))."""

    service: Service
    template: str

    async def send(self, message: Message) -> str:
        """Send it, and return Notify's id of it."""
        told = {"body": message.short}
        return await self.service.post(
            lambda client: client.send_sms_notification(
                message.to, self.template, personalisation=told, reference=message.key
            )
        )


def _not_sent(error: APIError) -> NotSent:
    """Say why, and whether it may work later. No answer at all counts as 503 with Notify's client."""
    status = error.status_code
    if error.response is None:
        return TryAgain("GOV.UK Notify does not answer")
    if status in LATER:
        return TryAgain(f"{LATER[status]} ({status})", _retry_after_seconds(error))
    if status >= SERVER_ERROR:
        return TryAgain(f"GOV.UK Notify failed ({status})", _retry_after_seconds(error))
    why = "GOV.UK Notify refuses the message: look at the address in the directory and at the template"
    return WillNeverWork(f"{why} ({status})")


def _retry_after_seconds(error: APIError) -> float | None:
    told = error.response.headers.get("Retry-After", "") if error.response is not None else ""
    return float(told) if told.isascii() and told.isdigit() else None
