"""Raising an older message to the newest version, at the edge, so that nothing inside asks for one."""

from collections.abc import Callable, Mapping
from typing import Any

Upcaster = Callable[[Mapping[str, Any]], dict[str, Any]]

UPCASTERS: Mapping[str, Upcaster] = {}
"""From the `type` of an older message to the step that raises it by one version.

The contract of a step: it takes the message as parsed JSON, of exactly the version of its key; returns
the same message one version up, its `type` with it; keeps `id`, `source`, `subject` and every field it
does not know; does no input or output, reads no clock, and never raises for a message that its own
version allowed. A step, once released, is never edited; each has a stored sample of its old version
under `tests/`. The digest of a notification is taken before it is raised: what was received is what
counts as the same content.
"""


def upcast(message: Mapping[str, Any], upcasters: Mapping[str, Upcaster] = UPCASTERS) -> Mapping[str, Any]:
    """Return the message raised step by step until no step knows its type."""
    while (step := upcasters.get(str(message.get("type")))) is not None:
        message = step(message)
    return message
