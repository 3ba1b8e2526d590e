"""The record as a form: from the record to fields and back, and nothing that was written is another."""

import json
import pathlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reading import Problem, Unreadable, read_as
from schemas.record import SECTIONS, IndicatorKind, InterviewRecord
from tests.property.test_quality import RECORDS
from tests.unit.interview_records import GOOD
from tests.web.records import RECORD
from web.guard.forms import FIELD
from web.record.filling import fields_of, rows, with_entry, without_entry
from web.record.merging import both
from web.record.progress import Progress, progress_of
from web.record.question import Entries, Section
from web.record.reading import WHOLE, read_section, with_problems
from web.record.saving import BASED_ON, PAGE, TURN
from web.record.sections import ASKED, after
from web.record.showing import changed_lines, lines_of

CORPUS = sorted((pathlib.Path(__file__).parents[1] / "corpus" / "development").glob("*.json"))
OCTOBER = ("2025-10-26T00:30:00.000001Z", "2025-10-26T01:30:59Z")
TIMES = st.sampled_from([*OCTOBER, "2026-03-29T01:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\t’\u202e"), max_size=20)


def fields_survive(section: Section, value: Any) -> bool:
    return bool(read_section(section, fields_of(section, value)).value == value)


def sections_of(record: InterviewRecord) -> dict[str, Any]:
    told = record.model_dump(mode="json")
    return {name: told[name] for name in ASKED}


def entries_of(questions: Entries) -> st.SearchStrategy[list[Any]]:
    one: dict[str, st.SearchStrategy[Any]] = {each.name: TEXT for each in questions.questions}
    one |= {name: st.none() | TIMES for name in ("done_at", "shared_at") if name in one}
    one |= {name: st.none() | st.dates().map(str) for name in ("due_on",) if name in one}
    one |= {name: st.sampled_from([None, True, False]) for name in ("child_informed",) if name in one}
    one |= {name: st.sampled_from(IndicatorKind).map(str) for name in ("kind",) if name in one}
    return st.lists(st.fixed_dictionaries(one), max_size=3)


def test_every_field_of_the_record_is_asked_for_but_the_managers() -> None:
    assert [*ASKED, "decision"] == list(SECTIONS)
    for name, section in ASKED.items():
        told = InterviewRecord().model_dump()[name]
        assert [each.name for each in section.asked] == ([name] if section.is_list else list(told)), name
        for each in section.lists():
            item = InterviewRecord.model_json_schema()["$defs"]
            [schema] = [one for title, one in item.items() if title == SINGULAR[each.name]]
            assert {question.name for question in each.questions} == set(schema["properties"])


def test_no_question_has_the_name_of_a_field_by_which_a_form_is_sent() -> None:
    asked = {each.name for section in ASKED.values() for each in section.asked}
    assert asked.isdisjoint({PAGE, TURN, BASED_ON, FIELD, "do", WHOLE, "main", "help"})


SINGULAR = {
    "actions": "Action",
    "people": "Person",
    "places": "Place",
    "vehicles": "Vehicle",
    "phones": "Phone",
    "online": "Online",
    "indicators": "Indicator",
    "outcomes": "Outcome",
    "shared": "Shared",
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_written_record_comes_back_from_its_form(path: pathlib.Path) -> None:
    record = InterviewRecord.model_validate(json.loads(path.read_text(encoding="utf-8"))["record"])
    assert all(fields_survive(ASKED[name], value) for name, value in sections_of(record).items())


@pytest.mark.parametrize("told", [RECORD, GOOD, {}])
def test_a_rich_and_an_empty_record_come_back_from_their_forms(told: Any) -> None:
    record = InterviewRecord.model_validate(told)
    assert all(fields_survive(ASKED[name], value) for name, value in sections_of(record).items())


@given(RECORDS)
def test_any_record_comes_back_from_its_form(record: InterviewRecord) -> None:
    assert all(fields_survive(ASKED[name], value) for name, value in sections_of(record).items())


@given(st.data())
def test_any_entry_of_a_list_comes_back_from_its_form(data: st.DataObject) -> None:
    section = data.draw(st.sampled_from([each for each in ASKED.values() if list(each.lists())]))
    lists = {each.name: data.draw(entries_of(each)) for each in section.lists()}
    typed = lists[section.name] if section.is_list else lists
    try:
        record = InterviewRecord.model_validate({section.name: typed})
    except ValueError:  # an instant outside the years that there are
        return
    assert fields_survive(section, sections_of(record)[section.name])


def test_a_moment_keeps_its_seconds_until_somebody_types_another() -> None:
    offer = {**InterviewRecord().offer.model_dump(mode="json"), "offered_at": OCTOBER[1]}
    fields = fields_of(ASKED["offer"], offer)
    assert (fields["offered_at-time"], fields["offered_at-which"]) == ("1:30am", "second")
    typed = read_section(ASKED["offer"], {**fields, "offered_at-which": "first"})
    assert typed.value["offered_at"] == "2025-10-26T00:30:00+00:00"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"day": "31", "month": "2", "year": "2026", "time": "9am"}, "offered_at-day"),
        ({"day": "1", "month": "3", "year": "2026", "time": "teatime"}, "offered_at-time"),
        ({"day": "26", "month": "10", "year": "2025", "time": "1:30am"}, "offered_at-which"),
        ({"day": "", "month": "", "year": "", "time": "9am "}, "offered_at-day"),
    ],
)
def test_a_moment_that_cannot_be_read_is_kept_as_it_was_typed(typed: dict[str, str], at: str) -> None:
    form = {f"offered_at-{part}": text for part, text in typed.items()}
    read = read_section(ASKED["offer"], form)
    again = fields_of(ASKED["offer"], read.value)
    assert list(read.errors) == [at]
    assert {name: again[name] for name in form} == form
    assert read_section(ASKED["offer"], again) == read


