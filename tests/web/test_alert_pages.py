"""Alerts: what is late and who was told; decided on, and what each step of a ladder changed."""

import pytest

from schemas.access import Duty
from tests.chasing import allocate
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.managing import Managing, followed, managing
from tests.web.reader import submit, visit


@pytest.fixture
async def office(desk: Desk) -> Managing:
    """Amara came back 25 hours ago, nobody has the interview, and it was chased."""
    made = await managing(desk)
    made.at(1)
    made.interview = await made.returned("Amara")
    made.at(25)
    await made.world.chase()
    return made


async def alert_of(office: Managing) -> str:
    [(found,)] = await office.world.rows("SELECT id FROM alerts WHERE step = 'not_allocated_48h_before'")
    return str(found)


async def test_an_alert_says_what_is_late_who_was_told_and_until_when_an_answer_is_expected(
    office: Managing,
) -> None:
    words = (await visit(office.grace, "/alerts")).words
    assert "Not decided (1)" in words
    assert "Nobody has the interview, 48 hours before the deadline" in words
    assert "Expected Allocate the interview to an interviewer. Answer by" in words
    assert "Grace Bell (team manager): in Homeward: sent; by e-mail: waits to be sent" in words


async def test_a_decision_is_written_down(office: Managing) -> None:
    alert = await alert_of(office)
    page = await visit(office.grace, "/alerts")
    answer = await submit(
        office.grace, f"/alerts/{alert}", page, **{f"decision-{alert}": "Ewa takes it this morning."}
    )
    assert answer.status_code == 303
    assert "Your decision is written down" in await followed(office.grace, answer)
    words = (await visit(office.grace, "/alerts", state="decided")).words
    assert "Decided Ewa takes it this morning. ( Grace Bell , today" in words


async def test_without_a_decision_nothing_is_acknowledged(office: Managing) -> None:
    alert = await alert_of(office)
    answer = await submit(office.grace, f"/alerts/{alert}", await visit(office.grace, "/alerts"))
    assert answer.status_code == 422
    assert f'href="#decision-{alert}"' in answer.text


async def test_what_somebody_else_decided_stands(office: Managing) -> None:
    alert = await alert_of(office)
    page = await visit(office.grace, "/alerts")
    sunil = await office.desk.sign_in(Duty.MANAGER, name="Sunil Rao", staff_id="M-2")
    field = f"decision-{alert}"
    await submit(sunil, f"/alerts/{alert}", await visit(sunil, "/alerts"), **{field: "Tom takes it."})
    answer = await submit(office.grace, f"/alerts/{alert}", page, **{field: "Ewa takes it."})
    assert answer.status_code == 409
    assert "decided on this alert already" in answer.text


async def test_alerts_are_filtered_by_step(office: Managing) -> None:
    assert "There are none." in (await visit(office.grace, "/alerts", step="missing_24h")).words
    assert "Amara" in (await visit(office.grace, "/alerts", step="not_allocated_48h_before")).words


async def test_the_ladder_says_what_each_step_changed_and_what_comes_next(office: Managing) -> None:
    office.at(28)
    await office.world.do(office.interview, allocate())
    office.at(49)
    await office.world.chase()
    words = (await visit(office.grace, f"/interviews/{office.interview}/ladder")).words
    assert "What it changed: Allocated by Grace Bell 3 hours after it" in words
    assert "What it changed: nothing yet" in words
    assert "The interview was not held, at the deadline" in words
    assert "Told: interviewer, team manager." in words


async def test_a_decision_on_the_ladder_leads_back_to_it(office: Managing) -> None:
    alert, at = await alert_of(office), f"/interviews/{office.interview}/ladder"
    page = await visit(office.grace, at)
    answer = await submit(office.grace, f"/alerts/{alert}", page, **{f"decision-{alert}": "Ewa takes it."})
    assert answer.headers["location"].startswith(at)
    assert "Ewa takes it." in (await visit(office.grace, at)).words


async def test_an_alert_about_a_restricted_child_is_nobodys(office: Managing) -> None:
    alert = await alert_of(office)
    page = await visit(office.grace, "/alerts")
    async with office.desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run("INSERT INTO restrictions (child_id, authority) SELECT id, authority FROM children")
    assert "Amara" not in (await visit(office.grace, "/alerts")).words
    answer = await submit(office.grace, f"/alerts/{alert}", page, **{f"decision-{alert}": "Ewa takes it."})
    assert answer.status_code == 404
    assert (await office.grace.get(f"/interviews/{office.interview}/ladder")).status_code == 404
