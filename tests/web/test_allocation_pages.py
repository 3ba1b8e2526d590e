"""Giving interviews out: one with everybody ranked, or all that nobody has."""

from datetime import timedelta
from uuid import UUID

import pytest

from store import conduct
from store.conduct import Conducted
from tests.chasing import allocate
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.managing import Managing, followed, managing
from tests.web.reader import Page, submit, visit


@pytest.fixture
async def office(desk: Desk) -> Managing:
    """A manager with nothing yet."""
    made = await managing(desk)
    made.at(12)
    return made


async def found(office: Managing, interview: UUID) -> Conducted:
    async with office.desk.store.transaction(NOTTINGHAM) as tx:
        one = await conduct.find(tx, interview)
    assert one is not None
    return one


async def test_everybody_stands_ranked_with_the_reasons_and_who_may_not_and_why(office: Managing) -> None:
    interview = await office.returned("Amara")
    words = (await visit(office.grace, f"/interviews/{interview}/allocate")).words
    assert "has no interviews in hand" in words
    assert "Lee Shaw Has no training in return interview." in words
    assert "Grace Bell Is not an interviewer in the directory" in words


async def test_an_interview_is_given_to_whom_was_chosen(office: Managing) -> None:
    interview = await office.returned("Amara")
    path = f"/interviews/{interview}/allocate"
    page = await visit(office.grace, path)
    answer = await submit(office.grace, path, page, interviewer="W-2", why="knows the family")
    assert answer.status_code == 303
    assert (await found(office, interview)).progress.interviewer == "W-2"
    words = await followed(office.grace, answer)
    assert "The interview was given to Tom O'Neill" in words


async def test_pressed_twice_it_is_given_once(office: Managing) -> None:
    interview = await office.returned("Amara")
    path = f"/interviews/{interview}/allocate"
    page = await visit(office.grace, path)
    for _ in range(2):
        assert (await submit(office.grace, path, page, interviewer="W-2")).status_code == 303
    assert (await found(office, interview)).version == 2


async def test_who_may_not_is_refused_and_what_was_typed_stays(office: Managing) -> None:
    interview = await office.returned("Amara")
    path = f"/interviews/{interview}/allocate"
    answer = await submit(office.grace, path, await visit(office.grace, path), interviewer="W-3", why="asked")
    assert answer.status_code == 422
    assert "Lee Shaw may not hold this interview: has no training in return interview" in answer.text
    assert "asked</textarea>" in answer.text


async def test_to_take_it_from_somebody_needs_a_reason(office: Managing) -> None:
    interview = await office.returned("Amara")
    await office.world.do(interview, allocate())
    path = f"/interviews/{interview}/allocate"
    page = await visit(office.grace, path)
    assert "Ewa Nowak (has it now)" in page.words
    answer = await submit(office.grace, path, page, interviewer="W-2")
    assert answer.status_code == 422
    assert 'href="#why"' in answer.text
    answer = await submit(office.grace, path, page, interviewer="W-2", why="Ewa is ill")
    assert answer.status_code == 303
    assert (await found(office, interview)).progress.interviewer == "W-2"


async def test_what_changed_meanwhile_is_said(office: Managing) -> None:
    interview = await office.returned("Amara")
    path = f"/interviews/{interview}/allocate"
    page = await visit(office.grace, path)
    await office.world.do(interview, allocate())
    answer = await submit(office.grace, path, page, interviewer="W-2")
    assert answer.status_code == 409
    said = "changed since you opened the page: Allocated by <bdi>Grace Bell</bdi>. Look at it again"
    assert said in answer.text


async def test_whom_the_child_asked_for_comes_first(office: Managing) -> None:
    interview = await office.returned("Amara")
    path = f"/interviews/{interview}/allocate"
    page = await visit(office.grace, path, asked_for="W-2")
    assert page.fields["interviewer"] == "W-2"
    assert page.fields["chosen_by_child"] == "yes"
    await submit(office.grace, path, page)
    assert (await found(office, interview)).progress.chosen_by_child


async def test_all_that_nobody_has_is_given_out_as_suggested(office: Managing) -> None:
    amara, bilal = await office.returned("Amara"), await office.returned("Bilal", 1)
    page = await visit(office.grace, "/allocate")
    assert page.fields[f"take-{amara}"] == "yes"
    answer = await submit(office.grace, "/allocate", page)
    assert answer.status_code == 303
    words = await followed(office.grace, answer)
    assert "2 interviews given Amara Okafor : " in words
    assert {(await found(office, each)).progress.interviewer for each in (amara, bilal)} <= {
        "W-1",
        "W-2",
        "M-2",
    }


async def test_of_many_what_is_refused_does_not_hold_up_the_others(office: Managing) -> None:
    amara, bilal = await office.returned("Amara"), await office.returned("Bilal", 1)
    page = await visit(office.grace, "/allocate")
    answer = await submit(office.grace, "/allocate", page, **{f"who-{amara}": "W-3"})
    assert answer.status_code == 422
    assert "1 interview given" in answer.text
    assert f'href="#who-{amara}"' in answer.text
    assert "Lee Shaw may not hold this interview" in answer.text
    assert (await found(office, amara)).progress.interviewer is None
    assert (await found(office, bilal)).progress.interviewer is not None


async def test_what_was_taken_meanwhile_is_told_on_top_a_line_for_each_child(office: Managing) -> None:
    amara, bilal = await office.returned("Amara"), await office.returned("Bilal", 1)
    page = await visit(office.grace, "/allocate")
    for each in (amara, bilal):
        await office.world.do(each, allocate())
    answer = await submit(office.grace, "/allocate", page)
    changed = (
        "since you opened this list somebody else changed it: Allocated by Grace Bell. Nothing was changed."
    )
    words = Page(answer.text.replace("<bdi>", "").replace("</bdi>", "")).words
    assert f"Amara Okafor: {changed} Bilal Okafor: {changed}" in words
    about = (await found(office, amara)).interview
    assert f"/children/{about.child_id}" in Page(answer.text).links
    assert "Every interview has an interviewer." in answer.text


async def test_nothing_ticked_is_said(office: Managing) -> None:
    amara = await office.returned("Amara")
    page = await visit(office.grace, "/allocate")
    del page.fields[f"take-{amara}"]
    answer = await submit(office.grace, "/allocate", page)
    assert "Tick the interviews that you give out." in answer.text


async def test_for_whom_nobody_is_found_is_told_with_why(office: Managing) -> None:
    from tests.web.records import STAFF

    await office.world.staffed(*(each.model_copy(update={"training": ()}) for each in STAFF))
    await office.returned("Amara")
    office.at(12 + timedelta(0).total_seconds())
    words = (await visit(office.grace, "/allocate")).words
    assert "Nobody was found" in words


async def test_a_list_says_how_many_of_it_go_to_one_person_and_can_begin_with_none_ticked(
    office: Managing,
) -> None:
    from tests.web.records import STAFF

    for worker in STAFF[1:]:
        await office.world.staffed(worker.model_copy(update={"training": ()}))
    for name in ("Amara", "Bilal", "Carys", "Dina", "Ekow", "Fay"):
        await office.returned(name)
    page = await visit(office.grace, "/allocate")
    assert "has no interviews in hand and 6 of this list" in page.words
    assert page.words.count("Allocate these") == 2
    none = await visit(office.grace, "/allocate", tick="none")
    assert [name for name in page.fields if name.startswith("take-")]
    assert not [name for name in none.fields if name.startswith("take-")]
    words = await followed(office.grace, await submit(office.grace, "/allocate", page))
    assert "6 interviews given To whom" in words
