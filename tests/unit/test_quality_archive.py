"""Text that was there before, and names that are another child's."""

from dataclasses import replace
from typing import Any

import pytest

from domain.quality import Archive, Child, examine
from domain.quality.archive import FORM_CHILDREN, TAKEN_WORDS, file_record
from schemas.record import InterviewRecord
from tests.unit.interview_records import AMARA, CIRCUMSTANCES, LEO, archive, found, record, rules

TAKEN = (
    "I went to where my uncle works, the car wash on Radford Road. I did not want him to see me crying so I"
    " sat behind the tyres till it was dark. Then he found me and gave me his jacket."
)
CHANGED = (
    "I went to where my aunt works, the garage on Ilkeston Road. I did not want her to see me crying so I sat"
    " behind the crates till it was dark. Then she found me and gave me her jacket."
)
ELSEWHERE = {
    "during": '"We went to the pictures and walked home along the canal because the last tram had gone."'
}


def with_account(text: str) -> InterviewRecord:
    return InterviewRecord.model_validate({"account": {"during": text}})


def beside(*records: tuple[str, Child, InterviewRecord]) -> dict[str, tuple[str, str | None]]:
    """Return place and source of what is found as copied into a record with the taken text."""
    told = replace(CIRCUMSTANCES, archive=archive(*records))
    findings = examine(record(account__during=f'"{TAKEN}"'), told)
    return {each.rule: (each.place, each.copied_from) for each in findings if each.rule.startswith("copied")}


def test_text_of_another_child_is_found_with_the_record_it_is_from() -> None:
    assert beside(("interview-1", LEO, with_account(TAKEN))) == {
        "copied_other": ("account.during", "interview-1")
    }


def test_text_of_the_childs_own_earlier_record_is_found() -> None:
    assert beside(("interview-1", AMARA, with_account(TAKEN))) == {
        "copied_own": ("account.during", "interview-1")
    }


def test_a_copy_is_found_although_people_places_and_pronouns_were_changed() -> None:
    assert "copied_other" in beside(("interview-1", LEO, with_account(CHANGED)))


def test_the_record_with_the_most_of_it_is_named() -> None:
    part = with_account(
        TAKEN.split(". ", maxsplit=1)[0] + ". The rest of it is quite another thing altogether."
    )
    records = (("interview-1", LEO, part), ("interview-0", LEO, with_account(TAKEN)))
    assert beside(*records)["copied_other"] == ("account.during", "interview-0")


def test_a_record_is_not_copied_from_itself() -> None:
    assert beside((CIRCUMSTANCES.interview_id, AMARA, with_account(TAKEN))) == {}


def test_other_words_on_the_same_matter_are_not_copied() -> None:
    assert beside(("interview-1", LEO, InterviewRecord.model_validate({"account": ELSEWHERE}))) == {}


def test_a_short_sentence_in_common_is_chance() -> None:
    assert beside(("interview-1", LEO, with_account("Then he found me and gave me his jacket."))) == {}


def test_a_phrase_that_many_childrens_records_hold_is_of_the_form() -> None:
    records = (
        (f"interview-{number}", replace(LEO, id=f"C-{number}"), with_account(TAKEN))
        for number in range(FORM_CHILDREN)
    )
    assert beside(*records) == {}


def test_the_order_of_filing_makes_no_difference() -> None:
    records = [
        (f"interview-{number}", replace(LEO, id=f"C-{number}"), with_account(TAKEN)) for number in range(3)
    ]
    assert beside(*records) == beside(*reversed(records))


def test_records_added_one_by_one_are_found_as_those_added_together() -> None:
    one_by_one = Archive()
    for number in range(5):
        one_by_one = one_by_one.adding(archive((f"i-{number}", LEO, with_account(TAKEN))).shelves[0].filed)
    copies = one_by_one.copies(record(account__during=TAKEN), AMARA, "interview-2")
    assert [copy.filed.interview_id for copy in copies] == [f"i-{number}" for number in range(5)]
    assert one_by_one.adding(()) is one_by_one


