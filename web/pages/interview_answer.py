"""What a child answered on the offer link, as staff read it."""

from collections.abc import Iterator
from typing import Final

from casework.offering import Answered
from web.pages.terms import term

SAID: Final = {
    "yes": "Yes, I want to talk",
    "not_now": "Not now",
    "no": "No",
}
PLACES: Final = {
    "at_home": "Where the child lives",
    "at_school": "At school",
    "phone": "By telephone",
    "elsewhere": "Somewhere else",
}


def answer_facts(answered: Answered) -> Iterator[tuple[str, str]]:
    """Yield all that the child asked for or told, with what it is about."""
    answer = answered.answer
    told = (
        ("Wants to talk with", answered.person or answer.somebody_else),
        ("Gender of whom they talk with", answer.gender),
        ("Language", answer.language),
        ("How", term(answer.how, PLACES)),
        ("Where", answer.place),
        ("When", answer.when),
        ("Why", answer.why),
        ("Also said", answer.also),
    )
    yield from ((label, words) for label, words in told if words)
