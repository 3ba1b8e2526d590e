"""The record's pages without a script: a section is written, nothing typed is lost, and it is handed in."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from schemas.access import Duty
from schemas.record import InterviewRecord
from store import drafts
from store.drafts import Draft
from tests.messages import NOTTINGHAM
from tests.web.conftest import Desk
from tests.web.reader import BROWSER, Page, submit, visit
from tests.web.records import RECORD, Path, begun, staffed
from tests.web.stories import missing, returned
from web.record.filling import fields_of
from web.record.sections import ASKED


@dataclass(slots=True)
class Written:
    """The pages of one record, and its interviewer's browser."""

    desk: Desk
    path: Path
    ewa: AsyncClient

    def at(self, rest: str = "") -> str:
        return f"/interviews/{self.path.id}/record{rest}"

    async def open(self, rest: str = "", client: AsyncClient | None = None, **query: str) -> Page:
        return await visit(client or self.ewa, self.at(rest), **query)

    async def type(self, section: str, client: AsyncClient | None = None, /, **typed: str) -> str:
        """Open a section, type into it and press a button; return where the browser is led."""
        page = await self.open(f"/{section}", client)
        answer = await submit(client or self.ewa, self.at(f"/{section}"), page, **{"do": "next", **typed})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]).removeprefix(self.at())

    async def drafts(self) -> list[Draft]:
        async with self.desk.store.transaction(NOTTINGHAM) as tx:
            return await drafts.all_of(tx, UUID(self.path.id))

    async def record(self) -> dict[str, Any]:
        answer = await self.desk.get(f"/api/v1/interviews/{self.path.id}/record")
        record: dict[str, Any] = answer.json()["record"]
        return record


@pytest.fixture
async def written(desk: Desk) -> Written:
    """A record that nobody has begun, of an interview that was held."""
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.as_far_as_held()
    return Written(desk, path, await desk.sign_in(Duty.WORKER, name="Ewa Nowak", staff_id="W-1"))


async def standing_in(written: Written) -> AsyncClient:
    """Return the browser of Tom, who said that he stands in for Ewa."""
    tom = await written.desk.sign_in(Duty.WORKER, name="Tom O'Neill", staff_id="W-2")
    why = str((await tom.get(written.at())).headers["location"])
    path, _, _ = why.partition("?")
    page = await visit(tom, path, to=written.at())
    answer = await submit(tom, path, page, purpose="covering", to=written.at())
    assert answer.headers["location"] == written.at()
    return tom


async def test_every_section_is_written_through_its_form(written: Written) -> None:
    for name, section in ASKED.items():
        rest = f"/{name}"
        page = await written.open(rest)
        page.fields |= fields_of(section, RECORD[name])
        answer = await submit(written.ewa, written.at(rest), page, do="next")
        assert answer.status_code == 303
    assert await written.record() == InterviewRecord.model_validate(RECORD).model_dump(mode="json")
    assert (await written.open()).words.count("Complete") == len(ASKED)


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


async def test_two_people_are_told_of_each_other_and_lose_nothing(written: Written) -> None:
    tom = await standing_in(written)
    his = await written.open("/account", tom)
    hers = await written.open("/account")
    assert "Tom O'Neill has this record open now (The child’s account)" in hers.words
    await submit(written.ewa, written.at("/account"), hers, before="Ewa: a row.", during="Ewa: tram.")
    written.desk.clock.now += timedelta(seconds=61)
    assert "has this record open now" not in (await written.open("/harm")).words
    answer = await submit(tom, written.at("/account"), his, before="Tom: a row.", since="Tom: quiet.")
    assert answer.headers["location"] == written.at("/account")
    both = await written.open("/account", tom)
    assert "Ewa Nowak changed this" in both.words
    assert "What you wrote" in both.words
    assert "Ewa: a row." in both.words
    assert [both.fields[name] for name in ("before", "during", "since")] == [
        "Tom: a row.",
        "Ewa: tram.",
        "Tom: quiet.",
    ]
    merged = "Ewa: a row. Tom: a row."
    assert await written.type("account", tom, before=merged) == "/harm"
    assert (await written.record())["account"]["before"] == merged
    assert "changed this" not in (await written.open("/account", tom)).words


