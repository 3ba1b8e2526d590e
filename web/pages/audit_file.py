"""What an auditor found, as a file for a spreadsheet."""

import asyncio
from collections.abc import Sequence
from typing import Final

from fastapi.responses import Response

from web.pages.figures_table import Cell, Table

MOST_ROWS: Final = 100_000


async def spreadsheet(name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Response:
    """Return rows as a file that is kept, not shown; others are served while a long one is written."""
    return Response(
        await asyncio.to_thread(Table(head, rows).csv),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
