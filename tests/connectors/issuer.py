"""An issuer of access tokens (OAuth 2.0 client credentials) that says of each whose mailbox it opens."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final
from urllib.parse import parse_qs

CLIENT, SECRET, SCOPE = "homeward", "s3cret-of-the-client", "https://outlook.office365.com/.default"
MAILBOX: Final = "missing"


class Issuer:
    """What it gave, and how it goes on."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.token_url = f"{self.url}/token"
        self.given: list[str] = []
        self.refused: set[str] = set()
        self.is_away = False

    def revoke(self) -> None:
        """Let no token that was given open anything any more."""
        self.refused.update(self.given)

    def give(self, authorization: str, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        if self.is_away:
            return 503, {}
        proof = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {proof}":
            return 401, {"error": "invalid_client", "error_description": f"not {authorization}"}
        if form != {"grant_type": ["client_credentials"], "scope": [SCOPE]}:
            return 400, {"error": "invalid_scope"}
        self.given.append(f"t0ken-{len(self.given)}")
        return 200, {"access_token": self.given[-1], "token_type": "Bearer", "expires_in": 3600}

    def introspect(self, authorization: str) -> tuple[int, dict[str, object]]:
        token = authorization.removeprefix("Bearer ")
        return 200, {"active": token in self.given and token not in self.refused, "mailbox": MAILBOX}


@contextmanager
def issuing() -> Iterator[Issuer]:
    """Yield one, ended with the block."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(*issuer.give(self.headers.get("Authorization", ""), form))

        def do_GET(self) -> None:
            self._answer(*issuer.introspect(self.headers.get("Authorization", "")))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the library names it
            pass

        def _answer(self, status: int, told: dict[str, object]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        issuer = Issuer(server.server_address[1])
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield issuer
        finally:
            server.shutdown()
