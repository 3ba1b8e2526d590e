"""What every domain event tells: ids and facts, never a name."""

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from schemas.scalars import AuthorityCode


def _open(schema: dict[str, Any]) -> None:
    """Publish that others get on with fields that they do not know; we put in none that is not named here."""
    schema.pop("additionalProperties", None)


class Event(BaseModel):
    """What every event tells; `type` is the CloudEvents type under which it is published."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_open)
    type: ClassVar[str]
    topic: ClassVar[str]

    authority: AuthorityCode
    child_id: UUID

    @property
    @abstractmethod
    def subject_id(self) -> UUID:
        """What it happened to: an episode, an interview, a child's plan or an alert."""
