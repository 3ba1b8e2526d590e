"""Restricted children on the pages: seen by the people named, opened in need, looked at afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient

from schemas.access import Duty
from tests.postgres import Database, connect
from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.records import staffed
from tests.web.stories import missing, returned

WHY = "The child’s life may be in danger, and nobody named answers the telephone."


@pytest.fixture(autouse=True)
def of_now(desk: Desk) -> None:
    """The database's own clock says how long a record stays open, so that ours has to go with it."""
    desk.clock.now = datetime.now(UTC)


async def child_of(desk: Desk) -> str:
    await desk.tell(missing(), returned())
    return str((await desk.items("/api/v1/episodes"))[0]["child_id"])


async def restricted(desk: Desk, child: str, manager: AsyncClient) -> str:
    """Restrict a child to a manager, by the page, and return the child's number."""
    form = await visit(manager, f"/children/{child}/restriction")
    answer = await submit(manager, f"/children/{child}/restriction", form, restrict="yes", reason=WHY)
    assert answer.status_code == 303
    return "C-100482"


async def proved(desk: Desk, client: AsyncClient) -> AsyncClient:
    """Show again who sits there, as the page asks."""
    form = await visit(client, "/sign-in/prove", to="/restricted")
    assert (await submit(client, "/sign-in/prove", form)).headers["location"] == "/restricted"
    return client


async def test_a_manager_restricts_a_child_and_only_who_is_named_sees_it(desk: Desk) -> None:
    child, manager, other = await child_of(desk), await desk.sign_in(Duty.MANAGER), await desk.sign_in()
    assert (await other.get(f"/children/{child}")).status_code == 200
    await restricted(desk, child, manager)
    assert (await manager.get(f"/children/{child}")).status_code == 200
    assert (await other.get(f"/children/{child}")).status_code == 404
    found = await submit(other, "/children", await visit(other, "/children"), who="Okafor")
    assert "0 children found" in found.text
    assert await desk.items("/api/v1/ledger", action="child.restricted") == []  # nor is a token named


@pytest.mark.parametrize(("typed", "told"), [({"reason": "short"}, "reason"), ({"reason": WHY}, "people")])
async def test_a_restriction_needs_a_reason_and_somebody_who_sees(
    desk: Desk, typed: dict[str, str], told: str
) -> None:
    child, manager = await child_of(desk), await desk.sign_in(Duty.MANAGER)
    form = await visit(manager, f"/children/{child}/restriction")
    form.fields = {name: value for name, value in form.fields.items() if not name.startswith("see-")}
    answer = await submit(manager, f"/children/{child}/restriction", form, restrict="yes", **typed)
    assert answer.status_code == 422
    assert f"#{told}" in Page(answer.text).links


async def test_a_restriction_is_lifted_with_a_reason(desk: Desk) -> None:
    child, manager, other = await child_of(desk), await desk.sign_in(Duty.MANAGER), await desk.sign_in()
    await restricted(desk, child, manager)
    form = await visit(manager, f"/children/{child}/restriction")
    answer = await submit(manager, f"/children/{child}/restriction", form, lift="yes", reason=WHY)
    assert answer.status_code == 303
    assert (await other.get(f"/children/{child}")).status_code == 200


