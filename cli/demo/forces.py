"""The forces of `examples/forces`, as the demonstration's policy has them: one file for both."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cli.demo import AUTHORITY
from connectors.formats import for_authority
from schemas.formats_policy import ForceFormat
from schemas.police_lists_policy import PoliceListsPolicy
from schemas.policy import Policy, read_policy

FILE: Final = Path(__file__).parent / "forces.toml"


@cache
def formats() -> tuple[ForceFormat, ...]:
    """Return the format of each force that writes, of the demonstration's children."""
    return tuple(for_authority(read_policy(FILE).formats, AUTHORITY))


def with_formats(policy: Policy) -> Policy:
    """Return a policy that can read what they send, too."""
    known = {form.source for form in policy.formats}
    more = (form for form in formats() if form.source not in known)
    return policy.model_copy(update={"formats": (*policy.formats, *more), "police_lists": _lists(policy)})


def _lists(policy: Policy) -> PoliceListsPolicy:
    """Return how lists are compared: a month that is told in minutes leaves them no hour to lag behind."""
    told = policy.police_lists
    return told if told.model_fields_set else told.model_copy(update={"lags": timedelta(0)})


def sender_of(source: str) -> str:
    """Return the address from which a force's mail comes."""
    return next(form.mail.senders[0] for form in formats() if form.source == source)


def theirs(source: str, field: str, ours: object) -> str:
    """Return a force's word for ours; where it has none of its own, ours as people write it."""
    words: Mapping[str, str] = next(form.words for form in formats() if form.source == source).get(field, {})
    return next((word for word, meant in words.items() if meant == ours), str(ours or "").replace("_", " "))