def test_what_the_record_refuses_is_told_at_its_field_and_once() -> None:
    fields = {
        "outcomes-3-row": "new",
        "outcomes-7-owner": "x" * 301,
        "outcomes-7-due_on-day": "soon",
    }
    section = ASKED["outcomes"]
    read = read_section(section, fields)
    with pytest.raises(Unreadable) as refused:
        read_as(InterviewRecord, {"outcomes": read.value})
    assert with_problems(section, read, refused.value.problems) == {
        "outcomes-7-due_on-day": "By which day? Enter the day, the month and the year, for example 28 3 2026",
        "outcomes-7-owner": "“Outcome 1, who does it?” is longer than 300 characters: shorten it",
    }


def test_what_the_record_says_of_a_whole_list_is_told_at_the_list() -> None:
    read = read_section(ASKED["outcomes"], {f"outcomes-{n}-what": "Ring Nan" for n in range(1, 52)})
    problem = Problem("outcomes", "has more than 50 entries: leave some out")
    assert len(read.value) == 51
    assert list(with_problems(ASKED["outcomes"], read, (problem,))) == ["outcomes"]


def test_an_added_entry_in_which_nobody_wrote_is_no_entry() -> None:
    section = ASKED["intelligence"]
    fields = with_entry(section, fields_of(section, {"people": [{"name": "Josh"}]}), "people")
    assert rows(fields, "people") == ["1", "2"]
    assert [each["name"] for each in read_section(section, fields).value["people"]] == ["Josh"]


def test_an_entry_is_removed_and_its_neighbours_stay() -> None:
    section = ASKED["intelligence"]
    fields = fields_of(section, {"people": [{"name": f"Josh {number}"} for number in range(1, 12)]})
    left = read_section(section, without_entry(fields, "people", "1")).value["people"]
    assert [each["name"] for each in left] == [f"Josh {number}" for number in range(2, 12)]


def test_a_section_is_begun_by_one_answer_and_complete_with_all_that_it_needs() -> None:
    told = sections_of(InterviewRecord.model_validate(RECORD))
    empty = sections_of(InterviewRecord())
    assert {progress_of(ASKED[name], value) for name, value in told.items()} == {Progress.COMPLETE}
    assert {progress_of(ASKED[name], value) for name, value in empty.items()} == {Progress.NOT_BEGUN}
    assert progress_of(ASKED["account"], {**empty["account"], "before": "Row."}) is Progress.BEGUN


def test_of_two_texts_nothing_is_lost() -> None:
    was = {"before": "", "during": "Tram.", "since": ""}
    mine, theirs = (
        {**was, "before": "A row.", "since": "Cried."},
        {**was, "during": "A tram.", "since": "Quiet."},
    )
    found = both(ASKED["account"], was, mine, theirs)
    assert found.merged == {"before": "A row.", "during": "A tram.", "since": "Cried."}
    assert [(each.asked.name, each.theirs) for each in found.differing] == [("since", "Quiet.")]


def test_of_two_lists_every_new_entry_is_kept() -> None:
    was, mine, theirs = [{"what": "A"}], [{"what": "A"}, {"what": "B"}], [{"what": "A, mended"}]
    found = both(ASKED["outcomes"], was, mine, theirs)
    assert found.merged == [{"what": "A"}, {"what": "B"}, {"what": "A, mended"}]


def test_a_section_is_read_in_words() -> None:
    sharing = sections_of(InterviewRecord.model_validate(RECORD))["sharing"]
    assert ("Entry 1: When was it shared?", "31 March 2026 at 9:30am") in lines_of(ASKED["sharing"], sharing)
    assert lines_of(ASKED["account"], {"before": 5, "odd": ["x"]}) == [
        ("What happened before the child went?", "5"),
        ("odd", '["x"]'),
    ]


def test_what_changed_is_told_answer_by_answer() -> None:
    before, after_ = {"came_to_harm": None, "what": "Nothing."}, {"came_to_harm": False, "what": "Nothing."}
    told = changed_lines(ASKED["harm"], before, after_)
    assert told == [("Did the child come to harm?", "", "No")]


def test_the_sections_follow_one_another() -> None:
    assert (after("offer"), after("sharing")) == ("account", None)


def test_unreadable_shapes_are_shown_and_refused_but_break_nothing() -> None:
    shapes: list[Any] = [
        None,
        5,
        "x",
        [],
        {"people": 5},
        {"people": [7, None]},
        {"offered_at": "soon", "how": 3},
    ]
    for value in shapes:
        for section in ASKED.values():
            read_section(section, fields_of(section, value))
            lines_of(section, value)
