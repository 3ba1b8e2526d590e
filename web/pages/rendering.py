"""How a page is made of a template: what every page shows, and the words that templates use."""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.guard import forms
from web.pages import terms, times
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
    token = forms.token_of(request)
    html = _jinja.get_template(template).render(
        site=here.site,
        path=request.url.path,
        now=now or here.clock(),
        form_field=forms.FIELD,
        form_token=token,
        **shown,
    )
    response = HTMLResponse(html, status_code=status)
    if request.cookies.get(forms.COOKIE) != token:
        forms.remember(response, token)
    return response
