"""The first section as the interview's own history tells it, for whoever begins to write it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casework import offering
from casework.offering import Answered
from schemas.commands import Offer
from store import conduct
from store.conduct import Given
from store.database import Transaction
from web.pages.interview_answer import GENDERS, PLACES
from web.pages.terms import term
from web.record.desk import Desk, names_of_staff
from web.record.filling import fields_of
from web.record.progress import Progress, progress_of
from web.record.question import Section

NAME: Final = "offer"
"""The section that can be filled in."""


async def from_the_offer(tx: Transaction, desk: Desk, section: Section) -> Mapping[str, str]:
    """Return what the form of the first section begins with; nothing once something of it is written."""
    begun = progress_of(section, desk.record[section.name]) is not Progress.NOT_BEGUN
    if section.name != NAME or begun or not desk.writable:
        return {}
    given = _offer_of(await conduct.given_to(tx, desk.id))
    answers = await offering.answers(tx, desk.id)
    told = dict(_told(answers[0])) if answers else {}
    if given is not None:
        names = await names_of_staff(tx, {given.by})
        told |= {
            "offered_at": given.body["at"],
            "how": given.body["how"],
            "by": names.get(given.by, given.by),
        }
    return fields_of(section, told)


def _offer_of(given: Sequence[Given]) -> Given | None:
    """Return the last attempt that reached somebody, else the last one."""
    offers = [each for each in given if each.name == Offer.name]
    reached = [each for each in offers if each.body.get("answer") != "not_reached"]
    return next(reversed(reached or offers), None)


def _told(answered: Answered) -> Iterator[tuple[str, Any]]:
    """Yield what the child asked for by the link, by the question that it answers."""
    answer = answered.answer
    person = (answered.person or answer.somebody_else, GENDERS.get(answer.gender or "", answer.gender))
    place = (term(answer.how, PLACES), answer.place)
    asked = (
        ("child_chose_person", person),
        ("child_chose_place", place),
        ("communication", (answer.language,)),
    )
    for question, said in asked:
        if words := [each for each in said if each]:
            yield question, ". ".join(words)
