"""When a safety plan is looked at again."""

from schemas.section import Section


class PlanPolicy(Section):
    """When a safety plan is looked at again."""
