"""The corpus of interview records, read as an authority's archive would have it (README.md says how)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from domain.quality import Archive, Child, Circumstances, Finding, examine, file_record
from schemas.record import InterviewRecord

HERE = Path(__file__).parent
Part = Literal["development", "opened", "opened_again", "held_out"]


class Written(BaseModel):
    """What every part of a corpus file is: strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenChild(Written):
    id: str
    given_names: str
    family_name: str
    also_known_as: tuple[str, ...] = ()
    sex: Literal["female", "male"] | None = None
    born_on: str | None = None


class Episode(Written):
    started_at: datetime | None = None
    returned_at: datetime | None = None


class Expected(Written):
    """A finding that a fair practice manager would raise."""

    rule: str
    where: str
    words: str = ""


class Example(Written):
    """One file of the corpus."""

    kind: Literal["good", "thin", "copied", "generic", "contradictory", "wordy"]
    note: str
    child: WrittenChild
    episode: Episode
    held_at: datetime | None
    submitted_at: datetime
    declined: bool
    staff: tuple[str, ...]
    record: InterviewRecord
    findings: tuple[Expected, ...]

    @property
    def filed_at(self) -> datetime:
        return self.held_at or self.submitted_at

    @property
    def who(self) -> Child:
        return Child(
            self.child.id,
            self.child.given_names,
            self.child.family_name,
            self.child.also_known_as,
            self.child.sex,
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """A file of the corpus with what the gate found in it."""

    name: str
    example: Example
    found: tuple[Finding, ...]


def read(part: Part) -> dict[str, Example]:
    """Return the files of a part by name, in the order in which an archive received them."""
    adapter = TypeAdapter(Example)
    files = {path.stem: adapter.validate_json(path.read_bytes()) for path in (HERE / part).glob("*.json")}
    return dict(sorted(files.items(), key=lambda each: (each[1].filed_at, each[0])))


def circumstances(part: Part) -> Iterator[tuple[str, Example, Circumstances]]:
    """Yield each file with what the gate is told beside it: the files before it are the archive."""
    archive, episodes = Archive(), defaultdict[str, list[datetime]](list)
    for name, example in read(part).items():
        yield name, example, told(name, example, archive, tuple(episodes[example.child.id]))
        archive = archive.adding([file_record(name, example.who, example.record)])
        if example.episode.started_at:
            episodes[example.child.id].append(example.episode.started_at)


def told(name: str, example: Example, archive: Archive, earlier: tuple[datetime, ...]) -> Circumstances:
    """Return the circumstances of one file."""
    return Circumstances(
        child=example.who,
        submitted_at=example.submitted_at,
        interview_id=name,
        started_at=example.episode.started_at,
        returned_at=example.episode.returned_at,
        held_at=example.held_at,
        declined=example.declined,
        earlier_episodes=earlier,
        staff=example.staff,
        archive=archive,
    )


def examined(part: Part) -> Iterator[Examined]:
    """Yield each file of a part with what the gate finds in it."""
    for name, example, beside in circumstances(part):
        yield Examined(name, example, examine(example.record, beside))
