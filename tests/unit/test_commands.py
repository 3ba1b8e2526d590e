"""Commands as they come in: what cannot be is named with its field and how to mend it."""

from typing import Any
from uuid import UUID

import pytest

from schemas.commands import COMMANDS, Command, Cover, Offer, SendBack, Submit
from schemas.reading import Problem, Unreadable, read_as

ONE = str(UUID(int=1))
WRONG_SECTION = {"section": "analyses", "reason": "Why does she go there?"}
NO_REASON = {"finding": "0123456789abcdef", "reason": "No."}


@pytest.mark.parametrize(
    ("command", "body", "field", "mend"),
    [
        (
            SendBack,
            {"reasons": [{"section": "analyses", "reason": "Why?"}]},
            "reasons.0.section",
            "no section",
        ),
        (SendBack, {"reasons": []}, "reasons", "add at least one"),
        (
            Submit,
            {"draft": 1, "answers": [{"finding": "f", "reason": "No."}]},
            "answers.0.reason",
            "sentence",
        ),
        (Submit, {"draft": 0}, "draft", "greater than or equal to 1"),
        (Cover, {"interviews": [ONE, ONE], "reason": "One talk"}, "", "name each once"),
        (Offer, {"how": "pigeon", "answer": "accepted"}, "how", "must be 'visit', 'phone'"),
        (Offer, {"how": "phone", "answer": "accepted", "at": "2026-03-30T09:00:00"}, "at", "has no offset"),
    ],
)
def test_what_cannot_be_is_named(command: type[Command], body: dict[str, Any], field: str, mend: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_as(command, {"by": "M-1", **body})
    [problem] = refused.value.problems
    assert isinstance(problem, Problem)
    assert problem.field == field
    assert mend in problem.message


def test_every_command_has_a_name_of_its_own_and_says_who() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert all("by" in command.model_fields for command in COMMANDS)


def test_one_conversation_may_cover_several() -> None:
    told = {"by": "M-1", "interviews": [ONE, str(UUID(int=2))], "reason": "One talk"}
    assert read_as(Cover, told).interviews == (UUID(int=1), UUID(int=2))
