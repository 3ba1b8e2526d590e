"""The demonstration's month: the rates it is made after, and everything that makes notifications hard."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from cli.demo import DERBYSHIRE, FORCES, LINCOLNSHIRE, NOTTINGHAMSHIRE, SEED
from cli.demo.broken import Broken, broken
from cli.demo.children import children
from cli.demo.desk import Told
from cli.demo.life import Life
from cli.demo.month import Month, month, play
from cli.demo.programme import programme
from domain.clock import hours_left, interview_due_at
from domain.episode import Conflict, Episode, fold, unplaced
from domain.identity import identity_of
from domain.marks import marks_of
from domain.register import Doubt, KnownChild, identify
from domain.telling import Telling, telling_of
from schemas.notification import Address, ChildFacts
from schemas.policy import Policy
from schemas.reading import Unreadable, parse_json, read_notification
from schemas.words import EpisodeStatus, Kind, Mark

ENDS_AT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
RECEIVED_AT = ENDS_AT + timedelta(seconds=40)
HOUR = timedelta(hours=1)


class Outcome(NamedTuple):
    """What the rules make of a month, with the children's index imported."""

    tellings: list[Telling]
    episodes: list[Episode]
    unplaced: int
    doubts: Counter[Doubt]


@cache
def played() -> Month:
    return play(SEED, ENDS_AT)


def events() -> list[dict[str, Any]]:
    return played().events


