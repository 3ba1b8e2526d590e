"""A force's list of children still missing, as far as it was read."""

import hashlib
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime

from schemas.notification import ChildFacts


@dataclass(frozen=True, slots=True)
class Listed:
    """One child whom a force lists as missing. `doubts` are cells that could not be understood,
    or that hold what cannot be seen.
    """

    place: str
    reference: str | None = None
    family_name: str | None = None
    given_names: str | None = None
    date_of_birth: date | None = None
    missing_since: datetime | None = None
    authority: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def child(self) -> ChildFacts:
        """Who the child is, as a notification would say it."""
        return ChildFacts(
            family_name=self.family_name, given_names=self.given_names, date_of_birth=self.date_of_birth
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not understood: where it stands, why and how to mend it, and how it was written."""

    place: str
    message: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class SentList:
    """One list: from which force, as of which moment (UTC), as it came and as it was read.

    `name` is the file's, `via` the way by which it came.
    """

    source: str
    as_of: datetime
    name: str
    via: str
    media: str
    content: bytes
    rows: tuple[Listed, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()

    @property
    def told(self) -> bytes:
        """A digest of what it tells, wherever that stands: servers write into the head of a mail."""
        rows = [astuple(replace(row, place="")) for row in self.rows]
        return hashlib.sha256(repr((rows, [one.raw for one in self.unread])).encode()).digest()
