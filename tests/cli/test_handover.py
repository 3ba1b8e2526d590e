"""`homeward handover` and `homeward measures`: offered, answered by the other authority, and counted."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import staff
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, message

MARY = StaffMember(id="mary", name="Mary Okoro", roles=frozenset({Role.TEAM_MANAGER}))
LEEDS = "E08000035"
ID = re.compile(r"[0-9a-f-]{36}")


@pytest.fixture
async def interview(store: Store) -> str:
    """An interview of a child who was back an hour ago; and Mary, who manages."""
    now = datetime.now(UTC)  # the command reads the clock
    told = [
        message("reported", now - timedelta(hours=9), id="m1", missing={"category": "missing"}),
        message("returned", now - timedelta(hours=1), id="m2"),
    ]
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), told, now)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [MARY], now)
        return str(await tx.scalar("SELECT id FROM interviews"))


def offer(homeward: Callable[..., Said], interview: str, to: str = LEEDS) -> Said:
    until = (datetime.now(UTC) + timedelta(hours=4)).isoformat()
    told = ("--to", to, "--by", "mary", "--reason", "Lives in Leeds", "--accept-by", until)
    return homeward("handover", "offer", interview, *told)


async def test_an_offer_is_listed_and_the_hosts_answer_written_down(
    homeward: Callable[..., Said], interview: str
) -> None:
    said = offer(homeward, interview)
    assert (said.code, f"responsible: {NOTTINGHAM}" in said.out) == (0, True)
    assert homeward("handover", "list").out == said.out
    id_ = ID.search(said.out)
    assert id_ is not None
    done = homeward("handover", "answer", id_[0], "accept", "--by", "mary", "--said-by", "Joan Firth")
    assert f"accepted; responsible: {LEEDS}" in done.out
    assert (homeward("handover", "list").out, homeward("handover", "list", "--all").out) == ("", done.out)


async def test_what_cannot_be_is_told_in_one_line(homeward: Callable[..., Said], interview: str) -> None:
    said = offer(homeward, interview, NOTTINGHAM)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "to: is the authority itself" in said.err
    wrong = homeward("handover", "answer", interview, "keep", "--by", "mary")
    assert (wrong.code, "use one of accept, refuse, withdraw" in wrong.err) == (2, True)
    assert offer(homeward, interview, "Leeds").code == 2


async def test_the_measures_are_printed_for_a_period(homeward: Callable[..., Said], interview: str) -> None:
    today = datetime.now(UTC).date()
    first, last = today - timedelta(days=1), today + timedelta(days=9)
    said = homeward("measures", "--from", str(first), "--to", str(last))
    assert said.out.splitlines()[0].startswith("known                      1  every interview")
    assert re.search(r"^ {2}never_asked +1 ", said.out, re.MULTILINE)


@pytest.mark.parametrize("period", [("2026-04-01", "2026-03-01"), ("March", "2026-04-01")])
def test_a_period_that_cannot_be_is_refused(homeward: Callable[..., Said], period: tuple[str, str]) -> None:
    said = homeward("measures", "--from", period[0], "--to", period[1])
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
