"""What a force's list of missing children and our episodes differ in, both ways.

Nothing is decided here, and no episode is closed: a difference is a task for a person. What happened within
`lags` before the list was made, or after it, is none: the list could not know. A row is an episode of ours
when it has the force's reference of it and the identity agrees (siblings may share one), when a person said
so, or when one child who is missing here has the same family name, birth date and a given name in common.

Source: the statutory guidance of 2014 has police and authority share what they hold of missing children; the
lists were found to differ in most areas.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.identity import Identity, agree, identity_of, normalise
from schemas.police_list import Listed
from schemas.words import EpisodeStatus


class Kind(StrEnum):
    """On which side something is lacking."""

    LISTED = "listed"
    """The force lists a child as missing of whom no episode is open here."""
    OPEN = "open"
    """An episode of the force is open here, and its list has it not."""


class Why(StrEnum):
    """Why there is a difference, as far as it can be told."""

    NOT_TOLD = "not_told"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    OTHER_CHILD = "other_child"
    """The reference is of an episode of a child who is described otherwise."""
    PERHAPS = "perhaps"
    """A child who may be meant is missing here, under another reference."""
    NOT_LISTED = "not_listed"


class Over(StrEnum):
    """Why a difference is one no more."""

    NOT_LISTED = "not_listed"
    OPEN_HERE = "open_here"
    LISTED_NOW = "listed_now"
    CLOSED_HERE = "closed_here"
    LINK_OVER = "link_over"


@dataclass(frozen=True, slots=True)
class Ours:
    """One live episode. `references` are this force's own in it; `known_at` when it first told of them."""

    episode_id: UUID
    child_id: UUID
    identity: Identity
    status: EpisodeStatus
    references: frozenset[str]
    started_at: datetime | None
    returned_at: datetime | None
    known_at: datetime | None

    @property
    def is_live(self) -> bool:
        return self.status in {EpisodeStatus.OPEN, EpisodeStatus.LOCATED}


@dataclass(frozen=True, slots=True)
class Known:
    """A child known here who may be meant by a row."""

    child_id: UUID
    identity: Identity


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of rows, by key: which live episode it is, and which are not ours or wrong."""

    episodes: Mapping[str, UUID]
    wrong: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `key` tells it from the force's others; `child_id` is who it is, or likely is."""

    kind: Kind
    key: str
    why: Why
    child_id: UUID | None = None
    episode_id: UUID | None = None
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences; the rows that are ours because a person said so; whom each row is about."""

    differences: tuple[Difference, ...]
    linked: frozenset[str]
    children: Mapping[str, UUID]


def key_of(listed: Listed) -> str:
    """Return what tells one row of a force's lists from the others, from day to day."""
    born = listed.date_of_birth.isoformat() if listed.date_of_birth else ""
    names = (normalise(listed.family_name), normalise(listed.given_names), born)
    return "/".join((normalise(listed.reference), *names))


def spelt(reference: str) -> str:
    """Return a reference without case, spaces and punctuation."""
    return normalise(reference)


def compare(
    listed: Iterable[Listed],
    unread: Iterable[str],
    ours: Sequence[Ours],
    known: Sequence[Known],
    said: Said,
    *,
    until: datetime,
) -> Compared:
    """Return the differences; `unread` is the text of rows that nobody understood, `until` the moment up to
    which the list can know what happened.

    An episode whose reference stands in a row that was not understood is not missed.
    """
    look = _Look(ours, known, said, until)
    for row in listed:
        look.at(row)
    text = spelt(" ".join(unread))
    look.missed(text)
    return Compared(tuple(look.differences), frozenset(look.linked), look.children)


def until(as_of: datetime, lags: timedelta) -> datetime:
    """Return the moment up to which a list can know what happened."""
    return as_of - lags


def why_over(kind: Kind, key: str, rows: Collection[str], episode: Ours | None) -> Over:
    """Say why a difference is one no more; `episode` is what a difference of `OPEN` was about."""
    if kind is Kind.LISTED:
        return Over.OPEN_HERE if key in rows else Over.NOT_LISTED
    still_open = episode is not None and episode.status is EpisodeStatus.OPEN
    return Over.LISTED_NOW if still_open else Over.CLOSED_HERE


