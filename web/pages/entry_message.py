"""A draft made a notification, with the identity that the form had from the start."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.notification import TYPE_PREFIX, VERSION, staff_source
from schemas.reading import canonical
from web.guard.forms import FIELD
from web.guard.forms import Typed as Form
from web.pages.entry_form import Draft

DIGEST = "formdigest"
"""The extension attribute that tells whether the same form was sent twice, or another under its identity."""


def message_of(draft: Draft, form: Form, form_id: UUID, authority: str, now: datetime) -> dict[str, Any]:
    """Return the notification. It is told now: what is told later corrects what was told earlier."""
    return {
        "specversion": "1.0",
        "id": str(form_id),
        "source": staff_source(authority),
        "type": f"{TYPE_PREFIX}{draft.kind}.v{VERSION}",
        "subject": draft.reference or made_reference(form_id, now),
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        DIGEST: digest_of(form),
        "data": {
            "authority": authority,
            "occurred_at": draft.occurred_at.isoformat(),
            "child": dict(draft.child),
            **draft.details,
        },
    }


def made_reference(form_id: UUID, now: datetime) -> str:
    """Return a reference for what has none: short enough to be read out on the telephone."""
    return f"S-{now:%y}-{form_id.hex[:7].upper()}"


def digest_of(form: Form) -> str:
    """Return the SHA-256 of what was typed."""
    typed = {name: value for name, value in form.items() if name != FIELD}
    return hashlib.sha256(canonical(typed)).hexdigest()
