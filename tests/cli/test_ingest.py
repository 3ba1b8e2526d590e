"""Taking files in: three counts, an exit code, and the rejected lines beside the input."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from store.database import Store
from store.inbox import backlog
from tests.cli.console import Console, Said
from tests.messages import NOTTINGHAM, message

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
Homeward = Callable[..., Said]


def event(id: str, **data: Any) -> dict[str, Any]:  # noqa: A002 - as on the wire
    return message("reported", SEEN, id=id, **data)


def line(id: str, **data: Any) -> bytes:  # noqa: A002
    return json.dumps(event(id, **data)).encode()


def without_offset(id: str) -> dict[str, Any]:  # noqa: A002
    told = event(id)
    told["data"]["occurred_at"] = "2026-03-28T22:10:00"
    return told


async def test_a_file_is_taken_in_applied_and_counted(console: Console, store: Store) -> None:
    (console.directory / "morning.jsonl").write_bytes(b"\n".join(map(line, "abc")) + b"\n")
    assert console.run("ingest", "morning.jsonl") == Said(0, "accepted 3, duplicate 0, rejected 0\n", "")
    assert console.run("ingest", "morning.jsonl").last_line == "accepted 0, duplicate 3, rejected 0"
    async with store.transaction(NOTTINGHAM) as tx:
        assert await backlog(tx) == (0, None)
        assert await tx.scalar("SELECT count(*) FROM episodes") == 1


def test_each_rejected_line_is_told_and_put_beside_the_input_as_it_came(console: Console) -> None:
    bad = [
        json.dumps(without_offset("b")).encode() + b"\r",
        b"\xff\xfe is not UTF-8",
        b'{"id": "\x00"}',
        line("a", subject="another"),
        line("c")[:60],
    ]
    good = [b"\xef\xbb\xbf" + line("a") + b"\r", b"", b"  ", line("d")]
    path = console.directory / "mixed.jsonl"
    path.write_bytes(b"\n".join([*good, *bad]))
    said = console.run("ingest", "mixed.jsonl")
    assert (said.code, said.last_line) == (1, "accepted 2, duplicate 0, rejected 5")
    assert [told.split(": ")[:2] for told in said.err.splitlines()] == [
        ["mixed.jsonl:5", "data.occurred_at"],
        ["mixed.jsonl:6", "The message is not UTF-8 at byte 0"],
        ["mixed.jsonl:7", "The message is not JSON that can be read"],
        ["mixed.jsonl:8", "id"],
        ["mixed.jsonl:9", "The message is not JSON that can be read"],
    ]
    rejected = console.directory / "mixed.jsonl.rejected.jsonl"
    assert rejected.read_bytes() == b"\n".join(bad) + b"\n"
    assert rejected.stat().st_mode & 0o777 == 0o600


def test_a_folder_is_read_sorted_and_without_what_ingest_left_there(
    homeward: Homeward, tmp_path: Path
) -> None:
    folder = tmp_path / "in.json" / "deeper"
    folder.mkdir(parents=True)
    (folder / "b.json").write_text(json.dumps(event("b"), indent=2))
    (folder / "a.json").write_text(json.dumps([event("a"), without_offset("x"), 7, event("a")], indent=2))
    for name in ("left.rejected.jsonl", "notes.txt", "export.csv", "mail.eml"):
        (folder / name).write_text("not read")
    (folder / "c.jsonl").mkdir()
    said = homeward("ingest", tmp_path / "in.json")
    assert (said.code, said.last_line) == (1, "accepted 2, duplicate 1, rejected 2")
    assert f"{folder}/a.json:item 2: data.occurred_at: " in said.err
    assert (
        f"{folder}/export.csv: .csv is read by the format of a force, and the policy has none: passed over"
        in said.err
    )
    assert len((folder / "a.json.rejected.jsonl").read_bytes().splitlines()) == 2


def test_a_document_that_is_no_json_is_one_rejected_line(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text(json.dumps(event("a"), indent=2)[:90])
    assert homeward("ingest", "cut.json").last_line == "accepted 0, duplicate 0, rejected 1"
    assert len((tmp_path / "cut.json.rejected.jsonl").read_text().splitlines()) == 1


def test_a_line_of_any_length_is_rejected_and_kept_whole(homeward: Homeward, tmp_path: Path) -> None:
    long = b'"' + b"x" * 3_000_000
    (tmp_path / "long.jsonl").write_bytes(line("a") + b"\n" + long + b"\n" + line("b") + b"\n")
    said = homeward("ingest", "long.jsonl")
    assert said.last_line == "accepted 2, duplicate 0, rejected 1"
    assert "long.jsonl:2: is longer than 1,000,000 bytes" in said.err
    assert (tmp_path / "long.jsonl.rejected.jsonl").read_bytes() == long + b"\n"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"[]", b"\xef\xbb\xbf"])
def test_an_empty_file_is_read_and_has_nothing(content: bytes, homeward: Homeward, tmp_path: Path) -> None:
    path = tmp_path / ("empty.json" if content == b"[]" else "empty.jsonl")
    path.write_bytes(content)
    assert homeward("ingest", path) == Said(0, "accepted 0, duplicate 0, rejected 0\n", "")
    assert sorted(tmp_path.glob("*rejected*")) == []


@pytest.mark.parametrize("path", ["nowhere.jsonl", "empty", "notes.txt", "export.csv", "pipe.jsonl"])
def test_where_nothing_can_be_read_it_ends_with_2(path: str, homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "export.csv").touch()
    os.mkfifo(tmp_path / "pipe.jsonl")
    said = homeward("ingest", path)
    assert (said.code, said.out) == (2, "accepted 0, duplicate 0, rejected 0\n")
    assert said.err.startswith(f"{path}: ")
    assert said.err.count("\n") == 1


def test_one_path_that_cannot_be_read_does_not_stop_the_others(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line("a"))
    said = homeward("ingest", "nowhere.jsonl", "a.jsonl")
    assert (said.code, said.last_line) == (1, "accepted 1, duplicate 0, rejected 0")


def test_a_list_of_missing_children_is_for_another_command(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Reference,Family name,Missing since\nNP-1,Okafor,2026-03-30T18:00Z\n")
    said = homeward("ingest", "list.csv")
    assert said.code == 2
    assert "use homeward reconcile list.csv --force urn:police:NAME" in said.err


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (b"\n" + line("a") + b"\n" + line("b"), "accepted 2, duplicate 0, rejected 0"),
        (json.dumps(event("a"), indent=2).encode(), "accepted 1, duplicate 0, rejected 0"),
        (json.dumps([event("a"), event("b")], indent=2).encode(), "accepted 2, duplicate 0, rejected 0"),
        (b"junk\n" + line("a") + b"\n", "accepted 1, duplicate 0, rejected 1"),
    ],
)
def test_stdin_may_be_lines_or_a_document(
    content: bytes, counts: str, homeward: Homeward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content)))
    assert homeward("ingest", "-").last_line == counts
    assert (tmp_path / "stdin.rejected.jsonl").exists() == ("rejected 0" not in counts)


def test_stdin_may_be_a_pipe(console: Console) -> None:
    assert console.run("ingest", "-", stdin=line("a")).last_line == "accepted 1, duplicate 0, rejected 0"


def test_a_folder_that_cannot_be_written_does_not_stop_it(
    homeward: Homeward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.jsonl").write_bytes(b"junk\n" + line("a"))
    monkeypatch.setattr("cli.rejected.tempfile.NamedTemporaryFile", full)
    said = homeward("ingest", "a.jsonl")
    assert (said.code, said.last_line) == (1, "accepted 1, duplicate 0, rejected 1")
    assert "a.jsonl.rejected.jsonl: cannot be written (No space left on device)" in said.err


def test_a_large_file_goes_in_batches(homeward: Homeward, tmp_path: Path) -> None:
    (tmp_path / "large.jsonl").write_bytes(b"\n".join(line(f"m{number}") for number in range(1201)))
    assert homeward("ingest", "large.jsonl").last_line == "accepted 1201, duplicate 0, rejected 0"


def test_a_database_that_is_away_is_one_line(console: Console) -> None:
    (console.directory / "a.jsonl").write_bytes(line("a"))
    away = "postgresql://homeward_app:secret@127.0.0.1:1/homeward"
    said = console.run("ingest", "a.jsonl", HOMEWARD_DATABASE_URL=away)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said.err.startswith("homeward: the database homeward on 127.0.0.1:1 does not answer")
    assert "secret" not in said.err
