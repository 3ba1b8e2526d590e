"""Only calls by a name of ours are answered: a page elsewhere must not reach us under a name of its own."""

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.problems import Refused, respond

PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Probes call by address, and are told nothing of anybody."""


class KnownHosts:
    """Refuses what comes under another `Host` than those allowed; the port does not matter."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES or self._known(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        refused = Refused(
            HTTPStatus.MISDIRECTED_REQUEST,
            "This service is not known under the host name of the request. Call it by one of its own names,"
            " or add this one to its list of hosts.",
        )
        await respond(refused)(scope, receive, send)

    def _known(self, headers: Headers) -> bool:
        return without_port(headers.get("host", "")) in self.hosts


def without_port(host: str) -> str:
    """Return the name of `name:port`; an IPv6 address keeps its brackets."""
    name, colon, port = host.strip().lower().rpartition(":")
    return (
        name if colon and port.isdigit() and (name.endswith("]") or ":" not in name) else host.strip().lower()
    )
