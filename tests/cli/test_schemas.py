"""The published JSON Schemas and the AsyncAPI document: committed, and as the code is."""

import json
from pathlib import Path

import pytest

from cli.main import run
from cli.schemas import HERE, schema_texts, texts


def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text() for path in HERE.glob("*.json")}
    assert committed == dict(texts()), "run homeward schemas write"


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schemas", "write", "--out", str(tmp_path / "here")]) == 0
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == sorted(texts())


@pytest.mark.parametrize("name", schema_texts())
def test_each_is_a_schema_that_says_which_dialect(name: str) -> None:
    schema = json.loads(schema_texts()[name])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["type"] == "object"
