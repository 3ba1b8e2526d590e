"""The offer of an interview: the card, the link, and what a child answers by it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient, Response

from casework import offering
from casework.allocating import Wishes
from casework.answering import read_code
from schemas.access import Duty
from schemas.childs_answer import How, Said
from schemas.staff import StaffMember
from tests.messages import NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit
from tests.web.records import STAFF, staffed
from tests.web.stories import missing, returned
from web.guard.rates import WRONG_CODES_PER_MINUTE

ROSA = StaffMember(
    id="W-4", name="Rosa Ali", training=("return_interview",), gender="female",
    languages=("english", "arabic"), employer="Barnardo’s",
)  # fmt: skip
CODE = re.compile(r"/answer/([0-9A-Z-]{14})")


class Offered:
    """One interview, a worker's browser, and one of somebody whom nobody knows."""

    def __init__(self, desk: Desk, interview_id: UUID, worker: AsyncClient) -> None:
        self.desk, self.id, self.worker = desk, interview_id, worker
        self.card = f"/interviews/{interview_id}/card"
        self.child = desk.browser()

    async def press(self, button: str, language: str = "en") -> Response:
        page = await visit(self.worker, self.card, language=language)
        return await submit(self.worker, f"{self.card}/{button}", page, language=language)

    async def link(self, language: str = "en") -> str:
        """Make a link, and return its path as it stands on the card."""
        assert (await self.press("link", language)).status_code == 303
        found = CODE.search((await self.worker.get(self.card)).text)
        assert found
        return found[0]

    async def ask(self, link: str, **query: str) -> Page:
        return await visit(self.child, link, **query)

    async def answer(self, link: str, **typed: str) -> Response:
        return await submit(self.child, link, await self.ask(link), **typed)

    async def answers(self) -> list[offering.Answered]:
        async with self.desk.store.transaction(NOTTINGHAM) as tx:
            return await offering.answers(tx, self.id)


@pytest.fixture
async def offered(desk: Desk) -> Offered:
    await staffed(desk, *STAFF, ROSA)
    await desk.tell(missing(), returned())
    [interview] = await desk.items("/api/v1/interviews")
    worker = await desk.sign_in(Duty.MANAGER, name="Ewa Nowak", staff_id="W-1")
    return Offered(desk, UUID(interview["id"]), worker)


async def test_the_card_says_what_it_is_and_whom_the_child_may_choose(offered: Offered) -> None:
    shown = (await visit(offered.worker, offered.card)).words
    assert "Rosa A woman. Speaks Arabic too. Works for Barnardo’s , not for the council." in shown
    assert "Lee" not in shown  # has no training
    assert "We would like to do it by Wednesday 1 April." in shown
    assert "0800 1111" in shown


async def test_neither_card_nor_page_names_the_child(offered: Offered) -> None:
    link = await offered.link()
    told = [await offered.worker.get(offered.card), await offered.child.get(link)]
    assert [name for page in told for name in ("Amara", "Okafor", "C-100482") if name in page.text] == []


async def test_what_a_child_answers_is_kept_once_and_read_by_the_worker(offered: Offered) -> None:
    link = await offered.link("ar")
    done = await offered.answer(
        link, said="yes", who="person-1", how="phone", when="After school", own_language="yes"
    )
    assert (done.status_code, done.headers["location"]) == (303, f"{link}?language=ar")
    [answered] = await offered.answers()
    answer = answered.answer
    assert (answer.said, answer.how, answer.when, answer.said_in) == (
        Said.YES, How.PHONE, "After school", "ar",
    )  # fmt: skip
    assert (answered.person, answered.made_by) == ("Sunil Rao", "W-1")
    assert offering.wishes_of(answer) == Wishes("M-2", "arabic", None)


async def test_after_the_answer_the_page_says_thank_you_and_nothing_else(offered: Offered) -> None:
    link = await offered.link()
    page = await offered.ask(link)
    await submit(offered.child, link, page, said="no", why="I told my nan")
    again = await submit(offered.child, link, page, said="yes")
    shown = (await visit(offered.child, link)).words
    assert "Thank you" in again.text
    assert "We have your answer." in shown
    assert "nan" not in shown
    assert [each.answer.why for each in await offered.answers()] == ["I told my nan"]


async def test_an_answer_is_no_command_but_stands_in_the_ledger_by_its_ids(offered: Offered) -> None:
    await offered.answer(await offered.link(), said="not_now", also="Ask Mia")
    async with offered.desk.store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM interview_commands") == 0
        rows = await tx.all(
            "SELECT action, actor, payload FROM ledger WHERE action LIKE 'offer.%' ORDER BY no"
        )
    assert [row.action for row in rows] == ["offer.link-made", "offer.answered"]
    assert rows[1].actor == "system:answering"
    assert "Mia" not in str(rows[1].payload)


