"""Which interviews stand in a manager's morning brief."""

from typing import Final

from schemas.alerts_policy import AlertsPolicy
from schemas.staff import MANAGERS, Role, StaffMember

ABOVE_TEAMS: Final = MANAGERS - {Role.TEAM_MANAGER}


def concerns(manager: StaffMember, interviewer: StaffMember | None, policy: AlertsPolicy) -> bool:
    """Whether an interview concerns a manager.

    Who manages more than teams, or no team by name, is concerned by every one. A team manager is by those of
    the team's interviewers, and by what nobody of a team has, where the policy names no other team for it.
    """
    if manager.roles & ABOVE_TEAMS or not manager.teams:
        return True
    teams = interviewer.teams if interviewer else ()
    if not teams:
        return policy.default_team is None or policy.default_team in manager.teams
    return not set(teams).isdisjoint(manager.teams)
