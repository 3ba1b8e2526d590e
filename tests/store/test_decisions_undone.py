"""Whatever is told, decided and undone: what is left is as if the undone had never been decided."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.deciding import record
from casework.refusals import NotAllowed
from schemas.decisions import (
    AnyDecision,
    IncidentKey,
    LinkChild,
    MergeChildren,
    NewChild,
    SplitChild,
    UndoDecision,
)
from schemas.policy import Policy
from store import decisions
from store.database import Store
from store.decisions import Recorded
from store.embedded import Server
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import database_on
from tests.store.test_decisions import BACK, NOW, SEEN, Office

AMARA = {"family_name": "Okafor", "given_names": "Amara", "authority_child_id": "C-1"}
MARI = {"family_name": "Okafor", "given_names": "Mari", "date_of_birth": "2011-07-02"}
LEO = {"family_name": "Okafor", "given_names": "Leo", "nhs_number": "9434765919"}
BOTH = MARI | {"authority_child_id": "C-1"}
WHO: tuple[dict[str, str], ...] = (AMARA, MARI, LEO, BOTH, {})
TELL, UNDO, NEW, LINK, MERGE, SPLIT = range(6)
OTHERS: Mapping[int, type[LinkChild | MergeChildren]] = {LINK: LinkChild, MERGE: MergeChildren}
STEPS = st.tuples(
    st.sampled_from([TELL, TELL, TELL, UNDO, NEW, LINK, MERGE, SPLIT]), st.integers(0, 9), st.integers(0, 9)
)
Step = tuple[int, int, int]


@dataclass
class Played:
    """What happened in one office, to be done again in another."""

    told: dict[int, dict[str, Any]]
    decided: dict[int, Recorded]


def _message(number: int, a: int, b: int) -> dict[str, Any]:
    kind, at = ("returned", BACK) if a % 3 == 2 else ("reported", SEEN)
    at += timedelta(hours=b)
    return message(kind, at, id=f"m{number}", child=WHO[a % len(WHO)], subject=f"NP-{b % 3}")


async def _decision(office: Office, op: int, a: int, b: int) -> AnyDecision | None:
    live = [child for (child,) in await office.rows("SELECT DISTINCT child_id FROM inbox ORDER BY 1")]
    made = [id_ for (id_,) in await office.rows("SELECT id FROM decisions WHERE undoes IS NULL ORDER BY no")]
    if op == UNDO:
        return UndoDecision(decision=made[a % len(made)], reason="Wrong") if made else None
    if not live:
        return None
    child: UUID = live[a % len(live)]
    other: UUID = live[b % len(live)]
    if op == SPLIT:
        return await _split(office, child, f"NP-{b % 3}")
    told: dict[str, Any] = {"child": child, "reason": "As the home says"}
    return NewChild(**told) if op == NEW else OTHERS[op](**told, other=other)


async def _split(office: Office, child: UUID, subject: str) -> SplitChild | None:
    under = await office.rows(
        "SELECT 1 FROM inbox WHERE child_id = :child AND subject = :subject", child=child, subject=subject
    )
    key = IncidentKey(source=NOTTINGHAMSHIRE, subject=subject)
    return SplitChild(child=child, incidents=(key,), reason="Another") if under else None


async def _play(office: Office, steps: Sequence[Step]) -> Played:
    played = Played({}, {})
    for number, (op, a, b) in enumerate(steps):
        if op == TELL:
            played.told[number] = _message(number, a, b)
            await office.tell(played.told[number])
            continue
        decision = await _decision(office, op, a, b)
        if decision is None:
            continue
        try:
            done = await office.decide(decision)
        except NotAllowed:
            continue
        async with office.store.transaction(NOTTINGHAM) as tx:
            found = await decisions.find(tx, done.id)
        assert found is not None
        played.decided[number] = found
    return played


async def _play_again(office: Office, played: Played) -> None:
    """Do all of it again, without what was undone."""
    undone = {one.decision.undoes for one in played.decided.values()}
    for number in sorted(played.told.keys() | played.decided.keys()):
        if number in played.told:
            await office.tell(played.told[number])
            continue
        recorded = played.decided[number]
        if recorded.decision.undoes is None and recorded.decision.id not in undone:
            async with office.store.transaction(NOTTINGHAM, exclusive=True) as tx:
                await record(tx, recorded, Policy(), NOW)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=5, max_size=12))
def test_what_was_undone_might_as_well_never_have_been_decided(
    cluster: Server, template: str, steps: list[Step]
) -> None:
    async def play() -> None:
        with database_on(cluster, template) as one, database_on(cluster, template) as two:
            first, second = Store(one.app_url, pool_size=2), Store(two.app_url, pool_size=2)
            try:
                office, other = Office(first), Office(second)
                await _play_again(other, await _play(office, steps))
                await office.is_whole()
                await other.is_whole()
                assert await office.picture() == await other.picture()
            finally:
                await first.close()
                await second.close()

    asyncio.run(play())
