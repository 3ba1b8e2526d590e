"""One deed kept: where its interview stands since, the command, the ledger's line and the event."""

from dataclasses import replace
from datetime import datetime

from casework.apply import entry_of
from casework.deeds import body_of, name_of
from casework.moves import event_of
from casework.refusals import Conflict, NotAllowed
from domain import lifecycle
from domain.lifecycle import BY_PERSON, Deed
from schemas.reading import digest
from store import conduct, ledger, outbox
from store.conduct import Conducted, Given
from store.database import Transaction


def after(found: Conducted, deed: Deed, now: datetime) -> Conducted:
    """Return a live interview, or one that a person took off the list, after one more deed.

    Raises:
        NotAllowed: it cannot be done at this stage.
    """
    try:
        progress = lifecycle.after(found.progress, deed, now)
    except lifecycle.NotAllowed as error:
        raise NotAllowed(str(error)) from error
    struck = progress.struck_from
    interview = replace(
        found.interview,
        stage=progress.stage,
        voided_reason=BY_PERSON if struck else None,
        voided_from=struck,
    )
    return replace(found, interview=interview, progress=progress, version=found.version + 1)


async def keep(
    tx: Transaction, now_so: Conducted, deed: Deed, key: str, by: str, *, at: datetime
) -> Conducted:
    """Write down one deed after which an interview stands as it is `now_so`.

    Raises:
        Conflict: the key is taken.
    """
    name, body = name_of(deed), body_of(deed)
    given = Given(
        interview_id=now_so.interview.id,
        no=await conduct.last_no(tx, now_so.interview.id) + 1,
        key=key,
        name=name,
        body=body,
        digest=digest({"name": name, "body": body}),
        by=by,
        actor=tx.person,
        at=at,
        answer={"version": now_so.version, "status": now_so.interview.stage.value},
    )
    if not await conduct.add(tx, given):
        raise Conflict(f"the key {key} was used for something else: send this with a new key")
    await conduct.save(tx, now_so, at)
    event = event_of(tx.authority, now_so, deed, given)
    await ledger.write(tx, [entry_of(event)], at)
    await outbox.add(tx, [event], at)
    return now_so
