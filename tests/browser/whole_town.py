"""The town with one thing of each kind that a page is about, and the ids that stand in addresses."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from casework import deciding, offering, policies
from casework.police_list import take
from casework.seal import seal
from casework.views.plans import find_plan
from cli.demo.forces import with_formats
from cli.demo.staff import CHIEF
from schemas.commands import Approve
from schemas.decisions import LinkChild
from schemas.plan_policy import PlanPolicy
from schemas.police_list import Listed, SentList, Unread
from schemas.police_lists_policy import PoliceListsPolicy
from schemas.policy import Policy
from store import glass
from store.glass import Broken
from tests.browser.test_policy import POLICY
from tests.browser.town import ACCEPTED, HOUR, NOW, WORKER, Town
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.unit.forces import row
from tests.web import drafts
from tests.web.records import RECORD

PERSON: Mapping[str, Any] = {"person": "system:test", "now": NOW}
DERBYSHIRE = "urn:police:derbyshire"


async def fill(town: Town) -> Mapping[str, str]:
    """Fill the town; return what stands in addresses, by its name there or by the child's."""
    ids = {"approved": await approved(town), "submitted": await submitted(town)}
    ids |= {"late": await town.back("Carys", 70), "new": await town.back("Fay", 12)}
    ids |= {"offered": await town.back("Bilal", 20), "held": await town.back("Eli", 30)}
    ids |= {"given": await town.back("Dina", 10)}
    await town.given_out(ids["given"])
    await town.given_out(ids["offered"], ACCEPTED)
    await town.held(ids["held"])
    await town.write(ids["held"], {**RECORD, "outcomes": [{**RECORD["outcomes"][0], "due_on": None}]})
    await town.world.chase(NOW)
    known = {name: str(id_) for name, id_ in ids.items()} | await of_a_screener(town)
    known |= await lists_of_the_police(town)
    known |= {"code": await link(town, ids["offered"]), "child": await town.child_of("Amara")}
    known["access"] = str(await opened_in_need(town))
    async with town.store.transaction(NOTTINGHAM) as tx:
        _, plan = await find_plan(tx, "C-Amara", PlanPolicy())
    known["action"] = str(plan.actions[0].id)
    known["policy"] = await policy_without_formats(town)
    await seal(town.store, NOTTINGHAM, NOW)
    return known


async def policy_without_formats(town: Town) -> str:
    """Let a policy wait that would take away the formats of the one in force; return its number."""
    forces = with_formats(Policy()).model_dump_json()
    read = await policies.upload(town.store, NOTTINGHAM, forces, why="What forces write.", **PERSON)
    await policies.accept(town.store, NOTTINGHAM, read.row.no, Policy(), why="Agreed.", **PERSON)
    waits = await policies.upload(town.store, NOTTINGHAM, POLICY, why="Two days.", **PERSON)
    return str(waits.row.no)


async def approved(town: Town) -> UUID:
    """Bring Amara's first interview into her plan."""
    interview = await town.back("Amara", 60)
    await town.submitted(interview)
    await town.world.do(interview, Approve(by=CHIEF, decision="Agreed."))
    return interview


async def submitted(town: Town) -> UUID:
    """Let Amara be away and back again, and the second record wait beside the first."""
    again: dict[str, Any] = {"subject": "NP-Again", "child": {"authority_child_id": "C-Amara"}}
    await town.world.tell(
        message("reported", NOW - 26 * HOUR, id="again-1", missing={"risk_level": "high"}, **again),
        message("returned", NOW - 22 * HOUR, id="again-2", returned={}, **again),
    )
    found = await town.value("SELECT id FROM interviews WHERE status = 'due'")
    interview = UUID(str(found))
    await town.submitted(interview)
    return interview


