"""One line of the ledger as it is shown: in words, with the ways on from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from schemas.access import Duty
from store.views.ledger_search import Found
from web import access
from web.pages.audit_words import ACTIONS, SUBJECTS, actor, parts
from web.pages.matching_words import weighed_in_words

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "child": ("/children/{child_id}",),
    "plan": ("/children/{child_id}/safety-plan",),
    "interview": ("/interviews/{interview_id}",),
    "record": ("/interviews/{interview_id}/record",),
    "push": ("/interviews/{interview_id}",),
    "letter": ("/screening/letters/{letter_id}",),
    "decision": ("/screening/decisions/{decision_id}", "/screening/decisions"),
    "glass": ("/restricted/review",),
    "person": ("/admin/people",),
    "staff": ("/admin/staff",),
    "token": ("/admin/tokens",),
    "policy": ("/policy/{no}",),
    "ledger": ("/audit/chain",),
}
"""Where something is shown; the first page that the reader may open."""
SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `name` and `number` say what it was done to and about which child; `page` shows it.

    `weighed` says how what was told compared, where a child was found by likeness and not by a number.
    """

    line: Found
    done: str
    by: str
    name: str
    id: str
    everything: str | None
    page: str | None
    number: str | None
    payload: str
    weighed: str | None

    @property
    def short(self) -> str:
        """The beginning of an id that is long."""
        return f"{self.id[:SHORT]}…" if _is_id(self.id) else self.id


def told_of(
    line: Found, names: Mapping[str, str], numbers: Mapping[UUID, str], duties: frozenset[Duty]
) -> Row:
    """Return a line as it is shown to somebody with these duties."""
    kind, id_ = parts(line.subject)
    return Row(
        line=line,
        done=ACTIONS.get(line.action, line.action),
        by=actor(line.actor, names),
        name=SUBJECTS.get(kind, kind),
        id=id_,
        everything=f"/audit/ledger?{urlencode({'subject': id_})}" if _is_id(id_) else None,
        page=_page(kind, id_, duties),
        number=numbers.get(line.child_id) if line.child_id else None,
        payload=json.dumps(line.payload, ensure_ascii=False, indent=1),
        weighed=_weighed(line),
    )


def _weighed(line: Found) -> str | None:
    told = line.payload.get("weighed") if isinstance(line.payload, Mapping) else None
    return weighed_in_words(told) if line.action == "notification.linked" else None


def _page(kind: str, id_: str, duties: frozenset[Duty]) -> str | None:
    for route in PAGES.get(kind, ()):
        if access.may(duties, "GET", route):
            before, place, rest = route.partition("{")
            return f"{before}{id_}{rest.partition('}')[2]}" if place else route
    return None


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
