"""What stands in the ledger, in words: what was done, to what, and by whom."""

from collections.abc import Mapping
from typing import Final

from web.pages import terms

DONE: Final[Mapping[str, Mapping[str, str]]] = {
    "What was told": {
        "notification.received": "Notification received",
        "notification.linked": "Notification filed under a child",
        "notification.set-aside": "Notification set aside: it could not be applied",
        "original.kept": "What came was kept as it came",
        "original.downloaded": "What came was downloaded as it came",
        "letter.mended": "Message that could not be read was mended",
        "letter.replayed": "Message that could not be read was tried again",
        "letter.overtaken": "Message that waited was overtaken by a newer one",
    },
    "Missing episodes": {
        "episode.opened": "Missing episode opened",
        "episode.changed": "Missing episode corrected",
        "episode.child-located": "Child found, not home yet",
        "episode.child-returned": "Child back: the clock runs",
        "episode.reopened": "Missing episode open again",
        "episode.cancelled": "Missing episode cancelled: recorded in error",
        "episode.superseded": "Missing episode taken into another, or no more",
    },
    "Interviews": {
        "interview.due": "Interview became due",
        "interview.clock-changed": "Deadline worked out again",
        "interview.followed": "Interview moved with its incident",
        "interview.voided": "Interview no longer needed",
        "interview.reopened": "Interview needed again",
        "interview.allocated": "Interview given to an interviewer",
        "interview.reallocated": "Interview given to another interviewer",
        "interview.attempted": "Tried to offer the interview, and reached nobody",
        "interview.offered": "Interview offered",
        "interview.arranged": "Time and place of the interview agreed",
        "interview.held": "Interview held",
        "interview.declined": "Child declined the interview",
        "interview.not-possible": "Interview recorded as not possible",
        "interview.struck": "Interview taken off the list by a person",
        "interview.reinstated": "Interview put back on the list by a person",
        "interview.covers": "Interview’s conversation covers another interview",
        "interview.covered": "Interview covered by another one’s conversation",
        "interview.uncovered": "Interview no longer covered by another conversation",
        "interview.imported": "Interview imported from the former system",
        "interview.handover-offered": "Interview offered to another authority",
        "interview.handover-answered": "Offer to another authority answered, or lapsed",
        "offer.link-made": "Link made for the child to answer by",
        "offer.link-withdrawn": "Child’s link withdrawn",
        "offer.answered": "Child answered by the link",
    },
    "Records and plans": {
        "record.saved": "Record saved",
        "interview.submitted": "Record handed to the manager",
        "interview.sent-back": "Record sent back to be mended",
        "interview.approved": "Record approved",
        "plan.changed": "Safety plan changed",
        "push.confirmed": "Outcomes arrived in the other system",
        "push.stuck": "Outcomes do not arrive in the other system",
        "pushes.retried": "Outcomes sent to the other system again",
    },
    "Alerts": {
        "alert.raised": "Alert raised",
        "alert.acknowledged": "Alert acknowledged",
        "alert.climbed": "Alert went to the next role up",
        "alert.closed": "Alert closed",
        "alert.sent": "Message about an alert sent",
        "alert.failed": "Message about an alert failed",
        "alert.undeliverable": "Message about an alert cannot be delivered",
    },
    "Children, and restricted records": {
        "child.imported": "Child taken from the authority’s list",
        "child.absorbed": "Child found to be the same as another",
        "decision.made": "Screener decided who a child is, or what was told",
        "child.restricted": "Record restricted",
        "child.unrestricted": "Record restricted no longer",
        "glass.broken": "Restricted record opened in need",
        "glass.missed": "Restricted record asked for, and none found",
        "glass.reviewed": "Opening of a restricted record looked at",
    },
    "People and access": {
        "person.signed_in": "Signed in",
        "person.signed_out": "Signed out",
        "person.refused": "Sign-in refused",
        "person.disabled": "Access taken away",
        "person.enabled": "Access given back",
        "person.sessions_ended": "Sessions ended by an administrator",
        "staff.imported": "Member of staff taken from the directory",
        "token.created": "Token made",
        "token.revoked": "Token revoked",
    },
    "Policy and ledger": {
        "policy.uploaded": "Policy uploaded",
        "policy.accepted": "Policy put in force",
        "ledger.walked": "Ledger’s chain walked",
    },
}
"""Every action there is, by what it is about. One that is not here stands as it is."""
ACTIONS: Final[Mapping[str, str]] = {name: words for group in DONE.values() for name, words in group.items()}
SUBJECTS: Final[Mapping[str, str]] = {
    "child": "child",
    "episode": "missing episode",
    "interview": "interview",
    "record": "record of the interview",
    "plan": "safety plan of the child",
    "push": "outcomes of the interview",
    "handover": "offer to another authority",
    "alert": "alert",
    "notification": "notification",
    "original": "what came",
    "letter": "message that could not be read",
    "decision": "decision",
    "glass": "opening of a restricted record",
    "person": "person",
    "staff": "member of staff",
    "token": "token",
    "policy": "policy version",
    "authority": "authority",
}
"""To what something is done: the first part of a line's subject. Alone stands `ledger`."""
MACHINES: Final[Mapping[str, str]] = {
    "system:apply": "Homeward, which applies what was told",
    "system:alarm": "Homeward, which watches itself",
    "system:answering": "the child, or who answered by the child’s link",
    "system:chase": "Homeward, which chases what is late",
    "system:deliver": "Homeward, which sends messages",
    "system:push-outcomes": "Homeward, which sends outcomes on",
    "system:reconcile": "Homeward, which reconciles",
    "system:sign-in": "the sign-in page",
}


def actor(told: str, names: Mapping[str, str]) -> str:
    """Return who did something."""
    if told in names or told in MACHINES:
        return names.get(told) or MACHINES[told]
    match told.split(":", maxsplit=2):
        case ["token", *name]:
            return f"{':'.join(name)} (a system, by its token)"
        case ["system", "cli", name]:
            return f"{name} (by command, on the server)"
        case ["system", via, name]:
            return f"{name} ({terms.WAYS.get(via, via).removesuffix(' by')})"
        case ["system", name]:
            return f"Homeward ({name})"
    return told


def parts(subject: str) -> tuple[str, str]:
    """Return what something was done to, and its id, which may be empty: `interview/ID`."""
    kind, _, id_ = subject.partition("/")
    return kind, id_.removeprefix("person:") if kind == "person" else id_


def subjects_of(typed: str) -> list[str]:
    """Return the subjects that somebody may mean by an id, or by a subject as the ledger has it."""
    kind = typed.partition("/")[0]
    if typed == "ledger" or (kind in SUBJECTS and kind != typed):
        return [typed]
    return [*(f"{kind}/{typed}" for kind in SUBJECTS), f"person/person:{typed}"]