async def test_what_cannot_be_kept_is_shown_again_with_what_was_typed(offered: Offered) -> None:
    link = await offered.link()
    refused = await offered.answer(link, who="other", somebody_else="Mr Bird", when="x" * 20_001)
    assert refused.status_code == 200
    shown = Page(refused.text)
    assert "Choose yes, not now or no" in shown.words
    assert "Please use fewer words" in shown.words
    assert (shown.fields["who"], shown.fields["somebody_else"]) == ("other", "Mr Bird")
    assert await offered.answers() == []


async def test_a_form_from_elsewhere_is_asked_for_again(offered: Offered) -> None:
    link = await offered.link()
    page = await offered.ask(link)
    forged = await offered.child.post(
        link, data={**page.fields, "said": "yes"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert "It did not reach us. Please send it again" in forged.text
    assert await offered.answers() == []


async def test_a_link_that_is_too_old_withdrawn_replaced_or_never_was_is_the_same_page(
    offered: Offered,
) -> None:
    first = await offered.link()
    second = await offered.link()
    told = [await offered.child.get(first), await offered.child.get("/answer/0000-0000-0000")]
    await offered.press("link/withdraw")
    told.append(await offered.child.get(second))
    third = await offered.link()
    offered.desk.clock.now = NOW + timedelta(days=9)
    told.append(await offered.child.get(third))
    assert {answer.status_code for answer in told} == {404}
    assert len({re.sub(r"/answer/[^?\"]+", "", answer.text) for answer in told}) == 1


async def test_a_link_of_an_interview_that_was_held_is_over(offered: Offered) -> None:
    link = await offered.link()
    async with offered.desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run("UPDATE interviews SET status = 'held'")
    assert (await offered.child.get(link)).status_code == 404
    assert "cannot be offered any more" in (await visit(offered.worker, offered.card)).words


async def test_guessing_is_slowed_down_but_a_code_that_works_is_let_through(offered: Offered) -> None:
    link = await offered.link()
    for _ in range(WRONG_CODES_PER_MINUTE):
        await offered.child.get("/answer/0000-0000-0000")
    slowed = await offered.child.get("/answer/0000-0000-0001")
    assert (slowed.status_code, "Retry-After" in slowed.headers) == (429, True)
    assert (await offered.child.get(link)).status_code == 200


async def test_a_code_is_read_however_it_is_typed(offered: Offered) -> None:
    link = await offered.link()
    code = link.removeprefix("/answer/")
    page = await visit(offered.child, "/answer")
    gone = await submit(offered.child, "/answer", page, code=f" {code.replace('-', '').lower()} ")
    assert gone.headers["location"] == f"{link}?language=en"
    assert read_code("oil2 3456-789a") == "0112-3456-789A"


async def test_only_the_digest_of_a_code_is_kept_and_no_page_of_it_leaves_a_trace(
    offered: Offered, capsys: pytest.CaptureFixture[str]
) -> None:
    link = await offered.link()
    code = link.removeprefix("/answer/")
    page = await offered.child.get(link)
    async with offered.desk.store.transaction(NOTTINGHAM) as tx:
        stored = await tx.scalar("SELECT string_agg(l::text || g::text, '') FROM offer_links l, ledger g")
    assert code not in stored
    logged = capsys.readouterr().out
    assert "/answer/{code}" in logged
    assert code not in logged
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert page.headers["Cache-Control"] == "no-store"


async def test_the_link_of_a_restricted_child_is_made_only_by_those_named(offered: Offered) -> None:
    named = await offered.desk.sign_in(Duty.MANAGER, name="Grace Bell", staff_id="M-1")
    async with offered.desk.store.transaction(NOTTINGHAM) as tx:
        child_id = await tx.scalar("SELECT child_id FROM interviews")
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) VALUES (:id, :authority)",
            id=child_id, authority=NOTTINGHAM,
        )  # fmt: skip
        await tx.run(
            "INSERT INTO restriction_people (child_id, person, authority) VALUES (:id, :person, :authority)",
            id=child_id, person=offered.desk.person_of(named), authority=NOTTINGHAM,
        )  # fmt: skip
    page = await visit(offered.child, "/answer")
    assert (await offered.worker.get(offered.card)).status_code == 404
    assert (await submit(offered.worker, f"{offered.card}/link", page)).status_code in {403, 404}
    offered.worker = named
    link = await offered.link()
    await offered.answer(link, said="yes")
    assert len(await offered.answers()) == 1
