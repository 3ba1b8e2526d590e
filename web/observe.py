"""Every request seen from outside: its id, how long it took, and an answer even if everything else fails."""

import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework import tracing
from web.background import about
from web.metrics import Metrics
from web.problems import Answer, of

log = structlog.get_logger()
QUIET = frozenset({"/healthz", "/readyz", "/metrics", "/static"})
"""Asked so often that a line for each would hide the others."""
STREAM = "/live"
"""Open as long as a page is: its length says nothing."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Those that are counted by name: a caller may make up any number of others."""


class Observed:
    """All but the headers are within it. Logs the route's template, never the address: it may hold an id."""

    def __init__(self, app: ASGIApp, metrics: Metrics, answer: Answer) -> None:
        self.app = app
        self.metrics = metrics
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        status: list[int] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(int(message["status"]))
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        span = tracing.begin(scope["method"], tracing.SpanKind.SERVER, _told(scope))
        with tracing.going_on(span), structlog.contextvars.bound_contextvars(request_id=request_id):
            began = time.perf_counter()
            try:
                await self.app(scope, receive, sending)
            except Exception as error:
                log.error("request failed", route=_route(scope), **about(error))  # noqa: TRY400 - no words
                if not status:
                    await self.answer(Request(scope), of(error))(scope, receive, sending)
            finally:
                self._note(scope, status, time.perf_counter() - began)
                span.update_name(f"{scope['method']} {_route(scope)}")
                span.set_attribute("http.response.status_code", status[0] if status else 0)

    def _note(self, scope: Scope, status: list[int], seconds: float) -> None:
        route, code = _route(scope), status[0] if status else 0
        method = scope["method"] if scope["method"] in METHODS else "other"
        self.metrics.requests.labels(method, route, code).inc()
        if route != STREAM:
            self.metrics.latency.labels(method, route).observe(seconds)
        if route not in QUIET:
            log.info("request", method=method, route=route, status=code, ms=round(seconds * 1000, 1))


def _told(scope: Scope) -> str | None:
    """Return the `traceparent` that the caller sent."""
    return Headers(scope=scope).get(tracing.HEADER)


def _route(scope: Scope) -> str:
    if scope["path"].startswith("/static/"):
        return "/static"
    return getattr(scope.get("route"), "path", "") or "unmatched"
