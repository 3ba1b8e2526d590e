"""The quality gate at work: a record is examined beside the child's episodes and the authority's records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import drafts
from casework.archives import as_far_as_read, child_of
from casework.refusals import BadInput, Unknown
from domain.quality import Archive, Circumstances, Finding, examine
from schemas.commands import Submit
from schemas.reading import Problem
from schemas.record import InterviewRecord
from schemas.words import Stage
from store import conduct, staff
from store import drafts as stored
from store.conduct import Conducted
from store.database import Store, Transaction
from store.views import archive as views


async def findings(
    store: Store, authority: str, interview_id: UUID, *, person: str, now: datetime
) -> list[dict[str, Any]]:
    """Return what the gate says of an interview's record as it stands.

    Just after a start not all other records may be read yet: then it is compared with those that are. A
    record that is submitted is compared with all.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    archive = await as_far_as_read(store, authority)
    async with store.transaction(authority, person) as tx:
        found = await conduct.find(tx, interview_id)
        if found is None:
            raise Unknown("there is no such interview, or it may not be seen")
        latest = await stored.latest(tx, found.progress.covered_by or interview_id)
        return await _told(tx, await _examine(tx, found, drafts.record_of(latest), archive, now))


async def passed(
    tx: Transaction, found: Conducted, command: Submit, archive: Archive, now: datetime
) -> dict[str, Any]:
    """Return what is kept of the examination of a record that may be submitted.

    Raises:
        BadInput: there is no such draft, or a blocking finding is neither mended nor answered with a reason.
    """
    draft = await stored.find(tx, found.interview.id, command.draft)
    if draft is None or draft.record is None:
        why = "never became the record: save it again" if draft else "is no draft of this interview"
        raise BadInput([Problem("draft", why)])
    latest = await stored.latest(tx, found.interview.id)
    if latest is not None and latest.no != draft.no:
        newer = f"draft {latest.no} by {latest.by} is newer"
        raise BadInput(
            [Problem("draft", f"is not the record any more: {newer}; look at it, and submit that")]
        )
    examined = await _examine(tx, found, drafts.record_of(draft), archive, now)
    answered = {each.finding: each.reason for each in command.answers}
    if problems := [*_unknown(command, examined), *_blocking(examined, answered)]:
        raise BadInput(problems)
    return {
        "draft": command.draft,
        "examined_at": now.isoformat(),
        "findings": await _told(tx, examined),
        "answers": answered,
    }


def _unknown(command: Submit, examined: Sequence[Finding]) -> list[Problem]:
    known = {each.id for each in examined}
    return [
        Problem(f"answers.{number}.finding", "is not found in this draft any more: leave the answer out")
        for number, each in enumerate(command.answers)
        if each.finding not in known
    ]


def _blocking(examined: Sequence[Finding], answered: dict[str, str]) -> list[Problem]:
    return [
        Problem(each.place, f"{each.about.mend} ({each.rule}, finding {each.id}{_quoted(each)})")
        for each in examined
        if each.blocks and each.id not in answered
    ]


def _quoted(finding: Finding) -> str:
    return f", on “{finding.words}”" if finding.words else ""


async def _examine(
    tx: Transaction, found: Conducted, record: InterviewRecord, archive: Archive, now: datetime
) -> Sequence[Finding]:
    around = await views.surroundings(tx, found.interview.id)
    people = await staff.all_of(tx)
    return examine(
        record,
        Circumstances(
            child=child_of(str(found.interview.child_id), around.child_facts),
            submitted_at=now,
            interview_id=str(found.interview.id),
            started_at=around.started_at,
            returned_at=around.returned_at,
            held_at=found.progress.held_at,
            declined=found.interview.stage is Stage.DECLINED,
            earlier_episodes=tuple(around.earlier_episodes),
            staff=tuple(each.name for each in people),
            archive=archive,
        ),
    )


async def _told(tx: Transaction, examined: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings for people and other systems; a record that may not be seen is not named."""
    sources = {UUID(each.copied_from) for each in examined if each.copied_from}
    seen = await conduct.several(tx, sources) if sources else {}
    return [
        {
            "id": each.id,
            "rule": each.rule,
            "section": each.section,
            "place": each.place,
            "words": each.words,
            "blocks": each.blocks,
            "asks": each.about.asks,
            "matters": each.about.matters,
            "source": each.about.source,
            "mend": each.about.mend,
            "copied_from": each.copied_from if each.copied_from and UUID(each.copied_from) in seen else None,
        }
        for each in examined
    ]
