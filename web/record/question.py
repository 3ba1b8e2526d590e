"""What one page of the record asks: questions as data, each with its words for the person who answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    PROSE = "prose"
    YES_NO = "yes_no"
    """Yes, no, or null while it is not known."""
    TICK = "tick"
    CHOICE = "choice"
    """One of a list, or null while nothing is chosen."""
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What helps to answer well, and where it comes from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is the record's field. `unknown` is how a null answer to yes or no reads."""

    name: str
    kind: Kind
    label: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    must: bool = False
    """Whether a choice may not be null, as the record has it."""
    unknown: str = "Not known yet"


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries that are each answered by the same questions; `one` names one of them."""

    name: str
    label: str
    one: str
    questions: tuple[Question, ...]
    hint: str = ""


Asked = Question | Entries


@dataclass(frozen=True, slots=True)
class Section:
    """One page. Where `asked` is a single list of the section's own name, the section is that list.

    `needs` are the questions without whose answer the section is only begun; of several in one tuple one is
    enough.
    """

    name: str
    title: str
    lead: str
    asked: tuple[Asked, ...]
    guidance: tuple[Guidance, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()

    @property
    def is_list(self) -> bool:
        return [each.name for each in self.asked] == [self.name]

    def lists(self) -> Iterator[Entries]:
        """Yield the lists among what is asked."""
        yield from (each for each in self.asked if isinstance(each, Entries))

    def entries(self, name: str) -> Entries | None:
        """Return the list of a name, if the section has it."""
        return next((each for each in self.lists() if each.name == name), None)