async def of_a_screener(town: Town) -> dict[str, str]:
    """Tell of two unknown children, one of them linked, of times that do not fit, and a broken message."""
    await town.back("Bill", 25, family_name="Khan")
    for number, name in enumerate(("Billy", "Willy")):
        child = {"family_name": "Khan", "given_names": name}
        told: dict[str, Any] = {"subject": f"U-{number}", "child": child, "missing": {}}
        await town.world.tell(message("reported", NOW - HOUR, id=f"u{number}", **told))
    known = await town.value("SELECT id FROM children WHERE facts->>'given_names' = 'Bill'")
    other = await town.value("SELECT id FROM children WHERE facts->>'given_names' = 'Willy'")
    decided = await deciding.decide(
        town.store, NOTTINGHAM, LinkChild(child=other, other=known, reason="His nickname"),
        key="w", by=CHIEF, policy=Policy(), **PERSON,
    )  # fmt: skip
    conflict = await told_differently(town)
    await town.world.tell({"id": "x"})
    return {
        "known": str(known),
        "decision": str(decided.id),
        "conflict": conflict,
        "question": str(
            await town.value("SELECT id FROM questions WHERE closed_at IS NULL AND kind = 'unknown_child'")
        ),
        "letter": str(await town.value("SELECT id FROM letters WHERE outcome IS NULL")),
        "draft": await part_understood(town),
    }


async def part_understood(town: Town) -> str:
    """Let a force send a list of which one row is not understood; return its letter."""
    cells = {"Risk": "VERY HIGH", "DOB": "31/02/2012", "Time_Last_Seen": "", "Missing_From": "LAC"}
    return await drafts.drafted(town.store, row(**cells), NOW)


async def told_differently(town: Town) -> str:
    """Let two forces tell of one absence that it ended five hours apart; return the episode."""
    child = {"authority_child_id": "C-Hari", "family_name": "Hari", "given_names": "Hari"}
    about: dict[str, Any] = {"child": child, "subject": "NP-Hari"}
    derby = about | {"source": DERBYSHIRE}
    await town.world.tell(
        message("reported", NOW - 30 * HOUR, id="h1", missing={}, **about),
        message("returned", NOW - 20 * HOUR, id="h2", returned={}, **about),
        message("reported", NOW - 30 * HOUR, id="h3", missing={}, **derby),
        message("returned", NOW - 15 * HOUR, id="h4", returned={}, **derby),
    )
    return str(
        await town.value(
            "SELECT e.id FROM episodes e JOIN children c ON c.id = e.child_id"
            " WHERE c.authority_child_id = 'C-Hari'"
        )
    )


async def lists_of_the_police(town: Town) -> dict[str, str]:
    """Let one force list a child who may be one who is missing here under another reference, and lack one who
    is; and another send an empty list.
    """
    for number, name in enumerate(("Jo", "Kim")):
        child = {"family_name": "Lowe", "given_names": name, "authority_child_id": f"C-{name}"}
        told: dict[str, Any] = {"subject": f"NP-L{number}", "child": child, "missing": {}}
        await town.world.tell(message("reported", NOW - 9 * HOUR, id=f"l{number}", **told))
        told |= {"source": DERBYSHIRE}
        await town.world.tell(message("reported", NOW - 9 * HOUR, id=f"d{number}", **told))
    policy = Policy(police_lists=PoliceListsPolicy(lags=timedelta(0)))
    row = Listed("row 2", "NP-M", "Lowe", "Jo", None, NOW - 8 * HOUR)
    for source, rows in ((NOTTINGHAMSHIRE, (row,)), (DERBYSHIRE, ())):
        unread = (Unread("row 3", "has 4 cells where the header has 5", "NP-N;"),) if rows else ()
        sent = SentList(source, NOW, "today.csv", "file", "text/csv", b"", rows, unread)
        await take(town.store, NOTTINGHAM, sent, policy, **PERSON)
    first = "SELECT id FROM police_tasks WHERE kind = '{}' ORDER BY why DESC, opened_at LIMIT 1"
    return {
        "listed": str(await town.value(first.format("listed"))),
        "unlisted": str(await town.value(first.format("open"))),
    }


async def link(town: Town, interview: UUID) -> str:
    return await offering.make_link(
        town.store, NOTTINGHAM, interview, "en", by=WORKER, policy=Policy(), **PERSON
    )


async def opened_in_need(town: Town) -> UUID:
    """Note that somebody opened a restricted record."""
    access = uuid4()
    child = UUID(await town.child_of("Fay"))
    until = NOW + timedelta(hours=4)
    why = "Nobody named answers the telephone."
    async with town.store.transaction(NOTTINGHAM, "system:test") as tx:
        broken = Broken(access, child, "person:somebody", why, NOW, until, None, None, None, None)
        await glass.add(tx, broken)
    return access
