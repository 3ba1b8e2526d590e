"""What a force's list and our episodes differ in."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from domain.continuity import NAMESPACE
from domain.identity import Identity, identity_of
from domain.police_list import (
    Compared,
    Kind,
    Known,
    Ours,
    Over,
    Said,
    Why,
    compare,
    key_of,
    until,
    why_over,
)
from schemas.notification import ChildFacts
from schemas.police_list import Listed
from schemas.words import EpisodeStatus

SIX = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
UNTIL = until(SIX, timedelta(hours=1))
HOUR = timedelta(hours=1)
BORN = date(2011, 7, 2)
OPEN, LOCATED, RETURNED = EpisodeStatus.OPEN, EpisodeStatus.LOCATED, EpisodeStatus.RETURNED


def id_of(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def who(given: str = "Amara Grace", family: str = "Okafor", born: date | None = BORN) -> Identity:
    return identity_of(ChildFacts(family_name=family, given_names=given, date_of_birth=born))


def row(
    reference: str | None = "NP-26-004211",
    given: str | None = "Amara",
    family: str | None = "Okafor",
    born: date | None = BORN,
) -> Listed:
    return Listed("row 2", reference, family, given, born)


def ours(
    name: str = "amara",
    identity: Identity | None = None,
    status: EpisodeStatus = OPEN,
    *,
    references: tuple[str, ...] = ("NP-26-004211",),
    returned_at: datetime | None = None,
    known_at: datetime | None = SIX - 9 * HOUR,
) -> Ours:
    return Ours(
        episode_id=id_of(f"episode {name}"),
        child_id=id_of(name),
        identity=identity or who(),
        status=status,
        references=frozenset(references),
        started_at=SIX - 10 * HOUR,
        returned_at=returned_at,
        known_at=known_at,
    )


def looked(listed: list[Listed], here: list[Ours], *, said: Said | None = None, **more: object) -> Compared:
    known: list[Known] = more.get("known", [])  # type: ignore[assignment]  # given so by the tests
    unread: list[str] = more.get("unread", [])  # type: ignore[assignment]  # likewise
    return compare(listed, unread, here, known, said or Said({}), until=UNTIL)


def whys(compared: Compared) -> list[tuple[Kind, Why]]:
    return [(one.kind, one.why) for one in compared.differences]


@pytest.mark.parametrize("status", [OPEN, LOCATED])
@pytest.mark.parametrize("reference", ["NP-26-004211", "np 26 004211", "NP/26/4711", None])
def test_who_is_listed_and_missing_here_is_no_difference(
    status: EpisodeStatus, reference: str | None
) -> None:
    found = looked([row(reference)], [ours(status=status)])
    assert whys(found) == []
    assert found.children == {key_of(row(reference)): id_of("amara")}


def test_a_child_of_whom_nothing_was_told_is_one_with_whom_it_may_be() -> None:
    bilal = row("NP-9", "Bilal", "Khan", None)
    known = [Known(id_of("bilal"), who("Bilal", "Khan", BORN)), Known(id_of("sara"), who("Sara", "Khan"))]
    (found,) = looked([bilal], [], known=known).differences
    assert (found.kind, found.why, found.child_id) == (Kind.LISTED, Why.NOT_TOLD, id_of("bilal"))


def test_of_two_children_who_may_be_meant_neither_is_chosen_unless_the_birth_date_says() -> None:
    two = [Known(id_of("one"), who("Bilal", "Khan", None)), Known(id_of("two"), who("Bilal", "Khan", BORN))]
    chosen = [
        looked([row("NP-9", "Bilal", "Khan", born)], [], known=two).differences[0].child_id
        for born in (None, BORN)
    ]
    assert chosen == [None, id_of("two")]


def test_who_is_listed_and_back_here_is_a_difference_once_the_list_could_know_it() -> None:
    back = [SIX - 2 * HOUR, SIX - timedelta(minutes=30), SIX + HOUR]
    found = [whys(looked([row()], [ours(status=RETURNED, returned_at=at)])) for at in back]
    assert found == [[(Kind.LISTED, Why.RETURNED)], [], []]


def test_an_incident_that_was_cancelled_here_is_told_as_that() -> None:
    assert whys(looked([row()], [ours(status=EpisodeStatus.CANCELLED)])) == [(Kind.LISTED, Why.CANCELLED)]


def test_an_episode_that_the_list_lacks_is_asked_about_unless_it_is_too_new_found_or_another_forces() -> None:
    found = {
        "open": ours(),
        "too new": ours(known_at=SIX - timedelta(minutes=5)),
        "of no known time": ours(known_at=None),
        "found": ours(status=LOCATED),
        "another force's": ours(references=()),
    }
    assert [name for name, one in found.items() if looked([], [one]).differences] == [
        "open",
        "of no known time",
    ]


def test_a_reference_in_a_row_that_nobody_understood_is_not_missed() -> None:
    assert whys(looked([], [ours()], unread=["np-26-004211;??;"])) == []


def test_siblings_share_a_reference_and_are_told_apart() -> None:
    here = [ours(), ours("kofi", who("Kofi", born=date(2013, 1, 1)))]
    (found,) = looked([row()], here).differences
    assert (found.kind, found.child_id) == (Kind.OPEN, id_of("kofi"))


def test_a_reference_that_is_another_childs_here_is_told_as_that() -> None:
    found = looked([row(given="Bilal", family="Khan")], [ours()])
    assert whys(found) == [(Kind.LISTED, Why.OTHER_CHILD), (Kind.OPEN, Why.NOT_LISTED)]


def test_a_child_who_is_perhaps_missing_here_is_asked_about_once_until_somebody_says_no() -> None:
    perhaps = row("NP-OTHER", born=None)
    (found,) = looked([perhaps], [ours()]).differences
    assert (found.why, found.episode_id) == (Why.PERHAPS, id_of("episode amara"))
    said_no = looked([perhaps], [ours()], said=Said({}, {key_of(perhaps)}))
    assert whys(said_no) == [(Kind.LISTED, Why.PERHAPS), (Kind.OPEN, Why.NOT_LISTED)]


def test_an_episode_that_a_person_linked_is_the_rows_while_it_lasts() -> None:
    named = row("NP-OTHER", "Mari", "Okoro")
    said = Said({key_of(named): id_of("episode amara")})
    assert looked([named], [ours()], said=said).linked == {key_of(named)}
    ended = looked([named], [ours(status=RETURNED, returned_at=SIX - 5 * HOUR)], said=said)
    assert (ended.linked, whys(ended)) == (frozenset(), [(Kind.LISTED, Why.NOT_TOLD)])


def test_a_row_that_stands_twice_counts_once() -> None:
    assert len(looked([row(), row()], []).differences) == 1


def test_two_missing_children_of_one_name_and_birth_date_are_left_to_a_person() -> None:
    here = [ours("one", references=("A",)), ours("two", references=("B",))]
    assert (Kind.LISTED, Why.PERHAPS) in whys(looked([row("C")], here))


@pytest.mark.parametrize(
    ("kind", "key", "episode", "why"),
    [
        (Kind.LISTED, "here", None, Over.OPEN_HERE),
        (Kind.LISTED, "gone", None, Over.NOT_LISTED),
        (Kind.OPEN, "", ours(), Over.LISTED_NOW),
        (Kind.OPEN, "", ours(status=RETURNED), Over.CLOSED_HERE),
        (Kind.OPEN, "", None, Over.CLOSED_HERE),
    ],
)
def test_it_is_told_why_a_difference_is_one_no_more(
    kind: Kind, key: str, episode: Ours | None, why: Over
) -> None:
    assert why_over(kind, key, {"here"}, episode) is why
