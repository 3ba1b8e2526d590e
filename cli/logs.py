"""Logs: one line per event on stderr, as JSON unless a person is watching; ids, never a child's details."""

import logging
import sys

import structlog

TALKATIVE = ("aiokafka", "kafka", "faust", "mode", "opentelemetry", "notifications_python_client")


def log_from(level: str) -> None:
    """Write what is of this level or above; what libraries say only from a warning on."""
    stderr_is_watched = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if stderr_is_watched else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for talkative in TALKATIVE:  # while a broker is away, a line for each try; ours say so once
        logging.getLogger(talkative).setLevel(logging.CRITICAL)