@cache
def outcome() -> Outcome:
    notifications = [read_notification(event) for event in events()]
    tellings = [telling_of(n, RECEIVED_AT, marks_of(n, RECEIVED_AT)) for n in notifications]
    identified = identify("E06000018", tellings, {}, index(), Policy().matching)
    by_child: dict[object, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_child[identified.links[telling.key]].append(telling)
    return Outcome(
        tellings,
        [episode for told in by_child.values() for episode in fold(told, Policy())],
        sum(len(unplaced(told)) for told in by_child.values()),
        Counter(question.doubt for question in identified.questions),
    )


def index() -> list[KnownChild]:
    described = [
        ChildFacts(
            authority_child_id=child.authority_child_id,
            nhs_number=child.nhs_number,
            upn=child.upn,
            family_name=child.family_name,
            given_names=child.given_names,
            date_of_birth=child.date_of_birth,
            home_address=Address(postcode=child.lives.postcode),
        )
        for child in children()
    ]
    identities = [identity_of(facts) for facts in described]
    return [KnownChild(uuid4(), one, provisional=False, index=one) for one in identities]


def marked(mark: Mark) -> int:
    return sum(mark in episode.marks for episode in outcome().episodes)


def with_status(status: EpisodeStatus) -> list[Episode]:
    return [episode for episode in outcome().episodes if episode.status is status]


def left_at_the_end() -> list[float]:
    """Return the hours left of each interview at the end of the month."""
    clocks = [episode.clock for episode in outcome().episodes if episode.clock]
    return [hours_left(interview_due_at(clock.starts_at), ENDS_AT) for clock in clocks]


def life() -> Life:
    return Life("18/a month", ENDS_AT, timedelta(seconds=30), played())


def told_in(life: Life, hours: float) -> list[Told]:
    until = life.begins_at + timedelta(hours=hours)
    return list(takewhile(lambda told: told.at < until, life.since(life.begins_at)))


# The same again


def test_the_same_seed_and_moment_give_the_same_messages_in_the_same_order() -> None:
    assert month(SEED, ENDS_AT) == events()


def test_another_moment_gives_other_messages() -> None:
    other = month(SEED, ENDS_AT + HOUR)
    assert {event["id"] for event in other}.isdisjoint(event["id"] for event in events())


def test_a_message_that_comes_twice_has_the_same_content() -> None:
    by_id: dict[str, list[Any]] = defaultdict(list)
    for event in events():
        by_id[event["id"]].append(event)
    assert all(event == first for first, *more in by_id.values() for event in more)


def test_about_three_in_a_hundred_come_twice() -> None:
    again = len(events()) - len({event["id"] for event in events()})
    assert 0.015 < again / len(events()) < 0.06


# The rates


def test_about_170_incidents_fall_on_about_60_children() -> None:
    references = {(event["source"], event["subject"]) for event in events()}
    who = {(e["data"]["child"].get("family_name"), e["data"]["child"].get("given_names")) for e in events()}
    assert 155 <= len(references) <= 185
    assert 55 <= len(who) <= 75


def test_nearly_nine_in_ten_absences_end_within_48_hours() -> None:
    ended = [e.returned_at - e.started_at for e in outcome().episodes if e.returned_at and e.started_at]
    assert 0.82 < sum(lasted <= 48 * HOUR for lasted in ended) / len(ended) < 0.92


def test_harm_is_seldom_reported() -> None:
    returns = [event["data"]["returned"] for event in events() if "returned" in event["data"]]
    assert 0 < sum(bool(facts["harm"]) for facts in returns) / len(returns) < 0.1


def test_most_is_told_by_nottinghamshire_and_something_by_every_force() -> None:
    by_force = Counter(event["source"] for event in events())
    assert set(by_force) == set(FORCES)
    assert by_force[NOTTINGHAMSHIRE] > 0.8 * len(events())


def test_few_children_go_missing_often() -> None:
    names = Counter(
        (e["data"]["child"].get("family_name"), e["data"]["child"].get("given_names"))
        for e in events()
        if Kind.REPORTED in e["type"]
    )
    assert names.most_common(1)[0][1] >= 6
    assert sum(number == 1 for number in names.values()) > len(names) / 3


# Time


def test_every_message_can_be_read_and_is_of_nottingham() -> None:
    assert {read_notification(event).data.authority for event in events()} == {"E06000018"}


def test_nothing_lies_after_the_end_but_one_fast_clock() -> None:
    ahead = {n.id for n in map(read_notification, events()) if max(n.time, n.data.occurred_at) > ENDS_AT}
    assert len(ahead) == 1
    assert marked(Mark.FUTURE_INSTANT) == 1


def test_messages_come_roughly_but_not_exactly_in_the_order_of_telling() -> None:
    times = [read_notification(event).time for event in events()]
    backwards = sum(later < earlier for earlier, later in pairwise(times))
    assert 0.02 < backwards / len(times) < 0.3


# What happens


def test_some_children_are_still_missing_some_only_located_and_some_never_were() -> None:
    assert len(with_status(EpisodeStatus.OPEN)) >= 5
    assert len(with_status(EpisodeStatus.LOCATED)) >= 3
    assert len(with_status(EpisodeStatus.CANCELLED)) >= 3


def test_deadlines_of_all_kinds_stand_side_by_side() -> None:
    left = left_at_the_end()
    assert sum(hours < 0 for hours in left) > 10
    assert sum(0 < hours < 12 for hours in left) >= 4
    assert sum(12 <= hours < 36 for hours in left) >= 5
    assert sum(36 <= hours <= 72 for hours in left) >= 5


@pytest.mark.parametrize(
    "mark",
    [
        Mark.NO_BIRTH_DATE,
        Mark.NO_IDENTITY,
        Mark.BAD_NHS_NUMBER,
        Mark.BAD_UPN,
        Mark.ADULT,
        Mark.FUTURE_INSTANT,
    ],
)
def test_each_kind_of_doubtful_message_comes(mark: Mark) -> None:
    assert marked(mark) >= 1


@pytest.mark.parametrize("conflict", [Conflict.RETURN_BEFORE_START, Conflict.RETURNS_DIFFER])
def test_tellings_contradict_each_other(conflict: Conflict) -> None:
    assert any(conflict in episode.conflicts for episode in outcome().episodes)


def test_two_forces_tell_of_one_absence() -> None:
    shared = [e for e in outcome().episodes if len({reference.source for reference in e.incidents}) > 1]
    assert len(shared) >= 4


def test_twins_and_three_brothers_and_sisters_share_a_reference() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for event in events():
        told[event["subject"]].add(event["data"]["child"]["given_names"])
    assert sorted(len(names) for names in told.values())[-2:] == [2, 3]


def test_one_reference_is_opened_again_after_the_return() -> None:
    references = Counter(reference for episode in outcome().episodes for reference in set(episode.incidents))
    names = Counter((t.reference, t.child.given_names) for t in outcome().tellings if t.kind is Kind.REPORTED)
    assert max(references.values()) >= 2
    assert max(names.values()) >= 2


def test_a_return_is_told_more_than_two_days_late() -> None:
    returns = [telling for telling in outcome().tellings if telling.kind is Kind.RETURNED]
    assert any(telling.told_at - telling.occurred_at > 48 * HOUR for telling in returns)


def test_a_prevention_interview_comes_alone() -> None:
    assert outcome().unplaced >= 1


def test_children_who_are_not_in_the_index_are_a_handful() -> None:
    assert 5 <= outcome().doubts[Doubt.UNKNOWN_CHILD] <= 15


def test_nobody_but_one_is_of_age() -> None:
    adults = {t.child.family_name for t in outcome().tellings if Mark.ADULT in t.marks}
    assert len(adults) == 1


# What nobody can read


def test_what_is_broken_is_broken_in_different_ways() -> None:
    reasons = []
    for one in broken(events()):
        try:
            read_notification(parse_json(one.content))
        except Unreadable as error:
            reasons.append(error.problems[0].field)
    assert sorted(reasons) == ["", "time", "type"]


def test_some_may_not_be_sent_or_say_something_else_under_a_known_id() -> None:
    known = {event["id"] for event in events()}
    readable = {1: broken(events())[2], 2: broken(events())[3]}
    other_content, other_force = (read_notification(parse_json(one.content)) for one in readable.values())
    assert other_content.id in known
    assert (readable[2].source, other_force.source) == (LINCOLNSHIRE, NOTTINGHAMSHIRE)


# Afterwards


def test_life_goes_on_with_a_telling_every_half_minute() -> None:
    told = told_in(life(), hours=4)
    gaps = [(later.at - earlier.at).total_seconds() for earlier, later in pairwise(told[100:])]
    assert sum(15 <= gap <= 45 for gap in gaps) / len(gaps) > 0.9


def test_life_tells_only_of_what_has_happened() -> None:
    for told in told_in(life(), hours=2):
        notification = read_notification(told.event)
        assert notification.data.occurred_at < notification.time == told.at


def test_nobody_comes_back_between_a_list_of_who_is_missing_and_what_is_told_after_it() -> None:
    told = [read_notification(one.event) for one in told_in(life(), hours=0.2)]
    assert min(one.data.occurred_at for one in told if one.kind is Kind.RETURNED) >= ENDS_AT


def test_whoever_begins_later_tells_the_same() -> None:
    from_the_start = {told.event["id"]: told.event for told in told_in(life(), hours=9)}
    later = list(islice(life().since(ENDS_AT + 6 * HOUR), 200))
    assert all(from_the_start[told.event["id"]] == told.event for told in later)


def test_life_brings_back_those_whom_the_month_left_missing() -> None:
    away = {of.subject for of in played().away}
    back = {told.event["subject"] for told in told_in(life(), hours=0.5)}
    assert away <= back


def test_who_came_back_and_goes_missing_again_begins_a_new_episode() -> None:
    by_child: dict[object, list[Telling]] = defaultdict(list)
    for told in told_in(life(), hours=7):
        telling = telling_of(read_notification(told.event), told.at)
        by_child[(telling.child.given_names, telling.child.date_of_birth)].append(telling)
    episodes = [episode for told in by_child.values() for episode in fold(told, Policy())]
    assert sum(len(episode.incidents) > 1 for episode in episodes) < len(episodes) / 10
    assert [episode.conflicts for episode in episodes if episode.conflicts] == []


# The programme


def test_the_month_takes_the_minutes_that_it_was_given() -> None:
    posts = list(islice(programme(ENDS_AT, 3, timedelta(seconds=30), ENDS_AT), len(events())))
    assert posts[0].due_at - ENDS_AT < timedelta(seconds=1)
    assert timedelta(minutes=2.9) < posts[-1].due_at - ENDS_AT <= timedelta(minutes=3)


def test_what_is_broken_lies_among_the_rest_and_comes_with_the_token_of_its_sender() -> None:
    posts = list(islice(programme(ENDS_AT, 3, timedelta(seconds=30), ENDS_AT), len(events())))
    places = [place for place, post in enumerate(posts) if isinstance(post.message, Broken)]
    assert len(places) == 5
    assert min(later - earlier for earlier, later in pairwise(places)) > 50
    assert {posts[place].source for place in places} >= {NOTTINGHAMSHIRE, DERBYSHIRE, LINCOLNSHIRE}


def test_the_message_whose_id_is_used_again_comes_before_that() -> None:
    posts = list(islice(programme(ENDS_AT, 3, timedelta(seconds=30), ENDS_AT), len(events())))
    (again,) = (post for post in posts if post.message == broken(events())[2])
    original = parse_json(again.message.content)["id"] if isinstance(again.message, Broken) else None
    first = next(post for post in posts if isinstance(post.message, dict) and post.message["id"] == original)
    assert first.due_at < again.due_at


def test_after_a_long_silence_only_the_last_hours_are_told() -> None:
    now = ENDS_AT + timedelta(days=30)
    posts = islice(programme(ENDS_AT, 3, timedelta(seconds=30), now), len(events()) + 6, len(events()) + 100)
    assert all(timedelta(0) < now - post.due_at < 7 * HOUR for post in posts)
