"""Who is told of a step: people of the role and the team, and who stands in where nobody can be reached."""

from datetime import date
from typing import Any

import pytest

from domain.ladder.tell import Around, Told, next_role, tell
from schemas.alerts_policy import AlertsPolicy, Channel, Personal, When
from schemas.ladder_policy import Audience, LadderPolicy, LadderStep
from schemas.staff import Leave, Role, StaffMember

TODAY = date(2026, 3, 31)
POLICY = AlertsPolicy()
AWAY = (Leave(from_on=date(2026, 3, 30), to_on=date(2026, 4, 10)),)


def person(id_: str, role: Role, team: str = "north", **facts: Any) -> StaffMember:
    told = {"id": id_, "name": id_, "email": f"{id_}@nottingham.example", "phone": "07700 900123"}
    return StaffMember.model_validate({**told, "roles": [role], "teams": [team] if team else [], **facts})


WORKER = person("W-1", Role.INTERVIEWER)
NORTH, SOUTH = person("M-1", Role.TEAM_MANAGER), person("M-2", Role.TEAM_MANAGER, "south")
SERVICE, HEAD = person("S-1", Role.SERVICE_MANAGER, ""), person("H-1", Role.HEAD_OF_SERVICE, "")
DIRECTOR, SENIOR = person("D-1", Role.DIRECTOR, ""), person("N-1", Role.SENIOR_MANAGER, "")
EVERYBODY = (WORKER, NORTH, SOUTH, SERVICE, HEAD, DIRECTOR, SENIOR)


def step(id_: str) -> LadderStep:
    found = LadderPolicy().step(id_)
    assert found is not None
    return found


def told(
    id_: str, *staff: StaffMember, interviewer: str | None = "W-1", policy: AlertsPolicy = POLICY
) -> tuple[Told, ...]:
    return tell(step(id_), step(id_).tells, Around(staff, policy, TODAY), interviewer)


def who(rows: tuple[Told, ...]) -> list[tuple[str, int]]:
    """Return who was told, and at which level."""
    return list(dict.fromkeys((row.recipient, row.level) for row in rows))


def test_the_worker_and_the_manager_of_the_workers_team_are_told() -> None:
    assert who(told("not_held_at_deadline", *EVERYBODY)) == [("W-1", 0), ("M-1", 0)]


def test_without_a_worker_the_managers_of_the_policys_team_are_told() -> None:
    south = AlertsPolicy(default_team="south")
    assert who(told("not_allocated_48h_before", *EVERYBODY, interviewer=None, policy=south)) == [("M-2", 0)]


def test_without_a_team_every_manager_is_told() -> None:
    assert who(told("not_allocated_48h_before", *EVERYBODY, interviewer=None)) == [("M-1", 0), ("M-2", 0)]


def test_a_team_without_a_manager_has_those_of_the_others() -> None:
    assert who(told("record_not_approved", WORKER, SOUTH)) == [("M-2", 0)]


def test_each_way_that_the_step_asks_for_is_one_row_and_the_inbox_always() -> None:
    rows = told("missing_24h", SENIOR)
    assert [row.channel for row in rows] == [Channel.INBOX, Channel.EMAIL, Channel.TEXT]
    assert {row.when for row in rows} == {When.ANY_HOUR}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"leave": AWAY}, "on leave until 2026-04-10"),
        ({"gone_on": date(2026, 3, 31)}, "left on 2026-03-31"),
    ],
)
def test_who_is_not_there_is_shown_as_not_reached_and_the_next_role_is_told_at_once(
    facts: dict[str, Any], why: str
) -> None:
    rows = told("record_not_approved", WORKER, person("M-1", Role.TEAM_MANAGER, **facts), SERVICE)
    assert who(rows) == [("M-1", 0), ("S-1", 1)]
    assert [row.why for row in rows] == [why, why, None, None]


