"""What can go wrong."""


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be used; one sentence says what is wrong and how to mend it."""
