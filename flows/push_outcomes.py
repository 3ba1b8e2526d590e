"""`push-outcomes`: approved outcomes reach the child's plan in other systems, and are seen to be there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from casework import pushes
from casework.policy_in_force import policy_of
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from flows.way_out import Result, WayOut
from schemas.connector_policy import ConnectorPolicy
from store import beats
from store.pushes import Count

NAME: Final = "push-outcomes"
EVERY_SECONDS: Final = 60
NOT_NAMED: Final = "the policy does not name this target any more"
NO_SETTINGS: Final = "the settings do not say how this target is reached: see HOMEWARD_CASE_…"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a run did: interviews queued that should have been, what came of each try, how all stand since.

    `tries` counts by authority, target and what came of it; `standing` is by authority.
    """

    as_of: datetime
    repaired: int
    tries: Mapping[tuple[str, str, Result], int]
    standing: Mapping[str, Sequence[Count]]


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=20,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def push_outcomes(as_of: datetime | None = None) -> None:
    """Deliver what was approved, look whether it arrived, and write down what hinders what did not.

    It may run twice, at once, or after days of silence: what has arrived is not sent again.
    """
    async with surroundings() as here:
        done = await push(here, as_of or datetime.now(UTC))
    await acreate_table_artifact(table=table(done), key=NAME, description=description(done))


async def push(here: Surroundings, as_of: datetime) -> Pushed:
    """Do what the flow does, without Prefect.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    try:
        done = await _push(here, as_of)
    except Exception as error:
        await beats.end(here.store, NAME, as_of, f"it broke off ({type(error).__name__})")
        raise
    await beats.end(here.store, NAME, as_of)
    return done


async def _push(here: Surroundings, as_of: datetime) -> Pushed:
    repaired = 0
    tries: Counter[tuple[str, str, Result]] = Counter()
    standing: dict[str, Sequence[Count]] = {}
    for authority in here.authorities:
        policy = await policy_of(here.store, authority, here.policy)
        repaired += await pushes.repair(here.store, authority, policy.connector.targets, policy.plan, as_of)
        for target in {each.target for each in await pushes.standing(here.store, authority)}:
            done = await _push_to(here, authority, policy.connector, target, as_of)
            tries.update({(authority, target, result): count for result, count in done.items()})
        standing[authority] = await pushes.standing(here.store, authority)
    return Pushed(as_of, repaired, tries, standing)


async def _push_to(
    here: Surroundings, authority: str, policy: ConnectorPolicy, target: str, as_of: datetime
) -> Mapping[Result, int]:
    named, system = target in policy.targets, here.case_management(policy).get(target)
    if not named or system is None:
        why = NO_SETTINGS if named else NOT_NAMED
        return {Result.PUT_OFF: await pushes.put_off(here.store, authority, target, as_of, why=why)}
    async with system() as opened:
        way = WayOut(here.store, authority, target, opened, as_of)
        await way.go()
    return way.tries


def table(done: Pushed) -> list[dict[str, Any]]:
    """Return how all pushes stand, as rows for people: one for each authority, target and state."""
    return [
        {
            "authority": authority,
            "target": count.target,
            "state": count.state,
            "interviews": count.pushes,
            "oldest queued": count.oldest_queued_at.isoformat(),
            "tried now": sum(
                n for (of, to, _), n in done.tries.items() if (of, to) == (authority, count.target)
            ),
        }
        for authority, counts in done.standing.items()
        for count in counts
    ]


def description(done: Pushed) -> str:
    """Return one sentence for whoever looks at night."""
    results = Counter[Result]()
    for (_, _, result), count in done.tries.items():
        results[result] += count
    stuck = sum(each.pushes for counts in done.standing.values() for each in counts if each.state == "stuck")
    return (
        f"{results[Result.CONFIRMED]} interviews arrived and were seen there;"
        f" {results[Result.LATER]} are tried again later; {stuck} are stuck until somebody acts;"
        f" {done.repaired} had not been queued."
    )