async def test_what_somebody_else_wrote_may_be_left_and_ones_own_stays_among_the_versions(
    written: Written,
) -> None:
    tom = await standing_in(written)
    his = await written.open("/account", tom)
    await written.type("account", before="Ewa: a row.")
    await submit(tom, written.at("/account"), his, before="Tom: a row.", do="next")
    await written.type("account", tom, do="theirs")
    assert (await written.record())["account"]["before"] == "Ewa: a row."
    versions = await written.open("/versions")
    assert "Not in the record" in versions.words
    version = await written.open("/versions/2")
    assert "Tom: a row." in version.words
    answer = await submit(written.ewa, written.at("/versions/2"), version)
    assert answer.headers["location"] == written.at("/account")
    assert (await written.record())["account"]["before"] == "Tom: a row."


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


async def test_findings_stand_at_their_question_with_why_and_how_to_mend_them(written: Written) -> None:
    outcomes = [{**RECORD["outcomes"][0], "owner": "", "due_on": None}]
    await written.path.write({**RECORD, "outcomes": outcomes})
    page = await written.open("/outcomes")
    assert "Must be mended: Name one person; a role needs a name beside it." in page.words
    assert "What everybody owns, nobody does. Source: Inspection of Nottingham City" in page.words
    assert "must be mended" in (await written.open()).words
    check = await written.open("/check")
    assert written.at("/outcomes#outcomes-1-owner") in check.links


async def test_a_record_is_submitted_when_each_finding_is_mended_or_answered(written: Written) -> None:
    outcomes = [{**each, "due_on": None} for each in RECORD["outcomes"]]
    await written.path.write({**RECORD, "outcomes": outcomes})
    page = await written.open("/check")
    fields = [name for name in page.fields if name.startswith("answer-")]
    assert len(fields) == 2
    left = await submit(written.ewa, written.at("/check"), page, **{fields[0]: "No date: she is abroad."})
    assert left.status_code == 422
    again = Page(left.text)
    assert again.fields[fields[0]] == "No date: she is abroad."
    assert f"#{fields[1]}" in again.links
    short = Page((await submit(written.ewa, written.at("/check"), again, **{fields[1]: "No"})).text)
    assert "is no reason yet" in short.words
    done = await submit(written.ewa, written.at("/check"), short, **{fields[1]: "She is abroad until May."})
    assert done.headers["location"] == written.at()
    assert "The record is with a manager." in (await written.open()).words
    assert (await written.path.look())["status"] == "submitted"


async def test_a_submission_of_what_changed_meanwhile_says_what_changed(written: Written) -> None:
    draft = await written.path.write()
    page = await written.open("/check")
    await written.path.write({"account": {**RECORD["account"], "before": "Another row."}}, draft)
    newer = Page((await submit(written.ewa, written.at("/check"), page)).text)
    assert "draft 2 by W-1 is newer" in newer.words
    assert (await written.path.look())["status"] == "held"


async def test_what_a_manager_sends_back_stands_at_its_section(written: Written) -> None:
    await written.path.do("submit", by="W-1", draft=await written.path.write())
    late = await written.open("/account")
    assert "The record cannot be written now" in late.words
    reasons = [{"section": "analysis", "reason": "Say so what."}]
    await written.path.do("send-back", by="M-1", reasons=reasons)
    assert "Say so what." in (await written.open("/analysis")).words
    assert "Your analysis : Say so what." in (await written.open()).words


async def test_text_that_comes_after_the_record_was_handed_in_is_kept_as_a_version(written: Written) -> None:
    draft = await written.path.write()
    page = await written.open("/account")
    await written.path.do("submit", by="W-1", draft=draft)
    answer = await submit(written.ewa, written.at("/account"), page, before="One thing more.")
    assert answer.status_code == 303
    assert "is kept as version 2" in (await written.open("/account")).words
    assert "One thing more." in (await written.open("/versions/2")).words


async def test_a_long_list_loses_no_entry(written: Written) -> None:
    many = [{"name": f"Person {number}"} for number in range(150)]
    await written.path.write({"intelligence": {"people": many}})
    await written.type("intelligence", people__150__name="The last")
    people = (await written.record())["intelligence"]["people"]
    assert (len(people), people[149]["name"]) == (150, "The last")


async def test_unreadable_and_unknown_sections_of_other_programs_are_shown_among_the_versions(
    written: Written,
) -> None:
    await written.path.send("record", by="W-1", based_on=0, sections={"account": 5, "odd": ["<b>"]})
    page = await written.open("/versions/1")
    assert "odd" in page.words
    assert (await written.open("/account")).fields["before"] == ""
    assert json.dumps(["<b>"]) in page.words or "<b>" in page.words
