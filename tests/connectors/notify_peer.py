"""GOV.UK Notify, as far as its client has to do with it: `python -m tests.connectors.notify_peer`.

It takes only tokens that are signed with our key, of our service and of this minute, and knows one template
of each kind.
"""

import json
import time
from typing import Any, Final
from uuid import uuid4

import jwt

from tests.connectors.mouth import Script
from tests.connectors.web_peer import serve

SERVICE: Final = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET: Final = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY: Final = f"homeward-test-{SERVICE}-{SECRET}"
EMAIL: Final = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
TEXT: Final = "f33517ff-2a88-4f6e-b855-c550268ce08a"
KINDS: Final = {
    "/v2/notifications/email": (EMAIL, "email_address", {"subject", "body"}),
    "/v2/notifications/sms": (TEXT, "phone_number", {"body"}),
}
WORDS: Final = {
    403: ("AuthError", "Invalid token: API key not found"),
    429: ("RateLimitError", "Exceeded rate limit for key type TEAM of 3000 requests per 60 seconds"),
    500: ("Exception", "Internal server error"),
}


def main() -> None:
    """Serve until standard input ends."""
    script = Script()

    def answer(path: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        scripted = script.next(201)
        if scripted in WORDS:
            return _refusal(scripted, *WORDS[scripted])
        if why := _wrong_token(headers.get("authorization", "")):
            return _refusal(403, "AuthError", why)
        told = json.loads(body)
        template, address, fields = KINDS[path]
        if told["template_id"] != template:
            return _refusal(400, "BadRequestError", "Template not found")
        if missing := fields - told["personalisation"].keys():
            return _refusal(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        if path.endswith("email") and "@" not in told[address]:
            return _refusal(400, "ValidationError", f"{address} Not a valid email address")
        made = str(uuid4())
        script.received.append({"path": path, "id": made, "to": told[address], **told})
        return 201, {"id": made, "reference": told.get("reference"), "content": {}, "template": {}}

    serve(script, answer)


def _wrong_token(header: str) -> str | None:
    try:
        claims = jwt.decode(
            header.removeprefix("Bearer "), SECRET, algorithms=["HS256"], options={"verify_iat": False}
        )
    except jwt.InvalidTokenError as error:
        return f"Invalid token: {error}"
    if claims.get("iss") != SERVICE:
        return "Invalid token: service not found"
    if abs(time.time() - claims.get("iat", 0)) > 30:
        return "Error: Your system clock must be accurate to within 30 seconds"
    return None


def _refusal(status: int, kind: str, message: str) -> tuple[int, Any]:
    return status, {"status_code": status, "errors": [{"error": kind, "message": message}]}


if __name__ == "__main__":
    main()
