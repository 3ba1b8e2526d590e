"""The table of links by which children answer an offer."""

from sqlalchemy import Column, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

offer_links = Table(
    "offer_links",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("interview_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("choices", JSONB, nullable=False),  # whom the child was shown, as they were then
    Column("made_by", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("answered_at", Instant),
    Column("answer", JSONB),
    Column("withdrawn_at", Instant),
)
