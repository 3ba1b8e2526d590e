"""The tables of who signs in, what they saw and why."""

from sqlalchemy import ARRAY, BigInteger, Column, Identity, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("staff_id", Text),
    Column("duties", ARRAY(Text), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("signed_in_at", Instant),
    Column("disabled_at", Instant),
    Column("disabled_by", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_why", Text),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("kept", JSONB, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("used_at", Instant),
)

accesses = Table(
    "accesses",
    metadata,
    Column("no", BigInteger, Identity(always=True), primary_key=True),
    Column("authority", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", Text, nullable=False),
    Column("session", LargeBinary),
    Column("child_id", Uuid, nullable=False),
    Column("page", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("reason", Text),
)

break_glass = Table(
    "break_glass",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("child_id", Uuid, nullable=False),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("from_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("reviewed_at", Instant),
    Column("reviewed_by", Text),
    Column("review", Text),
)

presences = Table(
    "presences",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("section", Text),
    Column("seen_at", Instant, nullable=False),
)
