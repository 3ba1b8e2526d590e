"""The API's own description: what FastAPI finds out, and the notification, which it cannot see."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from schemas.notification import Notification
from schemas.record import InterviewRecord
from web.api import commands, decisions
from web.problems import ProblemDetail

REF = "#/components/schemas/{model}"
TAGS = (
    ("notifications", "The way in: what forces and staff tell."),
    ("episodes", "One period in which one child was missing."),
    ("interviews", "Return home interviews and their deadlines."),
    ("commands", "What people do to an interview: each once, and to the version that its sender saw."),
    ("records", "The interview record while it is written, and what the quality gate says of it."),
    ("alerts", "Who was told that something is late, and what was decided."),
    ("plans", "Children's safety plans: their versions, and what became of each action."),
    ("alerts", "What is late: whom it was told to, and what they decided."),
    ("pushes", "Approved outcomes on their way into other systems."),
    ("handovers", "Interviews offered to the authority in whose area the child lives."),
    ("measures", "Figures, each with the interviews that it counts."),
    ("questions", "What waits for a screener."),
    ("decisions", "What screeners decided about who a child is, and undid."),
    ("dead letters", "What could not be read, or may not be taken."),
    ("ledger", "The audit trail, with its hashes."),
    ("health", "For probes and measurements."),
)


def described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document; made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            routes=app.routes,
            tags=[{"name": name, "description": about} for name, about in TAGS],
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in (Notification, ProblemDetail, InterviewRecord, *decisions.SENT.values()):
            schemas |= _schemas(model)
        schemas |= commands.bodies()
        app.openapi_schema = document
    return app.openapi_schema


def _schemas(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template=REF)
    return {**schema.pop("$defs", {}), model.__name__: schema}
