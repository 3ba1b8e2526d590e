"""Whatever is told, decided and undone: what is left is as if the undone had never been decided."""

import asyncio
from collections.abc import Sequence
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
STEPS = st.tuples(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5]), st.integers(0, 9), st.integers(0, 9))
Step = tuple[int, int, int]


@dataclass
class Played:
    """What happened in one office, to be done again in another."""

    told: dict[int, dict[str, Any]]
    decided: dict[int, Recorded]


def _message(number: int, a: int, b: int) -> dict[str, Any]:
    kind, at = (
        ("returned", BACK + timedelta(hours=b)) if a % 3 == 2 else ("reported", SEEN + timedelta(hours=b))
    )
    return message(kind, at, id=f"m{number}", child=WHO[a % len(WHO)], subject=f"NP-{b % 3}")


async def _decision(office: Office, op: int, a: int, b: int) -> AnyDecision | None:
    live = [child for (child,) in await office.rows("SELECT DISTINCT child_id FROM inbox ORDER BY 1")]
    made = [row for (row,) in await office.rows("SELECT id FROM decisions WHERE undoes IS NULL ORDER BY no")]
    if op == 1 and made:
        return UndoDecision(decision=made[a % len(made)], reason="Wrong")
    if not live:
        return None
    child: UUID = live[a % len(live)]
    other: UUID = live[b % len(live)]
    if op == 2:
        return NewChild(child=child, reason="Own")
    if op == 3:
        return LinkChild(child=child, other=other, reason="Same")
    if op == 4:
        return MergeChildren(child=child, other=other, reason="Same")
    key = IncidentKey(source=NOTTINGHAMSHIRE, subject=f"NP-{b % 3}")
    under = await office.rows(
        "SELECT 1 FROM inbox WHERE child_id = :child AND subject = :subject", child=child, subject=key.subject
    )
    return SplitChild(child=child, incidents=(key,), reason="Another") if under else None


async def _play(office: Office, steps: Sequence[Step]) -> Played:
    played = Played({}, {})
    for number, (op, a, b) in enumerate(steps):
        if op == 0 or op > 5:
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
    undone = {one.decision.undoes for _, one in played.decided}
    left = [
        (n, one) for n, one in played.decided if one.decision.id not in undone and not one.decision.undoes
    ]
    for _, what in sorted([*played.told, *left], key=lambda step: step[0]):
        if isinstance(what, Recorded):
            async with office.store.transaction(NOTTINGHAM, exclusive=True) as tx:
                await record(tx, what, Policy(), NOW)
        else:
            await office.tell(what)


@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5]), st.integers(0, 9), st.integers(0, 9)),
        min_size=6,
        max_size=14,
    )
)
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
