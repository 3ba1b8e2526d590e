"""From bytes to a notification: whatever is wrong is named with its field and how to mend it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from schemas.notification import TYPES, ChildFacts, Notification, staff_source
from schemas.reading import (
    Problem,
    Unreadable,
    canonical,
    parse_json,
    read_as,
    read_notification,
    read_stored,
)
from schemas.record import Outcome
from schemas.upcasters import upcast
from schemas.words import Category, Kind, MissingFrom, RiskLevel
from tests.unit.wire import LACKING, REPORTED, problems, spoiled


def read(path: str, value: Any) -> Notification:
    return read_notification(spoiled(path, value))


# What is read


def test_the_example_of_the_documentation_is_read() -> None:
    notification = read_notification(REPORTED)
    assert (notification.kind, notification.subject) == (Kind.REPORTED, "NP-26-004211")
    assert notification.time == datetime(2026, 3, 28, 22, 41, tzinfo=UTC)
    assert notification.data.child.date_of_birth == date(2011, 7, 2)
    missing = notification.data.missing
    assert missing is not None
    assert (missing.category, missing.risk_level) == (Category.MISSING, RiskLevel.MEDIUM)
    assert missing.missing_from is MissingFrom.CHILDRENS_HOME


@pytest.mark.parametrize(("wire", "kind"), TYPES.items())
def test_every_type_is_read(wire: str, kind: Kind) -> None:
    assert wire == f"uk.police.missing-child.{kind}.v1"
    message = spoiled("type", wire)
    if kind is Kind.SETTLED:  # of staff only, and it says what it settles
        message["source"] = "urn:authority:E06000018"
        message["data"] |= {"concerns": {"source": "urn:police:derbyshire", "subject": "DC/1"}}
        message["data"] |= {"settled": {"reasons": ["returns_differ"]}}
    assert read_notification(message).kind is kind


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("located", {"place": "Victoria Centre", "located_by": "police"}),
        ("returned", {"returned_to": "home", "harm": [], "address": {"lines": None, "postcode": "NG7"}}),
        ("prevention_interview", {"held": True, "summary": "Was with friends.", "concerns": []}),
        ("reason", "Entered twice."),
    ],
)
def test_what_a_type_tells_beside_the_absence_is_read(part: str, fields: Any) -> None:
    assert read(f"data.{part}", fields).data.model_dump(mode="json")[part] == fields


@pytest.mark.parametrize("child", [None, LACKING, {}, {"family_name": None}])
def test_a_child_of_whom_nothing_is_told_is_not_turned_away(child: Any) -> None:
    assert read("data.child", child).data.child == ChildFacts()


@pytest.mark.parametrize("missing", [None, LACKING])
def test_a_report_without_facts_is_read(missing: Any) -> None:
    assert read("data.missing", missing).data.missing is None


@pytest.mark.parametrize("field", list(REPORTED["data"]["missing"]))
def test_a_null_fact_counts_as_lacking(field: str) -> None:
    assert read(f"data.missing.{field}", None) == read(f"data.missing.{field}", LACKING)


@pytest.mark.parametrize("field", list(REPORTED["data"]["child"]))
def test_a_null_detail_of_the_child_counts_as_lacking(field: str) -> None:
    assert read(f"data.child.{field}", None) == read(f"data.child.{field}", LACKING)


def test_a_null_in_a_list_counts_as_lacking() -> None:
    assert read("data.child.also_known_as", ["Mari", None]).data.child.also_known_as == ("Mari",)


@pytest.mark.parametrize("path", ["traceparent", "data.officer", "data.child.shoe_size", "data.missing.dog"])
def test_unknown_fields_are_ignored(path: str) -> None:
    assert read(path, {"anything": [1, 2.5, None, True]}) == read_notification(REPORTED)


def test_staff_record_under_their_authoritys_source() -> None:
    assert read("source", staff_source("E06000018")).source == "urn:authority:E06000018"


def test_a_risk_level_knows_its_rank() -> None:
    assert sorted(RiskLevel, key=lambda level: level.rank) == ["no_apparent_risk", "low", "medium", "high"]


# Each field that is wrong is named


@pytest.mark.parametrize("field", ["specversion", "id", "source", "type", "subject", "time", "data"])
def test_a_lacking_field_is_named(field: str) -> None:
    assert problems(spoiled(field, LACKING)) == [f"{field}: is lacking: add it"]


@pytest.mark.parametrize("field", ["data.authority", "data.occurred_at"])
def test_a_lacking_field_of_the_data_is_named_with_its_path(field: str) -> None:
    assert problems(spoiled(field, LACKING)) == [f"{field}: is lacking: add it"]


def test_every_field_that_is_wrong_is_named_at_once() -> None:
    message = spoiled("data.authority", "Nottingham") | {"id": "", "time": "today"}
    assert [problem.partition(":")[0] for problem in problems(message)] == ["id", "time", "data.authority"]


@pytest.mark.parametrize("field", ["id", "source", "subject"])
def test_an_empty_key_is_refused(field: str) -> None:
    assert problems(spoiled(field, "")) == [f"{field}: is empty: fill it"]


@pytest.mark.parametrize("field", ["id", "source", "subject", "data.child.authority_child_id"])
def test_a_key_of_more_than_200_characters_is_refused(field: str) -> None:
    assert problems(spoiled(field, "é" * 201)) == [f"{field}: is longer than 200 characters: shorten it"]


def test_a_key_of_200_characters_is_read() -> None:
    assert len(read("id", "é" * 200).id) == 200


@pytest.mark.parametrize("field", ["id", "source", "subject", "type", "data.authority"])
@pytest.mark.parametrize("value", [None, 4211, 4.5, True, [], ["x"], {}, {"x": 1}])
def test_what_is_not_text_is_refused(field: str, value: Any) -> None:
    assert problems(spoiled(field, value)) == [f"{field}: must be text"]


@pytest.mark.parametrize("source", ["urn:police: nottinghamshire", " ", "urn:police:\u00a0x"])
def test_white_space_in_a_source_is_refused(source: str) -> None:
    assert problems(spoiled("source", source)) == ["source: must hold no white space"]


@pytest.mark.parametrize("bad", ["\n", "\t", "\x1f", "\x7f"])
def test_a_control_character_in_a_key_is_refused(bad: str) -> None:
    assert problems(spoiled("subject", f"NP-26{bad}")) == ["subject: holds a control character: remove it"]


@pytest.mark.parametrize(
    "code", ["Nottingham", "E05000018", "e06000018", "E0600001", "E06000018\n", " E06000018"]
)
def test_what_is_no_authority_is_answered_with_one(code: str) -> None:
    assert problems(spoiled("data.authority", code)) == [
        "data.authority: must be the ONS code of a local authority such as E06000018"
    ]


@pytest.mark.parametrize("code", ["E06000018", "E07000032", "E08000025", "E09000001", "E10000024"])
def test_the_code_of_every_kind_of_authority_is_read(code: str) -> None:
    assert read("data.authority", code).data.authority == code


@pytest.mark.parametrize(
    "wrong", ["", "reported", "uk.police.missing-child.reported.v2", "uk.police.missing-adult.reported.v1"]
)
def test_an_unknown_type_is_answered_with_the_types_there_are(wrong: str) -> None:
    (problem,) = problems(spoiled("type", wrong))
    assert problem.startswith("type: is not a type this service reads; it reads uk.police")
    assert all(each in problem for each in TYPES)


@pytest.mark.parametrize("wrong", ["0.3", "1", 1.0, None])
def test_another_version_of_cloudevents_is_refused(wrong: Any) -> None:
    assert problems(spoiled("specversion", wrong)) == ["specversion: must be '1.0'"]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("category", "'missing' or 'away_without_authorisation'"),
        ("risk_level", "'no_apparent_risk', 'low', 'medium' or 'high'"),
        (
            "missing_from",
            "'home', 'foster_care', 'childrens_home', 'supported_accommodation', 'hospital',"
            " 'school' or 'other'",
        ),
    ],
)
@pytest.mark.parametrize("wrong", ["HIGH", "", 3, [], {}])
def test_a_word_that_is_not_of_the_list_is_answered_with_the_list(field: str, words: str, wrong: Any) -> None:
    assert problems(spoiled(f"data.missing.{field}", wrong)) == [f"data.missing.{field}: must be {words}"]


@pytest.mark.parametrize("field", ["data", "data.child", "data.missing", "data.child.home_address"])
@pytest.mark.parametrize("wrong", ["Amara", 4, [], True])
def test_what_is_not_an_object_is_refused(field: str, wrong: Any) -> None:
    assert problems(spoiled(field, wrong)) == [f"{field}: must be an object"]


@pytest.mark.parametrize("wrong", ["county_lines", {}, 4, True])
def test_what_is_not_a_list_is_refused(wrong: Any) -> None:
    assert problems(spoiled("data.missing.risk_factors", wrong)) == [
        "data.missing.risk_factors: must be a list"
    ]


def test_what_is_wrong_in_a_list_is_named_with_its_place() -> None:
    assert problems(spoiled("data.missing.risk_factors", ["county_lines", 4])) == [
        "data.missing.risk_factors.1: must be text"
    ]


@pytest.mark.parametrize("wrong", ["perhaps", 2, [], {}])
def test_what_is_neither_true_nor_false_is_refused(wrong: Any) -> None:
    assert problems(spoiled("data.prevention_interview", {"held": wrong})) == [
        "data.prevention_interview.held: must be true or false"
    ]


@pytest.mark.parametrize("message", [None, [], [REPORTED], "text", 4])
def test_what_is_no_object_is_no_notification(message: Any) -> None:
    assert problems(message) == ["A notification is one JSON object (a CloudEvents 1.0 event)."]


# What no database could keep, anywhere in the message


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("id", "3b0c\0", "id"),
        ("data.missing.circumstances", "\0", "data.missing.circumstances"),
        ("data.child.also_known_as", ["Mari", "\0"], "data.child.also_known_as.1"),
        ("extension", {"deep": [{"er": "a\0b"}]}, "extension.deep.0.er"),
        ("ext\0ension", 1, "ext\\u0000ension"),
    ],
)
def test_a_nul_character_is_refused_wherever_it_stands(path: str, value: Any, named: str) -> None:
    assert problems(spoiled(path, value)) == [f"{named}: holds a NUL character: remove it"]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [("subject", "NP\ud800", "subject"), ("exten\udfffsion", 1, "exten\\udfffsion")],
)
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(path: str, value: Any, named: str) -> None:
    assert problems(spoiled(path, value)) == [
        f"{named}: holds half of a surrogate pair: send whole characters"
    ]


def test_a_number_too_large_to_keep_is_refused_wherever_it_stands() -> None:
    message = parse_json(b'{"extension": [1, 1e400]}')
    assert problems(REPORTED | message) == [
        "extension.1: is a number too large to keep: send it as text, or leave it out"
    ]


# Problems


def test_an_error_holds_each_problem_and_says_them_in_one_line() -> None:
    error = Unreadable(Problem("id", "is empty: fill it"), Problem("", "It is no object."))
    assert str(error) == "id: is empty: fill it; It is no object."
    assert [problem.field for problem in error.problems] == ["id", ""]


def test_a_stored_message_is_read_as_it_was_when_it_came() -> None:
    assert read_stored(parse_json(canonical(REPORTED))) == read_notification(REPORTED)


# Older versions


def _from_0_1(message: Mapping[str, Any]) -> dict[str, Any]:
    return {**message, "type": "made-up.0.2", "subject": message["reference"]}


def _from_0_2(message: Mapping[str, Any]) -> dict[str, Any]:
    return {**message, "type": "uk.police.missing-child.reported.v1"}


MADE_UP = {"made-up.0.1": _from_0_1, "made-up.0.2": _from_0_2}


def test_an_older_message_is_raised_step_by_step_to_the_newest() -> None:
    old = spoiled("subject", LACKING) | {"type": "made-up.0.1", "reference": "NP-26-004211"}
    assert read_notification(upcast(old, MADE_UP)) == read_notification(REPORTED)


def test_a_message_of_the_newest_version_is_not_touched() -> None:
    assert upcast(REPORTED, MADE_UP) is REPORTED


def test_a_message_of_no_known_version_is_not_touched() -> None:
    assert upcast({"type": "made-up.9"}, MADE_UP) == {"type": "made-up.9"}
    assert upcast({}, MADE_UP) == {}


@pytest.mark.parametrize("field", ["authority_child_id", "date_of_birth", "nhs_number", "family_name"])
def test_empty_text_about_the_child_counts_as_lacking(field: str) -> None:
    told = read_notification(spoiled(f"data.child.{field}", ""))
    assert getattr(told.data.child, field) is None


def test_a_child_that_is_no_object_is_a_problem() -> None:
    assert problems(spoiled("data.child", "Amara")) == ["data.child: must be an object"]


def test_what_is_no_object_is_read_as_nothing() -> None:
    with pytest.raises(Unreadable, match="must be one JSON object"):
        read_as(Outcome, ["what"])
