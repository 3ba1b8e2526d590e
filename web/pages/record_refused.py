"""What was typed into a record and cannot be saved, shown so that it can be copied."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi.responses import Response

from web.pages.record import title_of
from web.pages.rendering import page
from web.record.asking import Asking
from web.record.showing import Line

SAY_WHY: Final = "Open the record again and say why you look at it; then write it there."
"""For whoever has no plain reason any more to look at the child."""


def not_taken(asking: Asking, interview_id: UUID, title: str, why: str, typed: Sequence[Line]) -> Response:
    """Return a page with all that was typed, and why it was not saved."""
    return page(
        asking.request,
        "record/refused.html",
        status=HTTPStatus.CONFLICT,
        record=f"/interviews/{interview_id}/record",
        title=title,
        why=why,
        lines=typed,
        title_of=title_of,
    )
