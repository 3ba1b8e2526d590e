"""A screener decides with the evidence in view, sees first what would change, and can undo it."""

from datetime import timedelta

from httpx import AsyncClient

from schemas.access import Duty
from tests.messages import message
from tests.web.conftest import Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import BACK, BILAL, SEEN, missing
from tests.web.test_api_decisions import HOME, KHAN, decided, told_differently, two_children

WHY = "His carer calls him Bill"


async def question(desk: Desk, kind: str) -> str:
    """Return the address of the first open question of a kind."""
    (first, *_) = await desk.items("/api/v1/questions", kind=kind)
    return f"/screening/questions/{first['id']}"


async def doubt(desk: Desk, child: str) -> str:
    """Return the address of the question whether what was told of a child is right."""
    rows = await desk.items("/api/v1/questions", kind="doubtful_notification")
    (one,) = [row for row in rows if row["child_id"] == child]
    return f"/screening/questions/{one['id']}"


async def screener(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.SCREENER, staff_id="S-1")


async def test_the_evidence_stands_side_by_side_field_by_field(desk: Desk) -> None:
    await two_children(desk)
    words = (await visit(await screener(desk), await question(desk, "unknown_child"))).words
    assert "Family name Khan Khan The same" in words
    assert "Given names Bill Bilal One or two letters differ" in words
    assert "Number here Not told C-2" in words


async def test_before_it_is_linked_a_child_has_the_name_that_it_has_now(desk: Desk) -> None:
    later = missing(SEEN + timedelta(hours=2), id="x1", child=KHAN, subject="NP-2")
    await desk.tell(missing(child=BILAL | HOME), later)
    (asked,) = await desk.items("/api/v1/questions", kind="unknown_child")
    (known,) = {each["child_id"] for each in await desk.items("/api/v1/episodes")} - {asked["child_id"]}
    browser, path = await screener(desk), f"/screening/questions/{asked['id']}"
    typed = {"choice": f"child-{known}", "reason": WHY, "preview": "yes"}
    seen = await submit(browser, path, await visit(browser, path), **typed)
    assert "Bilal Khan (C-2), afterwards Bill Khan (C-2) 1 notification" in Page(seen.text).words
    await submit(browser, path, Page(seen.text), choice=f"child-{known}", decide="yes")
    assert "Bill Khan , who is now Bill Khan (C-2)" in (await visit(browser, "/screening/decisions")).words


async def test_a_child_is_linked_after_seeing_what_changes_and_it_is_undone(desk: Desk) -> None:
    _, known = await two_children(desk)
    browser, path = await screener(desk), await question(desk, "unknown_child")
    page = await visit(browser, path)
    shown = await submit(browser, path, page, choice=f"child-{known}", reason=WHY, preview="yes")
    assert "What will change" in Page(shown.text).words
    assert "2 notifications, 1 missing episode Interview due" in Page(shown.text).words
    assert len(await desk.items("/api/v1/episodes")) == 2
    done = await submit(browser, path, Page(shown.text), choice=f"child-{known}", decide="yes")
    assert done.headers["location"] == "/screening?done=decided"
    assert "Your decision was recorded." in (await visit(browser, "/screening", done="decided")).words
    assert len(await desk.items("/api/v1/episodes")) == 1
    listed = await visit(browser, "/screening/decisions")
    assert "Linked to a known child Bill Khan" in listed.words
    assert WHY in listed.words
    (decision,) = [link for link in listed.links if link.startswith("/screening/decisions/")]
    seen = await submit(browser, decision, await visit(browser, decision), reason="Not him", preview="yes")
    assert "The question is asked again. The same can be decided again" in Page(seen.text).words
    undone = await submit(browser, decision, Page(seen.text), decide="yes")
    assert undone.status_code == 303
    assert len(await desk.items("/api/v1/episodes")) == 2
    assert await question(desk, "unknown_child") == path


