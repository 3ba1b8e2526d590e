import time
from datetime import UTC, datetime, timedelta
import pytest
from casework.views.managers_board import board
from casework.views.managers_alerts import listed
from casework.views.managers_load import teams
from schemas.policy import Policy
from store.database import Store
from store.views.managers_board import Filters, Group, Order, Part
from store.views import managers_alerts
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.chasing import person
from store import staff
NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)

@pytest.mark.parametrize("share", [3])
async def test_speed(database: Database, share: int) -> None:
    with connect(database.superuser_url) as c:
        c.execute("SET session_replication_role = replica")
        n = "E06000018"
        c.execute("INSERT INTO children (id, authority, provisional, indexed, authority_child_id, given_keys, aka_keys, facts, created_at, updated_at) SELECT md5('c'||g)::uuid, %s, false, true, 'C'||g, '{}', '{}', jsonb_build_object('given_names','Sam','family_name','Child '||g), now(), now() FROM generate_series(1,20000) g", (n,))
        c.execute("INSERT INTO episodes (id, authority, child_id, child_number, status, risk_level, risk_factors, started_at, returned_at, conflict_reasons, marks, incidents, notifications, period, superseded, updated_at) SELECT md5('e'||g)::uuid, %s, md5('c'||(1+g%%20000))::uuid, g, 'returned', (array['low','medium','high'])[1+g%%3], '{}', '2026-03-30'::timestamptz - g*interval '1 minute', '2026-03-31'::timestamptz - g*interval '1 minute', '{}','{}','[]','[]',tstzrange('2026-03-30'::timestamptz - g*interval '1 minute','2026-03-30'::timestamptz - g*interval '1 minute' + interval '1 second'),false, now() FROM generate_series(1,100000) g", (n,))
        c.execute("INSERT INTO interviews (id, authority, child_id, episode_id, status, clock_started_at, due_at, provisional_due, anchor_source, anchor_id, interviewer, updated_at, held_at) SELECT md5('i'||g)::uuid, %s, md5('c'||(1+g%%20000))::uuid, md5('e'||g)::uuid, CASE WHEN g%%100 < %s THEN (array['due','allocated','offered','arranged','held','submitted'])[1+(g/100)%%6] ELSE 'approved' END, '2026-03-31'::timestamptz - g*interval '1 minute','2026-04-03'::timestamptz - g*interval '1 minute', false,'s','i', 'W-'||(g%%40), now(), CASE WHEN g%%100>=%s THEN '2026-04-02'::timestamptz - g*interval '1 minute' END FROM generate_series(1,100000) g", (n, share, share))
        c.execute("INSERT INTO interview_commands (interview_id, no, authority, key, name, body, digest, by, actor, at, answer) SELECT md5('i'||g)::uuid, k, %s, g||'/'||k, 'allocate','{}', ''::bytea, 'M-1','person:x', now(),'{}' FROM generate_series(1,100000) g, generate_series(1,2) k", (n,))
        c.execute("INSERT INTO alerts (id, authority, subject_id, interview_id, step, due_at, raised_at, expected, expected_by, level, closed_at) SELECT md5('a'||g)::uuid, %s, md5('i'||g)::uuid, md5('i'||g)::uuid, 'not_held_at_deadline', now(), now(), 'x', now(), g%%2, CASE WHEN g%%100>=%s THEN now() END FROM generate_series(1,100000,2) g", (n, share))
        c.execute("INSERT INTO care (child_id, from_on, legal_status, authority) SELECT md5('c'||g)::uuid, '2026-01-01', 'Full care order', %s FROM generate_series(1,20000,3) g", (n,))
        c.execute("ANALYZE")
    store = Store(database.app_url)
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [person("W-1").model_copy(update={"id": f"W-{k}"}) for k in range(40)], NOW)
    async def timed(name, make):
        t = []
        for _ in range(3):
            async with store.transaction(NOTTINGHAM, "person:x") as tx:
                b = time.perf_counter(); await make(tx); t.append(time.perf_counter() - b)
        print(f"{share:>4}% {name}: {min(t)*1000:.0f} ms")
    for group in (Group.OVERDUE, Group.ESCALATED, Group.ALL):
        await timed(f"board {group}", lambda tx: board(tx, Policy(), NOW, Filters(), Part(group, Order.DEADLINE, False, 0, 25)))
    await timed("by name", lambda tx: board(tx, Policy(), NOW, Filters(), Part(Group.ALL, Order.CHILD, False, 0, 25)))
    await timed("care", lambda tx: board(tx, Policy(), NOW, Filters(in_care=True, team="north", risk="high"), Part(Group.ALL, Order.DEADLINE, False, 0, 25)))
    await timed("alerts", lambda tx: listed(tx, managers_alerts.Part(managers_alerts.State.WAITING, None, 0, 20)))
    await timed("load", lambda tx: teams(tx, Policy(), NOW))
    from casework.views.managers_board import facts_of
    from store.views import managers_board as mb
    Q = Filters(in_care=True, team="north", risk="high")
    async with store.transaction(NOTTINGHAM, "person:x") as tx:
        f = facts_of(Policy(), NOW, ["Full care order"])
        wanted = ", ".join(f"count(*) FILTER (WHERE {mb._GROUPS[g]}) AS {g.value}" for g in Group)
        for l in await tx.all(f"EXPLAIN (ANALYZE, COSTS OFF) SELECT {wanted} FROM interviews i WHERE {mb._where(Q)}", **mb._values(tx, f, Q)): print(l[0][:150])
        import types
        orig = type(tx).all
        async def explained(self, sql, **v):
            for l in await orig(self, "EXPLAIN (ANALYZE, COSTS OFF) " + sql, **v): print("   ", l[0][:170])
            return []
        type(tx).all = explained
        try: await mb.page(tx, f, Q, Part(Group.ALL, Order.DEADLINE, False, 0, 25))
        finally: type(tx).all = orig
    await store.close()
