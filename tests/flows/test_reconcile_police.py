"""`reconcile-police`: lists that forces put into a folder are compared, and one that lacks is told."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.carry import Carrier
from casework.chase import chase
from casework.intake import Sender, receive
from flows.reconcile_police import description, reconcile
from store import alerts
from store.views import police_lists
from streams.runner import Runner
from tests.flows.office import Office, office
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

SIX = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HEAD = "reference,family_name,given_names,date_of_birth,missing_since\n"
AMARA = "NP-26-004211,Okafor,Amara Grace,2011-07-02,30/03/2026 19:00\n"
BILAL = "NP-B,Khan,Bilal,03/02/2012,\n"
NOTTS = "urn:police:nottinghamshire"


@pytest.fixture
async def nottingham(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(database, {}) as made:
        (tmp_path / "nottinghamshire").mkdir()
        made.here = replace(made.here, police_lists=tmp_path)
        yield made


def put(nottingham: Office, text: str, at: datetime, name: str = "today.csv") -> None:
    """Let a list lie in the force's folder since a moment."""
    assert nottingham.here.police_lists
    path = nottingham.here.police_lists / "nottinghamshire" / name
    path.write_text(text)
    os.utime(path, (at.timestamp(), at.timestamp()))


async def open_tasks(nottingham: Office) -> list[str]:
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        return sorted(one.task.why for one in await police_lists.asking(tx, 100))


async def tell(nottingham: Office, kind: str, at: datetime) -> None:
    told = message(kind, at, id=kind, missing={}) if kind == "reported" else message(kind, at, id=kind)
    await receive(nottingham.store, Sender("file", "test", (NOTTINGHAM,)), [told], at)
    await Runner(Carrier(nottingham.store, nottingham.here.policy, lambda: at), [NOTTINGHAM]).drain()


async def test_a_new_list_is_compared_once_and_what_is_told_since_ends_what_differed(
    nottingham: Office,
) -> None:
    await tell(nottingham, "reported", SIX - 12 * HOUR)
    put(nottingham, HEAD + BILAL, SIX)
    first = await reconcile(nottingham.here, SIX + HOUR)
    assert await open_tasks(nottingham) == ["not_listed", "not_told"]
    await tell(nottingham, "returned", SIX + HOUR)
    second = await reconcile(nottingham.here, SIX + 2 * HOUR)
    assert [(len(done.taken), done.again[NOTTINGHAM, NOTTS].ended) for done in (first, second)] == [
        (1, 0),
        (0, 1),
    ]
    assert await open_tasks(nottingham) == ["not_told"]
    assert description(first).startswith("1 lists were new; 2 differences are new and 0 are over;")


async def test_the_same_children_on_the_next_days_list_are_the_same_differences(nottingham: Office) -> None:
    for day in range(3):
        at = SIX + day * 24 * HOUR
        put(nottingham, HEAD + AMARA, at, f"{day}.csv")
        done = await reconcile(nottingham.here, at + HOUR)
        assert len(done.taken) == 1
    assert await open_tasks(nottingham) == ["not_told"]


async def test_what_cannot_be_read_stops_nothing_and_is_told(nottingham: Office) -> None:
    put(nottingham, "\x00\x01", SIX - HOUR, "broken.xlsx")
    put(nottingham, HEAD + BILAL, SIX)
    done = await reconcile(nottingham.here, SIX + HOUR)
    assert [one.list.state for _, one in done.taken] == ["refused", "compared"]
    assert done.trouble is None


async def test_managers_are_told_once_that_a_list_lacks_until_one_comes(nottingham: Office) -> None:
    await reconcile(nottingham.here, SIX)  # since when a list is expected
    for hours in (29, 31, 32):
        done = await reconcile(nottingham.here, SIX + hours * HOUR)
        assert len(done.silent) == (hours > 30)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        (alert,) = await alerts.still_open(tx)
    assert (alert.step, alert.due_at) == ("police_list_lacking", SIX + 30 * HOUR)
    put(nottingham, HEAD, SIX + 33 * HOUR)
    await reconcile(nottingham.here, SIX + 34 * HOUR)
    await chase(nottingham.store, NOTTINGHAM, nottingham.here.policy, SIX + 35 * HOUR)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        assert await alerts.still_open(tx) == []
