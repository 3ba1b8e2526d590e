"""The record's pages without a script: a section is written, nothing typed is lost, and it is handed in."""

import pytest

from schemas.access import Duty
from schemas.record import InterviewRecord
from tests.web.conftest import Desk
from tests.web.reader import BROWSER, submit, visit
from tests.web.records import RECORD
from tests.web.written import Written, not_begun, standing_in
from web.record.filling import fields_of
from web.record.sections import ASKED


@pytest.fixture
async def written(desk: Desk) -> Written:
    return await not_begun(desk)


async def test_every_section_is_written_through_its_form(written: Written) -> None:
    for name, section in ASKED.items():
        rest = f"/{name}"
        page = await written.open(rest)
        page.fields |= fields_of(section, RECORD[name])
        answer = await submit(written.ewa, written.at(rest), page, do="next")
        assert answer.status_code == 303
    assert await written.record() == InterviewRecord.model_validate(RECORD).model_dump(mode="json")
    assert (await written.open()).words.count("Complete") == len(ASKED)


async def test_the_first_section_begins_with_the_offer_and_nothing_is_kept_until_it_is_saved(
    written: Written,
) -> None:
    page = await written.open("/offer")
    assert page.fields["offered_at-day"]
    assert (page.fields["how"], page.fields["by"]) == ("phone", "Ewa Nowak")
    assert "Filled in from the offer" in page.words
    assert await written.drafts() == []
    assert await written.type("offer", communication="none") == "/account"
    offer = (await written.record())["offer"]
    assert (offer["by"], offer["communication"]) == ("Ewa Nowak", "none")
    assert "Filled in from the offer" not in (await written.open("/offer")).words


async def test_saving_leads_on_and_what_did_not_change_is_not_saved_again(written: Written) -> None:
    assert await written.type("account", before="A row.", during="Tram.") == "/harm"
    assert await written.type("account", do="list") == ""
    assert await written.type("sharing", nothing_shared="Nobody needs to know.") == ""
    assert [list(draft.sent) for draft in await written.drafts()] == [["account"], ["sharing"]]


async def test_a_date_that_cannot_be_read_is_shown_again_as_typed_with_all_else(written: Written) -> None:
    typed = {"offered_at__day": "31", "offered_at__month": "2", "offered_at__year": "2026"}
    assert await written.type("offer", by="Ewa’s <b>own</b> words", **typed) == "/offer"
    page = await written.open("/offer")
    assert (page.fields["offered_at-day"], page.fields["by"]) == ("31", "Ewa’s <b>own</b> words")
    assert "#offered_at-day" in page.links
    assert "Enter a real date" in page.words
    assert "What you typed last is kept, and is not in the record yet" in (await written.open()).words
    assert "What you typed last in The offer is kept" in (await written.open("/check")).words
    mended = {"offered_at__day": "30", "offered_at__month": "3", "offered_at__time": "10am"}
    assert await written.type("offer", **mended) == "/account"
    assert (await written.record())["offer"]["offered_at"] == "2026-03-30T09:00:00Z"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("word " * 4001, "is longer than 20,000 characters"),
        ("a bell \x07 in it", "holds a character that cannot be shown (U+0007) at 8"),
        ("</textarea><script>alert(1)</script>\n\u202eback \ufffd\U0001f600", ""),
    ],
)
async def test_whatever_is_typed_is_shown_again_unchanged(written: Written, text: str, wrong: str) -> None:
    assert await written.type("account", before=text) == ("/account" if wrong else "/harm")
    page = await written.open("/account")
    assert page.fields["before"] == (text if wrong else text.strip())
    assert wrong in page.words


async def test_entries_are_added_and_removed_without_a_script(written: Written) -> None:
    assert await written.type("intelligence", do="add:people") == "/intelligence?add=people#people-1"
    for number, name in enumerate(("Josh", "Kayleigh"), 1):
        page = await written.open("/intelligence", add="people")
        assert f"people-{number}" in page.ids
        await submit(
            written.ewa, written.at("/intelligence"), page, **{f"people__{number}__name": name}, do="stay"
        )
    assert await written.type("intelligence", do="remove:people:1") == "/intelligence#people"
    assert [each["name"] for each in (await written.record())["intelligence"]["people"]] == ["Kayleigh"]