class _Look:
    """A comparison under way."""

    def __init__(self, ours: Sequence[Ours], known: Sequence[Known], said: Said, until: datetime) -> None:
        self.ours, self.known, self.said, self.until = ours, known, said, until
        self.seen: set[str] = set()
        self.found: set[UUID] = set()
        self.linked: set[str] = set()
        self.children: dict[str, UUID] = {}
        self.differences: list[Difference] = []

    def at(self, row: Listed) -> None:
        key = key_of(row)
        if key in self.seen:
            return
        self.seen.add(key)
        matched = self._by_link(key) or self._by_reference(row) or self._certain(row)
        if matched:
            self.found |= {one.episode_id for one in matched}
            self.children[key] = matched[0].child_id
            return
        difference = self._difference(key, row)
        if difference.child_id:
            self.children[key] = difference.child_id
        if difference.why is Why.PERHAPS and difference.episode_id and key not in self.said.wrong:
            self.found.add(difference.episode_id)  # asked once, not from both sides
        self.differences.append(difference)

    def missed(self, unread: str) -> None:
        for one in self.ours:
            if one.status is not EpisodeStatus.OPEN or not one.references or one.episode_id in self.found:
                continue
            if self._too_new(one) or any(spelt(reference) in unread for reference in one.references):
                continue
            self.differences.append(
                Difference(Kind.OPEN, str(one.episode_id), Why.NOT_LISTED, one.child_id, one.episode_id)
            )

    def _by_link(self, key: str) -> list[Ours]:
        linked = [one for one in self.ours if one.episode_id == self.said.episodes.get(key) and one.is_live]
        self.linked |= {key} if linked else set()
        return linked

    def _by_reference(self, row: Listed) -> list[Ours]:
        return [one for one in self._having(row) if self._agrees(row, one.identity) and self._counts(one)]

    def _certain(self, row: Listed) -> list[Ours]:
        alike = [one for one in self.ours if self._counts(one) and _is_alike(row, one.identity)]
        return alike if len({one.child_id for one in alike}) == 1 else []

    def _difference(self, key: str, row: Listed) -> Difference:
        """Say what is known of a row that is no episode that is open here: the surest first."""
        by_reference = self._having(row)
        ended = [one for one in by_reference if self._agrees(row, one.identity)]
        if ended:
            last = max(ended, key=lambda one: (one.returned_at is not None, one.returned_at or self.until))
            why = Why.RETURNED if last.status is EpisodeStatus.RETURNED else Why.CANCELLED
            return Difference(Kind.LISTED, key, why, last.child_id, last.episode_id, row)
        perhaps = [one for one in self.ours if one.is_live and self._may_be(row, one.identity)]
        if perhaps:
            one = perhaps[0]
            return Difference(Kind.LISTED, key, Why.PERHAPS, one.child_id, one.episode_id, row)
        if by_reference:
            other = by_reference[0]
            return Difference(Kind.LISTED, key, Why.OTHER_CHILD, other.child_id, other.episode_id, row)
        return Difference(Kind.LISTED, key, Why.NOT_TOLD, self._likely(row), None, row)

    def _likely(self, row: Listed) -> UUID | None:
        fitting = [one for one in self.known if self._may_be(row, one.identity)]
        alike = [one for one in fitting if _is_alike(row, one.identity)]
        chosen = alike or fitting
        return chosen[0].child_id if len(chosen) == 1 else None

    def _having(self, row: Listed) -> list[Ours]:
        wanted = spelt(row.reference or "")
        return [one for one in self.ours if wanted and wanted in map(spelt, one.references)]

    def _counts(self, one: Ours) -> bool:
        """Whether an episode is open here, or was when the list was made."""
        return one.is_live or (one.returned_at is not None and one.returned_at > self.until)

    def _agrees(self, row: Listed, other: Identity) -> bool:
        return agree(identity_of(row.child), other)

    def _may_be(self, row: Listed, other: Identity) -> bool:
        """Whether a child may be meant, who is not known by the reference: by name and not by nothing."""
        told = identity_of(row.child)
        return bool(told.family_name and told.given_names and other.family_name) and agree(told, other)

    def _too_new(self, one: Ours) -> bool:
        return any(at is not None and at > self.until for at in (one.started_at, one.known_at))


def _is_alike(row: Listed, other: Identity) -> bool:
    told = identity_of(row.child)
    same = (told.family_name, told.date_of_birth) == (other.family_name, other.date_of_birth)
    known = bool(told.family_name and told.date_of_birth and told.given_names and other.given_names)
    return known and same and agree(told, other)
