"""Which stored episode each newly folded one is: ids survive corrections, merges, splits and moves."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE, Kept, Remembered, keep_ids
from domain.episode import Episode
from domain.telling import Telling
from tests.unit.tellings import (
    CARER,
    DC,
    DC_NEXT,
    NP,
    NP_NEXT,
    episode,
    folded,
    located,
    prevention_interview,
    reported,
    returned,
    updated,
)

AMARA, LEO = (uuid5(NAMESPACE, name) for name in ("Amara", "Leo"))
OLDEST, NEXT, LATEST = (uuid5(NAMESPACE, f"episode {number}") for number in (1, 2, 3))
FRIDAY = [reported("2026-03-27 21:00"), returned("2026-03-28 02:00")]
SATURDAY = [reported("2026-03-28 22:10", ref=NP_NEXT), returned("2026-03-29 03:15", ref=NP_NEXT)]
SUNDAY = [reported("2026-03-29 20:00", ref=DC), returned("2026-03-29 23:00", ref=DC)]


def stored(
    id_: UUID, number: int, tellings: Iterable[Telling], *, superseded: bool = False, child: UUID = AMARA
) -> tuple[UUID, Remembered]:
    return child, Remembered(id_, number, superseded, frozenset(t.key for t in tellings))


def keep(episodes: Iterable[Episode], *known: tuple[UUID, Remembered], child: UUID = AMARA) -> Kept:
    return keep_ids([(child, one) for one in episodes], known)


def test_an_episode_of_the_same_incidents_keeps_its_id() -> None:
    later = [*FRIDAY, updated("2026-03-27 23:00")]
    assert keep(folded(*later), stored(OLDEST, 1, FRIDAY)) == Kept((OLDEST,), {})


def test_an_episode_told_of_by_another_force_too_keeps_its_id() -> None:
    also_told = [*FRIDAY, reported("2026-03-27 22:00", ref=DC)]
    assert keep([episode(*also_told)], stored(OLDEST, 1, FRIDAY)).ids == (OLDEST,)


def test_a_first_episode_gets_an_id_that_its_child_and_messages_decide() -> None:
    once, again = keep(folded(*FRIDAY)), keep(folded(*reversed(FRIDAY)))
    assert once == again
    assert once.ids != keep(folded(*FRIDAY), child=LEO).ids
    assert once.ids != keep(folded(*SATURDAY)).ids


def test_a_next_absence_leaves_the_id_of_the_one_before() -> None:
    kept = keep(folded(*FRIDAY, *SATURDAY), stored(OLDEST, 1, FRIDAY))
    assert kept.ids[0] == OLDEST
    assert kept.ids[1] != OLDEST


def one_long_absence() -> list[Telling]:
    """Return three incidents that are one absence, since only the last return was told."""
    return [
        reported("2026-03-27 21:00"),
        reported("2026-03-28 22:10", ref=NP_NEXT),
        reported("2026-03-29 20:00", ref=DC),
        returned("2026-03-29 23:00", ref=DC),
    ]


def test_a_merge_keeps_the_id_that_shares_most_incidents() -> None:
    first, second, third, back = one_long_absence()
    kept = keep(
        [episode(first, second, third, back)],
        stored(OLDEST, 1, [first]),
        stored(NEXT, 2, [second, third, back]),
    )
    assert kept == Kept((NEXT,), {OLDEST: NEXT})


def test_messages_do_not_count_but_the_incidents_that_they_are_of() -> None:
    first, second, third, back = one_long_absence()
    much = [updated("2026-03-27 22:00"), updated("2026-03-27 23:00"), updated("2026-03-28 01:00")]
    kept = keep(
        [episode(first, *much, second, third, back)],
        stored(OLDEST, 1, [first, *much]),
        stored(NEXT, 2, [second, third, back]),
    )
    assert kept.ids == (NEXT,)


def test_a_tie_goes_to_the_oldest() -> None:
    first, second, _, back = one_long_absence()
    known = (stored(NEXT, 2, [second]), stored(OLDEST, 1, [first]))
    kept = keep([episode(first, second, back)], *known)
    assert kept == Kept((OLDEST,), {NEXT: OLDEST}) == keep([episode(first, second, back)], *reversed(known))


def test_a_split_leaves_the_id_with_the_part_that_has_most_incidents() -> None:
    first, second, third, back = one_long_absence()
    home_on_saturday = returned("2026-03-28 03:00", ref=NP)
    kept = keep(
        folded(first, second, third, back, home_on_saturday),
        stored(OLDEST, 1, [first, second, third, back]),
    )
    assert kept.ids[1] == OLDEST
    assert kept.ids[0] != OLDEST
    assert kept.superseded_by == {}


def test_a_split_in_equal_parts_leaves_the_id_with_the_earlier() -> None:
    kept = keep(folded(*FRIDAY, *SATURDAY), stored(OLDEST, 1, [*FRIDAY, *SATURDAY]))
    assert kept.ids[0] == OLDEST


def test_episodes_that_are_split_again_are_what_they_were() -> None:
    kept = keep(
        folded(*FRIDAY, *SATURDAY),
        stored(OLDEST, 1, [*FRIDAY, *SATURDAY]),
        stored(NEXT, 2, SATURDAY, superseded=True),
    )
    assert kept == Kept((OLDEST, NEXT), {})


def test_a_superseded_episode_comes_after_a_live_one_however_old_it_is() -> None:
    known = (stored(OLDEST, 1, FRIDAY, superseded=True), stored(LATEST, 3, FRIDAY))
    assert keep(folded(*FRIDAY), *known) == Kept((LATEST,), {})


def test_an_episode_that_is_gone_is_superseded_by_none() -> None:
    only_the_check = prevention_interview("2026-03-28 10:00")
    assert keep((), stored(OLDEST, 1, [only_the_check])) == Kept((), {OLDEST: None})


def test_an_episode_that_is_parted_among_others_is_superseded_by_the_one_with_most_of_it() -> None:
    friday_too = reported("2026-03-27 22:00", ref=CARER)
    kept = keep(
        folded(*FRIDAY, friday_too, *SATURDAY),
        stored(LATEST, 3, [FRIDAY[0], friday_too, SATURDAY[0]]),
        stored(OLDEST, 1, [*FRIDAY, friday_too]),
        stored(NEXT, 2, SATURDAY),
    )
    assert kept == Kept((OLDEST, NEXT), {LATEST: OLDEST})


def test_a_new_id_is_never_one_that_lives_on() -> None:
    """The episode that Saturday's messages began has come to be Sunday's; Saturday begins another."""
    (began,) = keep(folded(*SATURDAY)).ids
    first, second = keep(folded(*SATURDAY, *SUNDAY), stored(began, 1, SUNDAY)).ids
    assert second == began
    assert first != began


def test_a_new_id_is_never_one_of_another_childs_episode() -> None:
    (elsewhere,) = keep(folded(*SATURDAY)).ids
    kept = keep_ids([(AMARA, episode(*SATURDAY))], (), [elsewhere])
    assert kept.ids != (elsewhere,)


def test_an_episode_goes_with_all_its_messages_to_another_child() -> None:
    kept = keep(folded(*FRIDAY), stored(OLDEST, 1, FRIDAY), child=LEO)
    assert kept == Kept((OLDEST,), {})


def test_an_episode_stays_with_its_child_when_one_message_was_about_another() -> None:
    report, back = FRIDAY
    parts = {AMARA: episode(report), LEO: episode(back)}
    for children in (AMARA, LEO), (LEO, AMARA):
        kept = keep_ids([(c, parts[c]) for c in children], [stored(OLDEST, 1, FRIDAY, child=AMARA)])
        assert kept.ids[children.index(AMARA)] == OLDEST
        assert kept.ids[children.index(LEO)] != OLDEST


def test_of_two_children_who_become_one_the_older_episode_stays() -> None:
    found = located("2026-03-28 01:00", ref=DC_NEXT)
    kept = keep(
        [episode(*FRIDAY, found)],
        stored(NEXT, 2, FRIDAY, child=LEO),
        stored(OLDEST, 1, [found], child=AMARA),
    )
    assert kept == Kept((OLDEST,), {NEXT: OLDEST})
