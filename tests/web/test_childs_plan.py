"""The plan for the child: what stands on the page, in words that a child reads."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from casework.plans import Asked, take_step
from casework.views.plans import find_plan
from schemas.plan import Done, NotDone, OnAction, Superseded
from schemas.plan_policy import PlanPolicy
from schemas.record import Account, InterviewRecord, Outcome
from schemas.staff import StaffMember
from store import children, staff
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.plans import BUS, MEDIATION, RECORD, approved, interview_of
from tests.web.reader import visit
from tests.web.stories import BACK, SEEN, missing, returned
from web.pages.rendering import TEMPLATES

ODD = "O’Neill & <b>Sons</b> 🙂"
RIGHT_TO_LEFT = "أريد أن أرى جدتي كل أسبوع."


@pytest.fixture
async def page(desk: Desk) -> str:
    """The address of Amara's plan, whose record was approved."""
    await desk.tell(missing(), returned())
    await approved(desk.store, await interview_of(desk.store), NOW)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        child_id, _ = await find_plan(tx, "C-100482", PlanPolicy())
    return f"/children/{child_id}/plan"


async def actions(desk: Desk) -> list[UUID]:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        _, plan = await find_plan(tx, "C-100482", PlanPolicy())
    return [action.id for action in plan.actions]


async def do(desk: Desk, step: OnAction, version: int = 1) -> None:
    asked = Asked(step, "Ms Patel", f"key {version}", version)
    await take_step(
        desk.store, NOTTINGHAM, "C-100482", asked, person="staff:test", policy=PlanPolicy(), now=NOW
    )


async def words(desk: Desk, page: str) -> str:
    return (await visit(desk.client, page)).words


async def test_the_child_reads_what_was_told_and_what_who_and_by_when(desk: Desk, page: str) -> None:
    shown = await words(desk, page)
    assert "Amara ’s plan" in shown
    assert "On 30 March 2026 you said: I had a row with Mum about my phone." in shown
    assert f"{BUS.what} Mr O’Neill 3 April 2026 {MEDIATION.what} Ms Patel 20 April 2026" in shown
    assert "again by 3 April 2026" in shown
    assert "Childline: 0800 1111" in shown


def test_our_own_words_are_short_sentences_of_short_words() -> None:
    template = (TEMPLATES / "child/plan.html").read_text().partition("<h1")[2]
    ours = re.split(r"[.:?]\s|<[^>]+>", re.sub(r"{%.*?%}|{{.*?}}", "", template))
    assert max(len(sentence.split()) for sentence in ours) <= 16
    assert [word for sentence in ours for word in re.findall(r"\w+", sentence) if len(word) > 9] == []


async def test_what_was_done_and_what_not_is_told_with_why(desk: Desk, page: str) -> None:
    mediation, bus = await actions(desk)
    await do(desk, Done(action=mediation, seen="You met twice."))
    await do(desk, NotDone(action=bus, reason="There is no late bus."), 2)
    shown = await words(desk, page)
    assert f"Done: {MEDIATION.what} What we saw: You met twice." in shown
    assert f"We will not do this: {BUS.what} Why: There is no late bus." in shown
    assert "There is nothing left to do from this plan." in shown


async def test_what_is_done_instead_is_told(desk: Desk, page: str) -> None:
    mediation, bus = await actions(desk)
    await do(desk, Superseded(action=mediation, superseded_by=bus, reason="You like the bus."))
    assert f"We do this instead: {BUS.what}" in await words(desk, page)


async def test_what_is_late_is_said_to_be_late(desk: Desk, page: str) -> None:
    desk.clock.now = NOW + timedelta(days=4)
    shown = await words(desk, page)
    assert "3 April 2026 This is late. Ask us why." in shown
    assert "We should have looked at this plan with you by 3 April 2026. Ask us to do it now." in shown


async def test_whom_to_call_is_the_one_who_talked_with_the_child_and_the_social_worker(
    desk: Desk, page: str
) -> None:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [StaffMember(id="W-1", name="Zainab Patel", phone="0115 496 0001")], NOW)
        await tx.run("UPDATE interviews SET interviewer = 'W-1'")
        child_id, _ = await find_plan(tx, "C-100482", PlanPolicy())
        await children.save_care(
            tx, [children.Care(child_id, date(2026, 1, 1), None, None, None, "Mr Adeyemi")]
        )
    shown = await words(desk, page)
    assert "Zainab Patel , who talked with you: 0115 496 0001" in shown
    assert "Mr Adeyemi , your social worker" in shown


