"""Following one notification from whoever sent it to the commit that applied it, across every process.

A trace is carried as a W3C `traceparent`: in the HTTP request, in the inbox row, in Kafka's headers. Where no
exporter is set up, all of this does nothing.
"""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

__all__ = [
    "HEADER",
    "Span",
    "SpanKind",
    "begin",
    "current",
    "going_on",
    "note_each",
    "told_beside",
    "traceparent",
]

HEADER = "traceparent"
_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_WIRE = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("homeward")  # of whatever provider is set up later


def begin(name: str, kind: SpanKind, parent: str | None, began: int | None = None) -> Span:
    """Begin a span under a `traceparent`, or as the first of its trace; whoever begins it ends it.

    `began` is in nanoseconds since 1970; now by default.
    """
    return _tracer.start_span(name, _context(parent), kind, start_time=began)


def going_on(span: Span) -> AbstractContextManager[Span]:
    """Make a span the current one inside the block, and end it with the block."""
    return trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False)


def note_each(name: str, kind: SpanKind, parents: Iterable[str | None], began: int) -> None:
    """Record one span that ends now under each of these traces, of what was done for all at once."""
    for parent in dict.fromkeys(parents):
        if parent is not None:
            begin(name, kind, parent, began).end()


def current() -> str | None:
    """Return the `traceparent` of the span that is going on; None where nothing is recorded."""
    return traceparent(trace.get_current_span())


def told_beside(headers: Iterable[tuple[str, bytes | None]] | None) -> str | None:
    """Return the `traceparent` among a message's headers; None where there is none, or something else."""
    told = dict(headers or ()).get(HEADER) or b""
    return told.decode() if _TRACEPARENT.fullmatch(told) else None


def traceparent(span: Span) -> str | None:
    """Return a span as what comes after it is told of it; None where nothing is recorded."""
    carrier: dict[str, str] = {}
    _WIRE.inject(carrier, trace.set_span_in_context(span, Context()))
    return carrier.get(HEADER)


def _context(parent: str | None) -> Context:
    return _WIRE.extract({HEADER: parent}, Context()) if parent else Context()
