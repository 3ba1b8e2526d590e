"""The record while it is written: nothing typed is lost, and a poor one is caught with reasons."""

from typing import Any

import pytest

from tests.web.conftest import Desk
from tests.web.records import ASKED, RECORD, Path, begun, staffed
from tests.web.stories import missing, returned

ACCOUNT = {"before": "“I’d had enough,” she said.", "during": "", "since": ""}


@pytest.fixture
async def path(desk: Desk) -> Path:
    await staffed(desk)
    await desk.tell(missing(), returned())
    path = await begun(desk)
    await path.do("allocate", by="M-1", interviewer="W-1")
    return path


async def read(path: Path, what: str = "record") -> Any:
    answer = await path.desk.get(f"/api/v1/interviews/{path.id}/{what}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_sections_are_saved_one_by_one_and_make_one_record(path: Path) -> None:
    await path.write({"account": ACCOUNT})
    await path.write({"help": {"would_help": "A key of her own"}}, based_on=1)
    found = await read(path)
    assert (found["draft"], found["record"]["account"]["before"]) == (2, ACCOUNT["before"])
    assert found["record"]["help"]["would_help"] == "A key of her own"


async def test_a_draft_sent_again_with_its_key_is_the_same_draft(path: Path) -> None:
    body: dict[str, Any] = {"by": "W-1", "based_on": 0, "sections": {"account": ACCOUNT}}
    first = await path.send("record", key="k-1", **body)
    again = await path.send("record", key="k-1", **body)
    assert first.json() == again.json() == {"draft": 1, "latest": 1}


async def test_two_people_on_different_sections_lose_nothing(path: Path) -> None:
    await path.write({"account": ACCOUNT})
    await path.write({"carer": {"who": "Ifeoma", "view": "Sorry"}})
    assert (await read(path))["record"]["account"]["before"] == ACCOUNT["before"]


async def test_two_people_on_one_section_are_told_and_both_texts_are_kept(path: Path) -> None:
    await path.write({"account": ACCOUNT})
    theirs = {"before": "I ran."}
    answer = await path.send("record", by="W-2", based_on=0, sections={"account": theirs})
    assert (answer.status_code, answer.json()["draft"]) == (409, 2)
    assert answer.json()["errors"][0] == {
        "field": "account",
        "message": "was changed by W-1 since draft 0: look at draft 1",
    }
    assert (await read(path, "drafts/2"))["sent"] == {"account": theirs}
    assert (await read(path))["record"]["account"]["before"] == ACCOUNT["before"]


@pytest.mark.parametrize(
    ("sections", "field", "mend"),
    [
        ({"account": {"before": "a" * 200_000}}, "account.before", "is longer than 20,000 characters"),
        ({"account": {"before": "bell\u0007"}}, "account.before", "cannot be shown (U+0007) at 5"),
        ({"account": {"before": "nul\u0000"}}, "account.before", "holds a NUL character"),
        ({"account": {"befor": "typo"}}, "account.befor", "is not known here"),
        ({"acount": {}}, "acount", "is no section: use offer, account"),
        ({"decision": {"decision": "Fine"}}, "decision", "is written when a manager approves"),
        ({"outcomes": [{"due_on": "2026-02-30"}]}, "outcomes.0.due_on", "does not exist"),
        ({"offer": {"offered_at": "2026-03-30T09:00:00"}}, "offer.offered_at", "has no offset"),
        ({"outcomes": [{"what": "x"}] * 51}, "outcomes", "has more than 50 entries"),
        ({"account": "text"}, "account", "must be an object"),
    ],
)
async def test_what_cannot_be_taken_over_is_kept_and_names_the_field(
    path: Path, sections: dict[str, Any], field: str, mend: str
) -> None:
    await path.write({"carer": {"view": "Sorry"}})
    answer = await path.send("record", by="W-1", based_on=1, sections=sections)
    assert (answer.status_code, answer.json()["draft"]) == (422, 2), answer.text
    error = answer.json()["errors"][0]
    assert error["field"] == field
    assert mend in error["message"]
    assert (await read(path, "drafts/2"))["sent"] == sections
    assert (await read(path))["draft"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('x')</script> & <b>bold</b>",
        "Siobhán O'Brien-Ó Súilleabháin said “I’m grand”",
        "قالت: لم أكن خائفة \u202eabc\u202c",
        "👧🏽 went with 👨‍👩‍👧 to the 🏠",
        "line one\nline two\n\n\ttabbed",
    ],
)
async def test_text_of_every_kind_comes_back_as_it_was_typed(path: Path, text: str) -> None:
    await path.write({"account": {"before": text}})
    assert (await read(path))["record"]["account"]["before"] == text


async def test_a_writer_whom_nobody_knows_is_told_and_the_text_is_kept(path: Path) -> None:
    answer = await path.send("record", by="W-99", based_on=0, sections={"account": ACCOUNT})
    assert answer.json()["errors"][0]["field"] == "by"
    assert (await read(path, "drafts/1"))["sent"] == {"account": ACCOUNT}


