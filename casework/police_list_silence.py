"""A force that sends lists and has not sent one for too long: managers are told, once, until one comes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from casework.alerts import flow_subject, new_alert, surroundings, tell_of, write_down
from casework.police_list import beat_of
from casework.police_list_tasks import COMPARING
from casework.policy_in_force import in_force
from domain.ladder.tell import tell
from schemas.alerts_policy import When
from schemas.ladder_policy import Audience, LadderStep, Watch
from schemas.notices import POLICE_LIST_LACKING
from schemas.policy import Policy
from store import alerts, police_lists
from store.database import Store

STEP: Final = LadderStep(
    id=POLICE_LIST_LACKING,
    watches=Watch.FLOW_FAILED,
    tells=(Audience.TEAM_MANAGER,),
    expects="Ask the force for its list of children who are still missing.",
    answer_within=timedelta(hours=4),
    when=When.WORKING_HOURS,
)


async def tell_of_silence(
    store: Store, authority: str, expected: Iterable[str], policy: Policy, now: datetime
) -> tuple[str, ...]:
    """Raise the alarm for each force whose list lacks, once for each lack, and return these forces.

    `expected`, and those with a format in the policy, are watched from the first look on. Chasing ends the
    alert once a list has come.
    """
    async with store.transaction(authority, COMPARING, exclusive=True) as tx:
        rules = await in_force(tx, policy)
        silent = []
        formats = {one.source for one in rules.police_lists.formats}
        for source in sorted({*await police_lists.sources(tx), *expected, *formats}):
            name = beat_of(authority, source)
            due_at = await police_lists.watched_since(tx, name, now) + rules.police_lists.expected_within
            if due_at > now:
                continue
            silent.append(source)
            alert = new_alert(authority, flow_subject(name), STEP, due_at, now)
            alert = replace(alert, expected=f"{STEP.expects} ({source.removeprefix('urn:police:')})")
            if await alerts.raise_(tx, [alert]):
                around = await surroundings(tx, rules, now)
                await tell_of(tx, [(alert, tell(STEP, STEP.tells, around, None))], now)
                await write_down(tx, [(alert, None, "raised", {"source": source})], now)
    return tuple(silent)
