"""What a child filled in on the page of the offer, read into an answer; or what they should look at again."""

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import ValidationError

from casework.offering import Choice
from schemas.childs_answer import ChildsAnswer, How, Said
from web.guard.forms import Typed
from web.words.languages import Language

ANYBODY: Final = frozenset({"", "anyone", "other"})
GENDERS: Final[Mapping[str, str]] = {"woman": "female", "man": "male"}
"""What a child asks for, in the words of the directory of staff."""
WORDS: Final = ("somebody_else", "place", "when", "why", "also")
Problems = dict[str, str]
"""What is wrong, by field: `missing`, `who`, `long`, `sign` or `again`; the page says it in words."""


def values(choices: Sequence[Choice]) -> dict[str, Choice]:
    """Return what stands in the form for each person: their place in the list, since ids are for staff."""
    return {f"person-{place}": choice for place, choice in enumerate(choices, start=1)}


def read(form: Typed, choices: Sequence[Choice], language: Language) -> tuple[ChildsAnswer | None, Problems]:
    """Return the answer, or what is wrong with it."""
    who, people = form.get("who", ""), values(choices)
    problems: Problems = {}
    if form.get("said") not in set(Said):
        problems["said"] = "missing"
    if who not in ANYBODY | GENDERS.keys() | people.keys():
        problems["who"] = "who"
    how = form.get("how")
    try:
        answer = ChildsAnswer(
            said=Said(form["said"]) if "said" not in problems else Said.NOT_NOW,
            said_in=language.code,
            person=people[who].id if who in people else None,
            gender=GENDERS.get(who),
            language=language.spoken if form.get("own_language") else None,
            how=How(how) if how in set(How) else None,
            **{name: form.get(name, "") for name in WORDS},
        )
    except ValidationError as error:
        return None, problems | {str(each["loc"][0]): _why(each["type"]) for each in error.errors()}
    return (None if problems else answer), problems


def _why(kind: str) -> str:
    return "long" if kind == "string_too_long" else "sign"
