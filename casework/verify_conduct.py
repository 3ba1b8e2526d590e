"""Verifying what people did: interviews against the fold of their commands, commands against the ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from casework.deeds import deed_of
from domain.lifecycle import BY_PERSON, NotAllowed, Progress, progress_of
from schemas.reading import digest
from schemas.words import Stage
from store import conduct
from store.conduct import FACTS, Given
from store.verifying import Everything


def verify_conduct(all_: Everything) -> Iterator[str]:
    """Yield every difference between what interviews say of people's deeds and the deeds themselves."""
    given: dict[UUID, list[Given]] = defaultdict(list)
    for each in all_.commands:
        given[each.interview_id].append(each)
    for row in all_.interviews:
        yield from _against_fold(row, given.get(row.id, []))
    yield from _against_ledger(all_)


def _against_fold(row: Any, given: Sequence[Given]) -> Iterator[str]:
    name = f"interviews {row.id}"
    if [each.no for each in given] != list(range(1, len(given) + 1)):
        yield f"{name}: its commands are not numbered one after another"
        return
    try:
        told = progress_of((deed_of(each.name, each.body), each.at) for each in given)
    except (NotAllowed, ValueError, KeyError) as error:
        yield f"{name}: its commands cannot have been given so ({type(error).__name__})"
        return
    yield from _compare(name, row, told)


def _compare(name: str, row: Any, told: Progress) -> Iterator[str]:
    stored = conduct.progress(row)
    for fact in ("stage", *FACTS):
        if getattr(stored, fact) != getattr(told, fact):
            yield f"{name}: {fact} is {getattr(stored, fact)}, but its commands give {getattr(told, fact)}"
    if (row.voided_reason == BY_PERSON) != (told.stage is Stage.VOIDED):
        yield f"{name}: voided_reason is {row.voided_reason}, but its commands say otherwise"


def _against_ledger(all_: Everything) -> Iterator[str]:
    """Compare digests both ways: a command altered, removed or put in afterwards is named."""
    told = {
        (UUID(row.payload["interview_id"]), row.payload["command"]): row.payload["digest"]
        for row in all_.ledger
        if row.subject.startswith("interview/") and row.payload and "command" in row.payload
    }
    for each in all_.commands:
        name = f"interview_commands ({each.interview_id}, {each.no})"
        was = told.pop((each.interview_id, each.no), None)
        if was is None:
            yield f"{name}: the ledger does not know it"
        elif was != digest({"name": each.name, "body": each.body}).hex() or was != bytes(each.digest).hex():
            yield f"{name}: it is not what was given"
    for interview_id, no in told:
        yield f"interview_commands ({interview_id}, {no}): was given and is not there"
