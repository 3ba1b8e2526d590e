"""The table in examples/README.md says what each example comes to: every word of it is worked out here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from domain.clock import interview_due_at
from domain.episode import Episode, fold, unplaced
from domain.marks import marks_of
from domain.register import identify
from domain.telling import MessageKey, Telling, telling_of
from schemas.policy import Policy, read_policy
from schemas.reading import Unreadable, digest, parse_json, read_notification

EXAMPLES = Path(__file__).parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json*") if not path.name.endswith(".rejected.jsonl"))
RECEIVED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
ROW = re.compile(r"\| \[(?P<name>\S+)]\((?P=name)\) \| .+ \| (?P<counts>\d+, \d+, \d+) \| (?P<outcome>.+) \|")


class Row(NamedTuple):
    """What the table says of a file."""

    counts: str
    outcome: list[str]


class Reading(NamedTuple):
    """What comes of all files, read in the order of their names."""

    counts: Mapping[str, Counter[str]]
    files: dict[MessageKey, str]
    tellings: list[Telling]


def table() -> dict[str, Row]:
    rows = map(ROW.fullmatch, README.splitlines())
    return {row["name"]: Row(row["counts"], row["outcome"].split("<br>")) for row in rows if row}


def messages_in(name: str) -> Iterator[Any]:
    content = (EXAMPLES / name).read_bytes()
    if name.endswith(".jsonl"):
        yield from content.splitlines()
        return
    parsed = parse_json(content)
    yield from parsed if isinstance(parsed, list) else [parsed]


@cache
def reading() -> Reading:
    found = Reading(defaultdict(Counter), {}, [])
    digests: dict[MessageKey, bytes] = {}
    for name in NAMES:
        for message in messages_in(name):
            found.counts[name][take(message, name, found, digests)] += 1
    return found


def take(message: Any, name: str, found: Reading, digests: dict[MessageKey, bytes]) -> str:
    """Take one message in as the inbox does, and say what became of it."""
    try:
        parsed = parse_json(message) if isinstance(message, bytes) else message
        notification = read_notification(parsed)
    except Unreadable:
        return "rejected"
    key = MessageKey(notification.source, notification.id)
    if key in digests:
        return "duplicate" if digests[key] == digest(parsed) else "rejected"
    digests[key] = digest(parsed)
    found.files[key] = name
    found.tellings.append(telling_of(notification, RECEIVED_AT, marks_of(notification, RECEIVED_AT)))
    return "accepted"


@cache
def outcomes() -> dict[str, list[str]]:
    """Return what all files together come to, in the words of the table, each under its own file."""
    identified = identify("E06000018", reading().tellings, {}, (), Policy().matching)
    by_child: dict[object, list[Telling]] = defaultdict(list)
    for telling in reading().tellings:
        by_child[identified.links[telling.key]].append(telling)
    shown: dict[str, list[str]] = defaultdict(list)
    asked: dict[str, set[str]] = defaultdict(set)
    for told in by_child.values():
        for episode in fold(told, Policy()):
            shown[file_of(*episode.notifications)].append(in_words(episode))
        for incident in unplaced(told):
            asked[file_of(incident.messages[0].key)].add("prevention_interview_only")
    for question in identified.questions:
        asked[file_of(question.message)].add(question.doubt.value)
    return {
        name: [*sorted(shown[name]), *([f"asks: {', '.join(sorted(asked[name]))}"] if asked[name] else [])]
        for name in NAMES
    }


def file_of(*keys: MessageKey) -> str:
    """Return the file that these messages came in: one and the same."""
    (name,) = {reading().files[key] for key in keys}
    return name


def in_words(episode: Episode) -> str:
    risk = episode.risk_level.value if episode.risk_level else "no risk told"
    words = [episode.status.value, risk, f"{local(episode.started_at)} to {local(episode.returned_at)}"]
    if episode.returned_at is None:
        words[2] = f"since {local(episode.started_at)}"
    if episode.clock:
        due = f"due {local(interview_due_at(episode.clock.starts_at))}"
        words.append(f"provisionally {due}" if episode.provisional_due else due)
    if episode.conflicts:
        words.append(f"conflict: {' '.join(episode.conflicts)}")
    if episode.marks:
        words.append(f"marks: {' '.join(episode.marks)}")
    return ", ".join(words)


def local(instant: datetime | None) -> str:
    return instant.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") if instant else "?"


def total() -> Counter[str]:
    return sum(reading().counts.values(), Counter())


def test_the_table_has_every_file_and_no_other() -> None:
    assert sorted(table()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_to_what_the_table_says(name: str) -> None:
    assert outcomes()[name] == table()[name].outcome


@pytest.mark.parametrize("name", NAMES)
def test_the_table_counts_the_messages_of_a_file(name: str) -> None:
    counts = reading().counts[name]
    assert table()[name].counts == ", ".join(
        str(counts[what]) for what in ("accepted", "duplicate", "rejected")
    )


def test_the_readme_gives_the_line_that_ingest_prints_first_and_again() -> None:
    count = total()
    known = count["accepted"] + count["duplicate"]
    first = f"accepted {count['accepted']}, duplicate {count['duplicate']}, rejected {count['rejected']}"
    assert f"```\n{first}\n```" in README
    assert f"`accepted 0, duplicate {known}, rejected {count['rejected']}`" in README


def test_no_child_of_one_file_is_a_child_of_another() -> None:
    told = [(t.child.authority_child_id, reading().files[t.key]) for t in reading().tellings]
    files: dict[str, set[str]] = defaultdict(set)
    for own, name in told:
        if own:
            files[own].add(name)
    assert all(len(names) == 1 for names in files.values())


def test_the_policy_example_is_what_holds_without_one() -> None:
    assert read_policy(EXAMPLES / "policy.toml") == Policy()
