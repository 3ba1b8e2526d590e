"""What changed between two folds, told as events: nothing where nothing changed, else one for each fact."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from domain.continuity import NAMESPACE
from domain.diff import EpisodeFacts, State, diff, facts_of, state_of
from domain.interview import Interview, Placed, follow
from domain.telling import MessageKey, Telling
from schemas import events
from schemas.words import Category, EpisodeStatus, RiskLevel, Stage
from tests.unit.tellings import cancelled, episode, folded, located, reported, returned, updated

AMARA, LEO = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo"))
EPISODE, OTHER = (uuid5(NAMESPACE, f"episode {number}") for number in (1, 2))
NOTHING = State({}, {})
REPORT = reported("2026-03-27 21:00", risk=RiskLevel.MEDIUM, category=Category.MISSING)
FOUND = located("2026-03-28 01:00")
BACK = returned("2026-03-28 02:00")
VOID = cancelled("2026-03-28 09:00")


def after(*tellings: Telling, child: UUID = AMARA, before: State = NOTHING) -> State:
    """Return the state that the messages of one child's only episode lead to."""
    placed = tuple(Placed(EPISODE, child, one) for one in folded(*tellings))
    return state_of(placed, follow(list(before.interviews.values()), placed, timedelta(hours=72)))


def happened(before: State, now: State) -> list[type[events.Event]]:
    return [type(event) for event in diff(before, now, {}, "E06000018")]


def with_episode(**facts: object) -> State:
    known = facts_of(episode(REPORT))
    return State({EPISODE: (AMARA, replace(known, **facts))}, {})  # type: ignore[arg-type]  # any fact


def with_interview(**facts: object) -> State:
    (one,) = after(REPORT, BACK).interviews.values()
    return State({}, {one.id: replace(one, **facts)})  # type: ignore[arg-type]  # any fact


def test_where_nothing_changed_nothing_happened() -> None:
    assert happened(after(REPORT, BACK), after(BACK, REPORT)) == []


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ((REPORT,), [events.EpisodeOpened]),
        ((REPORT, FOUND), [events.ChildLocated, events.InterviewDue]),
        ((REPORT, BACK), [events.ChildReturned, events.InterviewDue]),
        ((REPORT, VOID), [events.EpisodeCancelled]),
    ],
)
def test_a_first_telling_says_where_the_episode_stands(
    tellings: tuple[Telling, ...], expected: list[type[events.Event]]
) -> None:
    assert happened(NOTHING, after(*tellings)) == expected


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("open", "located", events.ChildLocated),
        ("open", "returned", events.ChildReturned),
        ("open", "cancelled", events.EpisodeCancelled),
        ("located", "returned", events.ChildReturned),
        ("located", "open", events.EpisodeReopened),
        ("returned", "located", events.ChildLocated),
        ("returned", "open", events.EpisodeReopened),
        ("cancelled", "open", events.EpisodeReopened),
        ("cancelled", "returned", events.ChildReturned),
    ],
)
def test_another_status_is_what_happened(was: str, now: str, expected: type[events.Event]) -> None:
    before, changed = with_episode(status=EpisodeStatus(was)), with_episode(status=EpisodeStatus(now))
    assert happened(before, changed) == [expected]


@pytest.mark.parametrize(
    "facts",
    [
        {"category": Category.AWAY},
        {"risk_level": RiskLevel.HIGH},
        {"started_at": BACK.occurred_at},
        {"located_at": BACK.occurred_at},
        {"returned_at": BACK.occurred_at},
        {"conflict_reasons": ("returns_differ",)},
    ],
)
def test_a_corrected_fact_changes_the_episode(facts: dict[str, object]) -> None:
    assert happened(with_episode(), with_episode(**facts)) == [events.EpisodeChanged]


def test_an_episode_that_goes_to_another_child_changed() -> None:
    assert happened(after(REPORT), after(REPORT, child=LEO)) == [events.EpisodeChanged]


