"""Files and mails as they came, and which notifications came of them."""

from sqlalchemy import Column, LargeBinary, Table, Text, Uuid

from store.tables.cases import Instant, metadata

originals = Table(
    "originals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("shown", Text, nullable=False),  # as text, for people: nobody opens it in a browser
    Column("via", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
)

origins = Table(
    "origins",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("source", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("place", Text, nullable=False),
)
