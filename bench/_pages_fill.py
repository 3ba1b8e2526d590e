"""The authority of `bench.pages`: years of episodes, nearly all of them finished, made by set in a minute.

Children go missing once to eight times in five years; some 300 interviews are still open. Staff and sessions
are made by the product, everything else by `_pages_fill.sql`, with every constraint on. The hashes of the
ledger chain nothing, the records of the last year are those of the corpus, and older ones have none.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from schemas.access import Duty
from schemas.staff import Role, StaffMember
from store import staff
from store.database import Store
from tests.corpus import examined
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.sessions import lasting

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
"""A Tuesday, ten o'clock in the morning in Nottingham."""
TEAMS = ("north", "south", "east")
WORKERS = tuple(f"W-{number}" for number in range(1, 13))
MANAGERS = {
    "M-1": Role.TEAM_MANAGER,
    "S-1": Role.SERVICE_MANAGER,
    "H-1": Role.HEAD_OF_SERVICE,
    "D-1": Role.DIRECTOR,
    "N-1": Role.SENIOR_MANAGER,
}
PERSONAS = {
    Duty.WORKER: "W-1",
    Duty.MANAGER: "M-1",
    Duty.SCREENER: None,
    Duty.AUDITOR: None,
    Duty.ADMINISTRATOR: None,
}


def secret_of(duty: Duty) -> str:
    """Return what the browser of somebody with this duty has in its cookie."""
    return f"bench-{duty.value}"


def fill(database: Database, episodes: int) -> None:
    """Make the authority, and let one person of each duty sign in."""
    asyncio.run(_people(database.app_url))
    with connect(database.superuser_url) as superuser, superuser.cursor() as told:
        for name, value in (("episodes", str(episodes)), ("now", NOW.isoformat()), ("authority", NOTTINGHAM)):
            told.execute("SELECT set_config(%s, %s, false)", (f"bench.{name}", value))
        told.execute("CREATE TEMP TABLE corpus (n int, record jsonb)")
        told.executemany("INSERT INTO corpus VALUES (%s, %s)", [*enumerate(_records())])
        told.execute(Path(__file__).with_suffix(".sql").read_bytes())
        told.execute("VACUUM")  # as the server does by itself, but now, and not while pages are measured


def _records() -> list[Jsonb]:
    good = (file.example.record for file in examined("development") if file.example.kind == "good")
    return [Jsonb(record.model_dump(mode="json")) for record in good]


async def _people(url: str) -> None:
    store = Store(url)
    async with store.transaction(NOTTINGHAM, "system:bench") as tx:
        await staff.save(tx, [*map(_worker, range(len(WORKERS))), *map(_manager, MANAGERS)], NOW)
    for duty, staff_id in PERSONAS.items():
        await lasting(store, duty, secret=secret_of(duty), name=f"A {duty.value}", staff_id=staff_id)
    await store.close()


def _worker(number: int) -> StaffMember:
    return _member(WORKERS[number], Role.INTERVIEWER, [TEAMS[number % len(TEAMS)]])


def _manager(id_: str) -> StaffMember:
    return _member(id_, MANAGERS[id_], TEAMS)


def _member(id_: str, role: Role, teams: Any) -> StaffMember:
    told = {"id": id_, "name": f"Person {id_}", "roles": [role], "teams": teams, "employer": "Barnfield"}
    return StaffMember.model_validate(told | {"training": ["return_interview"], "capacity": 60})
