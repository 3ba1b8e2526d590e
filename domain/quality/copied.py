"""Text taken from an earlier record of this child, or from another child's."""

from collections.abc import Iterator
from typing import Final

from domain.quality.archive import TAKEN_WORDS, Copy
from domain.quality.finding import Finding, quote
from domain.quality.reading import Reading

FAR_MORE: Final = 2
"""So many times the words that make a copy are one, although no sentence stands there whole."""
ALIKE_BY_RIGHT: Final = ("help.options", "living.")
"""Where what was offered, or is so at home, may be told again in the same words."""


def copied(reading: Reading) -> Iterator[Finding]:
    """Yield each place whose text stands in an earlier record, with the record that has most of it."""
    seen: set[tuple[str, str]] = set()
    for copy in reading.copies:
        if copy.length >= TAKEN_WORDS:
            for finding in _findings(reading, copy):
                if (finding.rule, finding.place) not in seen:
                    seen.add((finding.rule, finding.place))
                    yield finding


def _findings(reading: Reading, copy: Copy) -> Iterator[Finding]:
    rule = "copied_own" if copy.filed.child.id == reading.told.child.id else "copied_other"
    certain = copy.length >= FAR_MORE * TAKEN_WORDS or any(taken.whole for taken in copy.taken)
    for place in dict.fromkeys(taken.place for taken in copy.taken):
        words = " ".join(taken.words for taken in copy.taken if taken.place == place)
        its_own = not place.startswith(ALIKE_BY_RIGHT)
        yield Finding(rule, place, quote(words), copy.filed.interview_id, certain and its_own)
