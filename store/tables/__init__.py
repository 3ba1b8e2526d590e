"""The tables, as SQLAlchemy Core. The migrations make them; a test holds the two together."""

from store.tables.cases import (
    WITHOUT_AUTHORITY,
    care,
    child_keys,
    children,
    episodes,
    inbox,
    interviews,
    ledger,
    letters,
    metadata,
    outbox,
    positions,
    questions,
    restriction_people,
    restrictions,
    tokens,
)
from store.tables.conduct import (
    alerts,
    beats,
    deliveries,
    drafts,
    handovers,
    interview_commands,
    plan_entries,
    pushes,
    staff,
)
from store.tables.decisions import decisions
from store.tables.offer_links import offer_links
from store.tables.originals import originals, origins
from store.tables.people import accesses, break_glass, people, presences, sessions, sign_ins
from store.tables.police_lists import police_list_rows, police_lists, police_tasks
from store.tables.policies import policies

__all__ = [
    "WITHOUT_AUTHORITY",
    "accesses",
    "alerts",
    "beats",
    "break_glass",
    "care",
    "child_keys",
    "children",
    "decisions",
    "deliveries",
    "drafts",
    "episodes",
    "handovers",
    "inbox",
    "interview_commands",
    "interviews",
    "ledger",
    "letters",
    "metadata",
    "offer_links",
    "originals",
    "origins",
    "outbox",
    "people",
    "plan_entries",
    "police_list_rows",
    "police_lists",
    "police_tasks",
    "policies",
    "positions",
    "presences",
    "pushes",
    "questions",
    "restriction_people",
    "restrictions",
    "sessions",
    "sign_ins",
    "staff",
    "tokens",
]