@pytest.mark.parametrize("gone", [True, False])
async def test_somebody_who_left_or_is_not_known_is_not_named(desk: Desk, page: str, gone: bool) -> None:
    async with desk.store.transaction(NOTTINGHAM) as tx:
        if gone:
            await staff.save(tx, [StaffMember(id="W-1", name="Zainab Patel", gone_on=date(2026, 3, 1))], NOW)
        await tx.run("UPDATE interviews SET interviewer = 'W-1'")
    assert "who talked with you" not in await words(desk, page)


async def test_a_plan_that_does_not_exist_yet_says_so(desk: Desk) -> None:
    await desk.tell(missing(child={"authority_child_id": "C-9", "family_name": "Khan"}))
    async with desk.store.transaction(NOTTINGHAM) as tx:
        child_id, _ = await find_plan(tx, "C-9", PlanPolicy())
    shown = await words(desk, f"/children/{child_id}/plan")
    assert "Your plan" in shown
    assert "There is no plan yet. We will talk with you first." in shown


async def test_an_action_without_owner_and_day_says_that_they_will_be_told(desk: Desk, page: str) -> None:
    record = InterviewRecord(outcomes=(Outcome(what="See Nan on Sundays"),))
    day = timedelta(days=1)
    await desk.tell(
        missing(SEEN + day, id="m3", subject="NP-2"), returned(BACK + day, id="m4", subject="NP-2")
    )
    await approved(desk.store, await interview_of(desk.store, place=1), NOW, record)
    assert "See Nan on Sundays We will tell you We will tell you" in await words(desk, page)


async def test_what_is_kept_back_is_not_on_the_page(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    police = Outcome(what="Report Josh to the police", why="Josh", owner="Ms Patel", kept_back="Not yet told")
    record = RECORD.model_copy(update={"outcomes": (BUS, police)})
    await approved(desk.store, await interview_of(desk.store), NOW, record)
    [interview] = await desk.items("/api/v1/interviews")
    told = await words(desk, f"/children/{interview['child_id']}/plan")
    assert "late bus" in told
    assert "Josh" not in told


async def test_markup_is_shown_as_it_was_typed_and_other_scripts_run_their_own_way(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    record = InterviewRecord(
        account=Account(since=RIGHT_TO_LEFT),
        outcomes=(Outcome(what=f"أرى جدتي {ODD}", owner=ODD, due_on=date(2026, 4, 3)),),
    )
    await approved(desk.store, await interview_of(desk.store), NOW, record)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        child_id, _ = await find_plan(tx, "C-100482", PlanPolicy())
    html = (await desk.client.get(f"/children/{child_id}/plan")).text
    assert "O’Neill &amp; &lt;b&gt;Sons&lt;/b&gt; 🙂" in html
    assert "<b>Sons" not in html
    assert f'dir="auto">{RIGHT_TO_LEFT}<' in html


async def test_the_child_s_page_leads_to_the_plan_and_back(desk: Desk, page: str) -> None:
    back = page.removesuffix("/plan")
    assert page in (await visit(desk.client, back)).links
    assert back in (await visit(desk.client, page)).links


async def test_a_child_who_was_absorbed_is_shown_as_who_took_over(desk: Desk, page: str) -> None:
    await desk.tell(missing(id="m9", subject="NP-9", child={"authority_child_id": "C-9"}))
    async with desk.store.transaction(NOTTINGHAM) as tx:
        other, _ = await find_plan(tx, "C-9", PlanPolicy())
        await tx.run(
            "UPDATE children SET absorbed_by = :by WHERE id = :id",
            by=UUID(page.split("/")[2]),
            id=other,
        )
    answer = await desk.client.get(f"/children/{other}/plan")
    assert (answer.status_code, answer.headers["location"]) == (307, page)


async def test_a_child_who_is_not_here_has_no_page(desk: Desk) -> None:
    assert (await desk.client.get(f"/children/{UUID(int=1)}/plan")).status_code == 404
