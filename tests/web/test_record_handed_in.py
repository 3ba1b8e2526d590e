"""The record between two people, looked through in its versions, and handed to the manager."""

import json
from datetime import timedelta

import pytest

from tests.web.conftest import Desk
from tests.web.reader import Page, submit
from tests.web.records import RECORD
from tests.web.written import Written, not_begun, standing_in


@pytest.fixture
async def written(desk: Desk) -> Written:
    return await not_begun(desk)


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


async def test_unreadable_and_unknown_sections_of_other_programs_are_shown_among_the_versions(
    written: Written,
) -> None:
    await written.path.send("record", by="W-1", based_on=0, sections={"account": 5, "odd": ["<b>"]})
    page = await written.open("/versions/1")
    assert "odd" in page.words
    assert (await written.open("/account")).fields["before"] == ""
    assert json.dumps(["<b>"]) in page.words or "<b>" in page.words
