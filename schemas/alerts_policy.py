"""By which ways people are told, and when."""

from schemas.section import Section


class AlertsPolicy(Section):
    """By which ways people are told, and when."""
