"""The formats of forces are data, and a mistake in them is told where the policy is read."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.formats_policy import ForceFormat, Layout, names_in
from schemas.words import Kind

PLAIN: dict[str, Any] = {
    "name": "list",
    "source": "urn:police:westmere",
    "layout": "rows",
    "fields": {"subject": ["Ref"], "type": ["Status"], "occurred_at": [["Date", "Time"]]},
}


def fields(**more: Any) -> dict[str, Any]:
    return {**PLAIN["fields"], **more}


def test_a_format_is_read_with_what_holds_where_it_says_nothing() -> None:
    form = ForceFormat.model_validate(PLAIN)
    assert (form.layout, form.zone, form.authority) == (Layout.ROWS, None, None)
    assert names_in(form.fields) == ("Ref", "Status", "Date", "Time")


def test_one_type_may_have_a_field_of_its_own() -> None:
    form = ForceFormat.model_validate(PLAIN | {"of_type": {"returned": {"occurred_at": ["Back at"]}}})
    assert form.names_of("occurred_at", Kind.RETURNED) == ("Back at",)
    assert form.names_of("occurred_at", Kind.REPORTED) == (("Date", "Time"),)
    assert form.names_of("reason", None) == ()


def test_what_happened_may_be_named_for_each_type_alone() -> None:
    times = {kind.value: {"occurred_at": ["At"]} for kind in Kind if kind is not Kind.SETTLED}
    told = {name: PLAIN["fields"][name] for name in ("subject", "type")}
    assert ForceFormat.model_validate(PLAIN | {"fields": told, "of_type": times})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"fields": {"type": ["Status"]}}, "says nothing of subject"),
        ({"fields": {"subject": ["Ref"], "occurred_at": ["At"]}}, "says nothing of type"),
        ({"fields": fields(colour=["Colour"])}, "colour is no field of ours"),
        ({"words": {"type": {"MISPER": "vanished"}}}, "has vanished for type: use one of reported"),
        ({"fixed": {"missing.risk_level": "severe"}}, "has severe for missing.risk_level"),
        ({"days": ["%d/%m"]}, "needs a day, a month and a year"),
        ({"days": ["%d/%m/%Y %j"]}, "has %j"),
        ({"moments": ["%d/%m/%Y"]}, "needs hours and minutes"),
        ({"moments": ["%d/%m/%Y %I:%M"]}, "only with %p"),
        ({"zone": "Europe/Nottingham"}, "is no time zone"),
        ({"zone": "../etc/passwd"}, "is no time zone"),
        ({"fields": fields(time=["@sent"])}, "uses @sent for a row"),
        ({"source": "urn:authority:E06000018"}, "urn:police"),
    ],
)
def test_a_mistake_in_a_format_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        ForceFormat.model_validate(PLAIN | wrong)
