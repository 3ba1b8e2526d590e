"""What people do to an interview: one command, one transaction, once.

A command is done once per key, and only to the version that its sender saw. What is done to an interview is
done to those that its conversation covers.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from casework import drafts, gate, plans, pushes
from casework.apply import CHANGED, reapply
from casework.archives import up_to_date
from casework.conduct_checks import check
from casework.covering import key_for, on_its_own, shared, stands
from casework.deeds import body_of
from casework.keeping import after, keep
from casework.policy_in_force import in_force
from casework.refusals import Conflict, Since, Stale, Unknown
from casework.views.whose_name import names_of
from domain.quality import Archive
from schemas.commands import Approve, Command, Reinstate, Submit
from schemas.policy import Policy
from schemas.reading import digest
from schemas.words import Stage
from store import conduct, staff
from store.conduct import Conducted, Given
from store.database import Store, Transaction


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
    """Do what one command says; `person` is who is signed in, `now` is UTC, `policy` the configured one.

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
            raise await _what_changed(tx, found, asked.version)
        return await _do(tx, found, asked, _With(await in_force(tx, policy), archive, now))


@dataclass(frozen=True, slots=True)
class _With:
    """What a command is done with: the policy, the other records for a submission, and the moment."""

    policy: Policy
    archive: Archive | None
    now: datetime


async def _do(tx: Transaction, found: Conducted, asked: Asked, given: _With) -> Done:
    command, now = asked.command, given.now
    stands(found, command)
    found = await on_its_own(tx, found, asked.key, command.by, now)
    covered = await conduct.covered_by(tx, found.interview.id)
    await check(tx, found, covered, command, given.policy, now=now)
    own = after(found, command, now)
    if isinstance(command, Submit) and given.archive is not None:
        own = replace(own, quality=await gate.passed(tx, found, command, given.archive, now))
    await keep(tx, own, command, asked.key, command.by, at=now)
    for other, deed in await shared(tx, found, own, covered, command):
        theirs = replace(after(other, deed, now), quality=own.quality)
        await keep(tx, theirs, deed, key_for(asked.key, other), command.by, at=now)
    own = await _carry_on(tx, own, command, given.policy, now)
    await tx.tell(CHANGED)
    return Done(own.interview.id, own.version, own.interview.stage)


async def _carry_on(
    tx: Transaction, own: Conducted, command: Command, policy: Policy, now: datetime
) -> Conducted:
    """Do what follows from a command, and return the interview as it is then."""
    match command:
        case Approve():
            record = await drafts.submitted(tx, own)
            await plans.enter_outcomes(
                tx, own.interview.id, record, by=command.by, now=now, policy=policy.plan
            )
            await pushes.queue(tx, own.interview.id, policy.connector.targets, now)
        case Reinstate():  # the facts may have changed while it was off the list
            await reapply(tx, [own.interview.child_id], policy, now)
            return await conduct.find(tx, own.interview.id) or own
    return own


def _again(given: Given, interview_id: UUID, command: Command) -> Done:
    same = digest({"name": command.name, "body": body_of(command)})
    if (given.interview_id, given.digest) != (interview_id, same):
        raise Conflict(f"the key {given.key} was used for another command: send this one with a new key")
    return Done(given.interview_id, given.answer["version"], Stage(given.answer["status"]), repeated=True)


async def _what_changed(tx: Transaction, found: Conducted, seen: int) -> Stale:
    """Return what happened since the sender looked, in a sentence and deed by deed."""
    given = await conduct.given_to(tx, found.interview.id)
    later = [each for each in given if each.answer["version"] > seen]
    by = {each.by for each in later}
    names = {id_: one.name for id_, one in (await staff.found(tx, by)).items()} | await names_of(tx, by)
    since = [f"{each.name} by {each.by}" for each in later]
    then = f" since then: {', '.join(since)};" if since else ""
    return Stale(
        f"the interview is at version {found.version}, you saw {seen};{then} look at it again, then decide",
        [Since(each.name, names.get(each.by, each.by)) for each in later],
    )
