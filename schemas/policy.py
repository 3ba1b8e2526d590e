"""An authority's policy: local practice as data, validated and versioned, never in the code."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from schemas.alerts_policy import AlertsPolicy
from schemas.allocation_policy import AllocationPolicy
from schemas.connector_policy import ConnectorPolicy
from schemas.formats_policy import ForceFormat
from schemas.ladder_policy import LadderPolicy
from schemas.matching_policy import MatchingPolicy
from schemas.plan_policy import PlanPolicy
from schemas.police_lists_policy import PoliceListsPolicy
from schemas.section import Section


class PolicyError(ValueError):
    """The policy cannot be used; one line that names the file, the setting and the mend."""


class EpisodePolicy(Section):
    """How notifications become episodes. Durations are ISO 8601, such as `PT6H`."""

    located_grace: Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(days=30))] = timedelta(hours=6)
    """How long after a child was located a next start makes a new absence rather than the same one."""
    merge_gap: Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(days=30))] = timedelta(0)
    """How far apart two periods may lie and still be one episode."""


class InterviewPolicy(Section):
    """When the return home interview is due."""

    within: Annotated[timedelta, Field(gt=timedelta(0), le=timedelta(days=365))] = timedelta(hours=72)
    """Elapsed time from return to deadline; the statutory guidance of 2014 says 72 hours."""


class Policy(Section):
    """The whole policy. `version` is the shape of this file; `revision` is the authority's own count."""

    version: Literal[1] = 1
    revision: Annotated[int, Field(ge=1)] = 1
    episode: EpisodePolicy = EpisodePolicy()
    interview: InterviewPolicy = InterviewPolicy()
    allocation: AllocationPolicy = AllocationPolicy()
    ladder: LadderPolicy = LadderPolicy()
    alerts: AlertsPolicy = AlertsPolicy()
    plan: PlanPolicy = PlanPolicy()
    police_lists: PoliceListsPolicy = PoliceListsPolicy()
    connector: ConnectorPolicy = ConnectorPolicy()
    matching: MatchingPolicy = MatchingPolicy()
    formats: tuple[ForceFormat, ...] = ()


def read_policy(path: Path) -> Policy:
    """Return the policy of a TOML file.

    Raises:
        PolicyError: no such file, not TOML, or a setting that is unknown or out of its range.
    """
    try:
        return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PolicyError(f"The policy {path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PolicyError(f"The policy {path} is not valid: {wrong}.") from error
    except ValueError as error:
        raise PolicyError(f"The policy {path} is not TOML in UTF-8: {error}.") from error
