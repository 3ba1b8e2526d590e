"""Which offsets of Kafka's log were seen, what the relay asks for, and the trace a message is part of."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    # By union, in the transaction that applies the messages. A topic that is made anew has a new topic_id:
    # what was seen of the old one says nothing of it. `gone` was deleted by the broker before it was read.
    """
    CREATE TABLE positions (
        cluster text NOT NULL,
        topic text NOT NULL,
        topic_id text NOT NULL,
        partition integer NOT NULL CHECK (partition >= 0),
        seen int8multirange NOT NULL DEFAULT '{}',
        gone int8multirange NOT NULL DEFAULT '{}',
        PRIMARY KEY (cluster, topic, topic_id, partition)
    )
    """,
    "ALTER TABLE positions ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE positions FORCE ROW LEVEL SECURITY",
    "CREATE POLICY of_no_authority ON positions USING (true)",  # a log's offsets belong to nobody
    "GRANT SELECT, INSERT, UPDATE ON positions TO homeward_app",
    "ALTER TABLE inbox ADD COLUMN trace text",
    "CREATE INDEX inbox_unpublished ON inbox (authority, no) WHERE published_at IS NULL",
    "CREATE INDEX outbox_unpublished ON outbox (authority, no) WHERE published_at IS NULL",
    "DROP INDEX outbox_waiting",
)
