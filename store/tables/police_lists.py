"""The tables of forces' lists of missing children, and of what they differ in from what is known here."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

police_lists = Table(
    "police_lists",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("via", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("others", Integer, nullable=False),  # rows for other authorities, of which nothing is kept
    Column("faults", JSONB, nullable=False),  # [{"place", "message"}, …]: what was not understood
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("decided_by", Text),
    Column("decided_at", Instant),
)

police_list_rows = Table(
    "police_list_rows",
    metadata,
    Column("list_id", Uuid, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("child_id", Uuid),
    Column("told", JSONB),  # schemas.police_list.Listed; null where the row was not understood
    Column("raw", Text),
)

police_tasks = Table(
    "police_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("child_id", Uuid),
    Column("episode_id", Uuid),
    Column("listed", JSONB),
    Column("list_id", Uuid, nullable=False),  # the first list that showed it
    Column("last_list_id", Uuid, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("settled_as", Text),
    Column("history", JSONB, nullable=False),  # [{"what", "at", "by", "actor", "why"}, …]
    Column("ended_at", Instant),
    Column("ended_why", Text),
)
