"""Keys by which a description finds the children that it may be of."""

from pathlib import Path
from typing import Any

from alembic import op

from domain.identity import identity_of
from domain.matching import blocks
from schemas.notification import ChildFacts

revision = "0011"
down_revision = "0010"
AT_ONCE = 10_000
ADD = "INSERT INTO child_keys (authority, key, child_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"


def upgrade() -> None:
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(sql)  # past SQLAlchemy, to which % and : mean something
    driver.execute("ALTER TABLE children NO FORCE ROW LEVEL SECURITY")
    driver.execute("ALTER TABLE child_keys NO FORCE ROW LEVEL SECURITY")
    reading, writing = driver.cursor(), driver.cursor()
    reading.execute("SELECT authority, id, facts FROM children")
    while rows := reading.fetchmany(AT_ONCE):
        _fill(writing, rows)
    driver.execute("ALTER TABLE children FORCE ROW LEVEL SECURITY")
    driver.execute("ALTER TABLE child_keys FORCE ROW LEVEL SECURITY")


def _fill(cursor: Any, rows: list[tuple[Any, ...]]) -> None:
    """Write the keys and the line of the home of children that there are already."""
    known = [
        (authority, id_, identity_of(ChildFacts.model_validate(facts))) for authority, id_, facts in rows
    ]
    cursor.executemany(ADD, [(authority, key, id_) for authority, id_, who in known for key in blocks(who)])
    lines = [(who.address, id_) for _, id_, who in known if who.address]
    cursor.executemany("UPDATE children SET address_key = %s WHERE id = %s", lines)
