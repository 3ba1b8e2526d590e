"""How a page is made of a template: what every page shows, and the words that templates use."""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casework.signing_in import IDLE
from web.guard import forms
from web.guard.sessions import Who, viewer_of
from web.pages import terms, times
from web.pages.navigation import menu
from web.pages.updates import updates_of
from web.state import state_of

TEMPLATES = Path(__file__).parents[1] / "templates"

_jinja = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_jinja.globals |= {name: getattr(terms, name) for name in dir(terms) if name.isupper()}
_jinja.filters |= {
    "term": terms.term,
    "sentence": terms.sentence,
    "full_name": terms.full_name,
    "force": terms.force,
    "moment": times.moment,
    "respoken": times.respoken,
    "day": times.day,
    "how_long": times.how_long,
    "time_left": times.time_left,
    "count": times.count,
}


def page(
    request: Request,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    now: datetime | None = None,
    **shown: Any,
) -> HTMLResponse:
    """Return a page; `shown` is what its template needs beside the frame."""
    here = state_of(request)
    viewer = viewer_of(request)
    html = _jinja.get_template(template).render(
        site=here.site,
        path=request.url.path,
        now=now or here.clock(),
        form_field=forms.FIELD,
        form_token=forms.token_of(request),
        posted=request.method == "POST",
        updates=updates_of(request),
        viewer=viewer,
        menu=menu(viewer),
        session_limits=limits_of(viewer),
        **shown,
    )
    response = HTMLResponse(html, status_code=status)
    forms.remember(request, response)
    return response


def limits_of(viewer: Who | None) -> dict[str, object] | None:
    """Return what a page needs to warn before a session ends."""
    if viewer is None:
        return None
    return {"idle_seconds": int(IDLE.total_seconds()), "ends_at": viewer.ends_at.isoformat()}
