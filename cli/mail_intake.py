"""One mail: who sends it, what it tells, and that it is kept before anybody is told so."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from uuid import uuid5

import structlog

from casework.intake import Receipt, Sender, refuse
from casework.originals import Original, receive
from cli.acting import now_utc
from cli.mailed_lists import NAME, NO_LIST, Expected, ListIntake, Mailed, from_sender, read_mailed
from connectors.channel import Channel, Message, NotSent
from connectors.documents import Mail
from connectors.documents.dangers import why_refused
from connectors.documents.kinds import Kind
from connectors.documents.limits import MOST_BYTES
from connectors.documents.mail_heads import addresses_no_person, read_head
from connectors.formats import is_listed, read_as_sent, skeleton, why_not_vouched
from connectors.mailbox.taking import Answer, NotNow
from domain.continuity import NAMESPACE
from schemas.formats_policy import ForceFormat
from schemas.police_lists_policy import ListFormat
from schemas.reading import Problem
from schemas.understood import Draft, Understood
from store.database import DatabaseUnavailable, Store

Formats = Sequence[ForceFormat]
log = structlog.get_logger()
NO_FORCE: Final = "urn:police:"
HEAD_BYTES: Final = 100_000
SMALLER: Final = (
    f"Please send less in one mail: at most {MOST_BYTES // 1_000_000} MB with all that is attached."
)


@dataclass(frozen=True, slots=True)
class From:
    """Who a mail comes from, as far as the policy knows; `force` where it is one alone."""

    mail: Mail | None
    formats: Formats
    lists: Sequence[Expected]

    @property
    def force(self) -> str | None:
        forces = {form.source for form in self._forms}
        return forces.pop() if len(forces) == 1 else None

    @property
    def is_vouched(self) -> bool:
        mail = self.mail
        return mail is not None and any(why_not_vouched(mail, form.mail) is None for form in self._forms)

    @property
    def _forms(self) -> Sequence[ForceFormat | ListFormat]:
        return [*self.formats, *(one.form for one in self.lists)]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the policies that are in force say of mail."""

    formats: Formats
    lists: Sequence[Expected]


class MailIntake:
    """Takes mails in, by whichever way they come; `via` names it."""

    def __init__(
        self,
        store: Store,
        authorities: Sequence[str],
        formats: Callable[[], Awaitable[Formats]],
        *,
        lists: ListIntake,
        via: str,
        reply: Channel | None = None,
    ) -> None:
        self._store = store
        self._authorities = authorities
        self._formats = formats
        self._lists = lists
        self._via = via
        self._reply = reply

    async def take(self, content: bytes) -> Answer:
        """Keep a mail with all that it tells, and return once that is durable.

        Raises:
            NotNow: it is not kept.
        """
        if refused := await asyncio.to_thread(why_refused, content):
            return Answer(refused)
        try:
            sender, told = await asyncio.to_thread(_understood, content, self._via, await self._rules())
            if isinstance(told, Mailed):
                await self._lists.compare(told)
                return Answer()
            receipts = await self._keep(content, sender, told)
        except DatabaseUnavailable as error:
            raise NotNow from error
        verdicts = sorted(receipt.verdict.value for receipt in receipts)
        log.info("a mail is kept", via=self._via, digest=sha256(content).hexdigest(), verdicts=verdicts)
        return Answer()

    async def take_or_refuse(self, content: bytes) -> Answer:
        """Keep a mail, or the head of one that is refused, where the answer itself goes to its sender.

        Raises:
            NotNow: it is not kept.
        """
        answer = await self.take(content)
        if answer.refused:
            await self.refuse(content, answer.refused)
        return Answer(f"the e-mail {answer.refused}") if answer.refused else answer

    async def refuse(self, content: bytes, why: str) -> None:
        """Keep the head of a mail that is refused, for a screener to see, and tell its sender.

        Raises:
            NotNow: it is not kept.
        """
        head = content[:HEAD_BYTES].partition(b"\r\n\r\n")[0]
        try:
            who = _who(head, await self._rules())
            problem = Problem(
                "", f"the e-mail {why}: it was refused, and is not kept; ask the force for less"
            )
            await refuse(self._store, self._sender(who), head, problem, now_utc())
        except DatabaseUnavailable as error:
            raise NotNow from error
        if self._reply and who.is_vouched and who.mail and not addresses_no_person(head):
            await self._tell(self._reply, who.mail, why)

    async def _rules(self) -> Rules:
        return Rules(await self._formats(), await self._lists.expected())

    async def _keep(self, content: bytes, who: From, told: Understood) -> list[Receipt]:
        original = Original(content, NAME, Kind.MAIL.value, told.shown)
        return await receive(
            self._store, self._sender(who), original, told.notices, told.drafts, now=now_utc()
        )

    def _sender(self, who: From) -> Sender:
        force = who.force
        return Sender(self._via, force or "nobody known", tuple(self._authorities), source=force)

    async def _tell(self, channel: Channel, mail: Mail, why: str) -> None:
        """Answer the sender; nothing in it is from the mail but its own number."""
        key = uuid5(NAMESPACE, f"mail-refused/{mail.sender}/{mail.message_id}")
        text = (
            f"An e-mail that you sent to Homeward was not taken: it {why}.\n\n{SMALLER}\n\n"
            f"Its Message-ID: {mail.message_id}\n"
        )
        subject = "Homeward: an e-mail was not taken"
        try:
            await channel.send(Message(str(key), mail.sender, subject, text, subject))
        except NotSent as error:
            log.warning("the sender of a refused mail was not told", error=str(error))


def _who(content: bytes, rules: Rules) -> From:
    """Return whose mail it says it is; only formats that list their senders take mail."""
    mail = read_head(content)
    listed = [form for form in rules.formats if mail and form.mail.senders and is_listed(mail, form.mail)]
    return From(mail, listed, from_sender(mail, rules.lists))


def _understood(content: bytes, via: str, rules: Rules) -> tuple[From, Understood | Mailed]:
    """Return whose mail it is, and what it tells: notifications, or a list of children still missing."""
    who = _who(content, rules)
    told = read_as_sent(content, NAME, who.formats, who.force)
    listed = read_mailed(content, via, who.mail, who.lists, told.format) if who.mail and who.lists else None
    if listed and not listed.doubt:
        return who, listed
    if doubt := _doubt(who, listed):
        return who, _for_a_person(content, who, told, doubt)
    return who, told


def _doubt(who: From, listed: Mailed | None) -> Problem | None:
    """Return why a mail as a whole is put before a person."""
    if listed and listed.doubt:
        return Problem("source", listed.doubt)
    if who.formats:
        return None
    if who.lists:
        return Problem("", NO_LIST)
    sender = who.mail.sender if who.mail else ""
    return Problem(
        "source",
        f"{sender or 'its sender'} is nobody from whom mail is taken: if it is a force, add it to the"
        " senders of its format; if not, settle this",
    )


def _for_a_person(content: bytes, who: From, told: Understood, why: Problem) -> Understood:
    """Return the mail as one draft."""
    event = skeleton(f"mail/{sha256(content).hexdigest()}", who.force or NO_FORCE, None)
    return replace(told, format=None, notices=(), drafts=(Draft("", event, (why,)),))
