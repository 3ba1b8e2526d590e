"""Where traces go: by OTLP over HTTP to a collector, if one is named."""

from typing import Final

from opentelemetry import trace

SEND_SECONDS: Final = 2.0
QUEUE: Final = 2048
"""How many spans wait to be sent, all at once: what is over that is dropped."""


def trace_to(address: str | None, service: str) -> None:
    """Send the spans of this process to a collector such as http://127.0.0.1:4318, as of `service`.

    Nothing is loaded where there is no address. A collector that is away costs nobody anything; what waits
    for it when the process ends delays that by twice `SEND_SECONDS` at most.
    """
    if address is None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource({SERVICE_NAME: f"homeward-{service}"}))
    exporter = OTLPSpanExporter(f"{address}/v1/traces", timeout=SEND_SECONDS)
    provider.add_span_processor(
        BatchSpanProcessor(exporter, QUEUE, schedule_delay_millis=1000, max_export_batch_size=QUEUE)
    )
    trace.set_tracer_provider(provider)
