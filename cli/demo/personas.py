"""As whom one may look round the demonstration: somebody of each duty, of the invented team."""

from typing import Final

from cli.demo.staff import CHIEF, NAMES, VISITOR
from schemas.access import Duty
from web.site import Persona

PERSONAS: Final = (
    Persona(
        VISITOR,
        NAMES[VISITOR],
        frozenset({Duty.WORKER}),
        VISITOR,
        "Worker: holds return home interviews, and writes down what was said.",
    ),
    Persona(
        CHIEF,
        NAMES[CHIEF],
        frozenset({Duty.MANAGER}),
        CHIEF,
        "Manager: sees what is late, allocates, reads records, and answers alerts.",
    ),
    Persona(
        "sam",
        "Sam Adeyemi",
        frozenset({Duty.SCREENER}),
        None,
        "Screener: decides who a child is, and mends messages that could not be taken.",
    ),
    Persona(
        "audrey",
        "Audrey Finch",
        frozenset({Duty.AUDITOR}),
        None,
        "Auditor: reads who saw and changed what, and why.",
    ),
    Persona(
        "ade",
        "Ade Martins",
        frozenset({Duty.ADMINISTRATOR}),
        None,
        "Administrator: people, tokens, the directory of staff, and the policy.",
    ),
)
