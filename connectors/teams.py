"""A channel of Microsoft Teams, by the webhook of one of its workflows: an adaptive card for each message."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from connectors.channel import Message, TryAgain, WillNeverWork

SERVER_ERROR: Final = 500
SETTINGS: Final = frozenset({401, 403, 404, 410})
"""Answers of a webhook that is not there any more, or not for us: only our settings can mend that."""
LINK: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Teams:
    """Where the workflow listens; whoever knows the address may post there, so that it is a secret."""

    url: str = field(repr=False)
    timeout_seconds: float = 20.0

    async def send(self, message: Message) -> str:
        """Post its card, and return its key: the workflow gives no reference back."""
        try:
            async with httpx.AsyncClient(timeout=self.timeout_seconds) as client:
                answer = await client.post(self.url, json=posted(message))
        except httpx.HTTPError as error:
            raise TryAgain(f"Teams does not answer ({type(error).__name__})") from None
        status = answer.status_code
        if answer.is_success:
            return message.key
        if status in SETTINGS:
            raise TryAgain(f"Teams does not know our webhook: correct HOMEWARD_TEAMS_URL ({status})")
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise TryAgain(f"Teams asks for fewer messages ({status})", _retry_after_seconds(answer))
        if status >= SERVER_ERROR:
            raise TryAgain(f"Teams failed ({status})", _retry_after_seconds(answer))
        raise WillNeverWork(f"Teams refuses the message ({status})")


def posted(message: Message) -> dict[str, Any]:
    """Return what is posted: one card, with the message's key as its id and its first link as a button."""
    first, *paragraphs = [message.subject, f"For {message.to}", *message.text.strip().split("\n\n")]
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "id": message.key,
        "body": [
            {"type": "TextBlock", "text": first, "weight": "Bolder", "size": "Medium", "wrap": True},
            *({"type": "TextBlock", "text": each, "wrap": True} for each in paragraphs),
        ],
    }
    if link := LINK.search(message.text):
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open in Homeward", "url": link[0]}]
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [content]}


def _retry_after_seconds(answer: httpx.Response) -> float | None:
    told = answer.headers.get("Retry-After", "").strip()
    return float(told) if told.isascii() and told.isdigit() else None
