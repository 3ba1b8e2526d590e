"""The managers' board: what is late, who has it, what was done, and what waits for a decision."""

import re
from datetime import date

import pytest

from schemas.access import Duty
from schemas.commands import Hold
from store.children import Care, save_care
from tests.chasing import allocate, arrange, offer
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.managing import Managing, managing
from tests.web.reader import visit


@pytest.fixture
async def office(desk: Desk) -> Managing:
    """Amara is overdue, with nobody; Bilal is due soon, with Ewa; Carys later; Dina's was held."""
    made = await managing(desk)
    await made.returned("Amara")
    bilal = await made.returned("Bilal", 20)
    await made.returned("Carys", 60)
    dina = await made.returned("Dina", 10)
    made.at(61)
    await made.world.do(bilal, allocate(), offer())
    await made.world.do(dina, allocate(), offer(), arrange(), Hold(by="W-1"))
    await made.world.chase()
    made.at(73)
    await made.world.chase()
    return made


async def test_a_manager_begins_the_day_on_the_board_with_what_is_overdue(office: Managing) -> None:
    answer = await office.grace.get("/")
    assert answer.headers["location"] == "/board"
    words = (await visit(office.grace, "/board")).words
    assert "1 Overdue 1 Due within 24 hours 1 Due later 2 Not allocated 1 Record not handed in" in words
    assert "Amara Okafor" in words
    assert "Bilal Okafor" not in words
    assert "Overdue by 60 minutes" in words or "Overdue by 1 hour" in words


async def test_a_row_says_who_has_it_and_what_was_done_last(office: Managing) -> None:
    words = (await visit(office.grace, "/board", group="soon")).words
    assert "Ewa Nowak Offered 1 attempt Tried or offered by Ewa Nowak" in words


async def test_a_row_says_which_alerts_are_open_and_whether_somebody_decided(office: Managing) -> None:
    page = await visit(office.grace, "/board")
    assert "3 open alerts about Amara Okafor" in page.words
    assert "Not acknowledged" in page.words
    assert any(link.endswith("/ladder") for link in page.links)


async def test_what_nobody_answered_in_time_stands_by_itself(office: Managing) -> None:
    words = (await visit(office.grace, "/board", group="escalated")).words
    assert "Amara Okafor" in words
    assert "Escalated Not acknowledged, 1 role up" in words
    assert "Carys Okafor" not in words


CHILDREN = ("Amara", "Bilal", "Carys", "Dina")


async def test_the_board_is_filtered(office: Managing) -> None:
    wanted: dict[str, set[str]] = {
        "worker=W-1": {"Bilal", "Dina"},
        "care=yes": {"Carys"},
        "care=no": {"Amara", "Bilal", "Dina"},
        "risk=high": set(),
        "team=north": set(),
    }
    async with office.desk.store.transaction(NOTTINGHAM) as tx:
        carys = await tx.scalar("SELECT id FROM children WHERE authority_child_id = 'Carys'")
        await save_care(tx, [Care(carys, date(2026, 1, 1), None, "Full care order", None, None)])
    pages = {query: await office.grace.get(f"/board?group=all&{query}") for query in wanted}
    shown = {
        query: {name for name in CHILDREN if f"{name} Okafor" in page.text} for query, page in pages.items()
    }
    assert shown == wanted


async def test_the_board_is_sorted_by_its_address(office: Managing) -> None:
    wanted = {
        "sort=deadline": "Amara",
        "sort=child&turned=yes": "Dina",
        "sort=attempts": "Amara",
        "sort=worker": "Dina",
    }
    pages = {query: await office.grace.get(f"/board?group=all&{query}") for query in wanted}
    first = {
        query: min(CHILDREN, key=lambda name: page.text.index(f"{name} Okafor"))
        for query, page in pages.items()
    }
    assert first == wanted


async def test_the_first_page_of_all_names_who_has_an_interview(office: Managing) -> None:
    assert "Offered: Ewa Nowak" in re.sub(r"\s+:", ":", (await visit(office.grace, "/now")).words)


async def test_past_the_last_page_stands_the_last_one(office: Managing) -> None:
    assert "Amara Okafor" in (await visit(office.grace, "/board", page="99")).words


async def test_a_restricted_child_is_not_on_the_board(office: Managing) -> None:
    async with office.desk.store.transaction(NOTTINGHAM) as tx:
        amara = await tx.scalar("SELECT id FROM children WHERE authority_child_id = 'Amara'")
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) VALUES (:id, :authority)",
            id=amara,
            authority=NOTTINGHAM,
        )
    words = (await visit(office.grace, "/board")).words
    assert "0 Overdue" in words
    assert "Amara" not in words


async def test_a_worker_has_no_board(office: Managing) -> None:
    worker = await office.desk.sign_in(Duty.WORKER, staff_id="W-1")
    assert (await worker.get("/board")).status_code == 403


async def test_whatever_stands_in_an_address_is_answered(office: Managing) -> None:
    hostile = ("%00", "%27%22%3Cscript%3E", "%F0%9F%98%80", "..%2F", "a" * 200)
    asked = ("/board?team=", "/board?worker=", "/alerts?step=", "/load?team=", "/allocate?at=")
    answers = [await office.grace.get(f"{path}{text}") for path in asked for text in hostile]
    answers += [await office.grace.get("/allocate?at=0001-01-01T00:00:00%2B14:00")]
    assert {answer.status_code for answer in answers} <= {200, 422}
    assert not any("<script>" in answer.text for answer in answers)
