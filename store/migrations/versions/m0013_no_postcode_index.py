"""An index by postcode that no query uses any more: who lives at one is found by key."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("DROP INDEX children_by_postcode")
