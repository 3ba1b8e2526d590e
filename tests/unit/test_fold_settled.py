"""Rule 11: staff settle times that do not fit together, and correct what a force told."""

from dataclasses import replace
from typing import Any

import pytest

from domain.episode import Conflict
from domain.telling import Reference, Telling, telling_of
from schemas.reading import read_notification
from schemas.words import EpisodeStatus, Kind, Mark
from tests.unit.tellings import (
    DC,
    NP,
    at,
    cancelled,
    episode,
    folded,
    prevention_interview,
    reported,
    returned,
    told,
)
from tests.unit.wire import REPORTED, problems

TOLD = (
    reported("2026-03-28 22:10"),
    returned("2026-03-29 05:05"),
    reported("2026-03-28 22:20", ref=DC),
    returned("2026-03-29 09:00", ref=DC),
)


def settled(told_at: str, *reasons: Conflict, occurred: str = "2026-03-28 22:10") -> Telling:
    return replace(told(Kind.SETTLED, occurred, told_at, NP, id=told_at), settles=frozenset(reasons))


def test_a_settled_conflict_is_none_and_the_clock_stays_where_it_was() -> None:
    before, after = episode(*TOLD), episode(*TOLD, settled("2026-03-30 10:00", Conflict.RETURNS_DIFFER))
    assert (before.conflicts, after.conflicts) == ((Conflict.RETURNS_DIFFER,), ())
    assert after.clock == before.clock


def test_only_what_was_looked_at_is_settled() -> None:
    looked = settled("2026-03-30 10:00", Conflict.MISSING_AFTER_END)
    assert episode(*TOLD, looked).conflicts == (Conflict.RETURNS_DIFFER,)


def test_it_is_settled_until_something_newer_is_told_of_the_episode() -> None:
    looked = settled("2026-03-30 10:00", Conflict.RETURNS_DIFFER)
    newer = prevention_interview("2026-03-30 12:00")
    assert episode(*TOLD, looked, newer).conflicts == (Conflict.RETURNS_DIFFER,)


def test_what_is_settled_brings_no_cancelled_incident_back() -> None:
    one = episode(TOLD[0], cancelled("2026-03-29 10:00"), settled("2026-03-30 10:00"))
    assert one.status is EpisodeStatus.CANCELLED


def test_what_is_settled_belongs_to_the_absence_in_which_it_occurs() -> None:
    again = reported("2026-03-31 22:10")
    first, second = folded(*TOLD[:2], again, settled("2026-04-01 10:00"))
    assert len(first.notifications) == 3
    assert len(second.notifications) == 1


def _staff(**data: Any) -> dict[str, Any]:
    return {
        **REPORTED,
        "source": "urn:authority:E06000018",
        "subject": "S-26-1",
        "data": {**REPORTED["data"], **data},
    }


CONCERNS = {"concerns": {"source": NP.source, "subject": NP.subject}}


def test_a_message_of_staff_enters_the_incident_that_it_concerns() -> None:
    message = read_notification(_staff(**CONCERNS))
    assert telling_of(message, at("2026-03-30 10:00")).reference == NP


def test_a_force_or_another_authority_speaks_for_its_own_reference_only() -> None:
    force = read_notification({**_staff(**CONCERNS), "source": "urn:police:derbyshire"})
    other = read_notification({**_staff(**CONCERNS), "source": "urn:authority:E06000015"})
    for message in (force, other):
        assert telling_of(message, at("2026-03-30 10:00")).reference == Reference(message.source, "S-26-1")


def test_what_only_staff_may_say_is_passed_over_where_a_force_says_it() -> None:
    told_by_force = {**REPORTED, "data": {**REPORTED["data"], "concerns": "the other one", "settled": 7}}
    assert read_notification(told_by_force).data.concerns is None


def test_only_staff_settle_and_they_say_what() -> None:
    settling = "uk.police.missing-child.settled.v1"
    assert "type: is told by an authority's own staff only" in problems({**REPORTED, "type": settling})
    assert "data.concerns" in str(problems({**_staff(), "type": settling}))
    reasons = {"settled": {"reasons": ["returns_differ"], "why": "The log says so"}}
    message = read_notification({**_staff(**CONCERNS, **reasons), "type": settling})
    assert telling_of(message, at("2026-03-30 10:00")).settles == {Conflict.RETURNS_DIFFER}


@pytest.mark.parametrize("mark", [Mark.NO_BIRTH_DATE, Mark.NO_IDENTITY])
def test_a_message_that_concerns_an_incident_need_not_say_again_who_the_child_is(mark: Mark) -> None:
    from domain.marks import marks_of

    nobody = read_notification(_staff(child={}))
    concerning = read_notification(_staff(child={}, **CONCERNS))
    assert mark in marks_of(nobody, at("2026-03-30 10:00"))
    assert mark not in marks_of(concerning, at("2026-03-30 10:00"))
