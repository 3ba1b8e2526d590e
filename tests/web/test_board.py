"""The first page, and a child's."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from store import children
from tests.messages import AMARA, NOTTINGHAM, message
from tests.web.conftest import NOW, Desk
from tests.web.reader import BROWSER, submit, visit
from tests.web.stories import BACK, BILAL, missing, returned


async def test_a_board_with_nobody_missing_says_so(desk: Desk) -> None:
    words = (await visit(desk.client, "/now")).words
    assert "Nobody is missing." in words
    assert "No interview is due." in words


async def test_a_missing_child_stands_with_risk_and_since_when(desk: Desk) -> None:
    await desk.tell(missing())
    words = (await visit(desk.client, "/now")).words
    assert "1 missing now" in words
    assert "Amara Grace Okafor 62 hours 28 March 2026 at 6:30pm Medium Missing" in words


async def test_a_child_who_was_found_stands_by_herself(desk: Desk) -> None:
    await desk.tell(missing(), message("located", BACK, id="m2"))
    words = (await visit(desk.client, "/now")).words
    assert "Found, not yet home Child Found Risk" in words
    assert "22 hours left tomorrow at 8am Not allocated Return not confirmed" in words


async def test_an_interview_past_its_deadline_is_overdue(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    desk.clock.now = BACK + timedelta(hours=77)
    words = (await visit(desk.client, "/now")).words
    assert "1 interview overdue" in words
    assert "Overdue by 5 hours" in words


@pytest.mark.parametrize(
    ("show", "shown"), [("", {"Amara", "Bilal"}), ("overdue", {"Amara"}), ("in-time", {"Bilal"})]
)
async def test_interviews_are_chosen_by_whether_they_are_overdue(
    desk: Desk, show: str, shown: set[str]
) -> None:
    await desk.tell(missing(), returned())
    await desk.tell(
        missing(id="m3", child=BILAL, subject="NP-2"),
        returned(NOW, id="m4", child=BILAL, subject="NP-2"),
    )
    desk.clock.now = BACK + timedelta(hours=73)
    words = (await visit(desk.client, "/now", **({"show": show} if show else {}))).words
    assert {name for name in ("Amara", "Bilal") if f"{name} " in words} == shown


async def test_a_long_list_comes_in_pages(desk: Desk) -> None:
    told = []
    for number in range(60):
        who: dict[str, Any] = {
            "child": {"authority_child_id": f"C-{number}", "family_name": f"Child {number:02}"},
            "subject": f"NP-{number}",
        }
        told += [
            missing(id=f"m{number}", **who),
            returned(BACK + timedelta(minutes=number), id=f"r{number}", **who),
        ]
    await desk.tell(*told)
    pages = [(await visit(desk.client, "/now", page=str(number))).words for number in (1, 2, 3, 9)]
    assert ["Page 3 of 3" in words for words in pages] == [False, False, True, True]
    found = [number for words in pages[:3] for number in range(60) if f"Child {number:02} " in words]
    assert found == list(range(60))


async def test_many_missing_children_are_shown_in_part_with_a_way_to_all(desk: Desk) -> None:
    await desk.tell(
        *(missing(id=f"m{n}", child={"family_name": f"Child {n:02}"}, subject=f"NP-{n}") for n in range(30))
    )
    first = await visit(desk.client, "/now")
    assert "Show all 30" in first.words
    everyone = await visit(desk.client, "/now", away="all")
    assert all(f"Child {n:02} " in everyone.words for n in range(30))


async def test_what_waits_for_a_screener_is_said(desk: Desk) -> None:
    await desk.tell(missing(child={"family_name": "Okafor"}), {"id": "m2"})
    page = await visit(desk.client, "/now")
    assert "2 questions and 1 message that could not be taken wait for a screener" in page.words
    assert "/screening" in page.links


async def test_a_board_may_be_stopped_from_updating(desk: Desk) -> None:
    moving, still = await visit(desk.client, "/now"), await visit(desk.client, "/now", updates="off")
    assert "/now?updates=off" in moving.links
    assert "This page does not update by itself" in still.words
    assert 'http-equiv="refresh"' in (await desk.client.get("/now")).text
    assert 'http-equiv="refresh"' not in (await desk.client.get("/now?updates=off")).text


@pytest.mark.parametrize("query", ["show=late", "page=0", "page=x", "away=some"])
async def test_an_address_that_cannot_be_understood_says_so(desk: Desk, query: str) -> None:
    answer = await desk.client.get(f"/now?{query}")
    assert answer.status_code == 422
    assert "cannot be understood" in answer.text


async def test_a_page_that_is_not_there_says_so(desk: Desk) -> None:
    answer = await desk.client.get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


async def test_a_name_is_text_and_never_markup(desk: Desk) -> None:
    await desk.tell(missing(child={"family_name": "<script>alert(1)</script>"}))
    html = (await desk.client.get("/now")).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


async def child_id(desk: Desk, known_as: str = "C-100482") -> str:
    return str((await desk.items("/api/v1/episodes", child=known_as))[0]["child_id"])


async def test_a_child_s_page_tells_the_line_of_time(desk: Desk) -> None:
    await desk.tell(missing(), message("located", BACK, id="m2", located={"place": "Sneinton Market"}))
    await desk.tell(returned(BACK + timedelta(hours=2), id="m3", told_at=NOW))
    words = (await visit(desk.client, f"/children/{await child_id(desk)}")).words
    assert "Amara Grace Okafor Born 2 July 2011, now 14 years old." in words
    for part in (
        "28 March 2026 at 6:30pm to 29 March 2026 at 10am",
        "Nottinghamshire Police, reference NP-26-004211. Told 31 March 2026 at 10am",
        "Where Sneinton Market",
        "Interview became due Due by 1 April 2026 at 8am, return not confirmed",
        "Deadline worked out again Due by 1 April 2026 at 10am",
        "Return home interview: not allocated, due by 1 April 2026 at 10am . 24 hours left",
    ):
        assert part in words


async def test_what_is_doubtful_is_marked_on_the_line(desk: Desk) -> None:
    await desk.tell(missing(child={"family_name": "Okafor"}))
    found = (await desk.items("/api/v1/episodes"))[0]["child_id"]
    words = (await visit(desk.client, f"/children/{found}")).words
    assert "Nobody has confirmed who this child is" in words
    assert "To look at No date of birth" in words


async def test_care_is_shown_by_date(desk: Desk) -> None:
    await desk.tell(missing())
    found = await child_id(desk)
    period = children.Care(
        UUID(found), datetime(2025, 5, 1, tzinfo=UTC).date(), None, "Section 20", "U1", "Eileen Green"
    )
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await children.save_care(tx, [period])
    words = (await visit(desk.client, f"/children/{found}")).words
    assert "Since 1 May 2025 Legal status: Section 20 Placement: U1 Social worker: Eileen Green" in words


async def test_a_child_who_was_absorbed_leads_to_the_one_who_took_over(desk: Desk) -> None:
    await desk.tell(missing())
    stranger = {"family_name": "Okafor", "given_names": "Amara"}
    await desk.tell(missing(id="m2", child=stranger, subject="NP-9"))
    open_ = await desk.items("/api/v1/episodes")
    (before,) = {episode["child_id"] for episode in open_} - {await child_id(desk)}
    await desk.tell(message("updated", BACK, id="m3", child=AMARA, subject="NP-9"))
    now = await child_id(desk)
    answer = await desk.client.get(f"/children/{before}", follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, f"/children/{now}")
    assert before != now


@pytest.mark.parametrize("path", ["/children/3b0c5d0e-0000-4000-8000-000000000001", "/children/zzz"])
async def test_a_child_who_is_not_there_is_not_found(desk: Desk, path: str) -> None:
    assert (await desk.client.get(path)).status_code == 404


async def test_a_restricted_child_is_hidden_from_the_pages(desk: Desk) -> None:
    await desk.tell(missing(), returned())
    found = await child_id(desk)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run("INSERT INTO restrictions VALUES (:id, :authority)", id=found, authority=NOTTINGHAM)
    assert "Okafor" not in (await desk.client.get("/now")).text
    assert (await desk.client.get(f"/children/{found}")).status_code == 404


@pytest.mark.parametrize("typed", ["okafor", "Grace", "ama oka", "C-100482", "Ókafor"])
async def test_a_child_is_found_by_beginnings_of_names_or_by_number(desk: Desk, typed: str) -> None:
    await desk.tell(missing(), missing(id="m9", child=BILAL, subject="NP-9"))
    form = await visit(desk.client, "/children")
    answer = await submit(desk.client, "/children", form, who=typed)
    assert "1 child found" in answer.text
    assert "Amara Grace Okafor" in answer.text


async def test_nobody_found_says_what_to_try(desk: Desk) -> None:
    answer = await submit(desk.client, "/children", await visit(desk.client, "/children"), who="Zzz \0 %")
    assert "0 children found" in answer.text


class TestForms:
    async def test_a_form_without_the_token_of_the_browser_is_not_taken(self, desk: Desk) -> None:
        await visit(desk.client, "/children")
        answer = await desk.client.post("/children", data={"who": "Okafor"}, headers=BROWSER)
        assert answer.status_code == 403
        assert "The form was not taken" in answer.text

    async def test_a_form_without_a_cookie_is_not_taken(self, desk: Desk) -> None:
        browser = desk.browser()
        form = await visit(browser, "/sign-in")
        browser.cookies.clear()
        assert (await submit(browser, "/sign-in", form, persona="local")).status_code == 403
        assert (await submit(browser, "/sign-in", form, form_token="")).status_code == 403

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://localhost:8001"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    async def test_a_form_from_elsewhere_is_not_taken(self, desk: Desk, headers: dict[str, str]) -> None:
        form = await visit(desk.client, "/children")
        answer = await desk.client.post("/children", data=form.fields, headers=BROWSER | headers)
        assert answer.status_code == 403

    async def test_a_form_of_another_kind_is_not_taken(self, desk: Desk) -> None:
        form = await visit(desk.client, "/children")
        answer = await desk.client.post("/children", json=form.fields, headers=BROWSER)
        assert answer.status_code == 415

    async def test_the_cookie_is_for_this_site_alone(self, desk: Desk) -> None:
        cookie = (await desk.browser().get("/sign-in")).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
