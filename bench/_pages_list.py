"""The pages that `bench.pages` measures, of an authority that is filled: each with whom it is for."""

from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from bench._pages_fill import PERSONAS
from schemas.access import Duty
from store.views.managers_board import Group
from tests.postgres import Database, connect

W, M, S = Duty.WORKER, Duty.MANAGER, Duty.SCREENER
AUDITOR, ADMINISTRATOR = Duty.AUDITOR, Duty.ADMINISTRATOR
_SEEN: Final[LiteralString] = " AND child_id NOT IN (SELECT child_id FROM restrictions)"
_OF_STATUS: Final[LiteralString] = "SELECT id FROM interviews WHERE status = %s" + _SEEN
_IN_TURN: Final[LiteralString] = _OF_STATUS + " ORDER BY due_at LIMIT 1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page: what it is called, who asks for it, and where it is."""

    name: str
    duty: Duty
    path: str


@dataclass(frozen=True, slots=True)
class Examples:
    """What the pages are about: of each kind one that is usual, and the child who was missing most often."""

    due: UUID
    held: UUID
    submitted: UUID
    late: UUID
    child: UUID
    question: UUID
    letter: UUID


def wanted(database: Database) -> list[Wanted]:
    """Return the pages."""
    it = _examples(database)
    return [
        Wanted("my interviews", W, "/my-interviews"),
        Wanted("interview, conversation held", W, f"/interviews/{it.held}"),
        Wanted("record", W, f"/interviews/{it.held}/record"),
        Wanted("record, one section", W, f"/interviews/{it.held}/record/account"),
        Wanted("record, check", W, f"/interviews/{it.held}/record/check"),
        Wanted("record, versions", W, f"/interviews/{it.held}/record/versions"),
        Wanted("child, 8 episodes", M, f"/children/{it.child}"),
        Wanted("safety plan", M, f"/children/{it.child}/safety-plan"),
        *(Wanted(f"board, {group.value}", M, f"/board?group={group.value}") for group in Group),
        Wanted("board, a team", M, "/board?group=all&team=north"),
        Wanted("board, a worker", M, "/board?group=all&worker=W-3"),
        Wanted("board, in care", M, "/board?group=all&care=yes"),
        Wanted("board, high risk", M, "/board?group=all&risk=high"),
        Wanted("board, by name", M, "/board?group=all&sort=child"),
        Wanted("allocate all", M, "/allocate"),
        Wanted("allocate one", M, f"/interviews/{it.due}/allocate"),
        Wanted("review", M, f"/interviews/{it.submitted}/review"),
        Wanted("ladder", M, f"/interviews/{it.late}/ladder"),
        Wanted("alerts", M, "/alerts"),
        Wanted("load", M, "/load"),
        Wanted("figures, 12 weeks", M, "/figures"),
        Wanted("figures, 52 weeks", M, "/figures?period=52"),
        Wanted("figures, 52 weeks of a team", M, "/figures?period=52&team=north"),
        Wanted("now", S, "/now"),
        Wanted("screening", S, "/screening"),
        Wanted("screening, a question", S, f"/screening/questions/{it.question}"),
        Wanted("screening, a letter", S, f"/screening/letters/{it.letter}"),
        Wanted("screening, decisions", S, "/screening/decisions"),
        Wanted("audit, access", AUDITOR, "/audit/access"),
        Wanted("audit, access to a child", AUDITOR, f"/audit/access?child={it.child}"),
        Wanted("audit, ledger", AUDITOR, "/audit/ledger"),
        Wanted("audit, chain", AUDITOR, "/audit/chain"),
        Wanted("policy", ADMINISTRATOR, "/policy"),
        Wanted("people", ADMINISTRATOR, "/admin/people"),
        Wanted("staff", ADMINISTRATOR, "/admin/staff"),
    ]


def _examples(database: Database) -> Examples:
    with connect(database.superuser_url) as superuser:

        def one(sql: LiteralString, *values: object) -> UUID:
            row = superuser.execute(sql, values).fetchone()
            assert row is not None, sql
            return UUID(str(row[0]))

        return Examples(
            due=one(_IN_TURN, "due"),
            held=one(_OF_STATUS + " AND interviewer = %s LIMIT 1", "held", PERSONAS[W]),
            submitted=one(_IN_TURN, "submitted"),
            late=one(_IN_TURN, "allocated"),
            child=one(
                "SELECT child_id FROM interviews WHERE record_no IS NOT NULL"
                + _SEEN
                + " GROUP BY child_id ORDER BY count(*) DESC, child_id LIMIT 1"
            ),
            question=one(
                "SELECT id FROM questions WHERE closed_at IS NULL AND kind <> 'doubtful_notification'"
                + _SEEN
                + " ORDER BY opened_at LIMIT 1"
            ),
            letter=one("SELECT id FROM letters WHERE outcome IS NULL LIMIT 1"),
        )
