"""`homeward chase` and `homeward alerts`: late by a day, seen, rehearsed, raised and answered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from store.database import Store
from tests.chasing import World
from tests.cli.console import Said


async def late(store: Store) -> World:
    """Make an interview whose deadline passed an hour ago; what is done of that is told now."""
    now = datetime.now(UTC)
    made = World(store, now=now - timedelta(minutes=5))
    await made.staffed()
    await made.returned(at=now - timedelta(hours=73))
    return made


async def test_what_is_late_is_raised_listed_and_answered(
    homeward: Callable[..., Said], store: Store
) -> None:
    nottingham = await late(store)
    assert homeward("chase").out.splitlines()[-1] == "E06000018: 3 raised, 0 gone up, 0 over"
    assert homeward("chase").out.splitlines()[-1] == "E06000018: 0 raised, 0 gone up, 0 over"
    ((alert,),) = await nottingham.rows("SELECT id FROM alerts WHERE step = 'not_held_at_deadline'")
    listed = homeward("alerts", "list").out
    assert f"{alert}  not_held_at_deadline  " in listed
    assert "told role:worker, M-1  open" in listed or "told M-1, role:worker  open" in listed
    said = homeward("alerts", "acknowledge", alert, "--by", "M-1", "--decision", "Ewa holds it at 16:00")
    assert said.out == "not_held_at_deadline: M-1 decided: Ewa holds it at 16:00\n"
    assert "decided by M-1" in homeward("alerts", "list", "--all").out


async def test_a_rehearsal_raises_nothing(homeward: Callable[..., Said], store: Store) -> None:
    nottingham = await late(store)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    said = homeward("chase", "--dry-run", "--as-of", tomorrow)
    assert said.out.splitlines()[-1] == "E06000018: 4 raised, 0 gone up, 0 over"
    assert await nottingham.steps() == []


def test_another_moment_is_for_rehearsals_only(homeward: Callable[..., Said]) -> None:
    said = homeward("chase", "--as-of", "2026-03-31T22:10:00+01:00")
    assert (said.code, "add --dry-run" in said.err) == (2, True)
    said = homeward("chase", "--dry-run", "--as-of", "tomorrow")
    assert (said.code, "--as-of must be an instant" in said.err) == (2, True)


async def test_an_answer_needs_a_decision_of_somebody_who_is_known(
    homeward: Callable[..., Said], store: Store
) -> None:
    nottingham = await late(store)
    homeward("chase")
    alert = (await nottingham.rows("SELECT id FROM alerts"))[0][0]
    assert homeward("alerts", "acknowledge", alert, "--by", "M-1", "--decision", " ").code == 2
    said = homeward("alerts", "acknowledge", alert, "--by", "X-9", "--decision", "I do it")
    assert (said.code, "nobody of the directory" in said.err) == (1, True)
