"""A record of an interview that nobody would send back, and the circumstances in which it was held."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from typing import Any

from domain.quality import Archive, Child, Circumstances, Finding, examine, file_record
from schemas.record import InterviewRecord

AMARA = Child("C-100482", "Amara Grace", "Okafor", ("Mari",), "female")
LEO = Child("C-100771", "Leo", "Hartley", (), "male")

RETURNED_AT = datetime.fromisoformat("2026-03-28T22:40:00+00:00")
HELD_AT = datetime.fromisoformat("2026-03-30T16:00:00+01:00")
SUBMITTED_AT = datetime.fromisoformat("2026-03-31T10:00:00+01:00")
BEFORE = datetime.fromisoformat("2026-02-13T18:00:00+00:00")

GOOD: dict[str, Any] = {
    "offer": {
        "offered_at": "2026-03-29T10:00:00+01:00",
        "how": "phone",
        "by": "Dawn Petrie",
        "child_chose_person": "Amara wanted a woman who is not from school; she took me.",
        "child_chose_place": "The cafe in the Arboretum.",
        "confidentiality": "I told her what I keep to myself and what I must pass on.",
        "communication": "none",
    },
    "account": {
        "before": 'Row about the phone. "Mum took it and read my messages out. I just wanted out."',
        "during": '"I sat by the lions with Kayleigh till dark, then we took the tram to Bulwell."',
        "since": '"Mum cried. She gave me the phone but I can\'t see Kayleigh."',
    },
    "harm": {
        "came_to_harm": False,
        "what": "She says that nobody hurt or frightened her.",
        "health": "Well; a cold.",
    },
    "intelligence": {
        "people": [{"name": "Kayleigh Marsh", "relation": "friend", "age": "14"}],
        "places": [{"name": "Kayleigh's nan's", "address": "Bulwell"}],
    },
    "exploitation": {"none_seen": True},
    "living": {"home": "Mum and Amara, two rooms.", "school": "Year 9, likes art."},
    "help": {
        "would_help": '"If she asked before she looks."',
        "would_stop": "A rule that both of them keep.",
        "options": "Ring Nan before she goes, or text me; she picked Nan.",
        "safety_information": "Missing People 116 000 and Childline 0800 1111, both saved in her phone.",
    },
    "carer": {"who": "Ngozi Okafor, mum", "view": "She was frightened and is sorry that she read them out."},
    "analysis": {
        "push": "Messages read out in front of her aunt.",
        "pull": "Kayleigh, who listens.",
        "pattern": "In February she walked round the block; this time she took a tram and stayed the night.",
        "risk": "same",
        "risk_why": "A friend's nan, known to Mum, and nobody older there.",
        "meaning": "The phone is the one thing that is hers. Unless they have a rule, she will go again.",
    },
    "outcomes": [
        {
            "what": "Mum and Amara write a phone rule at the kitchen table",
            "why": '"Mum took it and read my messages out"',
            "owner": "Dawn Petrie, family worker",
            "due_on": "2026-04-10",
            "measure": "The rule is on the fridge and Amara says that it is kept",
        }
    ],
    "sharing": {
        "shared": [
            {
                "with_whom": "Ruth Amos, head of year",
                "what": "That she was away a night",
                "shared_at": "2026-03-30T17:30:00+01:00",
                "basis": "She agreed",
            }
        ]
    },
}

CIRCUMSTANCES = Circumstances(
    child=AMARA,
    submitted_at=SUBMITTED_AT,
    interview_id="interview-2",
    started_at=datetime.fromisoformat("2026-03-28T18:30:00+00:00"),
    returned_at=RETURNED_AT,
    held_at=HELD_AT,
    earlier_episodes=(BEFORE,),
    staff=("Dawn Petrie", "Tom Hall"),
)


def record(**changes: Any) -> InterviewRecord:
    """Return the good record with other values at places such as `outcomes__0__owner`."""
    written = deepcopy(GOOD)
    for place, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in place.split("__"))
        part: Any = written
        for step in way:
            part = part[step]
        part[last] = value
    return InterviewRecord.model_validate(written)


def rules(findings: Iterable[Finding]) -> set[str]:
    """Return the rules that found something."""
    return {finding.rule for finding in findings}


def found(circumstances: Circumstances = CIRCUMSTANCES, **changes: Any) -> dict[str, str]:
    """Return the places of the findings in the good record with other values, by rule."""
    return {finding.rule: finding.place for finding in examine(record(**changes), circumstances)}


def archive(*records: tuple[str, Child, InterviewRecord]) -> Archive:
    """Return an archive of records."""
    return Archive().adding(file_record(*each) for each in records)