def test_the_event_tells_the_facts_as_they_are_now() -> None:
    now = after(REPORT, updated("2026-03-27 23:00", risk=RiskLevel.HIGH))
    (event,) = diff(after(REPORT), now, {}, "E06000018")
    told = event.model_dump(exclude={"authority", "child_id", "episode_id"})
    child_id, facts = now.episodes[EPISODE]
    assert EpisodeFacts(**told) == facts
    assert (event.authority, event.child_id, event.subject_id) == ("E06000018", child_id, EPISODE)


def test_an_episode_that_is_gone_says_who_took_over() -> None:
    now = State({OTHER: (AMARA, facts_of(episode(REPORT)))}, {})
    opened, gone = diff(after(REPORT), now, {EPISODE: OTHER}, "E06000018")
    assert isinstance(opened, events.EpisodeOpened)
    assert isinstance(gone, events.EpisodeSuperseded)
    assert (gone.episode_id, gone.superseded_by) == (EPISODE, OTHER)


def test_an_episode_that_is_gone_without_a_trace_is_superseded_by_none() -> None:
    (gone,) = diff(after(REPORT), NOTHING, {EPISODE: None}, "E06000018")
    assert gone == events.EpisodeSuperseded(
        authority="E06000018", child_id=AMARA, episode_id=EPISODE, superseded_by=None
    )


def test_a_cancelled_incident_voids_its_interview() -> None:
    before = after(REPORT, BACK)
    now = after(REPORT, BACK, VOID, before=before)
    assert happened(before, now) == [events.EpisodeCancelled, events.InterviewVoided]
    assert happened(now, after(REPORT, BACK, before=now)) == [
        events.ChildReturned,
        events.InterviewReopened,
    ]


def test_a_return_confirms_the_deadline_of_a_child_who_was_located() -> None:
    before = after(REPORT, FOUND)
    now = after(REPORT, FOUND, BACK, before=before)
    assert happened(before, now) == [events.ChildReturned, events.ClockChanged]


@pytest.mark.parametrize(
    "facts",
    [
        {"clock_started_at": FOUND.occurred_at},
        {"due_at": BACK.occurred_at + timedelta(hours=24)},
        {"provisional_due": True},
        {"anchor": MessageKey("urn:police:derbyshire", "1")},
    ],
)
def test_whatever_the_deadline_rests_on_changes_the_clock(facts: dict[str, object]) -> None:
    assert happened(with_interview(), with_interview(**facts)) == [events.ClockChanged]


@pytest.mark.parametrize("facts", [{"child_id": LEO}, {"episode_id": OTHER}])
def test_an_interview_that_goes_elsewhere_followed(facts: dict[str, object]) -> None:
    assert happened(with_interview(), with_interview(**facts)) == [events.InterviewFollowed]


def test_an_interview_that_is_reopened_elsewhere_at_another_time_tells_all_of_it() -> None:
    before = with_interview(stage=Stage.VOIDED, voided_reason="cancelled", voided_from=Stage.DUE)
    now = with_interview(child_id=LEO, due_at=BACK.occurred_at + timedelta(hours=24))
    assert happened(before, now) == [
        events.InterviewFollowed,
        events.InterviewReopened,
        events.ClockChanged,
    ]


def test_the_interviews_event_tells_its_facts_as_they_are_now() -> None:
    now = after(REPORT, BACK)
    (one,) = now.interviews.values()
    (event,) = diff(State(now.episodes, {}), now, {}, "E06000018")
    assert event == events.InterviewDue(
        authority="E06000018",
        child_id=AMARA,
        interview_id=one.id,
        episode_id=EPISODE,
        status=Stage.DUE,
        clock_started_at=one.clock_started_at,
        clock_message=BACK.key,
        due_at=one.due_at,
        provisional_due=False,
    )


def test_a_voided_interview_tells_why_and_from_where() -> None:
    def voided(interview: Interview) -> Interview:
        return replace(interview, stage=Stage.VOIDED, voided_reason="merged", voided_from=Stage.OFFERED)

    before = with_interview(stage=Stage.OFFERED)
    now = State({}, {id_: voided(one) for id_, one in before.interviews.items()})
    (event,) = diff(before, now, {}, "E06000018")
    assert isinstance(event, events.InterviewVoided)
    assert (event.reason, event.voided_from) == ("merged", Stage.OFFERED)
