"""What really happens, and is seldom told as the form expects: each scene is one such thing.

All of them lie in the last two weeks, so that the newest pages show them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cli.demo import DERBYSHIRE, LEICESTERSHIRE, LINCOLNSHIRE
from cli.demo.desk import Told
from cli.demo.stage import Stage

Scene = Callable[[Stage], list[Told]]
HOUR = timedelta(hours=1)
NINETEEN = 19


def found_by_another_force(stage: Stage, force: str, hours: float) -> list[Told]:
    """Two forces tell of one absence; only one of them tells that it ended."""
    ours = stage.gone(hours)
    theirs = stage.desk.absence(
        ours.child, ours.last_seen_at, source=force, reported_at=ours.reported_at + 2 * HOUR
    )
    return [
        stage.desk.reported(ours),
        stage.desk.reported(theirs),
        stage.desk.located(theirs, theirs.reported_at + 2 * HOUR),
        stage.desk.returned(ours, theirs.reported_at + 4 * HOUR),
    ]


def forces_differ_on_the_return(stage: Stage) -> list[Told]:
    """Both forces tell of the return, three hours apart."""
    ours = stage.gone(93)
    theirs = stage.desk.absence(ours.child, ours.last_seen_at, source=LEICESTERSHIRE)
    return [
        stage.desk.reported(ours),
        stage.desk.reported(theirs),
        stage.desk.returned(ours, stage.ago(80)),
        stage.desk.returned(theirs, stage.ago(77)),
    ]


def neighbouring_forces(stage: Stage) -> list[Told]:
    """Children of Nottingham go to Derby, to Leicester and to the sea."""
    return [
        *found_by_another_force(stage, DERBYSHIRE, 42),
        *found_by_another_force(stage, LEICESTERSHIRE, 64),
        *found_by_another_force(stage, LINCOLNSHIRE, 140),
    ]


def found_before_anybody_missed_them(stage: Stage) -> list[Told]:
    """Another force finds the child first; the report comes after."""
    ours = stage.gone(37)
    theirs = stage.desk.absence(ours.child, ours.last_seen_at, source=DERBYSHIRE)
    return [
        stage.desk.located(theirs, ours.reported_at - HOUR / 2),
        stage.desk.reported(ours),
        stage.desk.returned(ours, ours.reported_at + 3 * HOUR),
    ]


def return_told_late(stage: Stage) -> list[Told]:
    """Back for days before anybody tells: of the 72 hours little is left, or nothing."""
    told = []
    for gone, back, heard in ((84, 69, 4), (100, 90, 20), (61, 58, 12), (150, 139, 26)):
        of = stage.gone(gone)
        told += [stage.desk.reported(of), stage.desk.returned(of, stage.ago(back), stage.ago(heard))]
    return told


def written_up_afterwards(stage: Stage) -> list[Told]:
    """The return is told before the report that it belongs to."""
    of = stage.gone(53)
    back = of.reported_at + 5 * HOUR
    return [
        stage.desk.returned(of, back),
        stage.desk.reported(of, told_at=back + 3 * HOUR),
        stage.desk.checked(of, back + 6 * HOUR),
    ]


def return_amended(stage: Stage) -> list[Told]:
    """The time of return is corrected, once to earlier and once to later."""
    told = []
    for gone, back, amended in ((50, 31, 38), (47, 29, 25)):
        of = stage.gone(gone)
        told += [
            stage.desk.reported(of),
            stage.desk.returned(of, stage.ago(back)),
            stage.desk.returned(of, stage.ago(amended), stage.ago(9)),
        ]
    return told


def cancelled(stage: Stage) -> list[Told]:
    """Recorded in error, and said so."""
    told = []
    reasons = (
        "Was upstairs all the time.",
        "Recorded under the wrong name.",
        "Contact that the carer had agreed to.",
    )
    for hours, reason in zip((12, 70, 170), reasons, strict=True):
        of = stage.gone(hours)
        told += [stage.desk.reported(of), stage.desk.cancelled(of, of.reported_at + HOUR, reason)]
    return told


def cancelled_and_revived(stage: Stage) -> list[Told]:
    """The cancellation was the mistake: a later message brings the incident back."""
    of = stage.gone(34)
    return [
        stage.desk.reported(of),
        stage.desk.cancelled(of, of.reported_at + HOUR, "Thought to be in the room."),
        stage.desk.updated(of, of.reported_at + 4 * HOUR),
        stage.desk.returned(of, stage.ago(19)),
    ]


def again_under_the_same_reference(stage: Stage) -> list[Told]:
    """The force reopens its old reference for the next absence."""
    told = []
    for hours in (105, 58):
        first = stage.gone(hours)
        back = first.reported_at + 4 * HOUR
        again = replace(first, last_seen_at=back + 9 * HOUR, reported_at=back + 11 * HOUR)
        told += [
            stage.desk.reported(first),
            stage.desk.returned(first, back),
            stage.desk.reported(again),
            stage.desk.returned(again, again.reported_at + 6 * HOUR),
        ]
    return told


def siblings_under_one_reference(stage: Stage) -> list[Told]:
    """Twins come back together; of three brothers and sisters the eldest stays away longer."""
    told = []
    for family, hours in ((stage.twins, 46), (stage.three, 66)):
        first = stage.gone(hours, family[0])
        for place, child in enumerate(family):
            of = replace(first, child=child, described=stage.desk.describe(child))
            longer = 15 * HOUR if place == 0 and family is stage.three else 0 * HOUR
            told += [
                stage.desk.reported(of),
                stage.desk.returned(of, first.reported_at + 5 * HOUR + longer),
                stage.desk.checked(of, first.reported_at + 8 * HOUR + longer),
            ]
    return told


def nothing_but_a_prevention_interview(stage: Stage) -> list[Told]:
    """The police's check comes, of an absence nobody told of."""
    return [stage.desk.checked(stage.gone(40), stage.ago(30))]


