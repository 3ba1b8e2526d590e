"""Who may hold an interview, and how a choice among them is ranked."""

from schemas.section import Section


class AllocationPolicy(Section):
    """Who may hold an interview, and how a choice among them is ranked."""
