"""Forces' lists of children still missing that come by mail: known from notifications, and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from casework.police_list import take
from casework.police_list_tasks import COMPARING
from casework.policy_in_force import policy_of
from cli.acting import now_utc
from connectors.documents import Mail
from connectors.formats import is_listed, why_not_vouched
from connectors.police_list import File, document_of, is_list, list_in
from schemas.police_list import SentList
from schemas.police_lists_policy import ListFormat
from schemas.policy import Policy
from store.database import Store

log = structlog.get_logger()
NAME: Final = "mail.eml"
NO_LIST: Final = (
    "no table in it has the columns of the list that its sender sends: correct the columns of its format in"
    " police_lists; if it tells of a child, add the sender to the force’s formats; if not, settle this"
)
NO_DATE: Final = "is a list of missing children, but does not say when it was sent: ask for it with a date"
OF_SEVERAL_FORCES: Final = "is a list of missing children of more than one force: name each sender once"
OF_SEVERAL_AUTHORITIES: Final = (
    "is a list of missing children for several authorities, and not each row says for which: ask the force"
    " for a column with its ONS code"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """How a force writes its list, by the policy of one authority."""

    authority: str
    form: ListFormat


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail as a list, for each authority whose policy expects it; `doubt` says why a person has to look."""

    lists: tuple[tuple[str, SentList], ...] = ()
    doubt: str | None = None


class ListIntake:
    """Which lists are expected, and what is done with one."""

    def __init__(self, store: Store, authorities: Sequence[str], configured: Policy) -> None:
        self._store = store
        self._authorities = authorities
        self._configured = configured

    async def expected(self) -> list[Expected]:
        """Return the formats of lists of the policies that are in force.

        Raises:
            DatabaseUnavailable: they cannot be asked for.
        """
        found = []
        for authority in self._authorities:
            rules = (await policy_of(self._store, authority, self._configured)).police_lists
            found += [Expected(authority, form) for form in rules.formats]
        return found

    async def compare(self, mailed: Mailed) -> None:
        """Keep a list and compare it, and return once that is durable; the same again changes nothing.

        Raises:
            DatabaseUnavailable: not all was kept.
        """
        for authority, sent in mailed.lists:
            done = await take(self._store, authority, sent, self._configured, person=COMPARING, now=now_utc())
            told = {"state": done.list.state, "new": done.new, "digest": sent.digest.hex()}
            log.info("a list is kept", via=sent.via, force=sent.source, **told)


def from_sender(mail: Mail | None, expected: Sequence[Expected]) -> list[Expected]:
    """Return the lists that this sender sends."""
    return [one for one in expected if mail and one.form.mail.senders and is_listed(mail, one.form.mail)]


def read_mailed(
    content: bytes, via: str, mail: Mail, own: Sequence[Expected], notifications: str | None
) -> Mailed | None:
    """Return a mail of somebody who sends lists as a list; None where it is none.

    `notifications` is the format of notifications that it has, too.
    """
    read = [(one, document_of(content, NAME, one.form)) for one in own]
    fits = [(one, document) for one, document in read if is_list(document, one.form)]
    if not fits:
        return None
    if doubt := _doubt(mail, [one.form for one, _ in fits], notifications):
        return Mailed(doubt=doubt)
    assert mail.sent_at
    file = File(content, NAME, via, None, mail.sent_at)
    lists = tuple((one.authority, list_in(document, file, one.form)) for one, document in fits)
    if len(lists) > 1 and any(row.authority is None for _, sent in lists for row in sent.rows):
        return Mailed(doubt=OF_SEVERAL_AUTHORITIES)
    return Mailed(lists)


def _doubt(mail: Mail, forms: Sequence[ListFormat], notifications: str | None) -> str | None:
    """Return why a mail that looks like a list is not compared."""
    if notifications:
        return (
            f"may be notifications ({notifications}) or a list of missing children: let the one ask for names"
            " (recognised.names) and the other for columns (police_lists) that the other lacks"
        )
    if len({form.source for form in forms}) > 1:
        return OF_SEVERAL_FORCES
    for form in forms:
        if pretended := why_not_vouched(mail, form.mail):
            return pretended
    return None if mail.sent_at else NO_DATE
