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
        "GET /accessibility",
        "GET /sign-in",
        "GET /sign-in/callback",
        "GET /sign-in/start",
        "POST /sign-in",
        "GET /signed-out",
        # the bearer of a child's link
        "GET /answer",
        "POST /answer",
        "GET /answer/{code}",
        "POST /answer/{code}",
    }
)
"""Pages for whoever is not signed in."""

TABLE: Final[Mapping[str, Duties]] = {
    # everybody who is signed in
    "GET /": EVERYBODY,
    "GET /live": EVERYBODY,
    "POST /session/stay": EVERYBODY,
    "GET /sign-in/prove": EVERYBODY,
    "POST /sign-in/prove": EVERYBODY,
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
    "GET /children/{child_id}/safety-plan": CASEWORK,
    "GET /children/{child_id}/safety-plan/actions/{action_id}": _of(W, M),
    "POST /children/{child_id}/safety-plan/actions/{action_id}": _of(W, M),
    "POST /children/{child_id}/safety-plan/review": _of(W, M),
    "GET /children/{child_id}/why": CASEWORK,
    "POST /children/{child_id}/why": CASEWORK,
    # an interview
    "GET /my-interviews": _of(W),
    "GET /interviews/{interview_id}": _of(W, M),
    "GET /interviews/{interview_id}/invitation.ics": _of(W, M),
    "GET /interviews/{interview_id}/do/{command}": _of(W, M),
    "POST /interviews/{interview_id}/do/{command}": _of(W, M),
    "GET /interviews/{interview_id}/card": _of(W, M),
    "POST /interviews/{interview_id}/card/link": _of(W, M),
    "POST /interviews/{interview_id}/card/link/withdraw": _of(W, M),
    # the record of an interview
    "GET /interviews/{interview_id}/record": _of(W, M),
    "GET /interviews/{interview_id}/record/check": _of(W, M),
    "POST /interviews/{interview_id}/record/check": _of(W),
    "GET /interviews/{interview_id}/record/versions": _of(W, M),
    "GET /interviews/{interview_id}/record/versions/{no}": _of(W, M),
    "POST /interviews/{interview_id}/record/versions/{no}": _of(W),
    "GET /interviews/{interview_id}/record/{section_name}": _of(W, M),
    "POST /interviews/{interview_id}/record/{section_name}": _of(W),
    "POST /interviews/{interview_id}/record/{section_name}/keep": _of(W),
    # what managers decide
    "GET /board": _of(M),
    "GET /allocate": _of(M),
    "POST /allocate": _of(M),
    "GET /interviews/{interview_id}/allocate": _of(M),
    "POST /interviews/{interview_id}/allocate": _of(M),
    "GET /interviews/{interview_id}/review": _of(M),
    "POST /interviews/{interview_id}/review": _of(M),
    "GET /interviews/{interview_id}/ladder": _of(M),
    "GET /alerts": _of(M),
    "POST /alerts/{alert_id}": _of(M),
    "GET /load": _of(M),
    # screening
    "GET /screening": _of(S, M),
    "GET /screening/letters/{letter_id}": _of(S, M),
    "GET /screening/letters/{letter_id}/original": _of(S, M),
    "POST /screening/letters/{letter_id}": _of(S),
    "GET /screening/questions/{question_id}": _of(S, M),
    "POST /screening/questions/{question_id}": _of(S),
    "GET /screening/children/{child_id}/split": _of(S),
    "POST /screening/children/{child_id}/split": _of(S),
    "GET /screening/times/{episode_id}": _of(S, M),
    "POST /screening/times/{episode_id}": _of(S),
    "GET /screening/decisions": _of(S, M, AUD),
    "GET /screening/decisions/{decision_id}": _of(S, M),
    "POST /screening/decisions/{decision_id}": _of(S),
    "GET /screening/reconciliation": _of(S, M),
    "POST /screening/reconciliation/lists/{list_id}": _of(S),
    "GET /screening/reconciliation/{task_id}": _of(S, M),
    "POST /screening/reconciliation/{task_id}": _of(S),
    # figures
    "GET /figures": _of(M, AUD, ADM),
    "GET /figures/{name}.csv": _of(M, AUD, ADM),
    # the authority's policy
    "GET /policy": _of(M, AUD, ADM),
    "GET /policy/in-force.json": _of(M, AUD, ADM),
    "GET /policy/new": _of(ADM),
    "POST /policy/new": _of(ADM),
    "GET /policy/{no}.json": _of(M, AUD, ADM),
    "GET /policy/{no}": _of(M, AUD, ADM),
    "POST /policy/{no}/accept": _of(ADM),
    # restricted children
    "GET /restricted": CASEWORK,
    "POST /restricted": CASEWORK,
    "GET /restricted/review": _of(M, AUD),
    "POST /restricted/review/{access_id}": _of(M),
    "GET /children/{child_id}/restriction": _of(M),
    "POST /children/{child_id}/restriction": _of(M),
    # audit
    "GET /audit": _of(AUD),
    "GET /audit/access": _of(AUD),
    "POST /audit/access": _of(AUD),
    "GET /audit/access.csv": _of(AUD),
    "GET /audit/ledger": _of(AUD),
    "GET /audit/ledger.csv": _of(AUD),
    "GET /audit/chain": _of(AUD),
    "POST /audit/chain": _of(AUD),
    # administration
    "GET /admin": _of(ADM),
    "GET /admin/people": _of(ADM),
    "POST /admin/people/{person_id}": _of(ADM),
    "GET /admin/tokens": _of(ADM),
    "POST /admin/tokens": _of(ADM),
    "POST /admin/tokens/revoke": _of(ADM),
    "GET /admin/staff": _of(ADM, M),
    "POST /admin/staff": _of(ADM),
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
