"""A dead scheduler is not silence: when nothing has been chased for too long, managers are told, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from casework.alerts import flow_subject, new_alert, surroundings, tell_of, write_down
from casework.policy_in_force import in_force
from domain.ladder.tell import tell
from schemas.alerts_policy import When
from schemas.ladder_policy import Audience, LadderStep, Watch
from schemas.notices import SCHEDULER_SILENT
from schemas.policy import Policy
from store import alerts, silence
from store.database import Store
from store.silence import CHASING, Silence

ALARM: Final = "system:alarm"
"""Who acts when nothing is done by the clock any more."""
LIMIT: Final = timedelta(minutes=15)
"""How old the last chase may be."""
STEP: Final = LadderStep(
    id=SCHEDULER_SILENT,
    watches=Watch.FLOW_FAILED,
    tells=(Audience.TEAM_MANAGER,),
    expects="Tell those who run Homeward, and look at the list of interviews yourself until it is mended.",
    answer_within=timedelta(hours=4),
    when=When.ANY_HOUR,
)


async def look(store: Store, now: datetime) -> Silence:
    """Return since when nothing has been chased; the first look begins the watch."""
    return await silence.look(store, now)


def is_silent(found: Silence, now: datetime) -> bool:
    """Whether that is too long."""
    return now - found.since > LIMIT


async def tell_managers(store: Store, authorities: Sequence[str], policy: Policy, now: datetime) -> bool:
    """Raise the alarm, once for each authority and outage, however many look; return whether there is one."""
    known_at = await silence.alarm(store, now, now - LIMIT)
    if known_at is None:
        return False
    for authority in authorities:
        await _raise(store, authority, policy, known_at, now)
    return True


async def _raise(store: Store, authority: str, policy: Policy, known_at: datetime, now: datetime) -> None:
    """Raise it for one authority, unless somebody has: the alert's identity is the outage's beginning."""
    alert = new_alert(authority, flow_subject(CHASING), STEP, known_at, now)
    async with store.transaction(authority, ALARM, exclusive=True) as tx:
        if not await alerts.raise_(tx, [alert]):
            return
        around = await surroundings(tx, await in_force(tx, policy), now)
        await tell_of(tx, [(alert, tell(STEP, STEP.tells, around, None))], now)
        await write_down(tx, [(alert, None, "raised", {"flow": CHASING})], now)
