"""How an outcome is spelt in the case-management system."""

from schemas.section import Section


class ConnectorPolicy(Section):
    """How an outcome is spelt in the case-management system."""
