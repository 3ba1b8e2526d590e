"""What people do to an interview: one command, one transaction, once.

A command is done once per key, and only to the version that its sender saw. What is done to an interview is
done to those that its conversation covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from casework import drafts, gate, plans, pushes
from casework.apply import CHANGED, entry_of
from casework.archives import up_to_date
from casework.conduct_checks import check
from casework.deeds import COVERED, body_of, deed_of, name_of
from casework.moves import event_of
from casework.refusals import Conflict, NotAllowed, Unknown
from domain import lifecycle
from domain.lifecycle import BY_PERSON, Covered, Deed, Uncovered
from domain.quality import Archive
from schemas.commands import Approve, Command, Cover, Decline, NotPossible, Submit, Void
from schemas.policy import Policy
from schemas.reading import digest
from schemas.words import Stage
from store import conduct, ledger, outbox
from store.conduct import Conducted, Given
from store.database import Store, Transaction

ENDS_COVER = (Decline, NotPossible, Void)
"""After these there is no conversation: what it should have covered goes on by itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did. `repeated`: it was done before, with the same key; this is what was told then."""

    interview_id: UUID
    version: int
    status: Stage
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and what its sender says of it: `version` is the interview's that the sender saw."""

    command: Command
    key: str
    version: int


async def act(
    store: Store,
    authority: str,
    interview_id: UUID,
    asked: Asked,
    *,
    person: str,
    policy: Policy,
    now: datetime,
) -> Done:
    """Do what one command says; `person` is who is signed in, `now` is UTC.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
        Conflict: the interview changed since, or the key was used for another command.
        NotAllowed: it cannot be done at this stage.
        BadInput: a field names somebody or a time that cannot be.
        DatabaseUnavailable: nothing was done; the same again does no harm.
    """
    # read before the authority's lock is taken: the first time it is long
    archive = await up_to_date(store, authority) if isinstance(asked.command, Submit) else None
    async with store.transaction(authority, person, exclusive=True) as tx:
        if given := await conduct.given_with(tx, asked.key):
            return _again(given, interview_id, asked.command)
        found = await conduct.find(tx, interview_id)
        if found is None:
            raise Unknown("there is no such interview, or it may not be seen")
        if found.version != asked.version:
            raise Conflict(await _what_changed(tx, found, asked.version))
        return await _do(tx, found, asked, _With(policy, archive, now))


@dataclass(frozen=True, slots=True)
class _With:
    """What a command is done with: the policy, the other records for a submission, and the moment."""

    policy: Policy
    archive: Archive | None
    now: datetime


async def _do(tx: Transaction, found: Conducted, asked: Asked, given: _With) -> Done:
    command, now = asked.command, given.now
    found = await _on_its_own(tx, found, asked, now)
    await check(tx, found, command, given.policy, now)
    covered = await conduct.covered_by(tx, found.interview.id)
    own = after(found, command, now)
    if isinstance(command, Submit) and given.archive is not None:
        own = replace(own, quality=await gate.passed(tx, found, command, given.archive, now))
    done = await keep(tx, own, command, asked, now)
    for other, deed in await _shared(tx, own, covered, command):
        await keep(tx, replace(after(other, deed, now), quality=own.quality), deed, asked, now)
    if isinstance(command, Approve):
        await _carry_on(tx, done, command, given.policy, now)
    await tx.tell(CHANGED)
    return Done(done.interview.id, done.version, done.interview.stage)


async def _on_its_own(tx: Transaction, found: Conducted, asked: Asked, now: datetime) -> Conducted:
    """Return an interview that can be acted on: live, and not held in another one's conversation.

    Raises:
        NotAllowed: it is not.
    """
    if found.interview.stage is Stage.VOIDED:
        raise NotAllowed(f"the interview was voided ({found.interview.voided_reason}): it cannot be changed")
    if not found.progress.covered_by:
        return found
    cover = await conduct.find(tx, found.progress.covered_by)
    if cover is not None and cover.interview.stage is not Stage.VOIDED:
        raise NotAllowed(f"it is held in the conversation of interview {cover.interview.id}: act on that one")
    return await _freed(tx, found, asked, now)