async def test_pressing_twice_is_once(written: Written) -> None:
    page = await written.open("/account")
    for _ in range(2):
        await submit(written.ewa, written.at("/account"), page, before="A row.", do="next")
    assert len(await written.drafts()) == 1


async def test_a_page_that_was_left_open_goes_back_and_forth_and_nothing_is_dropped(written: Written) -> None:
    page = await written.open("/account")
    for text in ("A row.", "A bad row.", "A row."):
        await submit(written.ewa, written.at("/account"), page, before=text, do="next")
        assert (await written.record())["account"]["before"] == text


async def test_what_is_kept_while_typing_answers_for_a_script(written: Written) -> None:
    page = await written.open("/account")
    kept = await submit(written.ewa, written.at("/account/keep"), page, before="A r")
    told = kept.json()
    assert (told["no"], told["based_on"], told["problems"], told["stale"]) == (1, 1, [], False)
    assert told["at"] == "10am"
    again = {"turn": told["turn"], "based_on": "0"}  # the answer was lost, and the text went on
    told = (await submit(written.ewa, written.at("/account/keep"), page, before="A row.", **again)).json()
    assert (told["no"], told["stale"]) == (2, False)
    assert (await written.record())["account"]["before"] == "A row."
    assert "Saved 2 times while it was written" in (await written.open("/versions")).words


async def test_a_script_is_told_that_a_session_has_ended_and_that_a_section_changed(
    written: Written,
) -> None:
    page = await written.open("/account")
    headers = {**BROWSER, "Accept": "application/json"}
    gone = await written.desk.browser().post(written.at("/account/keep"), data=page.fields, headers=headers)
    assert gone.status_code == 401
    tom = await standing_in(written)
    await written.type("account", tom, before="Tom: a row.")
    told = (await submit(written.ewa, written.at("/account/keep"), page)).json()
    assert (told["no"], told["stale"]) == (0, True)
    assert [each["name"] for each in told["others"]] == ["Tom O'Neill"]


async def test_others_read_but_do_not_write_and_what_they_typed_is_shown_to_them(written: Written) -> None:
    await written.type("account", before="A row.")
    page = await written.open("/account")
    grace = await written.desk.sign_in(Duty.WORKER, Duty.MANAGER, name="Grace Bell", staff_id="M-1")
    read = await written.open("/account", grace)
    assert "This is the record of Ewa Nowak" in read.words
    assert "A row." in read.words
    assert "before" not in read.fields
    page.fields["form_token"] = (await written.open("", grace)).fields["form_token"]
    refused = await submit(grace, written.at("/account"), page, before="Grace: a row.")
    assert refused.status_code == 409
    assert "Grace: a row." in refused.text
    assert len(await written.drafts()) == 1


async def test_who_has_to_say_anew_why_they_look_does_not_lose_what_they_typed(written: Written) -> None:
    page = await written.open("/account", await standing_in(written))
    anew = await written.desk.sign_in(Duty.WORKER, name="Tom O'Neill", staff_id="W-2")
    page.fields["form_token"] = (await visit(anew, "/children")).fields["form_token"]
    answer = await submit(anew, written.at("/account"), page, before="Tom: a row.", do="next")
    assert (answer.status_code, "Tom: a row." in answer.text) == (409, True)
    check = await submit(anew, written.at("/check"), page, **{"answer-1": "She is abroad."})
    assert "She is abroad." in check.text


async def test_a_long_list_loses_no_entry(written: Written) -> None:
    many = [{"name": f"Person {number}"} for number in range(150)]
    await written.path.write({"intelligence": {"people": many}})
    await written.type("intelligence", people__150__name="The last")
    people = (await written.record())["intelligence"]["people"]
    assert (len(people), people[149]["name"]) == (150, "The last")
