"""Chasing on a real database: raised once, told to who can be reached, climbing, and over when it is done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from casework.alerts import acknowledge, flow_subject, raise_failure
from casework.chase import rehearse
from casework.parcels import NO_WAY
from casework.refusals import BadInput, Conflict, Unknown
from schemas.acknowledge import Acknowledge
from schemas.alerts_policy import Channel
from schemas.ladder_policy import Watch
from schemas.staff import Leave
from store import alerts, beats
from store.views import alerts as views
from tests.chasing import DAY, DUE, HOUR, RETURNED, World, allocate, arrange, offer, person, world
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database, connect, database_on

LADDER = [
    "not_allocated_48h_before",
    "not_arranged_24h_before",
    "not_held_at_deadline",
    "not_held_24h_after",
    "not_held_72h_after",
    "not_held_weekly",
]


@pytest.fixture
async def nottingham(database: Database) -> AsyncIterator[World]:
    async with world(database) as made:
        yield made


async def test_a_flow_that_slept_for_days_raises_what_one_that_ran_all_the_time_raised(
    nottingham: World, cluster: Any, template: str
) -> None:
    await nottingham.returned()
    await nottingham.chase(DUE + 11 * DAY)
    assert await nottingham.steps() == LADDER
    with database_on(cluster, template) as other:
        async with world(other) as awake:
            await awake.returned()
            for hours in range(0, 14 * 24, 5):
                await awake.chase(RETURNED + hours * HOUR)
            assert await awake.steps() == LADDER


async def test_a_second_chase_and_two_at_once_raise_nothing_more(nottingham: World) -> None:
    await nottingham.returned()
    await asyncio.gather(*(nottingham.chase(DUE + HOUR) for _ in range(4)))
    again = await nottingham.chase(DUE + HOUR)
    assert (again.raised, len(await nottingham.steps())) == ((), 3)
    assert len(await nottingham.rows("SELECT 1 FROM outbox WHERE topic = 'homeward.alerts.v1'")) == 3


async def test_what_was_done_meanwhile_is_evidence_in_the_inbox_and_over_at_once(nottingham: World) -> None:
    interview = await nottingham.returned()
    nottingham.now = DUE + HOUR
    await nottingham.hold(interview)
    await nottingham.chase(DUE + DAY)
    assert await nottingham.rows("SELECT DISTINCT closed_why FROM alerts") == [
        ("held on 1 April 2026 at 02:10",)
    ]
    assert await nottingham.told("not_held_at_deadline") == [
        ("M-1", 0, "inbox", "sent"),
        ("W-1", 0, "inbox", "sent"),
    ]


async def test_each_way_is_a_row_and_what_may_wait_waits_for_working_hours(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(DUE + 72 * HOUR)  # the night of Good Friday
    waiting = await nottingham.rows(
        "SELECT step, recipient, channel, not_before::text FROM deliveries d JOIN alerts a ON a.id = alert_id"
        " WHERE d.state = 'queued' AND step IN ('not_held_at_deadline', 'not_held_72h_after') ORDER BY 1, 2"
    )
    assert waiting == [
        ("not_held_72h_after", "H-1", "email", "2026-04-07 08:00:00+00"),
        ("not_held_at_deadline", "M-1", "email", "2026-04-03 22:10:00+00"),
    ]


async def test_when_it_is_done_the_alert_is_over_and_says_why(nottingham: World) -> None:
    interview = await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)
    await nottingham.do(interview, allocate())
    closed = await nottingham.chase(RETURNED + 25 * HOUR)
    assert [(alert.step, alert.closed_why) for alert in closed.closed] == [(LADDER[0], "allocated")]
    assert await nottingham.rows("SELECT action FROM ledger WHERE subject LIKE 'alert/%' ORDER BY no") == [
        ("alert.raised",),
        ("alert.closed",),
    ]


async def test_a_return_corrected_keeps_the_alerts_as_evidence_and_starts_the_ladder_anew(
    nottingham: World,
) -> None:
    await nottingham.returned()
    await nottingham.chase(DUE - DAY)
    child = {"authority_child_id": "C-1", "family_name": "Okafor", "given_names": "C-1"}
    corrected = RETURNED + 30 * HOUR
    facts: dict[str, Any] = {"child": child, "subject": "R-1", "told_at": nottingham.now}
    await nottingham.tell(message("returned", corrected, id="R-1-3", **facts, returned={}))
    await nottingham.chase(DUE - DAY + HOUR)
    assert await nottingham.rows("SELECT DISTINCT closed_why FROM alerts") == [("the deadline moved",)]
    await nottingham.chase(DUE + 30 * HOUR)
    assert await nottingham.rows(
        "SELECT step, (due_at AT TIME ZONE 'UTC')::text FROM alerts WHERE closed_at IS NULL ORDER BY due_at"
    ) == [
        (LADDER[0], "2026-03-31 04:10:00"),
        (LADDER[1], "2026-04-01 04:10:00"),
        (LADDER[2], "2026-04-02 04:10:00"),
    ]


async def test_without_an_answer_in_time_it_goes_up_role_by_role_to_the_director(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)  # a Sunday at 23:10: the first step is told at any hour
    levels = [
        [alert.level for alert in (await nottingham.chase(RETURNED + DAY + hours * HOUR)).climbed]
        for hours in (3, 4, 5, 8, 12, 16, 20)
    ]
    assert levels == [[], [1], [], [2], [3], [], []]
    assert [row[0] for row in await nottingham.told(LADDER[0]) if row[2] == "inbox"] == [
        "M-1",
        "S-1",
        "H-1",
        "D-1",
    ]


async def test_a_manager_on_leave_is_shown_as_not_reached_and_the_next_is_told_at_once(
    database: Database,
) -> None:
    away = Leave(from_on=date(2026, 3, 27), to_on=date(2026, 4, 12))
    async with world(database, person("M-1", leave=[away.model_dump()])) as nottingham:
        await nottingham.returned()
        await nottingham.chase(RETURNED + DAY)
        assert await nottingham.told(LADDER[0]) == [
            ("M-1", 0, "email", "undeliverable"),
            ("M-1", 0, "inbox", "undeliverable"),
            ("S-1", 1, "email", "queued"),
            ("S-1", 1, "inbox", "sent"),
        ]
        assert await nottingham.rows("SELECT level FROM alerts") == [(1,)]


async def test_where_nobody_can_be_reached_that_is_seen(database: Database) -> None:
    gone = {"gone_on": "2026-01-01"}
    people = [person(id_, **gone) for id_ in ("M-1", "S-1", "H-1", "D-1")]
    async with world(database, *people) as nottingham:
        await nottingham.returned()
        (alert,) = (await nottingham.chase(RETURNED + DAY)).raised
        assert {row[3] for row in await nottingham.told(LADDER[0])} == {"undeliverable"}
        assert (await nottingham.chase(RETURNED + 3 * DAY)).climbed == ()
        assert alert.step == LADDER[0]


async def test_a_way_that_this_installation_lacks_is_no_reason_to_climb(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "UPDATE deliveries SET state = 'undeliverable', why = :why WHERE channel = 'email'",
            why=NO_WAY[Channel.EMAIL],
        )
    assert (await nottingham.chase(RETURNED + DAY + timedelta(minutes=5))).climbed == ()


async def test_what_failed_for_good_makes_it_climb(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        (email,) = await alerts.queued(tx, nottingham.now, 10)
        await alerts.mark_failed(tx, [email.id], "no such mailbox", again_at=nottingham.now + HOUR)
        assert await alerts.queued(tx, nottingham.now, 10) == []
    assert (await nottingham.chase()).climbed == ()
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await alerts.mark_failed(tx, [email.id], "no such mailbox")
    assert [alert.level for alert in (await nottingham.chase()).climbed] == [1]


async def test_what_was_sent_stays_with_its_recipient(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        (email,) = await alerts.queued(tx, nottingham.now, 10)
        await alerts.mark_sent(tx, [email.id], nottingham.now, "notify-1")
    assert (await nottingham.chase()).climbed == ()
    assert ("M-1", 0, "email", "sent") in await nottingham.told(LADDER[0])


async def answered(nottingham: World, alert: UUID, decision: str, by: str = "M-1") -> alerts.Alert:
    return await acknowledge(
        nottingham.store,
        NOTTINGHAM,
        alert,
        Acknowledge(by=by, decision=decision),
        key="k-1",
        person="system:test",
        now=nottingham.now,
    )


async def test_an_answer_stops_the_climb_and_counts_once(nottingham: World) -> None:
    await nottingham.returned()
    (alert,) = (await nottingham.chase(RETURNED + DAY)).raised
    first = await answered(nottingham, alert.id, "Ewa holds it at 16:00")
    assert await answered(nottingham, alert.id, "Ewa holds it at 16:00") == first
    with pytest.raises(Conflict, match="M-1 decided on this alert already"):
        await answered(nottingham, alert.id, "Nobody is free", by="S-1")
    assert (await nottingham.chase(RETURNED + 40 * HOUR)).climbed == ()
    assert await nottingham.rows("SELECT count(*) FROM ledger WHERE action = 'alert.acknowledged'") == [(1,)]


async def test_who_is_nobody_cannot_answer_and_what_is_not_there_cannot_be_answered(
    nottingham: World,
) -> None:
    await nottingham.returned()
    (alert,) = (await nottingham.chase(RETURNED + DAY)).raised
    with pytest.raises(BadInput, match="by: is nobody of the directory"):
        await answered(nottingham, alert.id, "I do it", by="X-9")
    with pytest.raises(Unknown):
        await answered(nottingham, UUID(int=5), "I do it")


async def test_it_is_measured_whether_the_interview_was_held_within_a_day_of_the_alert(
    nottingham: World,
) -> None:
    held, late = await nottingham.returned("C-1"), await nottingham.returned("C-2", reference="R-2")
    await nottingham.chase(DUE)
    nottingham.now = DUE + 2 * HOUR
    await nottingham.hold(held)

    async def measured(now: Any) -> dict[UUID | None, bool | None]:
        wanted = views.Wanted(nottingham.policy.ladder.of(Watch.NOT_HELD), now)
        async with nottingham.store.transaction(NOTTINGHAM) as tx:
            rows = await views.listed(tx, wanted, None, 50)
        return {row.interview_id: row.held_within_24h for row in rows if row.step == LADDER[2]}

    assert await measured(DUE + 5 * HOUR) == {held: True, late: None}
    assert await measured(DUE + 25 * HOUR) == {held: True, late: False}


async def test_a_flow_that_failed_is_one_alert_until_it_goes_well_again(nottingham: World) -> None:
    store = nottingham.store
    await beats.begin(store, "push-outcomes", RETURNED)
    await beats.end(store, "push-outcomes", RETURNED, "it broke off (TimeoutError)")
    await nottingham.chase(RETURNED + HOUR)
    await beats.end(store, "push-outcomes", RETURNED + HOUR, "it broke off (TimeoutError)")
    await nottingham.chase(RETURNED + 2 * HOUR)
    later = RETURNED + 2 * HOUR
    again = await raise_failure(store, NOTTINGHAM, nottingham.policy, "push-outcomes", later, now=later)
    assert not again
    assert await nottingham.rows("SELECT step, subject_id, closed_at FROM alerts") == [
        ("flow_failed", flow_subject("push-outcomes"), None)
    ]
    await beats.end(store, "push-outcomes", RETURNED + 3 * HOUR)
    await nottingham.chase(RETURNED + 4 * HOUR)
    assert await nottingham.rows("SELECT closed_why FROM alerts") == [("it went well again",)]


async def test_a_beat_says_how_the_last_run_ended(nottingham: World) -> None:
    store = nottingham.store
    assert await beats.last(store, "chase-overdue") is None
    await beats.begin(store, "chase-overdue", RETURNED)
    begun = await beats.last(store, "chase-overdue")
    assert begun is not None
    assert (begun.started_at, begun.ended_at) == (RETURNED, None)
    await beats.end(store, "chase-overdue", RETURNED + HOUR, "it broke off")
    ended = await beats.last(store, "chase-overdue")
    assert ended is not None
    assert (ended.ended_at, ended.failed_why) == (RETURNED + HOUR, "it broke off")


async def test_episodes_are_chased_too(nottingham: World) -> None:
    child = {"authority_child_id": "C-7", "family_name": "Nowak", "given_names": "Ola"}
    facts: dict[str, Any] = {"child": child, "subject": "R-7"}
    await nottingham.tell(message("reported", RETURNED, id="R-7-1", **facts, missing={}))
    await nottingham.chase(RETURNED + 25 * HOUR)
    await nottingham.tell(message("located", RETURNED + 25 * HOUR, id="R-7-2", **facts, located={}))
    await nottingham.chase(RETURNED + 38 * HOUR)
    assert await nottingham.rows("SELECT step, closed_why FROM alerts ORDER BY due_at") == [
        ("missing_24h", "located on 30 March 2026 at 00:10"),
        ("return_not_confirmed_12h", None),
    ]
    assert ("N-1", 0, "text", "queued") in await nottingham.told("missing_24h")


async def test_a_third_episode_is_over_once_somebody_decided(nottingham: World) -> None:
    for number in range(3):
        nottingham.now = RETURNED + 10 * number * DAY
        await nottingham.returned(at=nottingham.now, reference=f"R-{number}")
    await nottingham.chase()
    (found,) = await nottingham.rows("SELECT id FROM alerts WHERE step = 'repeatedly_missing'")
    await answered(nottingham, found[0], "Strategy discussion on Monday")
    await nottingham.chase(nottingham.now + HOUR)
    assert await nottingham.rows("SELECT closed_why FROM alerts WHERE step = 'repeatedly_missing'") == [
        ("it was decided on",)
    ]


async def test_outcomes_that_do_not_arrive_are_chased(nottingham: World) -> None:
    interview = await nottingham.returned()
    await nottingham.hold(interview)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO pushes (interview_id, target, authority, key, state, attempts, next_at, queued_at)"
            " VALUES (:id, 'rest', :authority, gen_random_uuid(), 'stuck', 9, :at, :at)",
            id=interview,
            authority=NOTTINGHAM,
            at=nottingham.now,
        )
    queued_at = nottingham.now
    await nottingham.chase(queued_at + HOUR)
    await nottingham.chase(queued_at + DAY)
    assert sorted(await nottingham.steps())[:2] == ["outcomes_not_confirmed_24h", "outcomes_stuck"]
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await tx.run("UPDATE pushes SET state = 'confirmed', confirmed_at = :at", at=nottingham.now)
    await nottingham.chase(queued_at + DAY + HOUR)
    whys = await nottingham.rows("SELECT DISTINCT closed_why LIKE 'confirmed on%' FROM alerts")
    assert whys == [(True,)]


async def test_a_step_that_the_policy_no_longer_has_is_over(nottingham: World) -> None:
    await nottingham.returned()
    await nottingham.chase(RETURNED + DAY)
    ladder = nottingham.policy.ladder
    fewer = ladder.model_copy(update={"steps": ladder.steps[1:]})
    nottingham.policy = nottingham.policy.model_copy(update={"ladder": fewer})
    await nottingham.chase(RETURNED + DAY + HOUR)
    assert await nottingham.rows("SELECT closed_why FROM alerts") == [("the ladder no longer has this step",)]


async def test_a_rehearsal_says_what_would_be_raised_and_raises_nothing(nottingham: World) -> None:
    interview = await nottingham.returned()
    await nottingham.do(interview, allocate(), offer(), arrange())
    would = await rehearse(nottingham.store, NOTTINGHAM, nottingham.policy, DUE + DAY)
    assert [alert.step for alert in would.raised] == LADDER[2:4]
    assert await nottingham.steps() == []


async def test_what_is_settled_for_long_is_not_read_again(nottingham: World) -> None:
    interview = await nottingham.returned()
    await nottingham.hold(interview)
    await nottingham.chase(RETURNED + 2 * DAY)
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        assert await beats.reached(tx, f"chased/{NOTTINGHAM}") == RETURNED + 2 * DAY
        await beats.reach(tx, f"chased/{NOTTINGHAM}", RETURNED)
        assert await beats.reached(tx, f"chased/{NOTTINGHAM}") == RETURNED + 2 * DAY


async def test_an_interview_whose_history_was_erased_is_chased_as_it_stands(
    nottingham: World, database: Database
) -> None:
    await nottingham.returned()
    with connect(database.superuser_url) as superuser:
        superuser.execute("SET session_replication_role = replica")  # as the retention's owner may
        superuser.execute("UPDATE ledger SET payload = NULL")
    await nottingham.chase(DUE + HOUR)
    assert await nottingham.steps() == LADDER[:3]