async def _freed(tx: Transaction, found: Conducted, asked: Asked, now: datetime) -> Conducted:
    deed = await _uncovered(tx, found)
    return await keep(tx, after(found, deed, now), deed, asked, now, part="freed")


async def _uncovered(tx: Transaction, found: Conducted) -> Uncovered:
    """Return where an interview was before another conversation was to cover it."""
    given = await conduct.given_to(tx, found.interview.id)
    last = max(each.no for each in given if each.name == COVERED)
    deeds = [(deed_of(each.name, each.body), each.at) for each in given if each.no < last]
    return Uncovered(lifecycle.progress_of(deeds))


async def _shared(
    tx: Transaction, own: Conducted, covered: Sequence[Conducted], command: Command
) -> list[tuple[Conducted, Deed]]:
    """Return what the command does to other interviews: to those covered before, and those covered by it."""
    if isinstance(command, Cover):
        others = await conduct.several(tx, command.interviews)
        return [(others[id_], Covered(own.interview.id, own.progress)) for id_ in sorted(others)]
    if isinstance(command, ENDS_COVER):
        return [(each, await _uncovered(tx, each)) for each in covered]
    return [(each, command) for each in covered]


def after(found: Conducted, deed: Deed, now: datetime) -> Conducted:
    """Return an interview after one more deed.

    Raises:
        NotAllowed: it cannot be done at this stage.
    """
    try:
        progress = lifecycle.after(found.progress, deed, now)
    except lifecycle.NotAllowed as error:
        raise NotAllowed(str(error)) from error
    voided = progress.stage is Stage.VOIDED
    interview = replace(
        found.interview,
        stage=progress.stage,
        voided_reason=BY_PERSON if voided else None,
        voided_from=found.progress.stage if voided else None,
    )
    return replace(found, interview=interview, progress=progress, version=found.version + 1)


async def keep(
    tx: Transaction, own: Conducted, deed: Deed, asked: Asked, now: datetime, *, part: str = ""
) -> Conducted:
    """Write one deed, where its interview stands since, the ledger's line and the event."""
    name, body = name_of(deed), body_of(deed)
    direct = deed is asked.command and not own.progress.covered_by and not part
    given = Given(
        interview_id=own.interview.id,
        no=await conduct.last_no(tx, own.interview.id) + 1,
        key=asked.key if direct else f"{asked.key}#{own.interview.id}{part}",
        name=name,
        body=body,
        digest=digest({"name": name, "body": body}),
        by=asked.command.by,
        actor=tx.person,
        at=now,
        answer={"version": own.version, "status": own.interview.stage.value},
    )
    await conduct.add(tx, given)
    await conduct.save(tx, own, now)
    event = event_of(tx.authority, own, deed, given)
    await ledger.write(tx, [entry_of(event)], now)
    await outbox.add(tx, [event], now)
    return own


async def _carry_on(
    tx: Transaction, approved: Conducted, command: Approve, policy: Policy, now: datetime
) -> None:
    """Carry an approved record's outcomes into the child's plan, and towards other systems."""
    record = await drafts.submitted(tx, approved)
    await plans.enter_outcomes(tx, approved.interview.id, record, by=command.by, now=now, policy=policy.plan)
    await pushes.queue(tx, approved.interview.id, policy.connector.targets, now)


def _again(given: Given, interview_id: UUID, command: Command) -> Done:
    same = digest({"name": command.name, "body": body_of(command)})
    if (given.interview_id, given.digest) != (interview_id, same):
        raise Conflict(f"the key {given.key} was used for another command: send this one with a new key")
    return Done(given.interview_id, given.answer["version"], Stage(given.answer["status"]), repeated=True)


async def _what_changed(tx: Transaction, found: Conducted, seen: int) -> str:
    """Return, in a sentence, what happened since the sender looked."""
    given = await conduct.given_to(tx, found.interview.id)
    since = [f"{each.name} by {each.by}" for each in given if each.answer["version"] > seen]
    then = f" since then: {', '.join(since)};" if since else ""
    return f"the interview is at version {found.version}, you saw {seen};{then} look at it again, then decide"
