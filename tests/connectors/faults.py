"""What goes wrong at the peer, and when: a script that follows from a seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """One way of going wrong."""

    SLOW = "slow"
    """Answers after a while, in time."""
    ERROR = "500"
    """Fails without having done it."""
    ERROR_DONE = "500 after having done it"
    TIMEOUT_DONE = "time-out after having done it"
    LATE = "time-out, done only afterwards"
    LOST_ANSWER = "connection lost after having done it"
    LOST_REQUEST = "connection lost before"
    BUSY = "409"
    """Says that the same request is under way, and does nothing."""
    PERSON = "412, changed in between by a person"
    LIMITED = "429"
    EXPIRED = "401, token ended"
    OVERWRITTEN = "taken, then overwritten from an old copy"
    """Somebody's old copy of the plan replaces the one with our actions."""


OF_READS: Final = (
    Fault.SLOW,
    Fault.ERROR,
    Fault.TIMEOUT_DONE,
    Fault.LOST_ANSWER,
    Fault.LIMITED,
    Fault.EXPIRED,
)
OF_WRITES: Final = tuple(Fault)
WEIGHT: Final = {Fault.EXPIRED: 0.1}
"""Faults that chance takes less often than the others: every request under way feels the end of a token."""


@dataclass(slots=True)
class Script:
    """Says for the n-th read or write of a plan what goes wrong with it; the same in every run.

    `scripted` comes first, in its order, whatever the plan; then chance decides, with a `share` of 0 to 1.
    """

    seed: int = 0
    share: float = 0.0
    scripted: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _times: dict[tuple[str, str], int] = field(default_factory=dict)

    def next(self, method: str, path: str) -> Fault | None:
        """Return what goes wrong now."""
        kinds = OF_READS if method == "GET" else OF_WRITES
        return self._scripted(kinds) or self._by_chance(method, path, kinds)

    def happened(self, fault: Fault) -> None:
        """Count a fault."""
        self.counts[fault] = self.counts.get(fault, 0) + 1

    def _scripted(self, kinds: tuple[Fault, ...]) -> Fault | None:
        return self.scripted.pop(0) if self.scripted and self.scripted[0] in kinds else None

    def _by_chance(self, method: str, path: str, kinds: tuple[Fault, ...]) -> Fault | None:
        time = self._times[method, path] = self._times.get((method, path), 0) + 1
        dice = random.Random(f"{self.seed}/{method}/{path}/{time}")
        hit = dice.random() < self.share
        return dice.choices(kinds, [WEIGHT.get(kind, 1) for kind in kinds])[0] if hit else None


def script_of(told: Mapping[str, object]) -> Script:
    """Return the script of a JSON object."""
    scripted = told.get("scripted", [])
    assert isinstance(scripted, list)
    return Script(
        seed=int(str(told.get("seed", 0))),
        share=float(str(told.get("share", 0.0))),
        scripted=[Fault(each) for each in scripted],
    )
