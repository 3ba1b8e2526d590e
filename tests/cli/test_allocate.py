"""`homeward allocate`: what it suggests, and that accepting gives it out through the same checks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from schemas.working_hours import read_working
from store import staff
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, message

ALWAYS = read_working("Mon-Sun 00:00-23:59")
TRAINED = ("return_interview",)
PEOPLE = (
    StaffMember(id="ania", name="Ania Kowalska", training=TRAINED, working=ALWAYS),
    StaffMember(id="ben", name="Ben Ali", working=ALWAYS),
    StaffMember(id="mary", name="Mary Okoro", roles=frozenset({Role.TEAM_MANAGER})),
)


@pytest.fixture
async def due(store: Store) -> Store:
    """A child who was back an hour ago, and three people."""
    now = datetime.now(UTC)  # the command reads the clock
    told = [
        message("reported", now - timedelta(hours=9), id="m1", missing={"category": "missing"}),
        message("returned", now - timedelta(hours=1), id="m2"),
    ]
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), told, now)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, PEOPLE, now)
    return store


async def held_by(store: Store) -> list[tuple[str, str | None]]:
    async with store.transaction(NOTTINGHAM) as tx:
        return [tuple(row) for row in await tx.all("SELECT status, interviewer FROM interviews")]


async def test_a_suggestion_is_told_with_its_reasons_and_changes_nothing(
    homeward: Callable[..., Said], due: Store
) -> None:
    said = homeward("allocate", "--suggest")
    first, last = said.out.splitlines()
    assert "Ania Kowalska, by " in first
    assert "working hours before the deadline; has no interviews in hand" in first
    assert last == "to allocate: 1; in time 1, late 0, nobody 0"
    assert await held_by(due) == [("due", None)]


async def test_accepting_gives_each_to_whom_was_suggested(homeward: Callable[..., Said], due: Store) -> None:
    said = homeward("allocate", "--accept", "--by", "mary")
    assert (said.code, said.out.splitlines()[-1]) == (0, "given: 1")
    assert await held_by(due) == [("allocated", "ania")]
    assert homeward("allocate", "--accept", "--by", "mary").out.splitlines()[-1] == "given: 0"


async def test_who_may_not_decide_gives_nothing_out(homeward: Callable[..., Said], due: Store) -> None:
    said = homeward("allocate", "--accept", "--by", "ben")
    assert said.code == 1
    assert "not given: " in said.out
    assert "ben is no manager" in said.out
    assert await held_by(due) == [("due", None)]


@pytest.mark.parametrize("options", [(), ("--suggest", "--accept"), ("--accept",)])
def test_what_to_do_has_to_be_chosen(options: tuple[str, ...], homeward: Callable[..., Said]) -> None:
    said = homeward("allocate", *options)
    assert (said.code, said.out) == (2, "")