async def test_a_stale_page_does_not_answer_a_question_again(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    first, path = await screener(desk), await question(desk, "unknown_child")
    second = await desk.sign_in(Duty.SCREENER, staff_id="S-2")
    stale = await visit(second, path)
    seen = await submit(second, path, stale, choice="new", reason="Not him", preview="yes")
    await submit(first, path, await visit(first, path), choice=f"child-{known}", reason=WHY, decide="yes")
    refused = await submit(second, path, Page(seen.text), choice="new", decide="yes")
    page = Page(refused.text)
    assert "There is a problem Nothing was changed. Answered today at 10am by" in page.words
    assert (page.fields["reason"], "answered" in page.ids) == ("Not him", True)
    assert [one["kind"] for one in await desk.items("/api/v1/decisions")] == ["link"]
    late = {"kind": "new", "child": unknown, "reason": "Late", "by": "S-2"}
    answer = await decided(desk, late | {"child": known, "question": path.rpartition("/")[2]})
    assert answer.status_code == 409
    assert "answered already" in answer.text


async def test_a_page_about_another_child_is_shown_again_with_what_was_typed(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    browser, path = await screener(desk), await doubt(desk, unknown)
    stale = await visit(browser, path)
    await decided(desk, {"kind": "link", "child": unknown, "other": known, "reason": WHY, "by": "S-1"})
    answer = await submit(browser, path, stale, choice="new", reason="Not him", decide="yes")
    page = Page(answer.text)
    assert "this has become a question about another child" in page.words
    assert (page.fields["reason"], page.fields["about"]) == ("Not him", known)
    assert len(await desk.items("/api/v1/decisions")) == 1


async def test_a_doubted_fact_is_marked_and_strangers_stand_apart(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    browser, path = await screener(desk), await doubt(desk, unknown)
    page = await visit(browser, path)
    assert "What was told Filed under Bill Khan Family name" in page.words
    assert "Date of birth No date of birth" in page.words
    assert "Compare with Bilal Khan (C-2) What is right? It is right as it is" in page.words
    assert "It is Bilal Khan" not in page.words
    compared = await submit(browser, path, page, beside=known, reason=WHY)
    words, typed = Page(compared.text).words, Page(compared.text).fields["reason"]
    assert "It is Bilal Khan (C-2) What was told is filed under Bilal Khan (C-2)" in words
    assert typed == WHY


async def test_an_auditor_reads_what_was_decided_without_a_name_or_a_closed_door(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    await decided(desk, {"kind": "link", "child": unknown, "other": known, "reason": WHY, "by": "S-1"})
    auditor = await desk.sign_in(Duty.AUDITOR)
    page = await visit(auditor, "/screening/decisions")
    assert "Khan" not in page.words
    assert f"/audit/access?child={known}" in page.links
    assert "/screening/decisions" in (await visit(auditor, "/audit/ledger")).links
    for link in {one for one in page.links if one.startswith("/") and "?" not in one}:
        assert (await auditor.get(link, follow_redirects=True)).status_code == 200, link


async def test_what_was_typed_stays_when_a_choice_lacks(desk: Desk) -> None:
    await two_children(desk)
    browser, path = await screener(desk), await question(desk, "unknown_child")
    answer = await submit(browser, path, await visit(browser, path), reason=WHY, decide="yes")
    page = Page(answer.text)
    assert (page.fields["reason"], "choice" in page.ids) == (WHY, True)
    assert "There is a problem Choose what is right" in page.words


async def test_another_child_is_looked_up_without_a_name_in_an_address(desk: Desk) -> None:
    await two_children(desk)
    await desk.tell(
        missing(id="z1", child={"authority_child_id": "C-9", "family_name": "Nowak"}, subject="NP-9")
    )
    browser, path = await screener(desk), await question(desk, "unknown_child")
    answer = await submit(browser, path, await visit(browser, path), look="Nowak", find="yes", reason=WHY)
    assert "It is Nowak (C-9)" in Page(answer.text).words
    assert Page(answer.text).fields["reason"] == WHY


async def test_some_of_what_was_told_is_given_to_a_new_child(desk: Desk) -> None:
    _, known = await two_children(desk)
    browser, path = await screener(desk), f"/screening/children/{known}/split"
    alone = await visit(browser, path)
    assert "All that was told is under one reference" in alone.words
    assert "reason" not in alone.fields
    await desk.tell(missing(id="y1", child=BILAL, subject="NP-7"))
    lacking = await submit(browser, path, await visit(browser, path), preview="yes")
    assert "Choose at least one reference" in Page(lacking.text).words
    typed = {"told-2": "yes", "whose": "new", "reason": "His brother gave his name"}
    shown = await submit(browser, path, await visit(browser, path), preview="yes", **typed)
    assert "What will change" in Page(shown.text).words
    done = await submit(browser, path, Page(shown.text), decide="yes", **typed)
    assert done.status_code == 303
    assert len({e["child_id"] for e in await desk.items("/api/v1/episodes")}) == 3
    assert "Bilal Khan" in (await visit(browser, "/screening/decisions")).words


async def test_times_that_do_not_fit_are_settled(desk: Desk) -> None:
    await told_differently(desk)
    browser, path = await screener(desk), await question(desk, "conflicting_times")
    times = (await browser.get(path)).headers["location"]
    page = await visit(browser, times)
    assert "returns were told that are more than an hour apart" in page.words.lower()
    lacking = await submit(browser, times, page, right="return-other", reason=WHY)
    assert "Enter the day, the month and the year" in Page(lacking.text).words
    typed = {"day-day": "29", "day-month": "3", "day-year": "2026", "time": "9am", "reason": "The log"}
    done = await submit(browser, times, Page(lacking.text), right="return-other", **typed)
    assert done.headers["location"] == "/screening?done=settled"
    (episode,) = await desk.items("/api/v1/episodes")
    assert (episode["conflict"], episode["returned_at"]) == (False, "2026-03-29T08:00:00+00:00")
    assert "Nothing is left to do" in (await visit(browser, times)).words


async def test_a_manager_looks_and_does_not_decide(desk: Desk) -> None:
    await two_children(desk)
    path, manager = await question(desk, "unknown_child"), await desk.sign_in(Duty.MANAGER)
    page = await visit(manager, path)
    assert "reason" not in page.fields
    answer = await submit(manager, path, await visit(manager, "/screening"), choice="new", reason=WHY)
    assert answer.status_code == 403


async def test_each_child_on_the_page_is_written_down_as_seen(desk: Desk) -> None:
    unknown, known = await two_children(desk)
    await visit(await screener(desk), await question(desk, "unknown_child"))
    async with desk.store.transaction("E06000018") as tx:
        rows = await tx.all("SELECT child_id, purpose FROM accesses WHERE page = 'screening'")
    assert {(str(row.child_id), row.purpose) for row in rows} == {
        (unknown, "screening"),
        (known, "screening"),
    }


async def test_who_differs_in_what_seldom_differs_is_warned_of_before_it_is_decided(desk: Desk) -> None:
    await desk.tell(missing(child=BILAL | HOME | {"nhs_number": "9434765919"}))
    (known,) = [one["child_id"] for one in await desk.items("/api/v1/episodes")]
    told = {"given_names": "Bill", "family_name": "Khan", "nhs_number": "4010232137", **HOME}
    await desk.tell(missing(id="x1", child=told, subject="NP-2"))
    browser, path = await screener(desk), await question(desk, "unknown_child")
    page = await visit(browser, path)
    assert "are you sure" not in page.words
    shown = await submit(browser, path, page, choice=f"child-{known}", reason=WHY, preview="yes")
    assert "Warning: Their NHS numbers differ: are you sure that this is one child?" in Page(shown.text).words
    alone = await submit(browser, path, page, choice="new", reason=WHY, preview="yes")
    assert "are you sure" not in Page(alone.text).words


async def test_whether_a_child_was_missing_is_answered_before_who_the_child_is(desk: Desk) -> None:
    held = {"held": True}
    await desk.tell(message("prevention-interview", BACK, id="p1", child=BILAL, prevention_interview=held))
    page = await visit(await screener(desk), await question(desk, "prevention_interview_only"))
    first, own = page.words.index("No, nobody says that the child"), page.words.index("It is a child of its")
    assert page.words.index("What is right?") < first < own
