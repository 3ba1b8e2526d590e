"""A policy changes nothing before it is accepted, and then everything, as it was foretold."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.policies import Standing, accept, preview, upload, versions
from casework.policy_effect import Begun, Effect, Merged, Moved, Parted, StepAtOnce, Taken
from casework.policy_in_force import policy_of
from casework.policy_text import differences, flat, read_text, told
from casework.refusals import BadInput, Conflict, Unknown
from casework.verify import verify
from casework.views.policy import LABELS, STEP_LABELS, parts_of
from schemas.ladder_policy import LadderPolicy
from schemas.policy import Policy, PolicyError
from store.database import Store
from streams.runner import Runner
from tests.chasing import DAY, DUE, HOUR, RETURNED, World, world
from tests.messages import NOTTINGHAM, many, message
from tests.postgres import Database, connect

DEFAULT = Policy()
ADMINISTRATOR = "system:test"
FORMAT = """
[[formats]]
name = "Westmere"
source = "urn:police:westmere"
layout = "rows"
recognised = {names = ["Log No"]}
fields = {subject = ["Log No"], type = ["Status"], occurred_at = ["When"]}

[formats.words."missing.risk_level"]
"""
TWO_DAYS = '[interview]\nwithin = "P2D"\n'
EARLIER = """
[[ladder.steps]]
id = "not_held_12h_before"
watches = "not_held"
after = "-PT12H"
tells = ["team_manager"]
expects = "See that the interview can still be held in time."
"""


@pytest.fixture
async def nottingham(database: Database) -> AsyncIterator[World]:
    async with world(database) as made:
        yield made


async def take_up(here: World, text: str) -> tuple[Effect, Effect]:
    """Upload and accept a policy; return what was foretold of it, and what it did."""
    added = await upload(here.store, NOTTINGHAM, text, why="Tried", person=ADMINISTRATOR, now=here.now)
    told = await preview(
        here.store, NOTTINGHAM, added.policy, here.policy, person=ADMINISTRATOR, now=here.now
    )
    return told, await accepted(here, added.row.no)


async def accepted(here: World, no: int) -> Effect:
    return await accept(
        here.store, NOTTINGHAM, no, here.policy, why="Agreed", person=ADMINISTRATOR, now=here.now
    )


async def standings(here: World) -> list[tuple[int, Standing]]:
    async with here.store.transaction(NOTTINGHAM) as tx:
        return [(each.row.no, each.standing) for each in await versions(tx)]


async def faults(here: World, tmp_path: Path) -> tuple[str, ...]:
    return (await verify(here.store, NOTTINGHAM, here.policy, tmp_path)).differences


async def test_a_version_counts_from_when_it_is_accepted_and_for_whoever_was_configured_otherwise(
    nottingham: World, tmp_path: Path
) -> None:
    first = await nottingham.returned("C-1", reference="R-1")
    added = await upload(
        nottingham.store, NOTTINGHAM, TWO_DAYS, why="Sooner", person=ADMINISTRATOR, now=nottingham.now
    )
    assert (await policy_of(nottingham.store, NOTTINGHAM, DEFAULT)).interview.within == 3 * DAY
    await accepted(nottingham, added.row.no)
    second = await nottingham.returned("C-2", reference="R-2")
    due = dict(await nottingham.rows("SELECT id, due_at FROM interviews"))
    assert due == {first: RETURNED + 2 * DAY, second: RETURNED + 2 * DAY}
    assert await faults(nottingham, tmp_path) == ()


async def test_of_an_authority_that_accepted_one_the_configured_policy_counts_no_more(
    nottingham: World,
) -> None:
    await take_up(nottingham, TWO_DAYS)
    other = read_text('[interview]\nwithin = "P5D"')
    assert (await policy_of(nottingham.store, NOTTINGHAM, other)).interview.within == 2 * DAY
    assert (await policy_of(nottingham.store, "E06000015", other)).interview.within == 5 * DAY


async def test_what_becomes_overdue_is_foretold_and_what_was_held_keeps_its_deadline(
    nottingham: World, tmp_path: Path
) -> None:
    held = await nottingham.returned("C-1", reference="R-1")
    await nottingham.hold(held)
    late = await nottingham.returned("C-2", reference="R-2")
    nottingham.now = RETURNED + timedelta(hours=60)
    in_time = await nottingham.returned("C-3", at=RETURNED + DAY, reference="R-3")
    told, did = await take_up(nottingham, TWO_DAYS)
    assert {(one.interview_id, one.due_from, one.due_to) for one in told.of(Moved)} == {
        (late, DUE, RETURNED + 2 * DAY),
        (in_time, DUE + DAY, RETURNED + 3 * DAY),
    }
    assert [one.interview_id for one in told.overdue] == [late]
    assert told == did
    assert [(d.setting, d.was, d.becomes) for d in told.differences] == [
        ("interview.within", '"P3D"', '"P2D"')
    ]
    assert await faults(nottingham, tmp_path) == ()
    back, _ = await take_up(nottingham, '[interview]\nwithin = "P3D"\n')
    assert [one.interview_id for one in back.in_time] == [late]


async def test_episodes_that_become_one_take_an_interview_off_the_list(
    nottingham: World, tmp_path: Path
) -> None:
    await nottingham.returned("C-1", at=RETURNED, reference="R-1")
    nottingham.now = RETURNED + 5 * HOUR
    await nottingham.returned("C-1", at=RETURNED + 5 * HOUR, reference="R-2")
    await nottingham.returned("C-2", at=RETURNED, reference="R-3")
    told, did = await take_up(nottingham, '[episode]\nmerge_gap = "PT4H"\n')
    ((merged,), (taken,)) = (told.of(Merged), told.of(Taken))
    assert taken.why == "merged"
    assert told == did
    stored = await nottingham.rows(
        f"SELECT superseded_by FROM episodes WHERE superseded AND id = '{merged.episode_id}'"
    )
    assert stored == [(merged.into,)]
    assert await faults(nottingham, tmp_path) == ()
    back, did = await take_up(nottingham, "version = 1")
    assert (len(back.of(Parted)), len(back.of(Begun))) == (1, 1)
    assert back == did
    assert await faults(nottingham, tmp_path) == ()


async def test_steps_that_come_due_at_once_are_those_that_the_next_chase_raises(nottingham: World) -> None:
    interview = await nottingham.returned()
    nottingham.now = DUE - 6 * HOUR
    await nottingham.chase()
    told, did = await take_up(nottingham, EARLIER)
    assert told == did
    (step,) = told.of(StepAtOnce)
    assert told.counts["steps_removed"] == len(DEFAULT.ladder.steps)
    assert (step.step, step.interview_id, step.due_at) == (
        "not_held_12h_before",
        interview,
        DUE - 12 * HOUR,
    )
    nottingham.now += timedelta(minutes=1)
    raised = [(one.step, one.interview_id) for one in (await nottingham.chase()).raised]
    assert raised == [(step.step, step.interview_id)]


async def test_a_months_cases_are_as_a_fresh_fold_gives_them_after_each_of_several_policies(
    store: Store, tmp_path: Path
) -> None:
    now = datetime(2026, 3, 30, 9, tzinfo=UTC)
    here = World(store, now=now)
    await receive(store, Sender("http", "test", [NOTTINGHAM]), many(240, 12, now), now)
    await Runner(Carrier(store, DEFAULT, lambda: now), [NOTTINGHAM]).drain()
    changed = 0
    for gap, grace, within in (("PT6H", "PT6H", "P3D"), ("P5D", "PT0S", "P30D"), ("PT0S", "P2D", "P1D")):
        text = f'[episode]\nmerge_gap="{gap}"\nlocated_grace="{grace}"\n[interview]\nwithin="{within}"\n'
        told, did = await take_up(here, text)
        assert told == did
        assert await faults(here, tmp_path) == ()
        changed += len(did.cases)
    assert changed > 0


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url)
    yield made
    await made.close()


async def test_whoever_accepts_hears_nothing_of_children_who_are_not_shown_to_them_but_these_follow_too(
    nottingham: World, tmp_path: Path
) -> None:
    hidden = await nottingham.returned("C-1", reference="R-1")
    await nottingham.returned("C-2", reference="R-2")
    async with nottingham.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) SELECT child_id, authority FROM interviews"
            " WHERE id = :id",
            id=hidden,
        )
    added = await upload(
        nottingham.store, NOTTINGHAM, TWO_DAYS, why="Sooner", person="person:ada", now=nottingham.now
    )
    told = await preview(
        nottingham.store, NOTTINGHAM, added.policy, DEFAULT, person="person:ada", now=nottingham.now
    )
    assert (len(told.of(Moved)), told.hidden_children) == (1, 1)
    did = await accept(
        nottingham.store, NOTTINGHAM, 1, DEFAULT, why="Agreed", person="person:ada", now=nottingham.now
    )
    assert did == told
    assert await nottingham.rows("SELECT DISTINCT due_at FROM interviews") == [(RETURNED + 2 * DAY,)]
    assert await faults(nottingham, tmp_path) == ()


async def test_only_the_newest_version_can_be_accepted_and_only_once(nottingham: World) -> None:
    here = nottingham
    for text in (TWO_DAYS, EARLIER):
        await upload(here.store, NOTTINGHAM, text, why="Tried", person=ADMINISTRATOR, now=here.now)
    with pytest.raises(Conflict, match="a newer version was uploaded after version 1"):
        await accepted(here, 1)
    await accepted(here, 2)
    with pytest.raises(Conflict, match="version 2 was accepted before"):
        await accepted(here, 2)
    with pytest.raises(Unknown, match="there is no version 3"):
        await accepted(here, 3)
    assert await standings(here) == [(2, Standing.IN_FORCE), (1, Standing.PASSED_OVER)]


async def test_the_ledger_says_who_uploaded_and_accepted_which_text_and_why(nottingham: World) -> None:
    await take_up(nottingham, TWO_DAYS)
    rows = await nottingham.rows(
        "SELECT action, subject, actor, payload->>'why', payload->>'digest' ="
        " (SELECT encode(digest, 'hex') FROM policies) FROM ledger WHERE subject LIKE 'policy/%' ORDER BY no"
    )
    assert rows == [
        ("policy.uploaded", "policy/1", ADMINISTRATOR, "Tried", True),
        ("policy.accepted", "policy/1", ADMINISTRATOR, "Agreed", True),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "policy: is empty"),
        ("[interview", "policy: is not TOML that can be read"),
        ('{"interview": ', "policy: is not JSON that can be read"),
        ("x" * 200_001, "policy: is longer than 200,000 characters"),
        ('[interview]\nwithn = "P2D"', "interview.withn: is no setting of a policy: did you mean within?"),
        ('[interview]\nwithin = "two days"', "interview.within: must be a time such as PT6H"),
        ('[interview]\nwithin = "PT0S"', "interview.within: must be greater than 0 seconds"),
        ("[allocation]\nworking = 'at night'", "allocation.working: 'at night' is no working time"),
        ("[colours]\nred = 1", "colours: is no setting of a policy: leave it out, or use one of version"),
        ("version = 2", "version: must be 1"),
    ],
)
async def test_a_refusal_names_each_setting_and_how_to_mend_it(
    text: str, says: str, nottingham: World
) -> None:
    with pytest.raises(BadInput) as refused:
        await upload(nottingham.store, NOTTINGHAM, text, why="", person=ADMINISTRATOR, now=nottingham.now)
    first, *others = map(str, refused.value.problems)
    assert first.startswith(says)
    assert [one.partition(":")[0] for one in others] == ["why"]


async def test_the_same_again_is_no_new_version(nottingham: World) -> None:
    await take_up(nottingham, TWO_DAYS)
    with pytest.raises(BadInput, match="is the same as version 1"):
        await take_up(nottingham, '{"interview": {"within": "PT48H"}}')


def test_what_is_kept_can_be_uploaded_as_it_is_shown() -> None:
    policy = read_text(EARLIER)
    assert read_text(policy.model_dump_json()) == policy


def test_a_step_that_comes_or_goes_is_one_difference_and_another_order_is_one() -> None:
    steps = DEFAULT.ladder.steps
    fewer = Policy(ladder=LadderPolicy(steps=steps[1:]))
    assert differences(DEFAULT, fewer) == ((f"ladder.steps.{steps[0].id}", f'"{steps[0].expects}"', ""),)
    turned = Policy(ladder=LadderPolicy(steps=steps[::-1]))
    assert [name for name, _, _ in differences(DEFAULT, turned)] == ["ladder.steps"]
    later = Policy(ladder=LadderPolicy(steps=(steps[0].model_copy(update={"after": -DAY}), *steps[1:])))
    assert differences(DEFAULT, later) == ((f"ladder.steps.{steps[0].id}.after", '"-P2D"', '"-P1D"'),)


def test_the_order_of_names_within_a_list_is_no_difference() -> None:
    words = ('"MED" = "medium"\n"HIGH" = "high"\n', '"HIGH" = "high"\n"MED" = "medium"\n')
    one, other = (read_text(FORMAT + each) for each in words)
    assert differences(one, other) == ()


def test_every_setting_has_a_name_in_words() -> None:
    named = [setting for part in parts_of(DEFAULT) for setting in part.settings]
    assert [setting.path for setting in named if setting.label == setting.path] == []
    assert {setting.path for setting in named} == LABELS.keys()
    assert {each.removeprefix("x.") for each in flat(told(DEFAULT)["ladder"]["steps"][0], "x")} == {
        "id",
        *STEP_LABELS,
    }


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE policies SET policy = '{}'", psycopg.errors.InsufficientPrivilege),
        ("DELETE FROM policies", psycopg.errors.InsufficientPrivilege),
        ("UPDATE policies SET accepted_by = 'nobody'", psycopg.errors.IntegrityConstraintViolation),
    ],
)
async def test_a_version_is_never_rewritten(
    statement: str, refusal: type[Exception], nottingham: World, database: Database
) -> None:
    await take_up(nottingham, TWO_DAYS)
    with connect(database.app_url) as app:
        app.execute("SELECT set_config('homeward.authority', %s, false)", (NOTTINGHAM,))
        with pytest.raises(refusal):
            app.execute(statement.encode())


async def test_messages_wait_while_an_accepted_policy_cannot_be_read(
    nottingham: World, database: Database
) -> None:
    await take_up(nottingham, TWO_DAYS)
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE policies DISABLE TRIGGER USER")
        superuser.execute("UPDATE policies SET policy = policy || '{\"colour\": 1}'")
        superuser.commit()
    with pytest.raises(PolicyError, match="cannot read \\(colour\\)"):
        await nottingham.returned()
    assert await nottingham.rows("SELECT set_aside_at, applied_at FROM inbox") == [(None, None)] * 2
    await take_up(nottingham, EARLIER)
    await nottingham.tell(message("updated", RETURNED, id="m9", missing={}))
    assert await nottingham.rows("SELECT DISTINCT set_aside_at, applied_at IS NULL FROM inbox") == [
        (None, False)
    ]
