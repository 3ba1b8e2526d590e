"""A search of the ledger goes by an index, also for a person and under row-level security."""

from datetime import UTC, datetime, timedelta

import pytest

from store.database import Store
from store.views.ledger_search import Sought, latest
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

DAY = datetime(2026, 3, 28, tzinfo=UTC)
FILL = """
INSERT INTO ledger (authority, at, actor, action, subject, child_id, payload, payload_digest)
SELECT %s, %s - line * interval '10 minutes', 'system:apply', 'episode.changed', 'episode/' || line,
    gen_random_uuid(), '{}', ''
FROM generate_series(20000, 1, -1) AS line
"""


@pytest.mark.parametrize(
    ("index", "sought"),
    [
        ("ledger_by_action", Sought(action="policy.accepted")),
        ("ledger_by_actor", Sought(actors=["Ada", "token:Ada"])),
        ("ledger_by_day", Sought(from_at=DAY - timedelta(days=100), to_at=DAY - timedelta(days=99))),
    ],
)
async def test_by_deed_by_person_and_by_day(database: Database, index: str, sought: Sought) -> None:
    with connect(database.superuser_url) as connection:
        connection.execute(FILL, [NOTTINGHAM, DAY])
        connection.execute("ANALYZE ledger")
    store = Store(database.app_url)
    async with store.transaction(NOTTINGHAM, person="person:x") as tx:
        found = await latest(tx, sought, None, 200)
        used = await tx.scalar("SELECT pg_stat_get_xact_numscans(CAST(:index AS regclass))", index=index)
    await store.close()
    assert used > 0
    assert len(found) == (144 if sought.from_at else 0)
