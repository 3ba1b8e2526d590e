"""The accessibility statement."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.pages.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/accessibility")
async def accessibility(request: Request) -> HTMLResponse:
    """Say how accessible these pages are, how that was found out, and whom to tell of a fault."""
    return page(request, "statement/accessibility.html")
