"""What stops deploy/kafka/run."""


class OneBoxError(Exception):
    """Kafka cannot be run here; one line that says why, and how to mend it."""
