"""The interview follows its incident and its clock, and what people did to it stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest

from domain.continuity import NAMESPACE
from domain.episode import Episode
from domain.interview import SETTLED, Interview, Placed, follow
from domain.telling import MessageKey, Telling
from schemas.words import Stage, VoidReason
from tests.unit.tellings import DC, NP_NEXT, at, cancelled, episode, folded, located, reported, returned

AMARA, LEO = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo"))
FIRST, SECOND = (uuid5(NAMESPACE, f"episode {number}") for number in (1, 2))
WITHIN = timedelta(hours=72)
REPORT = reported("2026-03-27 21:00")
BACK = returned("2026-03-28 02:00")
NEXT_REPORT = reported("2026-03-28 22:10", ref=NP_NEXT)
NEXT_BACK = returned("2026-03-29 03:15", ref=NP_NEXT)
UNSETTLED = sorted(set(Stage) - SETTLED)
DONE = sorted(SETTLED - {Stage.VOIDED})


def placed(*episodes: Episode, child: UUID = AMARA) -> list[Placed]:
    return [Placed(id_, child, one) for id_, one in zip((FIRST, SECOND), episodes, strict=False)]


def followed(
    interviews: Iterable[Interview], *tellings: Telling, child: UUID = AMARA
) -> tuple[Interview, ...]:
    """Return the interviews after these messages of one child, ordered by when they are due."""
    after = follow(list(interviews), placed(*folded(*tellings), child=child), WITHIN)
    return tuple(sorted(after, key=lambda i: (i.due_at, i.id)))


def begun(*tellings: Telling) -> Interview:
    (only,) = followed([], *tellings)
    return only


def voided(interview: Interview, reason: str, was: Stage | None = None) -> Interview:
    return replace(interview, stage=Stage.VOIDED, voided_reason=reason, voided_from=was)


def stages(interviews: Iterable[Interview]) -> list[Stage]:
    return [interview.stage for interview in interviews]


def due(interviews: Iterable[Interview]) -> list[datetime]:
    return [interview.due_at for interview in interviews]


def test_a_return_makes_an_interview_due_72_elapsed_hours_later() -> None:
    interview = begun(REPORT, BACK)
    assert interview == Interview(
        id=interview.id,
        child_id=AMARA,
        episode_id=FIRST,
        stage=Stage.DUE,
        clock_started_at=at("2026-03-28 02:00"),
        due_at=at("2026-03-31 03:00"),  # clocks went forward on the 29th
        provisional_due=False,
        anchor=BACK.key,
    )


def test_a_child_who_is_still_missing_has_no_interview() -> None:
    assert followed([], REPORT) == ()


def test_each_absence_has_its_own_interview() -> None:
    both = followed([], REPORT, BACK, NEXT_REPORT, NEXT_BACK)
    assert due(both) == [at("2026-03-31 03:00"), at("2026-04-01 03:15")]
    assert len({interview.id for interview in both}) == 2


def test_the_policy_says_how_long() -> None:
    (interview,) = follow([], placed(episode(REPORT, BACK)), timedelta(hours=24))
    assert interview.due_at == at("2026-03-29 03:00")


def test_following_again_changes_nothing() -> None:
    once = followed([], REPORT, BACK, NEXT_REPORT, NEXT_BACK)
    assert followed(once, REPORT, BACK, NEXT_REPORT, NEXT_BACK) == once


def test_the_order_of_interviews_does_not_matter() -> None:
    offered = replace(begun(REPORT, BACK), stage=Stage.OFFERED)
    arranged = replace(begun(NEXT_REPORT, NEXT_BACK), stage=Stage.ARRANGED)
    whole = (REPORT, replace(NEXT_REPORT, occurred_at=REPORT.occurred_at), BACK, NEXT_BACK)
    assert followed([offered, arranged], *whole) == followed([arranged, offered], *whole)


def corrected() -> Telling:
    return returned("2026-03-28 01:00", "2026-03-28 11:00")


@pytest.mark.parametrize("stage", UNSETTLED)
def test_the_deadline_follows_a_corrected_return(stage: Stage) -> None:
    before = replace(begun(REPORT, BACK), stage=stage)
    (after,) = followed([before], REPORT, BACK, corrected())
    assert after == replace(
        before,
        clock_started_at=at("2026-03-28 01:00"),
        due_at=at("2026-03-31 02:00"),
        anchor=corrected().key,
    )


@pytest.mark.parametrize("stage", DONE)
def test_the_deadline_of_what_is_done_is_history(stage: Stage) -> None:
    before = replace(begun(REPORT, BACK), stage=stage)
    assert followed([before], REPORT, BACK, corrected()) == (before,)


def test_a_located_child_has_a_provisional_deadline_that_the_return_confirms() -> None:
    provisional = begun(REPORT, located("2026-03-28 01:00"))
    assert (provisional.due_at, provisional.provisional_due) == (at("2026-03-31 02:00"), True)
    (confirmed,) = followed([provisional], REPORT, located("2026-03-28 01:00"), BACK)
    assert (confirmed.due_at, confirmed.provisional_due) == (at("2026-03-31 03:00"), False)
    assert confirmed.id == provisional.id


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.VOIDED}))
def test_a_cancelled_incident_voids_its_interview_however_far_it_got(stage: Stage) -> None:
    before = replace(begun(REPORT, BACK), stage=stage)
    (after,) = followed([before], REPORT, BACK, cancelled("2026-03-28 09:00"))
    assert after == voided(before, "cancelled", was=stage)


def test_an_incident_that_stands_again_reopens_the_same_interview() -> None:
    before = replace(begun(REPORT, BACK), stage=Stage.ARRANGED)
    gone = followed([before], REPORT, BACK, cancelled("2026-03-28 09:00"))
    assert followed(gone, REPORT, BACK) == (before,)


def test_a_reopened_interview_has_the_deadline_of_the_facts_as_they_are_now() -> None:
    gone = voided(begun(REPORT, BACK), "cancelled", was=Stage.OFFERED)
    (after,) = followed([gone], REPORT, BACK, corrected())
    assert (after.stage, after.due_at) == (Stage.OFFERED, at("2026-03-31 02:00"))


def test_an_interview_whose_stage_before_is_not_known_reopens_as_due() -> None:
    assert stages(followed([voided(begun(REPORT, BACK), "no_clock")], REPORT, BACK)) == [Stage.DUE]


@pytest.mark.parametrize("stage", UNSETTLED)
def test_without_a_clock_any_more_what_is_not_done_is_voided(stage: Stage) -> None:
    before = replace(begun(REPORT, located("2026-03-28 01:00")), stage=stage)
    later_seen = replace(REPORT, missing=reported("2026-03-27 21:00", last_seen="2026-03-28 05:00").missing)
    (after,) = followed([before], later_seen, located("2026-03-28 01:00"))
    assert after == voided(before, "no_clock", was=stage)


@pytest.mark.parametrize("stage", DONE)
def test_a_conversation_that_was_held_or_refused_is_not_undone_by_a_missing_clock(stage: Stage) -> None:
    before = replace(begun(REPORT, located("2026-03-28 01:00")), stage=stage)
    later_seen = replace(REPORT, missing=reported("2026-03-27 21:00", last_seen="2026-03-28 05:00").missing)
    assert followed([before], later_seen, located("2026-03-28 01:00")) == (before,)


def test_an_interview_whose_message_is_in_no_episode_is_voided() -> None:
    before = begun(REPORT, BACK)
    assert followed([before]) == (voided(before, "no_clock", was=Stage.DUE),)


def one_absence() -> tuple[Telling, ...]:
    """Return both incidents as one absence: the second was already missing when the first returned."""
    return REPORT, BACK, reported("2026-03-27 23:00", "2026-03-28 22:10", NP_NEXT), NEXT_BACK


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        (Stage.DUE, Stage.ALLOCATED, Stage.ALLOCATED),
        (Stage.OFFERED, Stage.ALLOCATED, Stage.OFFERED),
        (Stage.DECLINED, Stage.ARRANGED, Stage.DECLINED),
        (Stage.DECLINED, Stage.HELD, Stage.HELD),
        (Stage.APPROVED, Stage.SUBMITTED, Stage.APPROVED),
        (Stage.NOT_POSSIBLE, Stage.DUE, Stage.NOT_POSSIBLE),
    ],
)
def test_when_two_become_one_the_furthest_stays(first: Stage, second: Stage, stays: Stage) -> None:
    one, other = (
        replace(begun(REPORT, BACK), stage=first),
        replace(begun(NEXT_REPORT, NEXT_BACK), stage=second, episode_id=SECOND),
    )
    after = followed([one, other], *one_absence())
    (live,) = (i for i in after if i.stage is not Stage.VOIDED)
    (gone,) = (i for i in after if i.stage is Stage.VOIDED)
    assert (live.stage, live.episode_id, gone.episode_id) == (stays, FIRST, FIRST)
    assert (gone.voided_reason, {gone.voided_from, live.stage}) == ("merged", {first, second})


def test_of_two_that_got_equally_far_the_one_of_the_episode_that_stays_stays() -> None:
    one, other = begun(REPORT, BACK), replace(begun(NEXT_REPORT, NEXT_BACK), episode_id=SECOND)
    for episode_id, stays in ((FIRST, one), (SECOND, other)):
        after = follow([one, other], [Placed(episode_id, AMARA, episode(*one_absence()))], WITHIN)
        assert [i.id for i in after if i.stage is Stage.DUE] == [stays.id]


def test_an_absence_that_is_split_again_reopens_the_interview_that_was_merged() -> None:
    one = replace(begun(REPORT, BACK), stage=Stage.OFFERED)
    other = replace(begun(NEXT_REPORT, NEXT_BACK), stage=Stage.ALLOCATED, episode_id=SECOND)
    merged = followed([one, other], *one_absence())
    assert stages(merged).count(Stage.VOIDED) == 1
    assert followed(merged, REPORT, BACK, NEXT_REPORT, NEXT_BACK) == (one, other)


def test_an_absence_that_turns_out_to_be_two_begins_a_second_interview() -> None:
    one = replace(begun(*one_absence()), stage=Stage.ALLOCATED)
    first, second = followed([one], REPORT, BACK, NEXT_REPORT, NEXT_BACK)
    assert first == one
    assert (second.stage, second.anchor, second.episode_id) == (Stage.DUE, NEXT_BACK.key, SECOND)


def test_an_interview_goes_with_its_incident_to_another_child() -> None:
    before = replace(begun(REPORT, BACK), stage=Stage.ARRANGED)
    assert followed([before], REPORT, BACK, child=LEO) == (replace(before, child_id=LEO),)


def test_a_voided_interview_goes_with_its_incident_too() -> None:
    gone = voided(begun(REPORT, BACK), "cancelled", was=Stage.DUE)
    (after,) = followed([gone], REPORT, BACK, cancelled("2026-03-28 09:00"), child=LEO)
    assert after == replace(gone, child_id=LEO)


def test_what_a_person_voided_stays_voided_and_no_other_begins() -> None:
    by_a_person = voided(begun(REPORT, BACK), "He moved to Leeds; their team holds it.")
    assert followed([by_a_person], REPORT, BACK, corrected()) == (by_a_person,)


def test_the_one_beside_it_is_not_reopened_when_a_person_voids_the_one_that_stayed() -> None:
    stayed = voided(begun(REPORT, BACK), "He moved to Leeds; their team holds it.")
    merged = replace(voided(begun(NEXT_REPORT, NEXT_BACK), "merged", was=Stage.DUE), episode_id=FIRST)
    assert set(followed([stayed, merged], *one_absence())) == {stayed, merged}


@pytest.mark.parametrize("reason", [VoidReason.NO_CLOCK, VoidReason.CANCELLED])
def test_the_last_live_one_reopens_though_a_person_had_voided_one_before(reason: VoidReason) -> None:
    earlier = voided(begun(REPORT, BACK), "A duplicate.", was=Stage.OFFERED)
    stopped = replace(voided(begun(NEXT_REPORT, NEXT_BACK), reason, was=Stage.DUE), episode_id=FIRST)
    after = {i.id: i.stage for i in followed([earlier, stopped], *one_absence())}
    assert after == {earlier.id: Stage.VOIDED, stopped.id: Stage.DUE}


def test_a_new_interview_never_gets_the_id_of_one_that_was() -> None:
    before = begun(REPORT, BACK)
    elsewhere = replace(before, anchor=MessageKey(*DC), stage=Stage.HELD)
    after = followed([elsewhere], REPORT, BACK)
    assert len(after) == 2
    assert len({interview.id for interview in after}) == 2


def test_a_new_interview_never_gets_the_id_of_another_childs() -> None:
    before = begun(REPORT, BACK)
    (after,) = follow((), placed(episode(REPORT, BACK)), WITHIN, [before.id])
    assert after == replace(before, id=after.id)
    assert after.id != before.id


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [(Stage.HELD, Stage.APPROVED, None), (Stage.DUE, Stage.OFFERED, "no_clock")],
)
def test_of_two_in_one_absence_without_a_clock_the_furthest_is_the_one_that_counts(
    first: Stage, second: Stage, reason: str | None
) -> None:
    """Both had been found, which was wrong; a conversation that was held stays, the other gives way."""
    one = replace(begun(REPORT, BACK), stage=first, anchor=REPORT.key)
    other = replace(begun(NEXT_REPORT, NEXT_BACK), stage=second, anchor=NEXT_REPORT.key)
    still_missing = followed([one, other], REPORT, NEXT_REPORT)
    assert {i.id: i.voided_reason for i in still_missing} == {one.id: "merged", other.id: reason}
    home = followed(still_missing, REPORT, NEXT_REPORT, NEXT_BACK)
    assert [i.id for i in home if i.stage is second] == [other.id]


def test_a_held_interview_whose_message_is_in_no_episode_gives_way_to_the_live_one_of_its_episode() -> None:
    gone = replace(begun(REPORT, BACK), stage=Stage.HELD, anchor=MessageKey(*DC))
    after = {i.id: (i.stage, i.voided_reason) for i in followed([gone], REPORT, BACK)}
    assert after.pop(gone.id) == (Stage.VOIDED, "merged")
    assert list(after.values()) == [(Stage.DUE, None)]
