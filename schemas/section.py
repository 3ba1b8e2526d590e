"""What every part of a policy is."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Frozen, and strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
