"""The page of one interview: its clock and why, what was done and by whom, what may be done now."""

from uuid import UUID

import pytest

from casework import answering, offering
from casework.chase import chase
from schemas.access import Duty
from schemas.childs_answer import ChildsAnswer, Said
from schemas.policy import Policy
from schemas.staff import StaffMember
from store import staff
from tests.messages import NOTTINGHAM, message
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, visit
from tests.web.records import ASKED, Path, begun, staffed
from tests.web.stories import BACK, missing, returned


@pytest.fixture
async def path(desk: Desk) -> Path:
    """The interview of a child who is back, given to W-1."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.do("allocate", by="M-1", interviewer="W-1", why="She knows her.")
    return path


async def look(path: Path, *duties: Duty, staff_id: str | None = "W-1") -> Page:
    browser = await path.desk.sign_in(*(duties or (Duty.WORKER,)), staff_id=staff_id)
    return await visit(browser, f"/interviews/{path.id}")


async def test_it_says_how_long_there_is_and_why(path: Path) -> None:
    words = (await look(path)).words
    assert "22 hours left Interview due tomorrow at 8am" in words
    assert "The child was back 29 March 2026 at 8am ." in words
    assert "Nottinghamshire Police told that the child was back, reference NP-26-004211" in words


async def test_a_child_who_was_only_found_has_a_deadline_that_may_change(desk: Desk) -> None:
    await staffed(desk)
    await desk.tell(missing(), message("located", BACK, id="m2"))
    words = (await look(await begun(desk), Duty.MANAGER)).words
    assert "nobody has told yet when they were back" in words
    assert "told that the child was found" in words


async def test_the_next_step_and_what_else_may_be_done_follow_the_stage(path: Path) -> None:
    page = await look(path)
    assert "Next: Offer the interview" in page.words
    forms = {link.rpartition("/")[2] for link in page.links if "/do/" in link}
    assert forms == {"offer", "decline", "not-possible"}
    assert (
        "A manager can also: take it off the list; let one conversation cover several absences." in page.words
    )


async def test_a_manager_of_the_directory_may_do_more(path: Path) -> None:
    page = await look(path, Duty.MANAGER, staff_id="M-1")
    forms = {link.rpartition("/")[2] for link in page.links if "/do/" in link}
    assert forms >= {"offer", "decline", "not-possible", "void", "cover"}


async def test_everything_that_was_done_stands_there_by_name_and_word_for_word(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted", note="Rather on <Friday>.")
    await path.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="Youth club, Sneinton")
    page = await look(path)
    words = page.words
    assert "Time and place agreed today at 10am , Ewa Nowak Agreed for 31 March 2026 at 4pm" in words
    assert "Offered today at 10am , Ewa Nowak When 30 March 2026 at 10am How Telephone" in words
    assert "Rather on <Friday>." in words
    assert "Given to an interviewer today at 10am , Grace Bell To Ewa Nowak Why She knows her." in words
    assert "Who has it Ewa Nowak" in words
    assert f"/interviews/{path.id}/invitation.ics" in page.links


async def test_the_invitation_is_a_calendar_file_without_the_child(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("arrange", by="W-1", starts_at="2026-03-31T15:00:00Z", place="Youth club, Sneinton")
    browser = await path.desk.sign_in(Duty.WORKER, staff_id="W-1")
    answer = await browser.get(f"/interviews/{path.id}/invitation.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "Okafor" not in answer.text
    assert f"/interviews/{path.id}" in answer.text


async def test_who_was_told_that_it_is_late_stands_there_with_what_was_decided(path: Path) -> None:
    desk = path.desk
    desk.clock.now = BACK.replace(day=1, month=4)
    await chase(desk.store, NOTTINGHAM, Policy(), as_of=desk.clock.now)
    words = (await look(path)).words
    assert "Who was told that it is late" in words
    assert "Agree on a time and a place with the child, before the deadline." in words
    assert "Ewa Nowak , worker: told on the page today at 8am ; waits to be told by e-mail" in words


async def test_a_colleague_says_first_why_they_look(path: Path) -> None:
    browser = await path.desk.sign_in(Duty.WORKER, staff_id="W-2")
    answer = await browser.get(f"/interviews/{path.id}")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"/why?to=/interviews/{path.id}")


async def test_each_view_is_written_down_with_its_purpose(path: Path) -> None:
    await look(path)
    async with path.desk.store.transaction(NOTTINGHAM, "system:test") as tx:
        rows = await tx.all("SELECT page, purpose FROM accesses ORDER BY no")
    assert [tuple(row) for row in rows] == [("interview", "interview")]


async def test_who_is_not_in_the_directory_reads_and_is_told_why_they_cannot_record(path: Path) -> None:
    words = (await look(path, Duty.MANAGER, staff_id=None)).words
    assert "You can read here, and record nothing" in words


async def test_an_interview_that_another_conversation_covers_leads_there(path: Path) -> None:
    desk = path.desk
    await desk.tell(missing(NOW, id="m3", subject="NP-2"), returned(NOW, id="m4", subject="NP-2"))
    [other] = await desk.items("/api/v1/interviews", status="due")
    await path.do("cover", by="M-1", interviews=[other["id"]], reason="She tells of both.")
    covered = await look(Path(desk, other["id"], 2), Duty.MANAGER, staff_id="M-1")
    assert "Next: Go to the interview that covers it" in covered.words
    assert not [link for link in covered.links if "/do/" in link]
    assert f"/interviews/{other['id']}" in (await look(path)).links


async def test_what_the_child_answered_by_the_link_stands_here_and_on_the_list(path: Path) -> None:
    store, interview_id = path.desk.store, UUID(path.id)
    code = await offering.make_link(
        store, NOTTINGHAM, interview_id, "en", by="W-1", person="system:test", policy=Policy(), now=NOW
    )
    answer = ChildsAnswer(said=Said.NOT_NOW, said_in="en", person="W-2", when="After <school>")
    await answering.answer(store, code, answer, NOW)
    words = (await look(path)).words
    assert "What the child answered Not now , today at 10am Wants to talk with Tom O'Neill" in words
    assert "When After <school>" in words
    browser = await path.desk.sign_in(Duty.WORKER, staff_id="W-1")
    listed = (await visit(browser, "/my-interviews")).words
    assert "The child answered today at 10am : Not now" in listed
    form = await visit(browser, f"/interviews/{path.id}/do/offer")
    assert (form.fields["answer"], form.fields["how"]) == ("undecided", "message")
    assert "wants to talk with: Tom O'Neill" in form.fields["note"]
    manager = await visit(path.desk.client, f"/interviews/{path.id}")
    assert f"/interviews/{path.id}/allocate?asked_for=W-2" in manager.links


async def test_a_yes_by_the_link_is_the_next_step_until_somebody_records_it(path: Path) -> None:
    code = await offering.make_link(
        path.desk.store,
        NOTTINGHAM,
        UUID(path.id),
        "en",
        by="W-1",
        person="system:test",
        policy=Policy(),
        now=NOW,
    )
    await answering.answer(path.desk.store, code, ChildsAnswer(said=Said.YES, said_in="en"), NOW)
    told = "The child said yes by the link: arrange a time"
    page = await look(path)
    assert told in page.words
    assert "The child was not asked yet" not in page.words
    assert f"/interviews/{path.id}/do/offer" in page.links
    browser = await path.desk.sign_in(Duty.WORKER, staff_id="W-1")
    assert told in (await visit(browser, "/my-interviews")).words
    [child] = [link for link in page.links if link.startswith("/children/")]
    assert told in (await visit(browser, child)).words
    await path.do("offer", by="W-1", at=ASKED, how="message", answer="accepted")
    assert "Next: Arrange a time" in (await look(path)).words
    for address in (child, "/my-interviews"):
        words = (await visit(browser, address)).words
        assert ("Arrange a time" in words, told in words) == (True, False)


async def test_an_interview_that_is_not_there_is_not_found(desk: Desk) -> None:
    answer = await desk.client.get("/interviews/3b0c5d0e-0000-4000-8000-000000000001")
    assert answer.status_code == 404


async def test_what_people_are_called_is_never_read_as_a_page(path: Path) -> None:
    person = (await _member(path)).model_copy(update={"name": "<b>Ewa</b>"})
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, [person], NOW)
    assert "Who has it <b>Ewa</b>" in (await look(path)).words


async def _member(path: Path) -> StaffMember:
    async with path.desk.store.transaction(NOTTINGHAM) as tx:
        return (await staff.found(tx, ["W-1"]))["W-1"]