@pytest.mark.parametrize("others", [0, 1, 9])
def test_a_record_that_is_filed_again_counts_once_and_as_it_is_now(others: int) -> None:
    """The others decide whether the shelf with its first form is joined with the next one."""
    rest = [
        (f"other-{number}", replace(LEO, id=f"C-{number}"), InterviewRecord()) for number in range(others)
    ]
    before = archive(("interview-1", LEO, with_account(CHANGED)), *rest)
    moved = replace(LEO, id="C-200200")
    after = before.adding([file_record("interview-1", moved, with_account(TAKEN))])
    [copy] = after.copies(record(account__during=TAKEN), AMARA, "interview-2")
    assert (copy.filed.child.id, copy.length > TAKEN_WORDS) == ("C-200200", True)
    assert after.children.keys() == {"C-200200", *(child.id for _, child, _ in rest)}


def test_a_record_that_was_sent_back_and_written_anew_has_no_copy_of_what_it_said_before() -> None:
    before = archive(("interview-1", LEO, with_account(TAKEN)))
    after = before.adding([file_record("interview-1", LEO, InterviewRecord())])
    assert after.copies(record(account__during=TAKEN), AMARA, "interview-2") == ()


def test_a_record_that_was_taken_out_is_found_no_more() -> None:
    before = archive(("interview-1", LEO, with_account(TAKEN)), ("interview-2", LEO, with_account(CHANGED)))
    after = before.without({"interview-1"})
    assert [c.filed.interview_id for c in after.copies(record(account__during=TAKEN), AMARA, "i")] == [
        "interview-2"
    ]
    assert before.without(()) is before


def test_text_without_an_end_is_compared_in_parts() -> None:
    endless = " ".join(
        f"then the {word} went by the water and nobody called" for word in ("bus", "dog", "boat") * 9
    )
    told = replace(CIRCUMSTANCES, archive=archive(("interview-1", LEO, with_account(endless))))
    assert "copied_other" in rules(examine(record(account__during=f'"{endless}"'), told))


OTHERS = replace(CIRCUMSTANCES, archive=archive(("interview-1", LEO, InterviewRecord())))


@pytest.mark.parametrize(
    "changes",
    [
        {"analysis__meaning": "Leo goes where he is fed. Unless Mum has a rule he will go again."},
        {"harm__what": "LEO says that nobody hurt anyone."},
        {"outcomes__0__what": "Phone rule written on Leo's fridge"},
    ],
)
def test_the_name_of_another_child_is_found(changes: dict[str, Any]) -> None:
    assert "other_name" in found(OTHERS, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"analysis__pull": "Her cousin Leo, and quiet. Leo listens."},
        {"account__during": '"Leo came to the lions." They walked with Leo.'},
        {"analysis__pull": "Leo, who is in her form, listens."},
        {
            "analysis__pull": "Leo listens.",
            "intelligence__people": [{"name": "Leo Marsh", "relation": "friend"}],
        },
        {"analysis__pull": "Leo listens.", "outcomes__0__owner": "Leo Bright, youth worker"},
        {"analysis__pull": "The leo sign on her door."},
    ],
)
def test_a_namesake_whom_the_record_speaks_of_is_not(changes: dict[str, Any]) -> None:
    assert "other_name" not in found(OTHERS, **changes)


def test_a_name_that_is_also_a_word_is_not_found() -> None:
    grace = replace(
        CIRCUMSTANCES, archive=archive(("interview-1", replace(LEO, given_names="Hope"), InterviewRecord()))
    )
    assert "other_name" not in found(grace, analysis__pull="Hope, that somebody listens.")


def test_a_brother_in_the_archive_is_not_another_family() -> None:
    brother = replace(LEO, family_name="Okafor")
    told = replace(CIRCUMSTANCES, archive=archive(("interview-1", brother, InterviewRecord())))
    assert "other_name" not in found(told, analysis__push="Leo got the room.")


def test_a_name_left_in_copied_text_is_found_however_it_stands() -> None:
    theirs = "Every night he waits with Leo by the bins until the kitchen light goes out and then climbs in."
    told = replace(CIRCUMSTANCES, archive=archive(("interview-1", LEO, with_account(theirs))))
    found_rules = rules(examine(record(account__during=f'"Out." {theirs}'), told))
    assert {"copied_other", "other_name", "other_pronoun"} <= found_rules
