"""A finding: what one rule says of one place in a record."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from domain.quality.catalogue import RULES, Rule, Weight

LONGEST_QUOTE: Final = 240


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at `place`, such as `outcomes.0.owner`.

    `words` are quoted from the record, empty where something lacks. `copied_from` is the interview whose
    record has the same text. A rule that is not `certain` of what it found only advises: it read words, and
    another reader may take them otherwise.
    """

    rule: str
    place: str
    words: str = ""
    copied_from: str | None = None
    certain: bool = True

    @property
    def id(self) -> str:
        """The same for the same rule, place and words, so that a worker's answer to it stays."""
        return sha256("\x1f".join((self.rule, self.place, self.words)).encode()).hexdigest()[:16]

    @property
    def section(self) -> str:
        return self.place.partition(".")[0]

    @property
    def blocks(self) -> bool:
        return self.certain and self.about.weight is Weight.BLOCKS

    @property
    def about(self) -> Rule:
        """What the rule asks, why it matters, its source and how to mend it."""
        return RULES[self.rule]


def quote(text: str) -> str:
    """Return text short enough to be shown as the words concerned."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
