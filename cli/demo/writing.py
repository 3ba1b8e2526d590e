"""What the forces that write have in common: facts, to be put into words of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from cli.demo.desk import Told
from cli.demo.forces import theirs
from schemas.words import Kind

LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file or a mail as a force sends it; the ending of its name says which."""

    name: str
    content: bytes


class Facts:
    """What one telling says, by the names of a notification."""

    def __init__(self, told: Told) -> None:
        self._event: Mapping[str, Any] = told.event
        self.source = str(told.event["source"])
        self.told_at = told.at.astimezone(LONDON)

    @property
    def kind(self) -> Kind:
        return Kind(str(self._event["type"]).split(".")[-2])

    @property
    def reference(self) -> str:
        return str(self._event["subject"])

    @property
    def occurred_at(self) -> datetime:
        return datetime.fromisoformat(self._event["data"]["occurred_at"]).astimezone(LONDON)

    @property
    def last_seen_at(self) -> datetime | None:
        seen = self.of("missing.last_seen_at")
        return datetime.fromisoformat(seen).astimezone(LONDON) if seen else None

    @property
    def born_on(self) -> datetime:
        return datetime.fromisoformat(self.of("child.date_of_birth"))  # a day

    @property
    def address(self) -> str:
        """The child's address on one line; empty where it is not told again."""
        home = self._event["data"]["child"].get("home_address")
        return ", ".join((*home["lines"], home["postcode"])) if home else ""

    def of(self, path: str) -> str:
        """Return one text; empty where nothing is told."""
        value: Any = self._event["data"]
        for name in path.split("."):
            value = value.get(name, {})
        return str(value or "")

    def some(self, path: str) -> tuple[str, ...]:
        """Return a list of texts."""
        part, name = path.split(".")
        return tuple(self._event["data"].get(part, {}).get(name, ()))

    def word(self, field: str) -> str:
        """Return what the force calls something for which we have a word."""
        return theirs(self.source, field, self.kind.value if field == "type" else self.of(field))
