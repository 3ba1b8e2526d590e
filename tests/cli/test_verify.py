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
    assert wrong.err == (
        "homeward: 2 differences, in episodes: what is stored is not what follows from what was told and"
        " done; report this with the lines above. No backup mends that: it is for altered rows of inbox or"
        " ledger alone, see docs/how-to/when-something-is-wrong.md\n"
    )


async def test_a_backup_is_for_rows_of_inbox_and_ledger_that_were_altered(
    console: Console, store: Store, database: Database
) -> None:
    await receive(
        store,
        Sender("file", "test", (NOTTINGHAM,)),
        [message("reported", SEEN, id="a")],
        SEEN + timedelta(days=1),
    )
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    with connect(database.superuser_url) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE episodes SET risk_level = 'low'")
        superuser.execute("UPDATE inbox SET received_at = received_at + interval '1 hour'")
    wrong = console.run("verify")
    assert wrong.err.startswith("homeward: 3 differences, in episodes and inbox: what is stored is not what")
    assert "Rows of inbox were altered: those a backup may bring back, see docs/how-to/" in wrong.err
