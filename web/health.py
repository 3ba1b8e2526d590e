"""Is it alive, is it ready, how is it: for probes and for Prometheus."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from store.views import health
from web.background import Workers
from web.state import Here, State

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process lives")
async def live() -> dict[str, str]:
    """Answer without asking anything of anybody."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="Whether it can work: database, migrations, background work",
    responses={503: {"description": "It cannot take anything in"}},
)
async def ready(here: Here) -> JSONResponse:
    """Answer `degraded`, still 200, when only background work or Kafka stands still: all is kept safe."""
    database, beside = await health.standing(here.store), await _beside(here)
    checks = {**database, **beside, "background": _background(here.workers)}
    if set(database.values()) != {"ok"}:
        return JSONResponse({"status": "unavailable", **checks}, status_code=503)
    well = here.workers.well and all(told.partition(":")[0] == "ok" for told in beside.values())
    return JSONResponse({"status": "ok" if well else "degraded", **checks})


@router.get("/metrics", summary="Measurements for Prometheus", response_class=Response)
async def metrics(here: Here) -> Response:
    """Count; no label names a child."""
    text = await here.metrics.counted(here.store, here.site, here.clock)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


async def _beside(here: State) -> dict[str, str]:
    return {name: await check() for name, check in here.checks.items()}


def _background(workers: Workers) -> list[dict[str, Any]]:
    return [
        {"work": work.name, "status": "ok" if work.running else "crashed", "crashes": work.crashes}
        for work in workers.works
    ]
