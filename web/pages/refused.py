"""A refused command as a form shows it: beside the field that is wrong, or on top."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from casework.refusals import BadInput, Refusal, Stale, Unknown
from schemas.reading import Problem, Unreadable
from web.pages.manager_words import DONE
from web.pages.terms import sentence, term

Refused = Refusal | Unreadable
LONGEST_KEY = 100
"""Ours are shorter; a longer one is nobody's page's."""
LONGEST_VERSION = 9
EMPTY: Final = "is empty: fill it"
"""What is read says of an empty text, for programs as for people."""
FILL: Final[Mapping[str, str]] = {
    "decision": "Say in a sentence what you decided",
    "interviewer": "Choose who holds the interview",
}
"""What a person has to do about an empty field, by the field of the command."""
AGAIN: Final = "Look at it again, then decide"


def version_of(told: str) -> int:
    """Return the version that a form was made of; one that no interview has where that is not a number."""
    return int(told) if told.isdecimal() and len(told) <= LONGEST_VERSION else 0


def errors_of(error: Refused, fields: Mapping[str, str], top: str) -> dict[str, str]:
    """Return what is wrong by the form's field; `fields` says where a command's stands, `top` where the rest.

    Raises:
        Unknown: there is nothing to show a form about.
    """
    match error:
        case Unknown():
            raise error
        case BadInput() | Unreadable():
            errors: dict[str, str] = {}
            for problem in error.problems:
                _add(errors, fields.get(problem.field, top), _words(problem, fields))
            return errors
        case Stale():
            return {top: f"This interview was changed since you opened the page{done_since(error)}. {AGAIN}."}
        case _:
            return {top: f"{sentence(str(error))}."}


def done_since(error: Stale) -> str:
    """Return what people did meanwhile, after a colon; nothing where what was told changed it."""
    done = [f"{term(each.command, DONE)} by {each.by}" for each in error.since]
    return f": {'; '.join(done)}" if done else ""


def status_of(error: Refused) -> HTTPStatus:
    """Return the status of a page that shows a refusal."""
    wrong = isinstance(error, BadInput | Unreadable)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT


def _words(problem: Problem, fields: Mapping[str, str]) -> str:
    if problem.message == EMPTY and problem.field in FILL:
        return f"{FILL[problem.field]}."
    known = problem.field in fields or problem.field == "by"
    return f"{sentence(problem.message)}." if known else f"{sentence(problem.field)}: {problem.message}."


def _add(errors: dict[str, str], field: str, words: str) -> None:
    errors[field] = f"{errors[field]} {words}" if field in errors else words
