"""The quality gate against the corpus: precision and recall per rule, and what a record costs.

`python -m bench.quality [development|opened|opened_again|held_out]` (held_out unless told). A rule counts
once per file: it was found, or it was not. Good records that a finding would block are named; one of them
makes the exit status 1. The time is measured against the part's own archive, and against 10,000 invented
records.
"""

import random
import statistics
import sys
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice, pairwise
from typing import get_args

from domain.quality import Archive, Child, Filed, examine, file_record
from domain.quality.catalogue import RULES
from tests.corpus import Examined, Part, circumstances, examined

ARCHIVE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule was found, was expected, and both, over files."""

    found: int
    expected: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.expected if self.expected else 1.0


def scores(files: Iterable[Examined]) -> dict[str, Score]:
    """Return the score of each rule of the catalogue."""
    found, expected, both = Counter[str](), Counter[str](), Counter[str]()
    for file in files:
        ours = {finding.rule for finding in file.found}
        theirs = {finding.rule for finding in file.example.findings}
        found.update(ours)
        expected.update(theirs)
        both.update(ours & theirs)
    return {rule: Score(found[rule], expected[rule], both[rule]) for rule in RULES}


def blocked(files: Iterable[Examined]) -> list[str]:
    """Return the good records that a finding would block, each with the finding."""
    return [
        f"{file.name}: {finding.rule} at {finding.place}: {finding.words}"
        for file in files
        if file.example.kind == "good"
        for finding in file.found
        if finding.blocks
    ]


def archive_of(files: Sequence[Examined], size: int) -> Archive:
    """Return an archive of invented records, as long as the corpus's, in pairs of words from there."""
    chance = random.Random(4)
    texts = [file_record(file.name, file.example.who, file.example.record).masked for file in files]
    following = defaultdict[int, list[int]](list)
    for text in texts:
        for word, after in pairwise(text):
            following[word].append(after)
    return Archive().adding(
        Filed(f"invented-{number}", Child(f"child-{number // 2}", "", ""), invented(text, following, chance))
        for number, text in enumerate(islice(cycle(texts), size))
    )


def invented(text: "array[int]", following: Mapping[int, list[int]], chance: random.Random) -> "array[int]":
    """Return a text of the same length in which every pair of words is one of the corpus."""
    words = array("I", text[:1])
    while 0 < len(words) < len(text):
        words.append(chance.choice(following.get(words[-1]) or [0]))
    return words


def milliseconds(part: Part, archive: Archive | None = None) -> list[float]:
    """Return what each record of a part takes, against its own archive or another."""
    taken = []
    for _, example, told in circumstances(part):
        beside = replace(told, archive=archive) if archive else told
        begun = time.perf_counter()
        examine(example.record, beside)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def table(rules: Mapping[str, Score]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'rule':28}{'found':>6}{'expected':>10}{'precision':>11}{'recall':>8}"
    for rule, score in rules.items():
        yield f"{rule:28}{score.found:6}{score.expected:10}{score.precision:11.2f}{score.recall:8.2f}"
    total = Score(
        *(sum(getattr(each, name) for each in rules.values()) for name in ("found", "expected", "both"))
    )
    yield f"{'all':28}{total.found:6}{total.expected:10}{total.precision:11.2f}{total.recall:8.2f}"


def main(part: Part) -> int:
    """Print the table, what blocks good records, and the times; return the exit status."""
    files = list(examined(part))
    kinds = ", ".join(
        f"{count} {kind}" for kind, count in Counter(file.example.kind for file in files).items()
    )
    print(f"{part}: {len(files)} records ({kinds})", *table(scores(files)), sep="\n")
    bad = blocked(files)
    print(f"blocking findings on good records: {len(bad)}", *bad, sep="\n  ")
    if files:
        begun = time.perf_counter()
        large = archive_of(files, ARCHIVE_SIZE)
        print(f"an archive of {ARCHIVE_SIZE:,} records is indexed in {time.perf_counter() - begun:.1f} s")
        for name, each in (
            ("its own archive", milliseconds(part)),
            ("that archive", milliseconds(part, large)),
        ):
            middle = statistics.median(each)
            print(f"one record against {name}: median {middle:.1f} ms, longest {max(each):.1f} ms")
    return 1 if bad else 0


if __name__ == "__main__":
    parts: dict[str, Part] = {part: part for part in get_args(Part)}
    asked = sys.argv[1] if len(sys.argv) > 1 else "held_out"
    if asked not in parts:
        sys.exit(f"no such part: {asked}; name one of {', '.join(parts)}")
    sys.exit(main(parts[asked]))
