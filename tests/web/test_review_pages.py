"""A manager reads a record in full, beside an earlier one, and approves it or sends it back."""

from typing import Any

import pytest
from httpx import AsyncClient

from schemas.access import Duty
from tests.chasing import DAY
from tests.web.conftest import NOW, Desk
from tests.web.managing import followed
from tests.web.reader import Page, submit, visit
from tests.web.records import RECORD, Path, begun, staffed
from tests.web.stories import missing, returned


@pytest.fixture
async def path(desk: Desk) -> Path:
    """Amara's interview, of which Ewa handed in the record."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    made = await begun(desk)
    await made.as_far_as_submitted()
    return made


@pytest.fixture
async def grace(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.MANAGER, name="Grace Bell", staff_id="M-1")


async def test_the_record_is_read_in_full_section_by_section(path: Path, grace: AsyncClient) -> None:
    words = (await visit(grace, f"/interviews/{path.id}/review")).words
    assert "2. The child’s account" in words
    assert " ".join(RECORD["account"]["during"].split())[:60] in words
    assert "held by Ewa Nowak" in words


async def test_an_approved_record_is_approved_with_the_decision(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    answer = await submit(
        grace, at, await visit(grace, at), decide="approve", decision="Agreed with the plan."
    )
    assert answer.status_code == 303
    assert (await path.look())["status"] == "approved"
    assert "The record was approved" in await followed(grace, answer)


async def test_without_a_decision_it_is_not_approved(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    answer = await submit(grace, at, await visit(grace, at), decide="approve")
    assert answer.status_code == 422
    assert 'href="#decision"' in answer.text
    assert "Say in a sentence what you decided." in answer.text
    assert (await path.look())["status"] == "submitted"


async def test_it_goes_back_with_what_has_to_be_better_by_section(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    page = await visit(grace, at)
    answer = await submit(grace, at, page, decide="send-back", **{"reason-analysis": "Say what it means."})
    assert answer.status_code == 303
    assert (await path.look())["status"] == "held"
    assert "went back to Ewa Nowak" in await followed(grace, answer)
    assert "Say what it means." in (await visit(grace, at)).words


async def test_a_reason_is_not_lost_where_it_is_approved_all_the_same(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    typed = {"reason-analysis": "Say what it means.", "decision": "Agreed."}
    answer = await submit(grace, at, await visit(grace, at), decide="approve", **typed)
    assert answer.status_code == 422
    assert 'href="#reason-analysis"' in answer.text
    assert "Say what it means.</textarea>" in answer.text
    assert "Agreed.</textarea>" in answer.text


async def test_nobody_approves_their_own_work(path: Path, desk: Desk) -> None:
    ewa = await desk.sign_in(Duty.MANAGER, staff_id="W-1")
    at = f"/interviews/{path.id}/review"
    answer = await submit(ewa, at, await visit(ewa, at), decide="approve", decision="Agreed.")
    assert answer.status_code == 422
    assert (
        "<bdi>Bea Okoro</bdi> held or recorded the interview: somebody else has to approve it." in answer.text
    )
    assert "Agreed.</textarea>" in answer.text


async def test_what_was_decided_meanwhile_is_said(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    page = await visit(grace, at)
    await path.do("send-back", by="M-2", reasons=[{"section": "analysis", "reason": "Too short."}])
    answer = await submit(grace, at, page, decide="approve", decision="Agreed.")
    assert answer.status_code == 409
    assert (
        "since you opened the page: Record sent back by <bdi>Sunil Rao</bdi>. Look at it again" in answer.text
    )


async def test_what_was_typed_when_there_was_nothing_left_to_decide_stands_to_be_copied(
    path: Path, grace: AsyncClient
) -> None:
    at = f"/interviews/{path.id}/review"
    page = await visit(grace, at)
    await path.do("approve", by="M-2", decision="Agreed.")
    typed = {"decision": "The plan is too thin.", "reason-analysis": "Say what it means."}
    answer = await submit(grace, at, page, decide="send-back", **typed)
    assert "There is nothing to decide: approved." in answer.text
    assert "Record approved by <bdi>Sunil Rao</bdi>" in answer.text
    for text in typed.values():
        assert f"readonly>\n{text}</textarea>" in answer.text
    assert 'id="decision"' in answer.text


async def test_a_decision_is_not_dropped_where_the_record_goes_back(path: Path, grace: AsyncClient) -> None:
    at = f"/interviews/{path.id}/review"
    typed = {"reason-analysis": "Say what it means.", "decision": "The plan is too thin."}
    answer = await submit(grace, at, await visit(grace, at), decide="send-back", **typed)
    assert answer.status_code == 422
    assert 'href="#decision"' in answer.text
    assert [Page(answer.text).fields[name] for name in typed] == list(typed.values())
    assert (await path.look())["status"] == "submitted"


async def test_what_was_typed_about_a_record_that_may_not_be_seen_any_more_stands_to_be_copied(
    path: Path, grace: AsyncClient, desk: Desk
) -> None:
    at = f"/interviews/{path.id}/review"
    page = await visit(grace, at)
    async with desk.store.transaction("E06000018") as tx:
        await tx.run("INSERT INTO restrictions (child_id, authority) SELECT id, authority FROM children")
    answer = await submit(grace, at, page, decide="approve", decision="The plan is too thin.")
    assert answer.status_code == 404
    assert "readonly>\nThe plan is too thin.</textarea>" in answer.text
    assert "Amara" not in answer.text


async def test_the_record_before_stands_beside_it_and_what_is_alike_is_marked(
    path: Path, grace: AsyncClient, desk: Desk
) -> None:
    await path.do("approve", by="M-1", decision="Agreed.")
    desk.clock.now = NOW + 10 * DAY
    again: dict[str, Any] = {"subject": "NP-2"}
    await desk.tell(
        missing(desk.clock.now - 2 * DAY, id="m3", **again),
        returned(desk.clock.now - DAY, id="m4", **again),
    )
    second = await begun(desk, status="due")
    await second.do("allocate", by="M-1", interviewer="W-1")
    await second.do("offer", by="W-1", how="phone", answer="accepted")
    await second.do("hold", by="W-1")
    draft = await second.write()
    findings = (await desk.get(f"/api/v1/interviews/{second.id}/findings")).json()
    answers = [
        {"finding": each["id"], "reason": "The child said the same again."}
        for each in findings
        if each["blocks"]
    ]
    await second.do("submit", by="W-1", draft=draft, answers=answers)
    page = await visit(grace, f"/interviews/{second.id}/review")
    assert page.fields["beside"] == path.id
    assert "Like another record" in page.words
    assert "an earlier record of this child" in page.words
    assert "The interviewer answered: The child said the same again." in page.words


async def test_a_look_at_a_record_is_written_down(path: Path, grace: AsyncClient, desk: Desk) -> None:
    await visit(grace, f"/interviews/{path.id}/review")
    async with desk.store.transaction("E06000018") as tx:
        seen = await tx.all("SELECT page, purpose FROM accesses WHERE person = :me", me=desk.person_of(grace))
    assert [tuple(each) for each in seen] == [("review", "managing")]
