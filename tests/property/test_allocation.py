"""Laws of the batch: nobody twice at a time, nobody who may not, and as many in time as can be."""

from collections import Counter
from datetime import timedelta
from itertools import islice
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.allocation.batch import suggest
from domain.allocation.eligibility import refusals
from domain.allocation.facts import Load, Need, Wishes
from domain.allocation.working import slots
from schemas.staff import StaffMember
from tests.unit.allocation import HERE, MONDAY, POLICY, member, need

IDS = ("ania", "ben", "caz")
PEOPLE = st.builds(
    lambda working, employer, training, capacity: {
        "working": working,
        "employer": employer,
        "training": training,
        "capacity": capacity,
    },
    working=st.sampled_from(
        ("Mon-Fri 09:00-17:00", "Mon-Tue 09:00-13:00", "Wed 10:00-15:00", "Sat 09:00-12:00")
    ),
    employer=st.sampled_from((None, "Trent Youth Advocacy")),
    training=st.sampled_from(((), ("return_interview",), ("return_interview",))),
    capacity=st.sampled_from((None, 0, 1, 2, 3)),
)
STAFF = st.lists(PEOPLE, min_size=1, max_size=3).map(
    lambda told: [member(id_, **facts) for id_, facts in zip(IDS, told, strict=False)]
)
NEEDS = st.lists(
    st.tuples(
        st.integers(-30, 90),
        st.booleans(),
        st.sampled_from((None, None, None, *IDS)),
        st.sampled_from((None, "polish")),
    ),
    max_size=6,
).map(
    lambda told: [
        need(
            f"child {number}",
            MONDAY + timedelta(hours=hours),
            in_care=in_care,
            wishes=Wishes(person=asked, language=language),
        )
        for number, (hours, in_care, asked, language) in enumerate(told)
    ]
)
LOADS = st.dictionaries(
    st.sampled_from(IDS), st.builds(lambda n, more: Load(n + more, n), st.integers(0, 2), st.integers(0, 1))
)


def room_of(person: StaffMember, loads: dict[str, Load], most: int) -> int:
    return most if person.capacity is None else max(person.capacity - loads.get(person.id, Load()).total, 0)


def eligible(one: Need, person: StaffMember, load: Load) -> bool:
    return not refusals(one, person, HERE, POLICY, MONDAY, load=load)


@given(NEEDS, STAFF, LOADS)
def test_every_interview_is_given_to_one_who_may_or_told_of(
    needs: list[Need], staff: list[StaffMember], loads: dict[str, Load]
) -> None:
    found = suggest(needs, staff, HERE, POLICY, MONDAY, loads=loads)
    told = [each.need.interview_id for each in found.placements]
    told += [each.need.interview_id for each in found.unplaced]
    assert sorted(told) == sorted(one.interview_id for one in needs)
    assert all(each.candidate.may for each in found.placements)


@given(NEEDS, STAFF, LOADS)
def test_nobody_has_two_at_a_time_or_more_than_the_capacity_but_for_a_childs_choice(
    needs: list[Need], staff: list[StaffMember], loads: dict[str, Load]
) -> None:
    found = suggest(needs, staff, HERE, POLICY, MONDAY, loads=loads)
    times = Counter((each.candidate.member.id, each.by) for each in found.placements)
    assert all(count == 1 for count in times.values())
    unasked = Counter(each.candidate.member.id for each in found.placements if not each.candidate.asked_for)
    assert all(unasked[person.id] <= room_of(person, loads, len(needs)) for person in staff)


@given(NEEDS, STAFF)
@settings(max_examples=150)
def test_as_many_are_held_in_time_as_any_way_of_giving_them_could(
    needs: list[Need], staff: list[StaffMember]
) -> None:
    """Against trying every way; here everybody has room for all, so that only time decides."""
    people = [person.model_copy(update={"capacity": None}) for person in staff]
    plain = [Need(one.interview_id, one.due_at, in_care=one.in_care) for one in needs][:4]
    found = suggest(plain, people, HERE, POLICY, MONDAY)
    assert sum(each.in_time for each in found.placements) == most_in_time(plain, people)


def most_in_time(needs: list[Need], staff: list[StaffMember]) -> int:
    until = MONDAY + timedelta(days=20)
    columns = [
        (person, by) for person in staff for by in islice(slots(person, POLICY, MONDAY, until), len(needs))
    ]

    def best(index: int, used: frozenset[int]) -> int:
        if index == len(needs):
            return 0
        one = needs[index]
        most = best(index + 1, used)
        for number, (person, by) in enumerate(columns):
            if number not in used and by <= one.due_at and eligible(one, person, Load()):
                most = max(most, 1 + best(index + 1, used | {number}))
        return most

    return best(0, frozenset())


@given(NEEDS, STAFF, LOADS, st.randoms(use_true_random=False))
def test_the_order_in_which_interviews_are_told_does_not_matter(
    needs: list[Need], staff: list[StaffMember], loads: dict[str, Load], dice: Random
) -> None:
    shuffled = list(needs)
    dice.shuffle(shuffled)
    assert suggest(shuffled, staff, HERE, POLICY, MONDAY, loads=loads) == suggest(
        needs, staff, HERE, POLICY, MONDAY, loads=loads
    )
