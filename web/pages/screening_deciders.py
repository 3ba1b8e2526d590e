"""Who decided, by name."""

from collections.abc import Collection, Mapping
from datetime import datetime

from casework.views.whose_name import names_of
from store import staff
from store.database import Transaction
from store.views import decisions
from store.views.questions import Question
from web.pages.times import moment


async def names_of_deciders(tx: Transaction, by: Collection[str]) -> Mapping[str, str]:
    """Return who decided, by name: people who sign in, and staff as the directory has them."""
    members = await staff.found(tx, by)
    return {id_: one.name for id_, one in members.items()} | await names_of(tx, by)


async def answered(tx: Transaction, question: Question, now: datetime) -> str | None:
    """Return when a question was answered and by whom, in words; None for one that is open."""
    if question.closed_at is None:
        return None
    made = await decisions.find(tx, question.settled_by) if question.settled_by else None
    if made is None:
        return f"Not asked any more since {moment(question.closed_at, now)}"
    names = await names_of_deciders(tx, [made.by])
    return f"Answered {moment(made.at, now)} by {names.get(made.by, made.by)}"
