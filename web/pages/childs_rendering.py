"""How a page for a child is made: in their language, in a frame without a menu, with a way out."""

from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.guard import forms
from web.pages import times
from web.pages.rendering import TEMPLATES
from web.state import state_of
from web.words.languages import ENGLISH, LANGUAGES, Language, translations

ELSEWHERE: Final = "https://www.bbc.co.uk/weather"
"""Where the quick way out leads: a page that anybody might have open."""

AN_INSTANT: Final = timedelta(microseconds=1)


def childs_page(
    request: Request,
    template: str,
    language: Language = ENGLISH,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **shown: Any,
) -> HTMLResponse:
    """Return a page in one language; no robot may keep it."""
    here = state_of(request)
    html = _environment(language).get_template(template).render(
        site=here.site,
        path=request.url.path,
        now=here.clock(),
        language=language,
        languages=LANGUAGES,
        elsewhere=ELSEWHERE,
        form_field=forms.FIELD,
        form_token=forms.token_of(request),
        **shown,
    )  # fmt: skip
    response = HTMLResponse(html, status_code=status, headers={"X-Robots-Tag": "noindex, nofollow"})
    forms.remember(request, response)
    return response


@lru_cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.filters |= {
        "day": language.day,
        "weekday": language.weekday,
        "last_day": lambda end: language.weekday(end - AN_INSTANT),
        "exactly": times.moment,
    }
    return environment
