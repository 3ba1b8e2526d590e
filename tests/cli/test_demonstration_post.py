"""The demonstration's letter-box: what forces lay into a folder is taken in; the doubtful waits."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.originals import of_letter
from casework.policy_in_force import policy_of
from cli.demo import AUTHORITY, NOTTINGHAMSHIRE, TAKEN
from cli.demo.forces import formats, with_formats
from cli.demo.laying import LIST_BEFORE, lay_down
from cli.demo.patience import FeedError
from cli.demo.written import written
from cli.demonstration import Demonstration
from cli.demonstration_post import LetterBox
from cli.settings import Settings
from schemas.policy import Policy
from store.database import Store
from tests.unit.test_demo_written import notifications

ENDS_AT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
NAMES = sorted(sent.name for sent in written(ENDS_AT))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


async def test_what_is_laid_down_is_taken_in_and_the_doubtful_waits_beside_its_original(
    store: Store, tmp_path: Path
) -> None:
    box = LetterBox(tmp_path, store, [AUTHORITY], with_formats(Policy()))
    await lay_down(tmp_path, ENDS_AT, minutes=0)
    assert files(tmp_path) == NAMES
    await box.take_all()
    assert (files(tmp_path), files(tmp_path / TAKEN)) == ([], NAMES)
    async with store.transaction(AUTHORITY) as tx:
        ids = {row.id for row in await tx.all("SELECT id FROM inbox")}
        waiting = list(await tx.all("SELECT id, via FROM letters WHERE draft ORDER BY via"))
        lists = list(await tx.all("SELECT source, state, as_of FROM police_lists"))
    assert [tuple(row) for row in lists] == [(NOTTINGHAMSHIRE, "compared", ENDS_AT - LIST_BEFORE)]
    assert ids == {event["id"] for event in notifications()}
    assert [row.via for row in waiting] == ["file", "mailbox"]
    _, original = await of_letter(store, [AUTHORITY], waiting[1].id, "system:test")
    assert original is not None
    assert "Date of birth: 31 June 2011" in original.shown
    await lay_down(tmp_path, ENDS_AT, minutes=0)  # begun again
    assert files(tmp_path) == []


async def test_what_cannot_be_kept_now_stays_in_the_folder(tmp_path: Path) -> None:
    away = Store("postgresql+psycopg://homeward_app:x@127.0.0.1:1/homeward")
    (tmp_path / NAMES[0]).write_bytes(b"From: a@b.example\r\n\r\n")
    await LetterBox(tmp_path, away, [AUTHORITY], Policy()).take_all()
    assert files(tmp_path) == NAMES[:1]
    await away.close()


async def test_a_folder_that_cannot_be_written_is_told_in_one_line() -> None:
    with pytest.raises(FeedError, match="cannot be written"):
        await lay_down(Path("/dev/null/demo"), ENDS_AT, minutes=0)


async def test_the_formats_come_into_force_unless_somebody_decided_on_a_policy(
    store: Store, tmp_path: Path
) -> None:
    playing = Demonstration(store, Settings(home=tmp_path), Policy(), "http://127.0.0.1:1")
    await playing._know_formats()
    assert (await policy_of(store, AUTHORITY, Policy())).formats == formats()
    await playing._know_formats()
    async with store.transaction(AUTHORITY) as tx:
        assert await tx.scalar("SELECT count(*) FROM policies") == 1