def test_who_has_no_address_has_it_in_the_inbox_and_the_next_role_is_told_at_once() -> None:
    rows = told("record_not_approved", WORKER, person("M-1", Role.TEAM_MANAGER, email=None), SERVICE)
    assert [(row.recipient, row.channel, row.why) for row in rows] == [
        ("M-1", Channel.INBOX, None),
        ("M-1", Channel.EMAIL, "no e-mail address in the directory"),
        ("S-1", Channel.INBOX, None),
        ("S-1", Channel.EMAIL, None),
    ]


def test_who_can_be_written_to_need_not_have_a_telephone() -> None:
    rows = told("missing_24h", person("N-1", Role.SENIOR_MANAGER, phone=None), DIRECTOR)
    assert who(rows) == [("N-1", 0)]
    assert rows[-1].why == "no telephone number in the directory"


def test_who_is_told_in_the_inbox_alone_by_choice_is_reached_there() -> None:
    chosen = AlertsPolicy(people={"M-1": Personal(channels=(Channel.INBOX,), when=When.ANY_HOUR)})
    rows = told("record_not_approved", WORKER, person("M-1", Role.TEAM_MANAGER, email=None), policy=chosen)
    assert [(row.channel, row.when, row.why) for row in rows] == [(Channel.INBOX, When.ANY_HOUR, None)]


def test_a_worker_on_leave_does_not_tell_the_manager_twice() -> None:
    rows = told("not_held_at_deadline", person("W-1", Role.INTERVIEWER, leave=AWAY), NORTH, SERVICE)
    assert who(rows) == [("W-1", 0), ("M-1", 0)]


def test_it_climbs_at_once_until_somebody_can_be_reached() -> None:
    rows = told("record_not_approved", WORKER, person("M-1", Role.TEAM_MANAGER, leave=AWAY), DIRECTOR)
    assert who(rows) == [
        ("M-1", 0),
        ("role:service_manager", 1),
        ("role:head_of_service", 2),
        ("D-1", 3),
    ]


def test_where_nobody_is_there_at_all_that_is_shown() -> None:
    rows = told("record_not_approved")
    assert [row.why for row in rows] == ["nobody holds this role"] * 4
    assert rows[-1].recipient == "role:director"


def test_what_nobody_has_has_no_worker_to_tell() -> None:
    rows = told("not_held_at_deadline", NORTH, interviewer=None)
    assert (rows[0].recipient, rows[0].why) == ("role:worker", "nobody has the interview yet")


def test_the_duty_desk_is_told_where_there_is_one() -> None:
    desk = person("Q-1", Role.INTERVIEWER, "duty")
    with_desk = AlertsPolicy(duty_team="duty")
    assert who(told("return_not_confirmed_12h", WORKER, NORTH, desk)) == [("M-1", 0)]
    assert who(told("return_not_confirmed_12h", WORKER, NORTH, desk, policy=with_desk)) == [
        ("M-1", 0),
        ("Q-1", 0),
    ]


def test_who_has_two_roles_is_told_once() -> None:
    both = person("M-1", Role.TEAM_MANAGER, roles=[Role.TEAM_MANAGER, Role.SENIOR_MANAGER])
    rows = told("repeatedly_missing", WORKER, both)
    assert [(row.recipient, row.channel) for row in rows] == [("M-1", Channel.INBOX), ("M-1", Channel.EMAIL)]


def test_what_is_over_is_shown_in_the_inbox_alone() -> None:
    around = Around(EVERYBODY, POLICY, TODAY)
    rows = tell(step("missing_24h"), [Audience.SENIOR_MANAGER], around, None, quietly=True)
    assert [row.channel for row in rows] == [Channel.INBOX]


@pytest.mark.parametrize(
    ("told_so_far", "above"),
    [
        ([Audience.WORKER, Audience.TEAM_MANAGER], Audience.SERVICE_MANAGER),
        ([Audience.TEAM_MANAGER, Audience.SENIOR_MANAGER], Audience.DIRECTOR),
        ([Audience.HEAD_OF_SERVICE], Audience.DIRECTOR),
        ([Audience.DIRECTOR, Audience.WORKER], None),
    ],
)
def test_without_an_answer_the_role_above_the_highest_is_next(
    told_so_far: list[Audience], above: Audience | None
) -> None:
    assert next_role(told_so_far) is above
