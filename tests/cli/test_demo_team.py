"""The demonstration's team: the whole path of an invented month, through the API alone."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import pytest_asyncio

from casework import chase
from casework.carry import Carrier
from casework.children_index import import_children
from casework.directory import import_staff
from casework.index_rows import read_index
from casework.police_list import take
from casework.police_list_tasks import COMPARING
from casework.staff_rows import read_staff
from casework.tokens import Scope, create
from casework.verify import verify
from cli.demo import AUTHORITY, FORCES, NOTTINGHAMSHIRE
from cli.demo.cast import Cast
from cli.demo.children import write_csv
from cli.demo.feed import Sender
from cli.demo.forces import with_formats
from cli.demo.office import Office
from cli.demo.programme import Post, programme
from cli.demo.staff import DIRECTORY
from cli.demo.still_missing import still_missing
from cli.demo.team import Team
from connectors.police_list import File, read_list
from domain.police_list import Kind
from schemas.police_lists_policy import ListFormat
from schemas.policy import Policy
from schemas.words import Stage
from store import police_tasks
from store.database import Store
from store.embedded import Server
from streams.runner import Runner
from tests.postgres import database_on
from web.app import create_app
from web.site import Site

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("demo-team")]
ENDS_AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
URL = "http://127.0.0.1:8000"


class Played(NamedTuple):
    """A month played to its end, and what it left."""

    store: Store
    team: Team
    office: Office
    interviews: list[dict[str, Any]]
    raised: int


class Hands:
    """A clock that the month sets."""

    now = ENDS_AT

    def __call__(self) -> datetime:
        return self.now


async def prepared(store: Store, scratch: Path) -> dict[str, str]:
    """Import children and directory as `homeward up --demo` does, and return everybody's token."""
    path = scratch / "children.csv"
    write_csv(path)
    index = read_index(path.read_text(encoding="utf-8").splitlines(keepends=True))
    await import_children(
        store, AUTHORITY, index, Policy(), person="system:test", now=ENDS_AT, keep_going=True
    )
    people = read_staff(DIRECTORY.splitlines(keepends=True))
    await import_staff(store, AUTHORITY, people, person="system:test", now=ENDS_AT)
    served: dict[str, Any] = {"served": [AUTHORITY], "person": "system:test", "now": ENDS_AT}
    tokens = {one: await create(store, AUTHORITY, one, Scope.NOTIFY, one, **served) for one in FORCES}
    return tokens | {"team": await create(store, AUTHORITY, "team", Scope.WORK, **served)}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(
    cluster: Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Played]:
    """The month told by the forces, worked on by the team, chased, and worked on again."""
    clock, policy = Hands(), Policy()
    with database_on(cluster, template) as database:
        store = Store(database.app_url)
        tokens = await prepared(store, tmp_path_factory.mktemp("demo"))
        site = Site(authorities=(AUTHORITY,), policy=policy, pages=False)
        runner = Runner(Carrier(store, policy, clock), site.authorities)
        transport = httpx.ASGITransport(create_app(store, site, clock=clock))
        async with httpx.AsyncClient(base_url=URL, transport=transport) as client:
            await Sender(client, tokens).send_all(list(month()))
            await runner.drain()
            office = Office(client, tokens["team"])
            team = Team(office, Cast(posts()), ENDS_AT)
            await team.round(clock.now)
            clock.now += timedelta(minutes=1)
            chased = await chase.chase(store, AUTHORITY, policy, clock.now - chase.SETTLED)
            await team.round(clock.now)
            interviews = [one async for one in office.all("interviews")]
            yield Played(store, team, office, interviews, len(chased.raised))
        await store.close()


def posts() -> Iterator[Post]:
    return programme(ENDS_AT, 0, timedelta(seconds=30), ENDS_AT)


def month() -> Iterator[Post]:
    return takewhile(lambda post: post.due_at <= ENDS_AT, posts())


async def test_verify_finds_nothing_to_say(played: Played, tmp_path: Path) -> None:
    assert (await verify(played.store, AUTHORITY, Policy(), tmp_path)).differences == ()


async def test_there_is_an_interview_at_every_stage(played: Played) -> None:
    assert {one["status"] for one in played.interviews} >= {stage.value for stage in Stage}


async def test_most_that_came_to_an_end_are_approved(played: Played) -> None:
    stages = Counter(one["status"] for one in played.interviews)
    assert stages["approved"] > 40
    assert stages["approved"] > 3 * stages["declined"]


async def test_one_conversation_covers_two_episodes(played: Played) -> None:
    assert any(one["covers"] for one in played.interviews)


async def test_a_poor_record_was_written_again_before_it_passed(played: Played) -> None:
    submitted = [one for one in played.interviews if one["submitted_at"]]
    drafts = [await played.office.one(f"interviews/{one['id']}/record") for one in submitted]
    assert max(draft["draft"] for draft in drafts) > 1


async def test_a_record_was_sent_back_mended_and_approved(played: Played) -> None:
    assert any(one["sent_back_at"] and one["approved_at"] for one in played.interviews)


async def test_approved_outcomes_are_in_plans_and_some_of_them_are_done(played: Played) -> None:
    children = {one["child_id"] for one in played.interviews if one["approved_at"]}
    plans = [await played.office.one(f"plans/{child}") for child in children]
    states = Counter(action["state"] for plan in plans for action in plan["actions"])
    assert states["open"] > states["done"] > 0


async def test_lateness_raised_alerts_of_which_some_have_a_decision_and_some_do_not(played: Played) -> None:
    alerts = [one async for one in played.office.all("alerts", open="true")]
    assert played.raised >= len(alerts) > 0
    assert {one["acknowledged"] is None for one in alerts} == {True, False}


async def test_a_team_that_begins_again_does_nothing_twice(played: Played) -> None:
    before = {one["id"]: one["version"] for one in played.interviews}
    again = Team(played.office, Cast(posts()), ENDS_AT)
    await again.round(ENDS_AT + timedelta(minutes=1))
    assert {one["id"]: one["version"] async for one in played.office.all("interviews")} == before


async def test_the_list_of_a_force_differs_both_ways_and_agrees_on_the_others(played: Played) -> None:
    now, policy = ENDS_AT + timedelta(minutes=2), with_formats(Policy())
    sent = still_missing(ENDS_AT)
    list_ = read_list(File(sent.content, sent.name, "file", None, now), ListFormat(source=NOTTINGHAMSHIRE))
    done = await take(played.store, AUTHORITY, list_, policy, person=COMPARING, now=now)
    assert (done.list.state, done.list.faults, done.found.opened) == ("compared", [], 2)
    async with played.store.transaction(AUTHORITY, COMPARING) as tx:
        standing = await police_tasks.standing(tx, NOTTINGHAMSHIRE)
    assert {task.kind for task in standing} == set(Kind)
    assert all(task.child_id for task in standing)
    assert done.list.rows > 2