async def test_every_draft_is_listed_also_one_with_errors(path: Path) -> None:
    await path.write({"account": ACCOUNT})
    await path.send("record", by="W-1", based_on=1, sections={"acount": {}})
    told = [(each["draft"], each["by"], len(each["errors"])) for each in await read(path, "drafts")]
    assert told == [(1, "W-1", 0), (2, "W-1", 1)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"by": "W-1", "sections": {"account": {}}}, "based_on"),
        ({"by": "W-1", "based_on": True, "sections": {"account": {}}}, "based_on"),
        ({"based_on": 0, "sections": {"account": {}}}, "by"),
        ({"by": "W\u0000", "based_on": 0, "sections": {"account": {}}}, "by"),
        ({"by": "W" * 300, "based_on": 0, "sections": {"account": {}}}, "by"),
        ({"by": "W-1", "based_on": 0}, "sections"),
        ({"by": "W-1", "based_on": 0, "sections": {"account": {}}, "note": "x"}, "note"),
    ],
)
async def test_an_envelope_that_is_wrong_names_the_field(
    path: Path, body: dict[str, Any], field: str
) -> None:
    answer = await path.send("record", **body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_a_thin_record_is_not_submitted_and_says_why(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    thin = await path.write({"account": {"before": "Amara was unhappy and left the home."}})
    answer = await path.send("submit", by="W-1", draft=thin)
    told = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert answer.status_code == 422
    assert "outcomes_missing" in told["outcomes"]
    assert "as the child said it" in told["account"]


async def test_a_finding_may_be_answered_with_a_reason_that_the_manager_sees(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    draft = await path.write({**RECORD, "outcomes": []})
    blocking = [each for each in await read(path, "findings") if each["blocks"]]
    answers = [{"finding": each["id"], "reason": "She is moving to her aunt today"} for each in blocking]
    assert "outcomes_missing" in {each["rule"] for each in blocking}
    await path.do("submit", by="W-1", draft=draft, answers=answers)
    assert (await path.look())["quality"]["answers"] == {
        each["id"]: "She is moving to her aunt today" for each in blocking
    }


async def test_what_was_typed_on_a_draft_with_errors_is_no_conflict(path: Path) -> None:
    await path.write({"account": ACCOUNT})
    refused = await path.send("record", by="W-1", based_on=1, sections={"account": {"befor": "typo"}})
    assert (refused.json()["draft"], refused.json()["latest"]) == (2, 1)
    mended = {"before": "“I’d had enough, and I went.”"}
    assert await path.write({"account": mended}, based_on=2) == 3


async def test_a_draft_that_nobody_ever_saw_is_named(path: Path) -> None:
    answer = await path.send("record", by="W-1", based_on=99, sections={"account": ACCOUNT})
    assert answer.json()["errors"][0]["field"] == "based_on"


async def test_a_section_s_name_that_cannot_be_kept_is_told_readably(path: Path) -> None:
    answer = await path.send("record", by="W-1", based_on=0, sections={"\u0000x": "y"})
    assert answer.json()["errors"][0]["field"] == "\\u0000x"
    assert (await read(path, "drafts/1"))["errors"][0]["field"] == "\\u0000x"


async def test_half_a_character_is_told_with_its_field_and_kept(path: Path) -> None:
    body = '{"by": "W-1", "based_on": 0, "sections": {"account": {"before": "cut \\ud83d"}}}'
    headers = await path.desk.bearer("work") | {"Idempotency-Key": "cut"}
    answer = await path.desk.client.post(
        f"/api/v1/interviews/{path.id}/record", content=body, headers=headers
    )
    assert (answer.status_code, answer.json()["draft"]) == (422, 1)
    assert answer.json()["errors"][0]["field"] == "account.before"


async def test_an_answer_that_gives_no_reason_is_none(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    answers = [{"finding": "0123456789abcdef", "reason": "."}]
    answer = await path.send("submit", by="W-1", draft=await path.write(), answers=answers)
    assert "say in a sentence" in answer.json()["errors"][0]["message"]


async def test_an_answer_to_a_finding_that_is_not_there_is_refused(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    answers = [{"finding": "0123456789abcdef", "reason": "It is not so"}]
    answer = await path.send("submit", by="W-1", draft=await path.write(), answers=answers)
    assert answer.json()["errors"][0]["field"] == "answers.0.finding"


async def test_a_good_record_has_nothing_that_blocks(path: Path) -> None:
    await path.write()
    assert [each for each in await read(path, "findings") if each["blocks"]] == []


async def test_a_record_copied_from_another_child_names_the_interview(desk: Desk, path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    await path.do("submit", by="W-1", draft=await path.write())
    from tests.web.stories import BILAL

    await desk.tell(
        missing(id="b1", child=BILAL, subject="NP-26-B"), returned(id="b2", child=BILAL, subject="NP-26-B")
    )
    other = await begun(desk, child="C-2")
    await other.do("allocate", by="M-1", interviewer="W-1")
    await other.write({"account": RECORD["account"]})
    copied = [each for each in await read(other, "findings") if each["rule"] == "copied_other"]
    assert copied[0]["copied_from"] == path.id


async def test_after_submission_the_record_is_not_written_any_more(path: Path) -> None:
    await path.do("offer", by="W-1", at=ASKED, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    await path.do("submit", by="W-1", draft=await path.write())
    answer = await path.send("record", by="W-1", based_on=1, sections={"account": ACCOUNT})
    assert (answer.status_code, answer.json()["draft"]) == (409, 2)
    assert "since the interview is submitted" in answer.json()["detail"]
    assert (await read(path, "drafts/2"))["sent"] == {"account": ACCOUNT}


@pytest.mark.parametrize("what", ["record", "drafts", "drafts/1", "findings"])
async def test_nobody_reads_the_record_of_an_interview_that_is_not_there(desk: Desk, what: str) -> None:
    unknown = "3b0c5d0e-0000-4000-8000-000000000001"
    assert (await desk.get(f"/api/v1/interviews/{unknown}/{what}")).status_code == 404
