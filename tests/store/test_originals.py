"""The original, its notifications and its drafts are durable together, each authority's with its own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from casework import originals
from casework.intake import Receipt, Sender, Verdict
from casework.originals import Original
from connectors.formats import read_as_sent
from store.database import Store
from store.inbox import backlog
from tests.messages import DERBY, NOTTINGHAM
from tests.postgres import Database, connect
from tests.unit.forces import HEADER, formats, row

NOW = datetime(2026, 8, 29, 9, 0, tzinfo=UTC)
COLUMN = {"authority": ("Council",)}


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    opened = Store(database.app_url)
    yield opened
    await opened.close()


async def take(store: Store) -> list[Receipt]:
    """Take in a list with a child of Nottingham, one of Derby, one of elsewhere, and one of nobody known."""
    form = formats()[0].model_copy(update={"authority": None, "fields": {**formats()[0].fields, **COLUMN}})
    header = f"{HEADER};Council"
    content = b"".join(
        row(header, Council=council, **{"Log No": f"WM-{number}"}).split(b"\r\n", number > 0)[-1]
        for number, council in enumerate((NOTTINGHAM, DERBY, "E10000024", ""))
    )
    told = read_as_sent(content, "list.csv", [form])
    assert (len(told.notices), len(told.drafts)) == (3, 1)
    original = Original(content, "list.csv", told.media, told.shown)
    sender = Sender("file", "list.csv", (NOTTINGHAM, DERBY))
    return await originals.receive(store, sender, original, told.notices, told.drafts, now=NOW)


async def test_each_authority_has_its_own_part_and_the_original(store: Store) -> None:
    receipts = await take(store)
    assert [receipt.verdict for receipt in receipts] == [
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
        Verdict.REJECTED,
        Verdict.REJECTED,
    ]
    for authority in (NOTTINGHAM, DERBY):
        async with store.transaction(authority) as tx:
            assert (await backlog(tx))[0] == 1
            assert await tx.scalar("SELECT count(*) FROM originals WHERE authority IS NOT NULL") == 1
            assert await tx.scalar("SELECT count(*) FROM letters WHERE original IS NOT NULL") == 2
    assert [each.verdict for each in await take(store)][:2] == [Verdict.DUPLICATE, Verdict.DUPLICATE]


async def test_where_the_draft_cannot_be_kept_nothing_of_it_is(store: Store, database: Database) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE letters ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
    with pytest.raises(IntegrityError, match="full_disk"):
        await take(store)
    async with store.transaction("") as tx:
        assert await tx.scalar("SELECT count(*) FROM originals") == 0