async def test_somebody_not_named_opens_the_record_in_need_and_managers_are_told(
    desk: Desk, database: Database
) -> None:
    await staffed(desk)
    child, manager = await child_of(desk), await desk.sign_in(Duty.MANAGER, name="Mary Okoro")
    number = await restricted(desk, child, manager)
    worker = await desk.sign_in(Duty.WORKER, name="Ewa Nowak")
    assert (await worker.get("/restricted")).headers["location"] == "/sign-in/prove?to=/restricted"
    await proved(desk, worker)
    form = await visit(worker, "/restricted")
    answer = await submit(worker, "/restricted", form, known_as=number, reason=WHY)
    assert answer.headers["location"] == f"/children/{child}"
    assert "Okafor" in (await worker.get(f"/children/{child}")).text
    assert (await (await desk.sign_in(Duty.WORKER)).get(f"/children/{child}")).status_code == 404
    with connect(database.superuser_url) as superuser:
        told = superuser.execute(
            "SELECT d.role, d.state FROM alerts a JOIN deliveries d ON d.alert_id = a.id"
            " WHERE a.step = 'glass_broken' AND d.channel = 'inbox'"
        ).fetchall()
        seen = superuser.execute("SELECT purpose FROM accesses WHERE page = 'restricted'").fetchall()
    assert {role for role, _ in told} == {"team_manager"}
    assert {state for _, state in told} == {"sent"}
    assert seen == [("break_glass",)]

    waits = "1 opening of a restricted record waits for a manager to look"
    assert waits in (await visit(manager, "/board")).words
    review = await visit(manager, "/restricted/review")
    assert "Ewa Nowak" in review.words
    assert WHY in review.words
    access = _only_access(database)
    found = "I spoke with Ewa and the duty social worker: it was needed."
    assert (await submit(manager, f"/restricted/review/{access}", review, found=found)).status_code == 303
    assert found in (await visit(manager, "/restricted/review")).words
    assert waits not in (await visit(manager, "/board")).words
    assert (await worker.get(f"/children/{child}")).status_code == 404  # the review closed the record


def _only_access(database: Database) -> UUID:
    with connect(database.superuser_url) as superuser:
        row = superuser.execute("SELECT id FROM break_glass").fetchone()
    assert row is not None
    id_: UUID = row[0]
    return id_


async def test_an_opened_record_closes_by_itself(desk: Desk, database: Database) -> None:
    child, manager = await child_of(desk), await desk.sign_in(Duty.MANAGER)
    number = await restricted(desk, child, manager)
    worker = await proved(desk, await desk.sign_in(Duty.WORKER))
    await submit(worker, "/restricted", await visit(worker, "/restricted"), known_as=number, reason=WHY)
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "UPDATE break_glass SET from_at = from_at - interval '5h', until_at = until_at - interval '5h'"
        )
    assert (await worker.get(f"/children/{child}")).status_code == 404


@pytest.mark.parametrize("typed", [{"reason": "short"}, {"known_as": "C-NOBODY"}, {"known_as": "C-7 \0"}])
async def test_what_opens_no_record_says_why_and_keeps_what_was_typed(
    desk: Desk, typed: dict[str, str]
) -> None:
    worker = await proved(desk, await desk.sign_in(Duty.WORKER))
    given = {"known_as": "C-100482", "reason": WHY} | typed
    answer = await submit(worker, "/restricted", await visit(worker, "/restricted"), **given)
    assert answer.status_code == 422
    assert Page(answer.text).fields["reason"] == given["reason"]


async def test_what_was_asked_in_vain_is_in_the_ledger_without_a_number(desk: Desk) -> None:
    worker = await proved(desk, await desk.sign_in(Duty.WORKER))
    form = await visit(worker, "/restricted")
    await submit(worker, "/restricted", form, known_as="C-NOBODY", reason=WHY)
    (line,) = await desk.items("/api/v1/ledger", action="glass.missed")
    assert line["actor"] == desk.person_of(worker)
    assert "C-NOBODY" not in str(line)


async def test_nobody_reviews_their_own(desk: Desk, database: Database) -> None:
    child, manager = await child_of(desk), await desk.sign_in(Duty.MANAGER)
    number = await restricted(desk, child, manager)
    other = await proved(desk, await desk.sign_in(Duty.MANAGER))
    await submit(other, "/restricted", await visit(other, "/restricted"), known_as=number, reason=WHY)
    form = await visit(other, "/restricted/review")
    answer = await submit(other, f"/restricted/review/{_only_access(database)}", form, found=WHY)
    assert answer.status_code == 422
    assert "your own access" in answer.text
    assert Page(answer.text).fields["found"] == WHY


async def test_who_has_not_shown_lately_who_they_are_is_asked_and_loses_nothing(desk: Desk) -> None:
    worker = await proved(desk, await desk.sign_in(Duty.WORKER))
    form = await visit(worker, "/restricted")
    desk.clock.now += timedelta(minutes=11)
    answer = await submit(worker, "/restricted", form, known_as="C-1", reason=WHY)
    assert answer.status_code == 422
    assert Page(answer.text).fields["reason"] == WHY
