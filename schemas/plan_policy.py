"""When a safety plan is looked at again, and when two actions say the same."""

from datetime import timedelta
from typing import Annotated, Final

from pydantic import Field

from schemas.section import Section

DAY: Final = timedelta(days=1)


class PlanPolicy(Section):
    """When a safety plan is looked at again, and when two actions say the same."""

    review_after: Annotated[timedelta, Field(ge=DAY, le=365 * DAY)] = 28 * DAY
    """How long after each version the plan is looked at again at the latest."""
    same_action: Annotated[float, Field(gt=0, le=1)] = 0.8
    """The share of common words (0 to 1) from which a new action says the same as an open one."""
