"""What people see."""

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from web.guard.sessions import allowed
from web.pages import (
    board,
    child,
    childs_plan,
    entry,
    entry_receipt,
    errors,
    figures,
    screening,
    sign_in,
    why,
)
from web.pages.seeing import PurposeNeeded

STATIC = Path(__file__).parents[1] / "static"
PAGES = (
    sign_in,
    why,
    board,
    child,
    childs_plan,
    entry,
    entry_receipt,
    screening,
    figures,
)
"""Each has a `router`; whom its pages are for is in `web.access`."""


class Static(StaticFiles):
    """Files that a browser keeps, but asks about: after an upgrade it has the new ones at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def install(app: FastAPI) -> None:
    """Serve the pages."""
    for part in PAGES:
        app.include_router(part.router, dependencies=[Depends(allowed)])
    app.add_exception_handler(PurposeNeeded, errors.ask_why)
    app.mount("/static", Static(directory=STATIC), name="static")
