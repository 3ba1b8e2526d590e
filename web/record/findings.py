"""What the quality gate says, at the questions that it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from casework import gate
from schemas.words import Stage
from web.pages.reading import Visit
from web.record.desk import Desk
from web.record.filling import fields_of
from web.record.reading import WHOLE, label_at, nearest, read_section
from web.record.sections import ASKED

MENDED_AT: Final = frozenset({Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED, Stage.HELD, Stage.SUBMITTED})
"""While something can still be mended, or sent back for it."""


_QUOTED: Final = re.compile(r"`([^`]*)`")
"""Words to say, as the catalogue of findings marks them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One finding. `at` is the id of the field that it is about, `about` what a person calls it."""

    id: str
    section: str
    at: str
    about: str
    words: str
    blocks: bool
    matters: str
    source: str
    mend: str
    copied_from: str | None


async def findings_of(visit: Visit, desk: Desk) -> list[Said]:
    """Return what the gate says of a record, what must be mended first; nothing once it is decided.

    It opens transactions of its own: that of the visit has to be over.
    """
    if desk.stage not in MENDED_AT:
        return []
    here, who = visit.here, visit.who
    said = await gate.findings(here.store, who.authority, desk.id, person=who.id, now=visit.now)
    return sorted((_said(desk, each) for each in said), key=lambda each: not each.blocks)


def of_section(said: Sequence[Said], name: str) -> list[Said]:
    """Return what is said of one section."""
    return [each for each in said if each.section == name]


def must_mend(said: Sequence[Said]) -> list[Said]:
    """Return what keeps the record from being submitted, unless it is answered with a reason."""
    return [each for each in said if each.blocks]


def _said(desk: Desk, finding: dict[str, Any]) -> Said:
    section = ASKED[finding["section"]]
    read = read_section(section, fields_of(section, desk.record[section.name]))
    return Said(
        id=finding["id"],
        section=section.name,
        at=nearest(read.places, finding["place"]) or WHOLE,
        about=label_at(section, finding["place"]),
        words=finding["words"],
        blocks=finding["blocks"],
        matters=_QUOTED.sub(r"‘\1’", finding["matters"]),
        source=finding["source"],
        mend=_QUOTED.sub(r"‘\1’", finding["mend"]),
        copied_from=finding["copied_from"],
    )
