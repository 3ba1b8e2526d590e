"""What people see."""

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import Scope

from web.guard.sessions import allowed
from web.pages import (
    admin,
    admin_staff,
    alerts,
    allocation,
    allocation_of_all,
    audit,
    audit_chain,
    audit_ledger,
    board,
    child,
    childs_plan,
    commands,
    entry,
    entry_receipt,
    errors,
    figures,
    interview,
    letter,
    load,
    managers_board,
    my_interviews,
    offer_answer,
    offer_card,
    plan_steps,
    policy,
    reconciliation,
    reconciliation_task,
    record,
    record_check,
    record_section,
    record_versions,
    restricted,
    review,
    safety_plan,
    screening,
    screening_decisions,
    screening_question,
    screening_split,
    screening_times,
    sign_in,
    sign_in_service,
    statement,
    why,
)
from web.pages.seeing import PurposeNeeded

STATIC = Path(__file__).parents[1] / "static"
PAGES = (
    sign_in,
    sign_in_service,
    why,
    board,
    child,
    childs_plan,
    safety_plan,
    plan_steps,
    statement,
    entry,
    entry_receipt,
    offer_card,
    offer_answer,
    my_interviews,
    interview,
    commands,
    record,
    record_versions,
    record_check,
    record_section,
    screening,
    letter,
    screening_question,
    screening_split,
    screening_times,
    screening_decisions,
    reconciliation,
    reconciliation_task,
    figures,
    managers_board,
    allocation,
    allocation_of_all,
    review,
    alerts,
    load,
    policy,
    restricted,
    audit,
    audit_chain,
    audit_ledger,
    admin,
    admin_staff,
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
    # pages are not compressed: they hold what a stranger may guess at beside what is secret
    app.mount("/static", GZipMiddleware(Static(directory=STATIC)), name="static")
