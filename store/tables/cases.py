"""The tables of notifications, children, episodes and interviews, and of what every part writes down."""

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import INT8MULTIRANGE, JSONB, TSTZRANGE

metadata = MetaData()
Instant = DateTime(timezone=True)

WITHOUT_AUTHORITY = frozenset({"alembic_version", "beats", "letters", "originals", "positions"})
"""The only tables that show rows to a session without an authority: a letter may be unreadable, so that
nobody knows whose it is, nor whose the file is that it came in; the offsets of a log, and when a flow last
ran, are nobody's. Every other table has row-level security by authority."""

children = Table(
    "children",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("authority", Text, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("indexed", Boolean, nullable=False),  # from the authority's own index, which then holds
    Column("authority_child_id", Text),
    Column("nhs_number", Text),
    Column("upn", Text),
    Column("date_of_birth", Date),
    Column("family_key", Text),
    Column("given_keys", ARRAY(Text), nullable=False),
    Column("aka_keys", ARRAY(Text), nullable=False),
    Column("postcode_key", Text),
    Column("address_key", Text),
    Column("name_key", Text),
    Column("facts", JSONB, nullable=False),  # what people are shown: schemas.notification.ChildFacts
    Column("absorbed_by", Uuid),
    Column("decided", Boolean, nullable=False, server_default="false"),
    Column("found_provisional", Boolean),  # these two where something is decided: what the rules found
    Column("found_absorbed_by", Uuid),
    Column("made_by", Uuid),  # the decision that made the child
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

child_keys = Table(
    "child_keys",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("child_id", Uuid, primary_key=True),
)

care = Table(
    "care",
    metadata,
    Column("child_id", Uuid, primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("to_on", Date),
    Column("authority", Text, nullable=False),
    Column("legal_status", Text),
    Column("placement", Text),
    Column("social_worker", Text),
)

inbox = Table(
    "inbox",
    metadata,
    Column("no", BigInteger, Identity(always=True), primary_key=True),
    Column("authority", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", JSON, nullable=False),  # json, not jsonb: its text is what the digest is of
    Column("digest", LargeBinary, nullable=False),
    Column("via", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("applied_at", Instant),
    Column("set_aside_at", Instant),
    Column("child_id", Uuid),
    Column("found_child_id", Uuid),  # whose the rules found it to be, where that is not what holds
    Column("placed_child_id", Uuid),
    Column("published_at", Instant),
    Column("trace", Text),  # W3C traceparent of whoever brought it
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("authority", Text, nullable=False),
    Column("child_id", Uuid, nullable=False),
    Column("child_number", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("category", Text),
    Column("risk_level", Text),
    Column("risk_factors", ARRAY(Text), nullable=False),
    Column("started_at", Instant),
    Column("located_at", Instant),
    Column("returned_at", Instant),
    Column("conflict_reasons", ARRAY(Text), nullable=False),
    Column("marks", ARRAY(Text), nullable=False),
    Column("incidents", JSONB, nullable=False),  # [[source, subject], …]
    Column("notifications", JSONB, nullable=False),  # [[source, id], …] in the order of telling
    Column("period", TSTZRANGE),
    Column("superseded", Boolean, nullable=False),
    Column("superseded_by", Uuid),
    Column("updated_at", Instant, nullable=False),
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("child_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("clock_started_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("provisional_due", Boolean, nullable=False),
    Column("anchor_source", Text, nullable=False),
    Column("anchor_id", Text, nullable=False),
    Column("voided_reason", Text),
    Column("voided_from", Text),
    Column("offered_at", Instant),
    Column("accepted", Boolean),
    Column("held_at", Instant),
    Column("interviewer", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("allocated_at", Instant),
    Column("chosen_by_child", Boolean, nullable=False, server_default="false"),
    Column("attempted_at", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("arranged_at", Instant),
    Column("arranged_for", Instant),
    Column("arranged_until", Instant),
    Column("place", Text),
    Column("submitted_at", Instant),
    Column("sent_back_at", Instant),
    Column("approved_at", Instant),
    Column("declined_at", Instant),
    Column("closed_reason", Text),
    Column("record_no", Integer),
    Column("quality", JSONB, nullable=False, server_default="{}"),
    Column("covered_by", Uuid),
    Column("updated_at", Instant, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("child_id", Uuid, nullable=False),
    Column("message_source", Text),
    Column("message_id", Text),
    Column("episode_id", Uuid),
    Column("evidence", JSONB, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("asked", Boolean, nullable=False, server_default="true"),
    Column("settled_by", Uuid),
)

ledger = Table(
    "ledger",
    metadata,
    Column("no", BigInteger, Identity(always=True), primary_key=True),
    Column("authority", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("child_id", Uuid),
    Column("payload", JSON),  # null after a lawful erasure; the chain is over its digest
    Column("payload_digest", LargeBinary, nullable=False),
    Column("position", BigInteger),  # these three by the sealer, once
    Column("hash", LargeBinary),
    Column("sealed_at", Instant),
)

outbox = Table(
    "outbox",
    metadata,
    Column("no", BigInteger, Identity(always=True), primary_key=True),
    Column("authority", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("child_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("published_at", Instant),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text),
    Column("via", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("reasons", JSONB, nullable=False),  # [{"field", "message"}, …]
    Column("received_at", Instant, nullable=False),
    Column("arrivals", Integer, nullable=False),
    Column("mended", LargeBinary),
    Column("mended_by", Text),
    Column("replayed_at", Instant),
    Column("outcome", Text),
    Column("original", LargeBinary),  # the digest of the file or mail that it came in, and where in it
    Column("place", Text),
    Column("draft", Boolean, nullable=False, server_default="false"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("source", Text),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

positions = Table(
    "positions",
    metadata,
    Column("cluster", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("topic_id", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("seen", INT8MULTIRANGE, nullable=False),
    Column("gone", INT8MULTIRANGE, nullable=False),
)

restrictions = Table(
    "restrictions",
    metadata,
    Column("child_id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("reason", Text),
    Column("restricted_by", Text),
    Column("restricted_at", Instant),
    Column("lifted_at", Instant),
    Column("lifted_by", Text),
    Column("lifted_why", Text),
)

restriction_people = Table(
    "restriction_people",
    metadata,
    Column("child_id", Uuid, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("withdrawn_at", Instant),
)
