"""The laws of the fold, over arbitrary sets of messages; examples of each rule are in tests/unit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clock import interview_due_at
from domain.episode import Conflict, Episode, fold, unplaced
from domain.incident import read_incidents
from domain.telling import MessageKey, Telling
from schemas.policy import Policy
from schemas.words import EpisodeStatus, Kind
from tests.property.oracle import Answer, Expected, answer
from tests.property.telling_strategies import deliveries, policies, tellings_of_one_child

Tellings = tuple[Telling, ...]


def as_expected(episode: Episode, policy: Policy) -> Expected:
    conflicts, clock = episode.conflicts, episode.clock
    after_end = {Conflict.LOCATED_AFTER_END, Conflict.MISSING_AFTER_END}
    return Expected(
        status=episode.status.value,
        category=episode.category,
        risk_level=episode.risk_level,
        risk_factors=frozenset(episode.risk_factors),
        started_at=episode.started_at,
        located_at=episode.located_at,
        returned_at=episode.returned_at,
        return_before_start=Conflict.RETURN_BEFORE_START in conflicts,
        returns_differ=Conflict.RETURNS_DIFFER in conflicts,
        word_after_end=not after_end.isdisjoint(conflicts),
        incidents=frozenset((r.source, r.subject) for r in episode.incidents),
        notifications=tuple((key.source, key.id) for key in episode.notifications),
        clock_started_at=clock.starts_at if clock else None,
        due_at=interview_due_at(clock.starts_at, policy.interview.within) if clock else None,
        provisional=episode.provisional_due if clock else None,
    )


def messages_unplaced(tellings: Iterable[Telling]) -> frozenset[MessageKey]:
    return frozenset(message.key for incident in unplaced(tellings) for message in incident.messages)


@settings(max_examples=2 * settings().max_examples)  # the law that holds all others
@given(tellings_of_one_child, policies)
def test_the_fold_says_what_the_text_says(tellings: Tellings, policy: Policy) -> None:
    folded = fold(tellings, policy)
    found = Answer(
        frozenset(as_expected(episode, policy) for episode in folded),
        frozenset((key.source, key.id) for key in messages_unplaced(tellings)),
    )
    assert found == answer(tellings, policy)
    assert len(folded) == len(found.episodes)


@given(tellings_of_one_child, policies, st.data())
def test_any_order_with_any_duplicates_gives_the_same(
    tellings: Tellings, policy: Policy, data: st.DataObject
) -> None:
    delivered = data.draw(deliveries(tellings))
    assert fold(delivered, policy) == fold(tellings, policy)
    assert unplaced(delivered) == unplaced(tellings)


@given(tellings_of_one_child, policies, st.data())
def test_a_later_receipt_of_the_same_message_changes_nothing(
    tellings: Tellings, policy: Policy, data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(tellings), max_size=4)) if tellings else []
    late = [replace(telling, told_at=telling.told_at + timedelta(days=2)) for telling in again]
    assert fold([*late, *tellings], policy) == fold(tellings, policy)


@given(tellings_of_one_child, policies, st.data())
def test_any_batches_give_the_same(tellings: Tellings, policy: Policy, data: st.DataObject) -> None:
    inbox: dict[MessageKey, Telling] = {}
    for batch in data.draw(st.lists(st.lists(st.sampled_from(tellings)), max_size=3)) if tellings else []:
        inbox |= {telling.key: telling for telling in batch}
        fold(inbox.values(), policy)  # what was folded before leaves nothing behind
    inbox |= {telling.key: telling for telling in tellings}
    assert fold(inbox.values(), policy) == fold(tellings, policy)


@given(tellings_of_one_child, policies)
def test_all_of_it_again_gives_the_same(tellings: Tellings, policy: Policy) -> None:
    assert fold(tellings + tellings, policy) == fold(tellings, policy)


@given(tellings_of_one_child, policies)
def test_a_cancelled_incident_leaves_no_trace_but_its_own_history(tellings: Tellings, policy: Policy) -> None:
    folded = fold(tellings, policy)
    dropped = {key for e in folded if e.status is EpisodeStatus.CANCELLED for key in e.notifications}
    rest = [telling for telling in tellings if telling.key not in dropped]
    assert fold(rest, policy) == tuple(e for e in folded if e.status is not EpisodeStatus.CANCELLED)
    assert unplaced(rest) == unplaced(tellings)


@given(tellings_of_one_child, policies)
def test_an_ended_episode_always_has_a_clock(tellings: Tellings, policy: Policy) -> None:
    for episode in fold(tellings, policy):
        assert episode.clock or episode.status is not EpisodeStatus.RETURNED
        assert (episode.returned_at is not None) is (episode.status is EpisodeStatus.RETURNED)


@given(tellings_of_one_child, policies)
def test_no_child_who_was_told_returned_is_ever_without_a_clock(tellings: Tellings, policy: Policy) -> None:
    told_returned = {telling.key for telling in tellings if telling.kind is Kind.RETURNED}
    for episode in fold(tellings, policy):
        if episode.status is not EpisodeStatus.CANCELLED and told_returned & set(episode.notifications):
            assert episode.clock


@given(tellings_of_one_child, policies)
def test_no_clock_starts_later_than_a_return_that_counts(tellings: Tellings, policy: Policy) -> None:
    incidents = read_incidents(tellings)
    for episode in fold(tellings, policy):
        for incident in incidents:
            own = incident.returned
            if own and own.key in episode.notifications and episode.clock:
                fits = episode.started_at is None or own.counted_at >= episode.started_at
                assert not fits or episode.clock.starts_at <= own.counted_at


@given(tellings_of_one_child, policies)
def test_periods_of_one_child_never_overlap_or_touch(tellings: Tellings, policy: Policy) -> None:
    periods = [episode.period for episode in fold(tellings, policy) if episode.period]
    for earlier, later in pairwise(periods):
        assert earlier.end is not None
        assert later.start - earlier.end > policy.episode.merge_gap


@given(tellings_of_one_child, policies)
def test_every_message_is_in_one_episode_or_goes_to_a_screener(tellings: Tellings, policy: Policy) -> None:
    folded = fold(tellings, policy)
    placed = Counter(key for episode in folded for key in episode.notifications)
    placed.update(messages_unplaced(tellings))
    assert placed == Counter(telling.key for telling in tellings)
    for episode in folded:
        assert Counter(key for part in episode.parts for key in part) == Counter(episode.notifications)


@given(tellings_of_one_child, policies, st.sampled_from([timedelta(days=210), timedelta(minutes=-17)]))
def test_only_the_distances_between_instants_matter(
    tellings: Tellings, policy: Policy, by: timedelta
) -> None:
    """So neither a clock change nor a weekend nor a leap day moves anything."""

    def shape(episodes: Sequence[Episode], by: timedelta) -> list[object]:
        instants = [
            [
                at and at + by
                for at in (e.started_at, e.located_at, e.returned_at, e.clock and e.clock.starts_at)
            ]
            for e in episodes
        ]
        return [instants, [(e.status, e.conflicts, e.notifications, e.provisional_due) for e in episodes]]

    moved = [_moved(telling, by) for telling in tellings]
    assert shape(fold(moved, policy), timedelta(0)) == shape(fold(tellings, policy), by)


def _moved(telling: Telling, by: timedelta) -> Telling:
    missing = telling.missing
    if missing and missing.last_seen_at:
        missing = missing.model_copy(update={"last_seen_at": missing.last_seen_at + by})
    return replace(
        telling, told_at=telling.told_at + by, occurred_at=telling.occurred_at + by, missing=missing
    )
