"""The steps by which lateness is chased."""

from schemas.section import Section


class LadderPolicy(Section):
    """The steps by which lateness is chased."""
