"""The example notification of the documentation, and short ways to spoil it."""

import copy
from typing import Any

import pytest

from schemas.reading import Unreadable, read_notification

LACKING = object()
"""As a value in `spoiled`: take the field away."""

REPORTED: dict[str, Any] = {
    "specversion": "1.0",
    "id": "3b0c5d0e-0000-4000-8000-000000000001",
    "source": "urn:police:nottinghamshire",
    "type": "uk.police.missing-child.reported.v1",
    "subject": "NP-26-004211",
    "time": "2026-03-28T22:41:00+00:00",
    "datacontenttype": "application/json",
    "data": {
        "authority": "E06000018",
        "occurred_at": "2026-03-28T22:10:00+00:00",
        "child": {
            "family_name": "Okafor",
            "given_names": "Amara Grace",
            "also_known_as": ["Mari"],
            "date_of_birth": "2011-07-02",
            "sex": "female",
            "ethnicity": "BAFR",
            "nhs_number": "9434765919",
            "upn": None,
            "authority_child_id": "C-100482",
            "home_address": {"lines": ["12 Example Street", "Nottingham"], "postcode": "NG1 1AA"},
        },
        "missing": {
            "category": "missing",
            "risk_level": "medium",
            "missing_from": "childrens_home",
            "missing_from_address": {"lines": ["The Limes"], "postcode": "NG7 1AA"},
            "last_seen_at": "2026-03-28T18:30:00+00:00",
            "last_seen_place": "Old Market Square",
            "reported_by": "care_staff",
            "circumstances": "Did not come back from town.",
            "risk_factors": ["child_sexual_exploitation", "county_lines"],
        },
    },
}


def spoiled(path: str, value: Any) -> dict[str, Any]:
    """Return the example with another value at a path such as `data.missing.risk_level`."""
    message = copy.deepcopy(REPORTED)
    *way, field = path.split(".")
    part: Any = message
    for name in way:
        part = part.setdefault(name, {})
    part[field] = value
    if value is LACKING:
        del part[field]
    return message


def problems(message: Any) -> list[str]:
    """Return what is said to be wrong with a message that must be refused."""
    with pytest.raises(Unreadable) as caught:
        read_notification(message)
    return [str(problem) for problem in caught.value.problems]
