"""What a child answered on the offer link, as staff read it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from casework.offering import Answered, wishes_of
from schemas.childs_answer import Said
from web.pages.terms import term

SAID: Final = {
    "yes": "Yes, I would like to talk",
    "not_now": "Not now",
    "no": "No",
}
PLACES: Final = {
    "at_home": "Where the child lives",
    "at_school": "At school",
    "phone": "By telephone",
    "elsewhere": "Somewhere else",
}

GENDERS: Final = {"female": "A woman", "male": "A man"}
"""The wish for somebody's gender; any other is in the words of the directory of staff."""


def answer_facts(answered: Answered) -> Iterator[tuple[str, str]]:
    """Yield all that the child asked for or told, with what it is about."""
    answer = answered.answer
    told = (
        ("Wants to talk with", answered.person or answer.somebody_else),
        ("Would rather talk with", GENDERS.get(answer.gender or "", answer.gender)),
        ("Language", answer.language),
        ("How", term(answer.how, PLACES)),
        ("Where", answer.place),
        ("When", answer.when),
        ("Why", answer.why),
        ("Also said", answer.also),
    )
    yield from ((label, words) for label, words in told if words)


CAME_OF: Final[Mapping[Said, str]] = {
    Said.YES: "accepted",
    Said.NOT_NOW: "undecided",
    Said.NO: "declined",
}
"""What an answer by the link is in the form of an attempt to offer."""


def unrecorded(answers: Sequence[Answered], since: datetime | None) -> Answered | None:
    """Return the child's latest answer, if it came after the last attempt that was recorded, at `since`."""
    return next((each for each in answers if since is None or each.at > since), None)


def filled_in(command: str, answers: Sequence[Answered], since: datetime | None) -> Mapping[str, str]:
    """Return what a child's answer fills into the form of a command; a person looks at it and records it.

    What was told before the last attempt, at `since`, was looked at then.
    """
    latest = unrecorded(answers, since)
    if latest is None:
        return {}
    answer = latest.answer
    told = "; ".join(f"{label.lower()}: {words}" for label, words in answer_facts(latest))
    match command:
        case "offer":
            note = f"Answered by the link{f' ({told})' if told else ''}."
            return {"answer": CAME_OF[answer.said], "how": "message", "to": "child", "note": note}
        case "decline" if answer.said is Said.NO:
            return {"declined_by": "child", "reason": answer.why}
    return {}


def to_whom_was_asked_for(interview_id: UUID, answers: Sequence[Answered]) -> str | None:
    """Return where a manager gives the interview to whom the child asked for; None where it named no wish."""
    if not answers:
        return None
    wishes = wishes_of(answers[0].answer)
    asked = {"asked_for": wishes.person, "language": wishes.language, "gender": wishes.gender}
    told = {name: wish for name, wish in asked.items() if wish}
    return f"/interviews/{interview_id}/allocate?{urlencode(told)}" if told else None
