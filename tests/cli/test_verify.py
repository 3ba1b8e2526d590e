"""`homeward verify`: clean with its counts, or every difference and exit code 1."""

from datetime import UTC, datetime, timedelta

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Console
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database, connect

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)


async def test_a_changed_column_is_named_and_ends_with_1(
    console: Console, store: Store, database: Database
) -> None:
    told = [message("reported", SEEN, id="a"), message("returned", SEEN + timedelta(hours=3), id="b")]
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), told, SEEN + timedelta(days=1))
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    clean = console.run("verify")
    assert (clean.code, clean.err) == (0, "")
    assert clean.out.startswith("E06000018: clean: 2 notifications, 0 waiting, 1 episodes, 1 interviews")
    with connect(database.superuser_url) as superuser:
        superuser.execute("UPDATE episodes SET risk_level = 'low'")
    wrong = console.run("verify")
    assert wrong.code == 1
    assert "risk_level" in wrong.out
    assert wrong.err == "homeward: 2 differences: what is stored is not what was told; restore a backup\n"
