"""The authority's policy, with its versions."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

policies = Table(
    "policies",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("policy", JSONB, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("uploaded_by", Text, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
    Column("why", Text, nullable=False),
    Column("accepted_at", Instant),
    Column("accepted_by", Text),
    Column("accepted_why", Text),
    Column("effect", JSONB),
)
