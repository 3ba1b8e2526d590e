"""The table of what people decided about who a child is."""

from sqlalchemy import ARRAY, BigInteger, Column, Identity, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

decisions = Table(
    "decisions",
    metadata,
    Column("no", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("authority", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("child_ids", ARRAY(Uuid), nullable=False),
    Column("body", JSONB, nullable=False),  # whom and which messages it is about
    Column("sent", LargeBinary, nullable=False),  # SHA-256 of what was sent, so that a key is of one decision
    Column("undoes", Uuid),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
