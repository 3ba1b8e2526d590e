"""The tables of the interview: who holds it, what was done, how it is chased, the child's plan."""

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Column,
    Date,
    Identity,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from store.tables.cases import Instant, metadata

staff = Table(
    "staff",
    metadata,
    Column("authority", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("roles", ARRAY(Text), nullable=False),
    Column("teams", ARRAY(Text), nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("gender", Text),
    Column("training", ARRAY(Text), nullable=False),
    Column("employer", Text),
    Column("involved_with", ARRAY(Text), nullable=False),
    Column("working", JSONB, nullable=False),
    Column("leave", JSONB, nullable=False),
    Column("capacity", Integer),
    Column("gone_on", Date),
    Column("imported_at", Instant, nullable=False),
)

interview_commands = Table(
    "interview_commands",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answer", JSONB, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    Column("sent", JSON, nullable=False),
    Column("problems", JSONB, nullable=False),
    Column("record", JSONB),
)

plan_entries = Table(
    "plan_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("no", BigInteger, Identity(always=True), nullable=False),
    Column("authority", Text, nullable=False),
    Column("interview_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("by", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("key", Text),
)

pushes = Table(
    "pushes",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("why", Text),
    Column("remote_id", Text),
    Column("remote_version", Text),
    Column("queued_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Column("confirmed_at", Instant),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("no", BigInteger, Identity(always=True), nullable=False),
    Column("authority", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("interview_id", Uuid),
    Column("episode_id", Uuid),
    Column("step", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("expected", Text, nullable=False),
    Column("expected_by", Instant, nullable=False),
    Column("level", Integer, nullable=False),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", Text),
    Column("decision", Text),
    Column("closed_at", Instant),
    Column("closed_why", Text),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("alert_id", Uuid, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("queued_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("reference", Text),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("interview_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("offered_at", Instant, nullable=False),
    Column("offered_by", Text, nullable=False),
    Column("accept_by", Instant, nullable=False),
    Column("answer", Text),
    Column("answered_at", Instant),
    Column("answered_by", Text),
    Column("answer_why", Text),
)

beats = Table(
    "beats",
    metadata,
    Column("name", Text, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("failed_why", Text),
    Column("alarmed_at", Instant),
)
