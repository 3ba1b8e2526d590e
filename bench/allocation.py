"""The share of interviews held in time, allocated in a batch and with first come, first served.

`python -m bench.allocation` plays the same months of an invented authority four ways, with the same people,
absences and rules of who may. First come, first served: to the next on the rota who may hold it; to whoever
may and has least in hand; to whoever may and has time the soonest. And all that wait together, as `homeward
allocate --accept` gives them. Whoever has several holds the one with the soonest deadline first. Allocation
is on the hour while the office is open. It prints the share held within 72 hours by month and way, the ratios
of the shares, and how long one suggestion takes.

Nothing here is declined, so that the shares compare the ways and are no forecast.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.allocation.batch import suggest
from domain.allocation.eligibility import refusals
from domain.allocation.facts import Load, Need, Wishes
from domain.allocation.working import free_spans, slots
from domain.clock import interview_due_at
from domain.working_time import CLOSES, LONDON, OPENS, is_working_day
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Leave, StaffMember
from schemas.working_hours import read_working
from tests.messages import NOTTINGHAM

POLICY = AllocationPolicy()
MONTHS, PER_MONTH, DAYS = 5, 240, 30
FIRST_DAY = date(2026, 4, 1)
"""Easter falls into the month: from Friday to Monday the office is closed."""
STEP = timedelta(minutes=30)
IN_CARE, INVOLVED, OTHER_LANGUAGE, AT_NIGHT = 0.4, 0.15, 0.2, 0.6


@dataclass(slots=True)
class Desk:
    """What one interviewer has in hand, and how much of the present one is left to do."""

    member: StaffMember
    waiting: list[Need] = field(default_factory=list)
    doing: Need | None = None
    left: timedelta = timedelta()

    @property
    def load(self) -> Load:
        total = len(self.waiting) + (self.doing is not None)
        return Load(total, total)

    def work(self, until: datetime) -> Need | None:
        """Work for one step; return the interview that was held in it."""
        if self.doing is None and self.waiting:
            self.doing = min(self.waiting, key=lambda need: need.due_at)
            self.waiting.remove(self.doing)
            self.left = timedelta(hours=POLICY.hours_each)
        if self.doing is None or not any(free_spans(self.member, POLICY, until - STEP, until)):
            return None
        self.left -= STEP
        held = self.doing if self.left <= timedelta() else None
        self.doing = None if held else self.doing
        return held


Desks = Mapping[str, Desk]
Way = Callable[[Sequence[Need], Desks, datetime], list[tuple[Need, str]]]
"""Says who gets which of the interviews that wait, given in the order in which they came."""


def on_the_rota() -> Way:
    """Return the way in which each goes to the next person who may hold it."""
    last = 0

    def give(needs: Sequence[Need], desks: Desks, now: datetime) -> list[tuple[Need, str]]:
        nonlocal last
        given: list[tuple[Need, str]] = []
        order = list(desks)
        for need in needs:
            turns = [order[(last + 1 + turn) % len(order)] for turn in range(len(order))]
            if able := [id_ for id_ in turns if may(need, desks[id_], now, count(given, id_))]:
                last = order.index(able[0])
                given.append((need, able[0]))
        return given

    return give


def to_least_in_hand(needs: Sequence[Need], desks: Desks, now: datetime) -> list[tuple[Need, str]]:
    """Give each to whoever may hold it and has least in hand."""
    given: list[tuple[Need, str]] = []
    for need in needs:
        able = [id_ for id_ in desks if may(need, desks[id_], now, count(given, id_))]
        if able:
            least = min(able, key=lambda id_: desks[id_].load.total + count(given, id_))
            given.append((need, least))
    return given


def to_soonest_free(needs: Sequence[Need], desks: Desks, now: datetime) -> list[tuple[Need, str]]:
    """Give each to whoever may hold it and has time for it the soonest."""
    given: list[tuple[Need, str]] = []
    until = now + timedelta(days=POLICY.late_days)

    def free_at(id_: str) -> datetime:
        load = Load(0, desks[id_].load.waiting + count(given, id_))
        return next(slots(desks[id_].member, POLICY, now, until, load), until)

    for need in needs:
        able = [id_ for id_ in desks if may(need, desks[id_], now, count(given, id_))]
        if able:
            given.append((need, min(able, key=free_at)))
    return given


def in_a_batch(needs: Sequence[Need], desks: Desks, now: datetime) -> list[tuple[Need, str]]:
    """Give all that wait as `domain.allocation.batch` suggests."""
    loads = {id_: desk.load for id_, desk in desks.items()}
    people = [desk.member for desk in desks.values()]
    found = suggest(needs, people, NOTTINGHAM, POLICY, now, loads=loads)
    return [(each.need, each.candidate.member.id) for each in found.placements]


def may(need: Need, desk: Desk, now: datetime, more: int) -> bool:
    """Return whether somebody may take it beside what they have and are about to be given."""
    load = Load(desk.load.total + more, desk.load.waiting + more)
    return not refusals(need, desk.member, NOTTINGHAM, POLICY, now, load=load)


def count(given: Sequence[tuple[Need, str]], id_: str) -> int:
    """Return how many of these one person is given."""
    return sum(who == id_ for _, who in given)


def people() -> list[StaffMember]:
    """Return the interviewers: some outside the authority, some part-time, one at weekends, one on leave."""
    outside, office = "Trent Youth Advocacy", "Mon-Fri 09:00-17:00"
    away = (Leave(from_on=date(2026, 4, 13), to_on=date(2026, 4, 17)),)
    told: tuple[tuple[str, str, str | None, tuple[str, ...], tuple[Leave, ...]], ...] = (
        ("ania", office, outside, ("english", "polish"), ()),
        ("ben", "Mon-Wed 10:00-18:00; Sat 10:00-14:00", outside, ("english",), ()),
        ("caz", "Tue-Fri 08:30-16:30", outside, ("english", "urdu"), ()),
        ("dee", office, None, ("english",), ()),
        ("eve", office, None, ("english", "romanian"), away),
        ("fin", "Mon Thu 09:00-17:00; Fri 09:00-13:00", None, ("english",), ()),
        ("gus", office, None, ("english", "polish"), ()),
        ("hana", "Wed-Sun 11:00-19:00", outside, ("english", "somali"), ()),
    )
    return [
        StaffMember(
            id=id_,
            name=id_.title(),
            working=read_working(working),
            employer=employer,
            languages=languages,
            leave=leave,
            training=POLICY.training,
            involved_with=frozenset({f"C-{id_}"}),
            capacity=6,
        )
        for id_, working, employer, languages, leave in told
    ]


def returns(seed: int, staff: Sequence[StaffMember]) -> list[tuple[datetime, Need]]:
    """Return the returns of a month in their order, each with the interview that it makes due."""
    dice = random.Random(seed)
    made = []
    for _ in range(PER_MONTH):
        hour = dice.choice((21, 22, 23, 0, 1, 2, 5, 7)) if dice.random() < AT_NIGHT else dice.randrange(24)
        day = datetime.combine(FIRST_DAY, datetime.min.time(), LONDON) + timedelta(days=dice.randrange(DAYS))
        back = (day + timedelta(hours=hour, minutes=dice.randrange(60))).astimezone(UTC)
        involved = dice.choice(staff).id if dice.random() < INVOLVED else "nobody"
        language = dice.choice(("polish", "urdu", "romanian")) if dice.random() < OTHER_LANGUAGE else None
        need = Need(
            UUID(int=dice.getrandbits(128)),
            interview_due_at(back),
            own_id=f"C-{involved}",
            in_care=dice.random() < IN_CARE,
            wishes=Wishes(language=language),
        )
        made.append((back, need))
    return sorted(made, key=lambda each: each[0])


def share_in_time(way: Way, seed: int) -> float:
    """Play one month and return the share of its interviews that were held by their deadline."""
    staff = people()
    desks = {member.id: Desk(member) for member in staff}
    coming, waiting, in_time = returns(seed, staff), list[Need](), 0
    for now in moments():
        while coming and coming[0][0] <= now:
            waiting.append(coming.pop(0)[1])
        if waiting and is_open(now):
            for need, who in way(waiting, desks, now):
                desks[who].waiting.append(need)
                waiting.remove(need)
        held = [done for desk in desks.values() if (done := desk.work(now + STEP))]
        in_time += sum(now + STEP <= done.due_at for done in held)
    return in_time / PER_MONTH


def moments() -> Iterator[datetime]:
    """Yield every step of the month and of the four days after it, by which every deadline has passed."""
    begins = datetime.combine(FIRST_DAY, datetime.min.time(), LONDON).astimezone(UTC)
    steps = timedelta(days=DAYS + 4) // STEP
    return (begins + number * STEP for number in range(steps))


def is_open(now: datetime) -> bool:
    """Return whether somebody allocates now: on the hour, while the office is open."""
    there = now.astimezone(LONDON)
    return there.minute == 0 and OPENS <= there.time() < CLOSES and is_working_day(there.date())


def seconds_of_a_suggestion(waiting: int) -> float:
    """Return how long it takes to suggest who holds so many."""
    staff = people()
    needs = [need for _, need in returns(0, staff)][:waiting]
    now = min(need.due_at for need in needs)
    begun = time.perf_counter()
    suggest(needs, staff, NOTTINGHAM, POLICY, now)
    return time.perf_counter() - begun


def main() -> None:
    """Play every month each way and print what came of it."""
    ways: dict[str, Callable[[], Way]] = {
        "next on the rota": on_the_rota,
        "least in hand": lambda: to_least_in_hand,
        "soonest free": lambda: to_soonest_free,
        "batch": lambda: in_a_batch,
    }
    begun = time.perf_counter()
    shares = {name: [share_in_time(way(), seed) for seed in range(MONTHS)] for name, way in ways.items()}
    took = time.perf_counter() - begun
    print(f"{MONTHS} months of {PER_MONTH} returns, {len(people())} interviewers; held within 72 hours:")
    for name, each in shares.items():
        months = "  ".join(f"{share:6.1%}" for share in each)
        print(f"  {name:<17} {months}   mean {sum(each) / MONTHS:6.1%}")
    for name in list(ways)[:-1]:
        print(f"  batch / {name}: {sum(shares['batch']) / sum(shares[name]):.3f}")
    print(f"played in {took:.1f} s; one suggestion of 20: {seconds_of_a_suggestion(20):.3f} s,", end=" ")
    print(f"of {PER_MONTH}: {seconds_of_a_suggestion(PER_MONTH):.2f} s")


if __name__ == "__main__":
    main()
