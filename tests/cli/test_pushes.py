"""`homeward pushes`: what has not arrived, and why; and that it can be tried again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from casework import pushes
from schemas.plan_policy import PlanPolicy
from store.database import Store
from tests.cli.console import Said
from tests.connectors.approved import interviews, keep
from tests.messages import NOTTINGHAM
from tests.postgres import Database

WHY = "the settings do not say how this target is reached"


async def test_what_has_not_arrived_is_listed_and_may_be_tried_again(
    database: Database, store: Store, homeward: Callable[..., Said]
) -> None:
    (one,) = approved = interviews(1)
    keep(database, approved)
    now = datetime.now(UTC)
    await pushes.repair(store, NOTTINGHAM, ("rest",), PlanPolicy(), now)
    await pushes.put_off(store, NOTTINGHAM, "rest", now, why=WHY)
    listed = homeward("pushes", "list")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.startswith(f"{one.id}  rest  waiting  ")
    assert listed.out.endswith(f"0 tries  {WHY}\n")
    assert await pushes.claim(store, NOTTINGHAM, "rest", now + timedelta(minutes=1), 1) == []
    tried = homeward("pushes", "retry", one.id)
    assert tried.out.startswith("1 are tried again in the next minute")
    assert len(await pushes.claim(store, NOTTINGHAM, "rest", now + timedelta(minutes=1), 1)) == 1


def test_without_any_there_is_nothing_to_list(homeward: Callable[..., Said]) -> None:
    assert homeward("pushes", "list", "--all").out == ""
