"""A policy as text."""

from schemas.policy import Policy


def as_text(policy: Policy) -> str:
    """Return a policy as text that can be edited and uploaded."""
    return policy.model_dump_json(indent=2)
