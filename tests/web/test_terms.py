"""The field's terms: every value that can come has words of its own."""

from collections.abc import Iterable, Mapping

import pytest

from casework import screening
from casework.intake import Verdict
from domain.episode import Conflict
from domain.register import Doubt
from schemas.events import EVENTS, InterviewEvent
from schemas.words import Category, EpisodeStatus, Kind, Mark, MissingFrom, RiskLevel, Stage, VoidReason
from web.pages import terms
from web.pages.bytes import readable
from web.pages.questions import ASKED

EVENT_NAMES = [
    event.type.removeprefix("homeward.interview.").removesuffix(".v1")
    for event in EVENTS
    if issubclass(event, InterviewEvent)
]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Kind, terms.KINDS),
        (EpisodeStatus, terms.STATUSES),
        (Category, terms.CATEGORIES),
        (RiskLevel, terms.RISKS),
        (RiskLevel, terms.RISK_COLOURS),
        (MissingFrom, terms.PLACES),
        (Stage, terms.STAGES),
        (Mark, terms.MARKS),
        (Conflict, terms.CONFLICTS),
        (VoidReason, terms.REASONS),
        (EVENT_NAMES, terms.CHANGES),
        ([*Doubt, screening.DOUBTFUL, screening.CONFLICT, screening.PREVENTION_ONLY], ASKED),
    ],
)
def test_every_value_has_words(values: Iterable[str], words: Mapping[str, object]) -> None:
    assert {str(value) for value in values} == words.keys()


def test_a_value_that_is_new_here_is_shown_as_it_came() -> None:
    assert terms.term("gang_affiliation", {}) == "Gang affiliation"
    assert terms.term(Verdict.ACCEPTED, {}) == "Accepted"
    assert terms.term("The Limes, room_2", {}) == "The Limes, room_2"
    assert terms.term(None, terms.RISKS) == ""


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("urn:police:nottinghamshire", "Nottinghamshire Police"),
        ("urn:police:west-yorkshire", "West Yorkshire Police"),
        ("urn:authority:E06000018", "Staff of this authority"),
        ("https://example.org", "https://example.org"),
    ],
)
def test_a_source_is_named(source: str, name: str) -> None:
    assert terms.force(source) == name


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"given_names": "Amara Grace", "family_name": "Okafor"}, "Amara Grace Okafor"),
        ({"family_name": "Okafor"}, "Okafor"),
        ({}, "Name not known"),
        ({"given_names": None, "family_name": " "}, "Name not known"),
    ],
)
def test_a_child_is_named_as_far_as_known(facts: dict[str, str | None], name: str) -> None:
    assert terms.full_name(facts) == name


def test_bytes_are_shown_as_text_with_what_cannot_be_seen_made_visible() -> None:
    assert readable("Amélie\n\0\x1b\u202e".encode()) == "Amélie\n\\u0000\\u001b\\u202e"


def test_bytes_that_are_no_text_are_listed() -> None:
    assert readable(b"\xff\xfeA" * 6) == (
        "00000000  ff fe 41 ff fe 41 ff fe 41 ff fe 41 ff fe 41 ff  ..A..A..A..A..A.\n"
        "00000010  fe 41                                            .A"
    )


def test_of_many_bytes_the_beginning_is_shown() -> None:
    shown = readable("é".encode() * 10_001 + b"x")
    assert shown.endswith("\n… and 3 bytes more")
    assert set(shown.partition("\n")[0]) == {"é"}


def test_a_character_that_is_cut_through_does_not_make_text_bytes() -> None:
    assert readable(b"x" + "é".encode() * 20_000).startswith("xé")
