"""The load of everybody who holds interviews."""

from datetime import date

import pytest

from schemas.commands import Hold
from schemas.staff import Leave
from tests.chasing import allocate, arrange, offer
from tests.web.conftest import Desk
from tests.web.managing import Managing, managing
from tests.web.reader import visit
from tests.web.records import STAFF


@pytest.fixture
async def office(desk: Desk) -> Managing:
    """Ewa, who has room for two, has one overdue and held one in time; Tom is on leave."""
    made = await managing(desk)
    ewa, tom, *others = STAFF
    leave = (Leave(from_on=date(2026, 3, 30), to_on=date(2026, 4, 10)),)
    await made.world.staffed(
        ewa.model_copy(update={"capacity": 2, "teams": ("north",)}),
        tom.model_copy(update={"leave": leave}),
        *others,
    )
    amara, bilal = await made.returned("Amara"), await made.returned("Bilal", 1)
    made.at(2)
    await made.world.do(amara, allocate())
    await made.world.do(bilal, allocate(), offer(), arrange(), Hold(by="W-1"))
    made.at(73)
    return made


async def test_each_has_what_is_in_hand_what_is_late_and_what_was_held_in_time(office: Managing) -> None:
    words = (await visit(office.grace, "/load")).words
    assert "Team north 2 interviews in hand, 1 overdue, 0 due within 24 hours, 1 to write up." in words
    assert "Ewa Nowak Mon to Fri 2 of 2 in the hands of Ewa Nowak Full 1 to write up 1 0 0 1 of 1" in words


async def test_who_is_away_is_said(office: Managing) -> None:
    assert "Tom O'Neill Mon to Fri Away until 10 April 2026" in (await visit(office.grace, "/load")).words


async def test_one_team_is_shown_by_itself(office: Managing) -> None:
    words = (await visit(office.grace, "/load", team="north")).words
    assert "Ewa Nowak" in words
    assert "Away until" not in words


async def test_what_is_restricted_counts_and_is_not_named(office: Managing) -> None:
    async with office.desk.store.transaction("E06000018") as tx:
        await tx.run("INSERT INTO restrictions (child_id, authority) SELECT id, authority FROM children")
    words = (await visit(office.grace, "/load")).words
    assert "2 interviews in hand" in words
    assert "Amara" not in words
