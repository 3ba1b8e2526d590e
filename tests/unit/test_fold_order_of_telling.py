"""The order of telling: what is told later corrects what was told earlier, however it came in."""

import json
from itertools import permutations

from domain.episode import fold
from domain.telling import in_order_of_telling, telling_of
from schemas.policy import Policy
from schemas.reading import read_notification
from schemas.words import EpisodeStatus, Mark, RiskLevel
from tests.unit.tellings import (
    DC,
    at,
    cancelled,
    episode,
    located,
    received_again,
    reported,
    returned,
    updated,
)


def wire(time: str, number: int = 1) -> str:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"3b0c5d0e-{number}",
            "source": "urn:police:nottinghamshire",
            "type": "uk.police.missing-child.reported.v1",
            "subject": "NP-26-004211",
            "time": time,
            "data": {
                "authority": "E06000018",
                "occurred_at": "2026-03-28T22:10:00+00:00",
                "child": {"family_name": "Okafor"},
                "missing": {"risk_level": "medium"},
            },
        }
    )


def test_messages_are_read_in_the_order_in_which_they_were_told_not_in_which_they_came() -> None:
    messages = (
        reported("2026-03-28 22:10", risk=RiskLevel.MEDIUM),
        updated("2026-03-28 23:00", risk=RiskLevel.HIGH),
        updated("2026-03-28 23:30", risk=RiskLevel.LOW),
    )
    assert {episode(*arrived).risk_level for arrived in permutations(messages)} == {RiskLevel.LOW}


def test_a_time_is_an_instant_whatever_its_offset() -> None:
    received_at = at("2026-03-30 09:00")
    summer = telling_of(read_notification(json.loads(wire("2026-03-29T02:10:00+01:00", 1))), received_at)
    winter = telling_of(read_notification(json.loads(wire("2026-03-29T01:20:00Z", 2))), received_at)
    assert [telling.key.id for telling in in_order_of_telling([winter, summer])] == [
        "3b0c5d0e-1",
        "3b0c5d0e-2",
    ]


def test_at_the_same_instant_a_cancellation_comes_before_the_others() -> None:
    same_instant = (
        reported("2026-03-28 22:10", id="a"),
        cancelled("2026-03-28 22:10", id="z"),
    )
    assert episode(*same_instant).status is EpisodeStatus.OPEN


def test_at_the_same_instant_ids_decide_by_code_point() -> None:
    ids = ("9", "10", "a", "Z", "é", "z")
    messages = [reported("2026-03-28 22:10", id=each) for each in ids]
    assert [telling.key.id for telling in in_order_of_telling(messages)] == ["10", "9", "Z", "a", "z", "é"]


def test_at_the_same_instant_the_greater_id_corrects_the_smaller() -> None:
    ten = returned("2026-03-29 08:00", told_at="2026-03-29 09:00", id="10")
    nine = returned("2026-03-29 07:00", told_at="2026-03-29 09:00", id="9")
    assert episode(ten, nine).returned_at == at("2026-03-29 07:00")


def test_a_null_field_counts_as_lacking() -> None:
    told = (reported("2026-03-28 22:10", risk=RiskLevel.HIGH), updated("2026-03-28 23:00", risk=None))
    assert episode(*told).risk_level is RiskLevel.HIGH


def test_a_time_ahead_of_the_first_receipt_counts_as_that_receipt() -> None:
    notification = read_notification(json.loads(wire("2026-03-29T09:00:00Z")))
    received_at = at("2026-03-28 22:45")
    assert telling_of(notification, received_at).told_at == received_at


def test_a_time_before_the_first_receipt_stays() -> None:
    notification = read_notification(json.loads(wire("2026-03-28T22:41:00Z")))
    assert telling_of(notification, at("2026-03-29 09:00")).told_at == at("2026-03-28 22:41")


def test_of_two_receipts_of_one_message_the_first_counts() -> None:
    fast_clock = located("2026-03-28 23:00")
    again = received_again(fast_clock, "2026-03-29 04:00")
    for delivered in ((fast_clock, again), (again, fast_clock)):
        assert episode(*delivered).located_at == at("2026-03-28 23:00")
        assert in_order_of_telling(delivered) == [fast_clock]


def test_the_same_set_in_any_order_and_any_batches_gives_the_same_episodes() -> None:
    messages = (
        reported("2026-03-28 22:10"),
        reported("2026-03-28 23:40", ref=DC),
        located("2026-03-29 00:30", ref=DC),
        returned("2026-03-29 03:15", told_at="2026-03-29 03:20"),
    )
    expected = fold(messages, Policy())
    for arrived in permutations(messages):
        assert fold([*arrived, *arrived[:2]], Policy()) == expected


def test_a_telling_carries_what_the_rules_and_the_screener_need() -> None:
    notification = read_notification(json.loads(wire("2026-03-28T22:41:00Z")))
    telling = telling_of(notification, at("2026-03-28 22:45"), [Mark.NO_BIRTH_DATE])
    assert telling.child.family_name == "Okafor"
    assert telling.missing == notification.data.missing
    assert telling.marks == {Mark.NO_BIRTH_DATE}
    assert (telling.key, telling.reference) == (
        ("urn:police:nottinghamshire", "3b0c5d0e-1"),
        ("urn:police:nottinghamshire", "NP-26-004211"),
    )
