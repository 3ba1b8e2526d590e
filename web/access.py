"""Who may ask for which page: one table, held on every request, and tried route by route in the tests.

What somebody sees of a child on a page is the database's own matter: row-level security, as that person.
"""

from collections.abc import Mapping
from typing import Final

from schemas.access import CASEWORK, EVERYBODY, Duty

W, M, S, AUD, ADM = Duty.WORKER, Duty.MANAGER, Duty.SCREENER, Duty.AUDITOR, Duty.ADMINISTRATOR
Duties = frozenset[Duty]


def _of(*duties: Duty) -> Duties:
    return frozenset(duties)


PUBLIC: Final = frozenset(
    {
        "GET /sign-in",
        "POST /sign-in",
        "GET /signed-out",
    }
)
"""Pages for whoever is not signed in."""

TABLE: Final[Mapping[str, Duties]] = {
    # everybody who is signed in
    "GET /": EVERYBODY,
    "GET /live": EVERYBODY,
    "POST /session/stay": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    # who is missing, and what is told
    "GET /now": CASEWORK,
    "GET /notifications/new": CASEWORK,
    "POST /notifications/new": CASEWORK,
    "GET /notifications/{message_id}": CASEWORK,
    # a child
    "GET /children": CASEWORK,
    "POST /children": CASEWORK,
    "GET /children/{child_id}": CASEWORK,
    "GET /children/{child_id}/plan": CASEWORK,
    "GET /children/{child_id}/why": CASEWORK,
    "POST /children/{child_id}/why": CASEWORK,
    # screening
    "GET /screening": _of(S, M),
    "GET /screening/letters/{letter_id}": _of(S, M),
    "POST /screening/letters/{letter_id}": _of(S),
    # figures
    "GET /figures": _of(M, AUD, ADM),
    "GET /figures/{name}.csv": _of(M, AUD, ADM),
}
"""Who may ask, by method and path."""

START_PAGES: Final[tuple[tuple[Duty, str], ...]] = (
    (W, "/my-interviews"),
    (M, "/board"),
    (S, "/screening"),
    (AUD, "/audit"),
    (ADM, "/admin"),
)
"""Where each begins the day; somebody with several duties at the first of theirs."""


def may(duties: Duties, method: str, path: str) -> bool:
    """Whether somebody with these duties may ask for a page."""
    return bool(duties & TABLE.get(f"{method} {path}", frozenset()))


def start_page(duties: Duties) -> str:
    """Return where somebody begins the day."""
    return next(path for duty, path in START_PAGES if duty in duties)