def without_a_birth_date(stage: Stage) -> list[Told]:
    """A child of the index whom nothing certain names, and a child on a visit."""
    told = []
    for hours, child in ((22, stage.child()), (79, stage.stranger())):
        known = stage.gone(hours, child)
        left_out = {"date_of_birth", "nhs_number"}
        of = replace(known, described={k: v for k, v in known.described.items() if k not in left_out})
        told += [stage.desk.reported(of), stage.desk.returned(of, of.reported_at + 7 * HOUR)]
    return told


def numbers_with_wrong_check_digits(stage: Stage) -> list[Told]:
    """A digit was mistyped: the number is kept, and never compared."""
    told = []
    for hours, wrong in ((29, {"nhs_number": "9990000001"}), (88, {"upn": "B892200005001"})):
        known = stage.gone(hours)
        of = replace(known, described={**known.described, **wrong})
        told += [stage.desk.reported(of), stage.desk.returned(of, of.reported_at + 8 * HOUR)]
    return told


def spelt_as_it_was_heard(stage: Stage) -> list[Told]:
    """A name written by ear, an old postcode, no number: a person has to say who this is."""
    told = []
    for hours in (44, 96):
        known = stage.gone(hours)
        heard = known.child.family_name.replace("e", "a").replace("i", "y") + "e"
        who = {
            "family_name": heard,
            "given_names": known.child.given_names.split()[0],
            "sex": known.child.sex,
        }
        who["date_of_birth"] = known.child.date_of_birth.isoformat()
        of = replace(known, described=who)
        told += [stage.desk.reported(of), stage.desk.returned(of, of.reported_at + 6 * HOUR)]
    return told


def two_letters_exchanged(stage: Stage) -> list[Told]:
    """Everything fits a child of the index but the first name, as a twin's would: a person decides."""
    known = stage.gone(33)
    first, *further = known.child.given_names.split()
    slip = " ".join([first[0] + first[2] + first[1] + first[3:], *further])
    numbers = {"nhs_number", "upn", "authority_child_id"}
    told = {name: value for name, value in known.described.items() if name not in numbers}
    of = replace(known, described={**told, "given_names": slip})
    return [stage.desk.reported(of), stage.desk.returned(of, of.reported_at + 5 * HOUR)]


def hardly_known(stage: Stage) -> list[Told]:
    """All that the caller could say: a first name and what the child wears."""
    known = stage.gone(5, stage.stranger())
    of = replace(known, described={"given_names": "Kev", "sex": "male"})
    seen = {"circumstances": "Grey tracksuit, about 15, seen getting into a van.", "risk_level": "high"}
    return [stage.desk.reported(of, missing=seen)]


def fast_clock(stage: Stage) -> list[Told]:
    """The clock of the force's computer is ten minutes ahead; it is told now all the same."""
    ahead = stage.ends_at + timedelta(minutes=10)
    told = stage.desk.reported(stage.gone(2.5), at=ahead, told_at=ahead)
    return [told._replace(at=stage.ends_at)]


def adult(stage: Stage) -> list[Told]:
    """Nineteen by the date of birth told: a slip of the pen, or not a child."""
    someone = stage.stranger()
    year = stage.ends_at.year - NINETEEN
    of = stage.gone(
        26, replace(someone, date_of_birth=someone.date_of_birth.replace(year=year, month=1, day=9))
    )
    return [stage.desk.reported(of), stage.desk.located(of, of.reported_at + 3 * HOUR)]


def returned_before_the_start(stage: Stage) -> list[Told]:
    """One of the two times is wrong, and nobody knows which."""
    of = stage.gone(28)
    back = of.last_seen_at - 3 * HOUR
    return [stage.desk.reported(of), stage.desk.returned(of, back, told_at=of.reported_at + 9 * HOUR)]


def very_short_and_very_long(stage: Stage) -> list[Told]:
    """Half an hour, and ten days."""
    short = stage.gone(17)
    short = replace(short, reported_at=short.last_seen_at + HOUR / 4)
    long = stage.gone(11 * 24)
    return [
        stage.desk.reported(short),
        stage.desk.returned(short, short.last_seen_at + HOUR / 2),
        stage.desk.reported(long),
        *(stage.desk.updated(long, long.reported_at + day * 24 * HOUR) for day in (1, 4, 8)),
        stage.desk.located(long, stage.ago(35)),
        stage.desk.returned(long, stage.ago(32)),
    ]


def children_of_other_places(stage: Stage) -> list[Told]:
    """Visiting, placed here by another authority, moved last week: the index has none of them."""
    told = []
    for hours in (15, 51, 190):
        of = stage.gone(hours, stage.stranger())
        told += [stage.desk.reported(of), stage.desk.returned(of, of.reported_at + 4 * HOUR)]
    return told


SCENES: tuple[Scene, ...] = (
    forces_differ_on_the_return,
    neighbouring_forces,
    found_before_anybody_missed_them,
    return_told_late,
    written_up_afterwards,
    return_amended,
    cancelled,
    cancelled_and_revived,
    again_under_the_same_reference,
    siblings_under_one_reference,
    nothing_but_a_prevention_interview,
    without_a_birth_date,
    numbers_with_wrong_check_digits,
    spelt_as_it_was_heard,
    hardly_known,
    fast_clock,
    adult,
    returned_before_the_start,
    very_short_and_very_long,
    children_of_other_places,
    two_letters_exchanged,
)
