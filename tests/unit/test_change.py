"""What a set of messages makes of some children together: ids, interviews and events in one answer."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from casework.change import Change, by_child, change
from domain.continuity import NAMESPACE, Remembered
from domain.diff import facts_of
from domain.interview import Interview
from domain.telling import Telling
from schemas import events
from schemas.policy import InterviewPolicy, Policy
from schemas.words import EpisodeStatus, Stage
from store.episodes import EpisodeRow, columns_of
from tests.unit.children import AMARA as AMARAS_FACTS
from tests.unit.tellings import at, cancelled, located, reported, returned

AMARA, LEO = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo"))
REPORT, BACK = reported("2026-03-28 22:10"), returned("2026-03-29 03:15")
VOID = cancelled("2026-03-29 09:00")


def rows(before: Change) -> list[EpisodeRow]:
    return [
        EpisodeRow(
            Remembered(one.id, number, False, frozenset(one.episode.notifications)),
            one.child_id,
            facts_of(one.episode),
            columns_of(one.episode),
        )
        for number, one in enumerate(before.placed)
    ]


def changed(
    messages: dict[UUID, list[Telling]], before: Change | None = None, policy: Policy | None = None
) -> Change:
    known, interviews = (rows(before), before.interviews) if before else ([], ())
    return change(messages, known, interviews, policy or Policy(), "E06000018")


def kinds(found: Change) -> list[type[events.Event]]:
    return [type(event) for event in found.events]


def only(interviews: tuple[Interview, ...]) -> Interview:
    (interview,) = interviews
    return interview


def test_a_return_opens_the_episode_and_its_interview_in_one_change() -> None:
    found = changed({AMARA: [REPORT, BACK]})
    assert kinds(found) == [events.ChildReturned, events.InterviewDue]
    assert only(found.interviews).due_at == at("2026-04-01 03:15")
    assert only(found.interviews).episode_id == found.placed[0].id


def test_nothing_new_changes_nothing() -> None:
    before = changed({AMARA: [REPORT, BACK]})
    again = changed({AMARA: [BACK, REPORT, BACK]}, before)
    assert again == replace(before, events=(), new_episodes=(), new_interviews=())


def test_a_message_at_a_time_tells_each_step() -> None:
    missing = changed({AMARA: [REPORT]})
    found = changed({AMARA: [REPORT, located("2026-03-29 00:30")]}, missing)
    home = changed({AMARA: [REPORT, located("2026-03-29 00:30"), BACK]}, found)
    gone = changed({AMARA: [REPORT, located("2026-03-29 00:30"), BACK, VOID]}, home)
    assert [kinds(step) for step in (missing, found, home, gone)] == [
        [events.EpisodeOpened],
        [events.ChildLocated, events.InterviewDue],
        [events.ChildReturned, events.ClockChanged],
        [events.EpisodeCancelled, events.InterviewVoided],
    ]
    assert {one.id for step in (missing, found, home, gone) for one in step.placed} == {missing.placed[0].id}


def test_two_children_under_one_reference_are_two_episodes() -> None:
    found = changed({AMARA: [REPORT], LEO: [BACK]})
    status = {one.child_id: one.episode.status for one in found.placed}
    assert status == {AMARA: EpisodeStatus.OPEN, LEO: EpisodeStatus.RETURNED}
    assert len({one.id for one in found.placed}) == 2


def test_a_child_absorbed_takes_its_episode_and_interview_along() -> None:
    before = changed({LEO: [REPORT, BACK]})
    found = changed({AMARA: [REPORT, BACK]}, before)
    assert kinds(found) == [events.EpisodeChanged, events.InterviewFollowed]
    assert (found.placed[0].id, found.placed[0].child_id) == (before.placed[0].id, AMARA)
    assert only(found.interviews) == replace(only(before.interviews), child_id=AMARA)


def test_two_halves_of_one_absence_become_one_when_their_children_do() -> None:
    before = changed({AMARA: [REPORT], LEO: [BACK]})
    found = changed({AMARA: [REPORT, BACK]}, before)
    lost = {one.id for one in before.placed} - {one.id for one in found.placed}
    assert kinds(found)[-2:] == [events.EpisodeSuperseded, events.InterviewFollowed]
    assert found.superseded_by == dict.fromkeys(lost, found.placed[0].id)


def test_of_two_interviews_that_become_one_the_furthest_stays() -> None:
    told_twice = [reported("2026-03-28 22:30", ref=LEOS), returned("2026-03-29 03:20", ref=LEOS)]
    before = changed({AMARA: [REPORT, BACK], LEO: told_twice})
    offered = replace(before, interviews=tuple(as_offered(i, LEO) for i in before.interviews))
    found = changed({AMARA: [REPORT, BACK, *told_twice]}, offered)
    stages = {i.stage: (i.child_id, i.voided_reason) for i in found.interviews}
    assert stages == {Stage.OFFERED: (AMARA, None), Stage.VOIDED: (AMARA, "merged")}


LEOS = REPORT.reference._replace(subject="NP-26-004212")


def as_offered(interview: Interview, child_id: UUID) -> Interview:
    return replace(interview, stage=Stage.OFFERED) if interview.child_id == child_id else interview


def test_another_window_moves_every_deadline() -> None:
    day = Policy(interview=InterviewPolicy(within=timedelta(hours=24)))
    found = changed({AMARA: [REPORT, BACK]}, changed({AMARA: [REPORT, BACK]}), day)
    assert kinds(found) == [events.ClockChanged]
    assert only(found.interviews).due_at == at("2026-03-30 03:15")


def test_a_child_without_messages_has_no_episodes() -> None:
    found = changed({})
    assert (found.placed, found.interviews, found.events) == ((), (), ())


def test_what_is_told_to_others_names_no_child() -> None:
    before = changed({LEO: [replace(REPORT, child=AMARAS_FACTS)]})
    found = changed({AMARA: [replace(t, child=AMARAS_FACTS) for t in (REPORT, BACK)]}, before)
    told = json.dumps([e.model_dump(mode="json") for e in (*before.events, *found.events)]).casefold()
    assert found.events
    assert [name for name in ("okafor", "amara", "grace", "mari", "2011-07-02", "ng1") if name in told] == []


def test_messages_are_grouped_by_child_in_their_order() -> None:
    assert by_child([(AMARA, BACK), (LEO, VOID), (AMARA, REPORT)]) == {AMARA: [BACK, REPORT], LEO: [VOID]}
