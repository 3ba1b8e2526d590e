"""The safety plan for those who keep it: seen, changed step by step, and never with anything typed lost."""

import pytest

from schemas.access import Duty
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.plans import BUS, MEDIATION, approved, interview_of
from tests.web.reader import Page, submit, visit
from tests.web.stories import BILAL, missing, returned


@pytest.fixture
async def page(desk: Desk) -> str:
    """The address of Amara's plan, whose record was approved."""
    await desk.tell(missing(), returned())
    await approved(desk.store, await interview_of(desk.store), NOW)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        return f"/children/{await tx.scalar('SELECT child_id FROM interviews')}/safety-plan"


async def step_of(desk: Desk, page: str) -> tuple[str, Page]:
    """Return the address and the form of the action that is due first."""
    address = next(link for link in (await visit(desk.client, page)).links if "/actions/" in link)
    return address, await visit(desk.client, address)


async def test_an_action_is_done_once_and_the_plan_has_a_version_more(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    typed = {"step": "done", "words": "She takes the bus."}
    answers = [await submit(desk.client, address, form, **typed) for _ in range(2)]
    assert [(each.status_code, each.headers["location"]) for each in answers] == [
        (303, f"{page}?done=true"),
        (303, f"{page}?done=true"),
    ]
    words = (await visit(desk.client, page, done="true")).words
    for part in (
        "The plan has a new version.",
        f"{MEDIATION.what} To do Who Ms Patel By when 20 April 2026",
        f"{BUS.what} Done Who Mr O’Neill",
        "What was seen She takes the bus.",
        "Interview of 30 March 2026 , outcome 2, approved by K. Osei",
        "Version 2 , shown here: today at 10am , by Bea Okoro",
    ):
        assert part in words


async def test_an_earlier_version_is_shown_as_it_was_and_cannot_be_changed(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    await submit(desk.client, address, form, step="not_done", words="There is no late bus.")
    before = await visit(desk.client, page, version="1")
    assert "This is how the plan was then." in before.words
    assert [link for link in before.links if "/actions/" in link] == []
    assert (await desk.client.get(page, params={"version": 9})).status_code == 404
    assert "it can no longer be changed" in (await visit(desk.client, address)).words


LAST_YEAR = {"due_on__day": "1", "due_on__month": "3", "due_on__year": "2025"}
NO_DAY = {"due_on__day": "31", "due_on__month": "2", "due_on__year": "2026"}
REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "Choose what happened to this action"),
    ({"step": "done"}, "Write what was seen, or why"),
    ({"step": "revised", "words": "x"}, "Write who does it now, or by when it is done now"),
    ({"step": "revised", "words": "x", **NO_DAY}, "Enter a real date"),
    ({"step": "revised", "words": "x", **LAST_YEAR}, "By when lies in the past"),
    ({"step": "revised", "words": "x", "owner": "Mr O’Neill"}, "as they were: change one of them"),
    ({"step": "superseded", "words": "x"}, "Choose the action that takes its place"),
    ({"step": "superseded", "words": "x", "superseded_by": "?"}, "The other action"),
)


async def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    for typed, why in REFUSED:
        again = Page((await submit(desk.client, address, form, **typed)).text)
        assert why in again.words
        kept = {name.replace("__", "-"): text for name, text in typed.items() if text != "?"}
        assert {name: again.fields.get(name) for name in kept} == kept
        assert again.fields["key"] == form.fields["key"]
    assert "Version 1 of 1" in (await visit(desk.client, page)).words


async def test_who_does_it_and_by_when_are_changed(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    day = {"due_on__day": "30", "due_on__month": "4", "due_on__year": "2026"}
    await submit(desk.client, address, form, step="revised", words="He is away.", owner="<b>Nan", **day)
    words = (await visit(desk.client, page)).words
    assert "Who <b>Nan By when 30 April 2026" in words
    assert "Who does it changed from Mr O’Neill to <b>Nan" in words


async def test_a_form_of_an_earlier_version_says_what_changed_since(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    review = await visit(desk.client, page)
    empty = await submit(desk.client, f"{page}/review", review, note=" ")
    assert "Write what you found when you looked at the plan" in empty.text
    await submit(desk.client, f"{page}/review", review, note="We looked at it with her.")
    refused = Page((await submit(desk.client, address, form, step="not_done", words="No bus.")).text)
    assert "the plan is at version 2, you saw 1; since then: looked at by Bea Okoro" in refused.words
    assert (await submit(desk.client, address, refused)).status_code == 303


async def test_a_screener_sees_the_plan_and_does_not_change_it(desk: Desk, page: str) -> None:
    address, form = await step_of(desk, page)
    screener = await desk.sign_in(Duty.SCREENER)
    assert (await submit(screener, address, form, step="done", words="Seen.")).status_code == 403
    assert "Version 1 of 1" in (await visit(desk.client, page)).words


async def test_a_child_without_a_plan_is_told_when_it_begins(desk: Desk) -> None:
    await desk.tell(missing(child=BILAL))
    (episode,) = await desk.items("/api/v1/episodes")
    words = (await visit(desk.client, f"/children/{episode['child_id']}/safety-plan")).words
    assert "There is no plan yet." in words
