"""By which ways people are told, and when."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.scalars import Name
from schemas.section import Section


class Channel(StrEnum):
    """A way of telling somebody. The inbox in Homeward is always one."""

    INBOX = "inbox"
    EMAIL = "email"
    TEXT = "text"
    TEAMS = "teams"


class When(StrEnum):
    """Whether somebody is told at once, at any hour, or in working hours."""

    ANY_HOUR = "any_hour"
    WORKING_HOURS = "working_hours"


class Personal(Section):
    """How one person wants to be told; what lacks is as the step has it."""

    channels: Annotated[tuple[Channel, ...], Field(min_length=1)] | None = None
    when: When | None = None


class AlertsPolicy(Section):
    """By which ways people are told, and when."""

    default_team: Name | None = None
    """The team whose managers are told of what is not in anybody's hands yet; null: every manager."""
    duty_team: Name | None = None
    """The team that is the duty desk; null: there is none."""
    people: Mapping[Name, Personal] = {}
    """By their id in the directory, those who are told in another way than the step says."""
    digest_over: Annotated[int, Field(ge=1, le=100)] = 3
    """How many messages may wait for one person by one way before they go together, in one."""
    most_per_hour: Annotated[int, Field(ge=1, le=1000)] = 10
    """After how many messages within an hour what waits for a person goes together, a quarter hour apart."""
