"""Whether a page that lies open renews itself, and where it stands with that turned the other way.

Source: WCAG 2.2, success criterion 2.2.2 (what updates by itself can be stopped).
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

FIELD, OFF = "updates", "off"
SAID_ONCE: Final = frozenset({"done", "did", "decided"})
"""What an address tells of a form that was just sent: it is not said again."""


@dataclass(frozen=True, slots=True)
class Updates:
    """`on`: the page renews itself. `turned` is the address of the same page that does the opposite."""

    on: bool
    turned: str


def updates_of(request: Request) -> Updates:
    """Return what the address of a page says of its updates."""
    on = request.query_params.get(FIELD) != OFF
    told = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name != FIELD and name not in SAID_ONCE
    ]
    query = urlencode([*told, (FIELD, OFF)] if on else told)
    return Updates(on, f"{request.url.path}?{query}" if query else request.url.path)
