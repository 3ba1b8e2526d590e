"""What the demonstration's forces write: each in the format that the examples have of it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from cli.demo import AUTHORITY, FENLAND_VALE, HARBOURSHIRE, MOORLAND, SEED, WESTMERE, WRITING
from cli.demo.cast import Cast
from cli.demo.child import Child
from cli.demo.children import children
from cli.demo.forces import FILE, formats, with_formats
from cli.demo.month import play
from cli.demo.written import understood, written
from connectors.formats import read_as_sent
from schemas.formats_policy import ForceFormat
from schemas.policy import Policy
from schemas.reading import read_notification
from schemas.understood import Draft
from tests.unit.forces import FORCES

BORN = "date_of_birth"
ENDS_AT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)


@cache
def notifications() -> tuple[dict[str, Any], ...]:
    return tuple(map(dict, understood(ENDS_AT)))


def drafts() -> list[Draft]:
    sent = (one for one in written(ENDS_AT) if not one.name.endswith(".xlsx"))
    return [draft for one in sent for draft in read_as_sent(one.content, one.name, formats()).drafts]


def who(event: Any) -> tuple[str, ...]:
    return tuple(event["data"]["child"].get(name, "") for name in ("family_name", "given_names", BORN))


def known(child: Child) -> tuple[str, ...]:
    return child.family_name, child.given_names, child.date_of_birth.isoformat()


def kinds(source: str) -> Counter[str]:
    """Return how often a force told what; the same row in the next list counts once."""
    told = {event["id"]: event["type"] for event in notifications() if event["source"] == source}
    return Counter(type_.split(".")[-2] for type_ in told.values())


def test_the_examples_and_the_demonstration_have_one_policy() -> None:
    assert (FORCES / "policy.toml").samefile(FILE)
    assert {form.source for form in formats()} == set(WRITING)
    assert {form.authority for form in formats()} == {AUTHORITY}


def test_a_policy_that_knows_a_force_keeps_its_own_format_of_it() -> None:
    own: ForceFormat = formats()[0].model_copy(update={"name": "our own"})
    told = with_formats(Policy(formats=(own,))).formats
    assert [form.name for form in told if form.source == own.source] == ["our own"]
    assert {form.source for form in told} == set(WRITING)


def test_the_same_moment_gives_the_same_bytes_and_another_one_others() -> None:
    assert written(ENDS_AT) == written(ENDS_AT)
    assert set(written(ENDS_AT)).isdisjoint(written(ENDS_AT + timedelta(hours=1)))


def test_lists_mails_a_spreadsheet_and_documents_are_sent() -> None:
    endings = Counter(one.name.rpartition(".")[2] for one in written(ENDS_AT))
    assert endings == {"csv": 2, "eml": 7, "xlsx": 1, "json": 4}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (WESTMERE, {"reported": 3, "located": 3, "returned": 3}),
        (FENLAND_VALE, {"reported": 2, "located": 2, "returned": 2}),
        (HARBOURSHIRE, {"reported": 3, "located": 3, "returned": 3}),
        (MOORLAND, {"reported": 2, "returned": 2}),
    ],
)
def test_what_a_force_writes_is_understood_by_its_format(source: str, told: dict[str, int]) -> None:
    assert kinds(source) == told


def test_what_is_understood_is_what_happened() -> None:
    happened = {
        (event["source"], event["subject"], event["type"]): read_notification(event)
        for _, event in play(SEED, ENDS_AT).written
    }
    for event in notifications():
        read = read_notification(event)
        meant = happened[event["source"], event["subject"], event["type"]]
        assert read.data.child.family_name == meant.data.child.family_name
        assert read.data.child.date_of_birth == meant.data.child.date_of_birth
        if meant.data.missing and read.data.missing:
            assert read.data.missing.risk_level == meant.data.missing.risk_level
            assert read.data.missing.missing_from == meant.data.missing.missing_from
            assert read.data.occurred_at in {meant.data.missing.last_seen_at, meant.data.occurred_at}
        else:
            assert read.data.occurred_at == meant.data.occurred_at


def test_a_list_tells_again_what_the_one_before_told() -> None:
    ids = [event["id"] for event in notifications() if event["source"] == WESTMERE]
    assert len(ids) - len(set(ids)) >= 5


def test_two_of_them_are_a_screeners() -> None:
    assert [sorted(reason.field for reason in draft.reasons) for draft in drafts()] == [
        ["data.missing.last_seen_at", "data.occurred_at"],
        ["data.child.date_of_birth", "data.missing.risk_level"],
    ]


def test_they_tell_of_children_of_the_index_of_whom_nobody_else_tells() -> None:
    month = play(SEED, ENDS_AT)
    told = {who(event) for _, event in month.written}
    assert len(told) == 12
    assert told <= {known(child) for child in children()}
    assert told.isdisjoint({*map(who, month.events), *map(known, month.others)})


def test_the_team_knows_whom_they_are_about() -> None:
    cast = Cast(iter(()), notifications())
    assert all(cast.of([event["id"]]) is not None for event in notifications())
