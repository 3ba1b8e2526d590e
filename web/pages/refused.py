"""A refused command as a form shows it: beside the field that is wrong, or on top."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from markupsafe import Markup

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
CHANGED: Final = Markup("This interview was changed since you opened the page{}. {}.")
BY: Final = Markup("{} by <bdi>{}</bdi>")
NOBODY: Final[Mapping[str, str]] = {}


def version_of(told: str) -> int:
    """Return the version that a form was made of; one that no interview has where that is not a number."""
    return int(told) if told.isdecimal() and len(told) <= LONGEST_VERSION else 0


def errors_of(
    error: Refused, fields: Mapping[str, str], top: str, names: Mapping[str, str] = NOBODY
) -> dict[str, str]:
    """Return what is wrong by the form's field; `fields` says where a command's stands, `top` where the rest.

    `names` are of people, by the id with which what is wrong about them begins.

    Raises:
        Unknown: there is nothing to show a form about.
    """
    match error:
        case Unknown():
            raise error
        case BadInput() | Unreadable():
            errors: dict[str, str] = {}
            for problem in error.problems:
                _add(errors, fields.get(problem.field, top), _words(problem, fields, names))
            return errors
        case Stale():
            return {top: CHANGED.format(done_since(error), AGAIN)}
        case _:
            return {top: f"{sentence(str(error))}."}


def done_since(error: Stale) -> Markup:
    """Return what people did meanwhile, after a colon; nothing where what was told changed it."""
    done = [BY.format(term(each.command, DONE), each.by) for each in error.since]
    return Markup(": {}").format(Markup("; ").join(done)) if done else Markup()


def status_of(error: Refused) -> HTTPStatus:
    """Return the status of a page that shows a refusal."""
    wrong = isinstance(error, BadInput | Unreadable)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT


def _words(problem: Problem, fields: Mapping[str, str], names: Mapping[str, str]) -> str:
    if problem.message == EMPTY and problem.field in FILL:
        return f"{FILL[problem.field]}."
    who, _, rest = problem.message.partition(" ")
    if who in names:
        return Markup("<bdi>{}</bdi> {}.").format(names[who], rest)
    known = problem.field in fields or problem.field == "by"
    return f"{sentence(problem.message)}." if known else f"{sentence(problem.field)}: {problem.message}."


def _add(errors: dict[str, str], field: str, words: str) -> None:
    errors[field] = Markup(" ").join((errors[field], words)) if field in errors else words
