"""What the code measures: every series by name with its labels, from the registry that fills it."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

from casework.measures import Measures
from store.database import Store
from streams.broker import Broker
from streams.relay import Relay
from streams.watch import LagMeasured, LogWatch
from web.metrics import Metrics

ROOT = Path(__file__).parents[2]
PACKAGES = ("casework", "cli", "connectors", "flows", "store", "streams", "web")
KINDS = {"Counter", "Gauge", "Histogram", "Summary", "Info", "Enum"}
SCRAPED = {"up": frozenset({"job", "instance"})}
"""What Prometheus says itself; every series also carries these two labels."""
SERIES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}


def everything_that_measures() -> tuple[Measures, tuple[object, ...]]:
    """Return one registry that holds all our measurements, and who put them there; nothing is connected."""
    store, broker, measures = Store("postgresql+psycopg://127.0.0.1/none"), Broker(()), Metrics()
    relay = Relay(store, (), broker, measures)
    lag = LagMeasured(LogWatch(broker, (), "homeward", store), measures)
    return measures, (measures, relay, lag)


def collectors() -> list[MetricWrapperBase]:
    registered = everything_that_measures()[0].registry._collector_to_names
    return [one for one in registered if isinstance(one, MetricWrapperBase)]


def series_of(collector: MetricWrapperBase) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each series of a measurement as Prometheus stores it, with its labels."""
    for suffix in SERIES[str(collector._type)]:
        own = {"le"} if suffix == "_bucket" else set()
        yield f"{collector._name}{suffix}", frozenset({*collector._labelnames, *own, *SCRAPED["up"]})


MEASURED: Mapping[str, frozenset[str]] = SCRAPED | dict(
    series for collector in collectors() for series in series_of(collector)
)


def known_modules() -> set[str]:
    """Return the modules whose measurements are in that registry."""
    return {Measures.__module__} | {type(one).__module__ for one in everything_that_measures()[1]}


def measuring_modules() -> set[str]:
    """Return every module of ours that can make a measurement."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if _imports_a_measurement(path)
    }


def _imports_a_measurement(path: Path) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "prometheus_client"
        and KINDS & {name.name for name in node.names}
        for node in ast.walk(ast.parse(path.read_text()))
    )
