"""The ledger in words: none of its actions lacks them, and who acted is told as people say it."""

import re
from pathlib import Path

import pytest

from casework.views.evidence import Bar, Likelihood
from schemas.events import EVENTS
from schemas.matching_policy import MatchingPolicy
from web.pages.audit_rows import PAGES
from web.pages.audit_words import ACTIONS, SUBJECTS, actor, parts, subjects_of
from web.pages.matching_words import BARS, LEVELS, LIKELY

ROOT = Path(__file__).parents[2]
WRITTEN = re.compile(r"(?:Entry\(|_entry\(|note\(tx, |action=|action = )[^\"=]{0,40}\"([a-z]+\.[a-z_-]+)\"")
MADE = {
    "alert.sent", "alert.failed", "alert.undeliverable", "policy.uploaded", "policy.accepted",
    "push.confirmed", "push.stuck", "person.refused",
}  # fmt: skip
"""Actions of which the code writes only a part in one place."""


def test_every_action_that_is_written_has_words() -> None:
    sources = [path.read_text() for path in (ROOT / "casework").rglob("*.py")]
    written = {action for source in sources for action in WRITTEN.findall(source)}
    told = {event.type.removeprefix("homeward.").removesuffix(".v1") for event in EVENTS}
    assert ACTIONS.keys() == written | told | MADE


def test_a_page_is_of_something_that_stands_in_the_ledger() -> None:
    assert PAGES.keys() <= SUBJECTS.keys() | {"ledger"}


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("person:1", "Ewa Nowak"), ("system:apply", "Homeward, which applies what was told"),
        ("token:Power BI", "Power BI (a system, by its token)"), ("system:cli:root", "root (by command, on the server)"),  # noqa: E501
        ("system:http:Derbyshire", "Derbyshire (sent)"), ("system:brief", "Homeward (brief)"), ("W-1", "W-1"),
    ],
)  # fmt: skip
def test_who_acted_is_told_as_people_say_it(told: str, who: str) -> None:
    assert actor(told, {"person:1": "Ewa Nowak"}) == who


def test_an_id_is_looked_for_in_everything_that_it_may_be_the_id_of() -> None:
    assert {"interview/7", "record/7", "push/7"} <= set(subjects_of("7"))
    assert subjects_of("policy/7") == ["policy/7"]
    assert parts("person/person:7") == ("person", "7")


def test_every_level_and_every_bar_of_matching_has_words() -> None:
    policy = MatchingPolicy()
    for field, words in LEVELS.items():
        section = "identifier" if field in ("authority_child_id", "nhs_number", "upn") else field
        assert policy.bits[section].keys() <= words.keys()
    assert (set(BARS), set(LIKELY)) == (set(Bar), set(Likelihood))
