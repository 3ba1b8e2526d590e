"""Which interviews stand in a manager's morning brief."""

import pytest

from domain.brief import concerns
from schemas.alerts_policy import AlertsPolicy
from schemas.staff import Role, StaffMember

CITY = StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER}), teams=("city",))
EWA = StaffMember(id="W-1", name="Ewa Nowak", teams=("city", "night"))
TOM = StaffMember(id="W-2", name="Tom O'Neill", teams=("county",))
LOOSE = StaffMember(id="W-3", name="Zoë Ali")


@pytest.mark.parametrize(
    ("interviewer", "expected"), [(EWA, True), (TOM, False), (LOOSE, True), (None, True)]
)
def test_a_team_manager_has_the_team_and_what_is_in_nobodys_hands(
    interviewer: StaffMember | None, expected: bool
) -> None:
    assert concerns(CITY, interviewer, AlertsPolicy()) is expected


@pytest.mark.parametrize(("team", "expected"), [("city", True), ("county", False)])
def test_what_is_in_nobodys_hands_may_be_another_teams(team: str, expected: bool) -> None:
    assert concerns(CITY, None, AlertsPolicy(default_team=team)) is expected


def test_a_manager_without_a_team_has_everything() -> None:
    assert concerns(CITY.model_copy(update={"teams": ()}), TOM, AlertsPolicy())


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.DIRECTOR, Role.SENIOR_MANAGER])
def test_whoever_manages_more_than_teams_has_everything(role: Role) -> None:
    above = CITY.model_copy(update={"roles": frozenset({Role.TEAM_MANAGER, role})})
    assert concerns(above, TOM, AlertsPolicy(default_team="county"))
