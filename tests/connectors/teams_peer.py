"""A workflow of Microsoft Teams that posts cards to a channel: `python -m tests.connectors.teams_peer`.

It takes what the trigger "when a Teams webhook request is received" takes, and nothing else.
"""

import json
from typing import Any, Final

from tests.connectors.mouth import Script
from tests.connectors.web_peer import serve

PATH: Final = "/workflows/abc/triggers/manual/paths/invoke?sig=secret"
CARD: Final = "application/vnd.microsoft.card.adaptive"


def main() -> None:
    """Serve until standard input ends."""
    script = Script()

    def answer(path: str, _: dict[str, str], body: bytes) -> tuple[int, Any]:
        scripted = script.next(202)
        if scripted != 202:
            return scripted, {"error": {"code": "Scripted"}}
        if path != PATH:
            return 401, {"error": {"code": "DirectApiInvalidAuthorizationScheme"}}
        told = json.loads(body)
        cards = [each["content"] for each in told.get("attachments", ()) if each["contentType"] == CARD]
        if told.get("type") != "message" or [card.get("type") for card in cards] != ["AdaptiveCard"]:
            return 400, {"error": {"code": "TriggerInputSchemaMismatch"}}
        script.received.append(cards[0])
        return 202, {}

    serve(script, answer)


if __name__ == "__main__":
    main()
