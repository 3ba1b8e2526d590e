"""A site with one thing of each kind that a page is about: of one's own authority, of another, restricted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from casework import policies
from casework.alerts import new_alert
from casework.police_list import take
from schemas.police_list import Listed, SentList
from schemas.policy import Policy
from store import alerts, glass, police_tasks
from store.database import Transaction
from store.glass import Broken
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE
from tests.web.conftest import NOW, Desk
from tests.web.records import staffed
from tests.web.stories import missing, returned

OWN, OTHER, RESTRICTED = "own", "other authority", "restricted child"
WHOSE = {OWN: NOTTINGHAM, OTHER: DERBY, RESTRICTED: NOTTINGHAM}
Ids = Mapping[str, str]


async def whole(desk: Desk) -> Mapping[str, Ids]:
    """Fill a site, and return the ids that stand in addresses, by world and by their name in a route."""
    await staffed(desk)
    for number, (world, authority) in enumerate(WHOSE.items()):
        child = {
            "authority_child_id": f"C-{number}",
            "family_name": f"Family-{world.split()[0]}",
            "given_names": "Sam",
            "date_of_birth": "2011-07-02",
        }
        own: dict[str, Any] = {"child": child, "subject": f"NP-{number}", "authority": authority}
        back = NOW - timedelta(hours=20)
        await desk.tell(
            missing(back - timedelta(hours=9), id=f"r{number}", **own),
            returned(back, id=f"b{number}", **own),
            missing(
                NOW, id=f"u{number}", **own | {"child": {"family_name": world}, "subject": f"U-{number}"}
            ),
        )
    lists = {
        world: await _list_of(desk, number, authority)
        for number, (world, authority) in enumerate(WHOSE.items())
    }
    letter = (await desk.tell({"id": "x"}))[0]["letter"]
    ids = {}
    for number, (world, authority) in enumerate(WHOSE.items()):
        async with desk.store.transaction(authority, "system:test") as tx:
            ids[world] = await _ids(tx, number) | {"letter_id": str(letter), **lists[world]}
    text = Policy().model_dump_json()
    await policies.upload(desk.store, NOTTINGHAM, text, why="As it was.", person="person:x", now=NOW)
    async with desk.store.transaction(NOTTINGHAM, "system:test") as tx:
        for child_id in await _children_of(tx, 2):
            await tx.run(
                "INSERT INTO restrictions (child_id, authority) VALUES (:id, :a)", id=child_id, a=NOTTINGHAM
            )
    return ids


async def _list_of(desk: Desk, number: int, authority: str) -> dict[str, str]:
    """Let a force list a child of the world who is not missing here, and another send an empty list."""
    row = Listed(
        "row 2", f"NP-9{number}", f"Family-{list(WHOSE)[number].split()[0]}", "Sam", date(2011, 7, 2)
    )
    of_force = SentList(f"urn:police:force-{number}", NOW, "today.csv", "file", "text/csv", b"1", (row,))
    empty = SentList(NOTTINGHAMSHIRE, NOW, "today.csv", "file", "text/csv", bytes([number]), ())
    for sent in (of_force, empty):
        taken = await take(desk.store, authority, sent, Policy(), person="system:test", now=NOW)
    async with desk.store.transaction(authority, "system:test") as tx:
        (task,) = await police_tasks.standing(tx, of_force.source)
    return {"task_id": str(task.id), "list_id": str(taken.list.id)}


async def _ids(tx: Transaction, number: int) -> dict[str, str]:
    child_id = await tx.scalar("SELECT id FROM children WHERE authority_child_id = :n", n=f"C-{number}")
    interview_id = await tx.scalar("SELECT id FROM interviews WHERE child_id = :id", id=child_id)
    alert = await _alert(tx, interview_id)
    until = NOW + timedelta(hours=1)
    access = Broken(uuid4(), child_id, "person:x", "why", NOW, until, None, None, None, None)
    await glass.add(tx, access)
    question = await tx.scalar(
        "SELECT q.id FROM questions q JOIN children c ON c.id = q.child_id WHERE c.authority_child_id IS NULL"
        " AND q.message_id = :id",
        id=f"u{number}",
    )
    return {
        "child_id": str(child_id),
        "interview_id": str(interview_id),
        "alert_id": str(alert),
        "access_id": str(access.id),
        "question_id": str(question),
        "episode_id": str(await tx.scalar("SELECT id FROM episodes WHERE child_id = :id", id=child_id)),
    }


async def _alert(tx: Transaction, interview_id: UUID) -> UUID:
    step = Policy().ladder.steps[0]
    made = new_alert(tx.authority, interview_id, step, NOW, NOW)
    await alerts.raise_(tx, [replace(made, interview_id=interview_id)])
    return made.id


async def _children_of(tx: Transaction, number: int) -> list[UUID]:
    rows = await tx.all(
        "SELECT DISTINCT child_id FROM inbox WHERE id = ANY(CAST(:ids AS text[]))",
        ids=[f"r{number}", f"b{number}", f"u{number}"],
    )
    return [row.child_id for row in rows]
