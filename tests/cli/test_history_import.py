"""The past, brought along: episodes by the inbox, interviews as they ended; right on the first day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.carry import Carrier
from casework.chase import chase
from casework.history import HistoryRefused, How, Report, import_history
from casework.history_interviews import Outcome
from casework.history_rows import read_history
from casework.intake import Sender, receive
from casework.measuring import measured
from casework.verify import verify
from domain.figures import Figure
from schemas.ladder_policy import Watch
from schemas.policy import Policy
from store import allocating
from store.database import Store
from streams.runner import Runner
from tests.chasing import World, person
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message

NOW = datetime(2026, 3, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EXAMPLE = Path(__file__).parents[2] / "docs/tour/history.csv"
HEADER = (
    "authority_child_id,reference,force,missing_at,returned_at,risk_level,offered_at,answer,held_at,held_by,"
    "closed_as,closed_at,reason"
)
HELD = "C-1,N-1,,2025-11-03 21:10,2025-11-04 02:00,high,2025-11-04 16:00,accepted,2025-11-05 10:00,S Patel,,,"
DECLINED = (
    "C-1,N-2,,2026-02-01 18:00,2026-02-01 23:30,low,2026-02-02 10:00,declined,,,"
    "declined,2026-02-03 09:00,Told his aunt"
)
SILENT = "C-1,N-3,,2026-02-20 18:00,2026-02-20 23:30,,,,,,,,"
LATELY = "C-2,N-4,urn:police:nottinghamshire,2026-03-28 20:00,2026-03-29 09:00,medium,,,,,,,"
AWAY = "C-3,N-5,,2026-03-29 20:00,,,,,,,,,"
ALL = (HELD, DECLINED, SILENT, LATELY, AWAY)


async def imports(store: Store, *rows: str, keep_going: bool = False, dry_run: bool = False) -> Report:
    file = read_history([f"{row}\n" for row in (HEADER, *rows)], NOW)
    how = How(keep_going=keep_going, dry_run=dry_run)
    return await import_history(
        store, NOTTINGHAM, file, Policy(), how, person="system:test", clock=lambda: NOW
    )


async def asked(store: Store, sql: str) -> list[Any]:
    async with store.transaction(NOTTINGHAM) as tx:
        return [tuple(row) for row in await tx.all(sql)]


async def tell(store: Store, *messages: dict[str, Any]) -> None:
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), messages, NOW)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()


async def interviews(store: Store) -> list[Any]:
    return await asked(
        store, "SELECT status, held_at IS NOT NULL, closed_reason FROM interviews ORDER BY due_at"
    )


async def test_the_past_ends_as_it_ended_and_what_is_new_runs_on(store: Store) -> None:
    done = await imports(store, *ALL)
    assert done.rows == {"new": 5}
    assert done.interviews == {
        Outcome.HELD: 1, Outcome.DECLINED: 1, Outcome.NOT_KNOWN: 1, Outcome.TO_DO: 1,
    }  # fmt: skip
    assert await interviews(store) == [
        ("approved", True, None),
        ("declined", False, "Told his aunt"),
        (
            "not_possible",
            False,
            "Not recorded before Homeward: the former system does not say what came of it",
        ),
        ("due", False, None),
    ]
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_nobody_is_alarmed_by_what_ended_long_ago(store: Store) -> None:
    await imports(store, HELD, DECLINED, SILENT)
    assert (await chase(store, NOTTINGHAM, Policy(), NOW + timedelta(minutes=1))).raised == ()


async def test_an_episode_of_yesterday_is_chased_as_any_other(store: Store) -> None:
    await imports(store, LATELY)
    raised = (await chase(store, NOTTINGHAM, Policy(), NOW + 3 * DAY)).raised
    assert {alert.interview_id is not None for alert in raised} == {True}


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    await imports(store, *ALL)
    before = await asked(store, "SELECT max(no) FROM ledger")
    assert (await imports(store, *ALL)).rows == {"unchanged": 5}
    assert await asked(store, "SELECT max(no) FROM ledger") == before


async def test_a_dry_run_says_the_same_and_keeps_nothing(store: Store) -> None:
    rehearsed = await imports(store, *ALL, dry_run=True)
    assert await asked(store, "SELECT 1 FROM inbox UNION SELECT 1 FROM ledger") == []
    assert rehearsed == await imports(store, *ALL)


async def test_a_row_that_says_more_is_added_to_and_one_that_differs_is_told(store: Store) -> None:
    await imports(store, AWAY, HELD)
    back = AWAY.replace("20:00,,", "20:00,2026-03-30 01:00,")
    assert (await imports(store, back, HELD)).rows == {"added to": 1, "unchanged": 1}
    with pytest.raises(HistoryRefused) as refused:
        await imports(
            store, back.replace("01:00", "02:00"), HELD.replace("high", "low").replace("11-05 10", "11-06 10")
        )
    said = [str(problem).partition(": differs")[0] for problem in refused.value.problems]
    assert said == ["2: returned_at", "3: risk_level", "3: the interview"]
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_what_the_force_tells_of_the_same_incident_counts_above_it(store: Store) -> None:
    await imports(store, LATELY)
    child = {"authority_child_id": "C-2"}
    back_at = datetime(2026, 3, 29, 10, 30, tzinfo=UTC)
    await tell(
        store, message("returned", back_at, id="r", subject="N-4", source=NOTTINGHAMSHIRE, child=child)
    )
    assert await asked(store, "SELECT returned_at FROM episodes WHERE NOT superseded") == [(back_at,)]
    assert await asked(store, "SELECT count(*) FROM interviews WHERE status <> 'voided'") == [(1,)]
    assert (await verify(store, NOTTINGHAM, Policy(), Path("none"))).differences == ()


async def test_what_was_done_here_stays(store: Store) -> None:
    child = {"authority_child_id": "C-2"}
    at = datetime(2026, 3, 29, 8, 0, tzinfo=UTC)
    back = message("returned", at, id="r", subject="N-4", source=NOTTINGHAMSHIRE, child=child)
    await tell(store, back)
    await asked(store, "UPDATE interviews SET status = 'allocated', interviewer = 'W-1' RETURNING 1")
    done = await imports(store, LATELY.replace("medium,,,", "medium,,,2026-03-29 16:00"))
    assert "its interview is allocated" in str(done.notes)
    assert await asked(store, "SELECT status FROM interviews") == [("allocated",)]


async def test_the_figures_count_by_the_times_of_the_former_system(store: Store) -> None:
    await imports(store, *ALL)
    async with store.transaction(NOTTINGHAM) as tx:
        found = await measured(tx, NOW - 365 * DAY, NOW + 30 * DAY, NOW)
    counts = {
        each: found.count(each)
        for each in (Figure.OFFERED, Figure.IN_TIME, Figure.DECLINED, Figure.RECORD_ELSEWHERE)
    }
    assert counts == {Figure.OFFERED: 2, Figure.IN_TIME: 1, Figure.DECLINED: 1, Figure.RECORD_ELSEWHERE: 1}
    assert await asked(store, "SELECT attempts FROM interviews WHERE status = 'approved'") == [(1,)]


async def test_good_rows_do_not_wait_for_bad_ones_with_keep_going(store: Store) -> None:
    wrong = SILENT.replace("2026-02-20 23:30", "2026-02-19 23:30")
    with pytest.raises(HistoryRefused):
        await imports(store, HELD, wrong)
    assert await asked(store, "SELECT 1 FROM inbox") == []
    done = await imports(store, HELD, wrong, keep_going=True)
    assert (done.rows["new"], [problem.line for problem in done.problems]) == (1, [3])


def test_the_command_imports_the_example_of_the_tour(homeward: Callable[..., Said]) -> None:
    said = homeward("history", "import", EXAMPLE, "--keep-going")
    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == "episodes: 6 new, 0 added to, 0 unchanged"
    assert homeward("history", "import", EXAMPLE).out.endswith("0 new, 0 added to, 6 unchanged\n")
    assert homeward("history", "import", "nowhere.csv").code == 2


async def test_who_held_it_is_known_to_the_child(store: Store) -> None:
    await World(store, now=NOW).staffed(person("W-1", name="S Patel"))
    await imports(store, HELD)
    assert await asked(store, "SELECT interviewer FROM interviews") == [("W-1",)]
    async with store.transaction(NOTTINGHAM) as tx:
        ((child,),) = await tx.all("SELECT id FROM children")
        assert [each.interviewer for each in await allocating.earlier(tx, [child])] == ["W-1"]


async def test_the_third_absence_in_ninety_days_counts_those_before_homeward(store: Store) -> None:
    held = "low,2026-03-26 09:00,accepted,2026-03-26 10:00,,,,"
    days = (("2026-01-20", "2026-01-21"), ("2026-02-10", "2026-02-11"), ("2026-03-24", "2026-03-25"))
    await imports(store, *(f"C-9,,,{gone} 20:00,{back} 08:00,{held}" for gone, back in days))
    raised = (await chase(store, NOTTINGHAM, Policy(), NOW + timedelta(minutes=1))).raised
    assert [alert.step for alert in raised] == list(Policy().ladder.of(Watch.REPEATEDLY_MISSING))
