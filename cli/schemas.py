"""`homeward schemas`: the JSON Schemas and the AsyncAPI document that other systems may rely on."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from pydantic import BaseModel

import schemas
from cli import asyncapi
from cli.group import group
from schemas.events import EVENTS
from schemas.notification import VERSION, Notification
from schemas.policy import Policy

command = group("Write the published JSON Schemas.")
HERE: Final = Path(schemas.__file__).parent / "json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


@command.callback()
def _group() -> None:
    """Keep `write` a command of the group though it is the only one."""


@command.command()
def write(
    out: Annotated[
        Path,
        typer.Option(metavar="DIRECTORY", help="Where to; by default beside the models.", show_default=False),
    ] = HERE,
) -> None:
    """Write the JSON Schema of a notification, of every domain event and of the policy, and what is told
    on which topic of Kafka as an AsyncAPI document.

    \b
    Example:
      homeward schemas write
    """
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (out / name).write_text(text, encoding="utf-8")
    typer.echo(f"{len(schema_texts())} schemas and {asyncapi.NAME} are in {out}")


def texts() -> Mapping[str, str]:
    """Return every file's text by its name, always spelt the same."""
    return {**schema_texts(), asyncapi.NAME: _spelt(asyncapi.document())}


def schema_texts() -> Mapping[str, str]:
    """Return every schema by file name."""
    models: dict[str, type[BaseModel]] = {
        f"notification.v{VERSION}.json": Notification,
        f"policy.v{Policy.model_fields['version'].default}.json": Policy,
    }
    models |= {f"{event.type}.json": event for event in EVENTS}
    return {
        name: _spelt({"$schema": DIALECT, **model.model_json_schema()})
        for name, model in sorted(models.items())
    }


def _spelt(described: Mapping[str, Any]) -> str:
    return json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
