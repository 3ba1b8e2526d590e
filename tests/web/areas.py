"""The pages with their forms, area by area, each on a site on which there is something for every form."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from httpx import AsyncClient

from casework import policies
from schemas.policy import Policy
from tests.messages import NOTTINGHAM
from tests.unit.forces import row
from tests.web.conftest import NOW, Desk
from tests.web.drafts import drafted
from tests.web.forms_shown import ShownForm
from tests.web.plans import approved
from tests.web.reader import Page, submit, visit
from tests.web.records import ASKED as ASKED_AT
from tests.web.records import RECORD, Path
from tests.web.stories import BACK, BILAL, missing, returned
from tests.web.whole import OWN, Ids, whole
from web import access
from web.record.sections import ASKED

Addresses = list[str]
KHAN: Final = BILAL | {"authority_child_id": "C-7"}
LATER: Final = "2026-03-30T18:00:00Z"
WHOLE: Final = json.loads(json.dumps(RECORD).replace(ASKED_AT, LATER))
"""The record of the tour, of an interview that was offered after the child was back."""
DRAWN: Final = frozenset(
    (tag, name)
    for tag in ("svg", "g", "line", "rect", "text", "path", "title", "desc", "circle", "defs", "pattern", "h5")  # noqa: E501
    for name in (
        "", "class", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "d", "transform", "id", "viewbox",
        "font-size", "font-family", "stroke-width", "stroke-opacity", "role", "aria-hidden", "aria-labelledby", "focusable", "stroke", "fill", "text-anchor", "xmlns",  # noqa: E501
    )
)  # fmt: skip
"""What pictures made by our own code consist of."""


def _browser(_: Desk, signed: AsyncClient) -> AsyncClient:
    return signed


@dataclass(frozen=True, slots=True)
class Area:
    """Some forms, and the pages that show them once the site is prepared."""

    forms: tuple[str, ...]
    prepare: Callable[[Desk], Awaitable[Addresses]]
    whole: tuple[str, ...] = ()
    """Patterns of the addresses whose free text meets all of the strings."""
    each: bool = False
    """The same form on another page is another form."""
    browser: Callable[[Desk, AsyncClient], AsyncClient] = _browser
    drawn: frozenset[tuple[str, str]] = DRAWN

    def route_of(self, form: ShownForm) -> str:
        """Return the route of a form of this area, or nothing."""
        path = urlsplit(form.action).path
        if form.method == "get":
            return f"GET {path}"
        return next((route for route in self.forms if _matches(route, path)), "")

    def takes_all(self, form: ShownForm) -> bool:
        """Whether the free text of a form meets all of the strings."""
        return any(re.search(one, urlsplit(form.action).path) for one in self.whole)


def _matches(route: str, path: str) -> bool:
    known = re.escape(route.removeprefix("POST ")).replace(r"\{", "{").replace(r"\}", "}")
    return bool(re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path)) and _is_first(route, path)


def _is_first(route: str, path: str) -> bool:
    """Whether no address without a part that varies is meant."""
    return f"POST {path}" not in access.TABLE or route == f"POST {path}"


async def _own(desk: Desk) -> Ids:
    return (await whole(desk))[OWN]


async def _path(desk: Desk, ids: Ids) -> Path:
    found = (await desk.get(f"/api/v1/interviews/{ids['interview_id']}")).json()
    return Path(desk, found["id"], found["version"])


async def _doors(desk: Desk) -> Addresses:
    ids = await _own(desk)
    card = f"/interviews/{ids['interview_id']}/card"
    worker = await desk.sign_in(staff_id="W-1")
    await submit(worker, f"{card}/link", await visit(worker, card))
    found = re.search(r"/answer/([0-9A-Z-]{14})", (await worker.get(card)).text)
    assert found
    return ["/sign-in", "/answer", found[0], "/accessibility"]


async def _telling(desk: Desk) -> Addresses:
    ids = await _own(desk)
    child = f"/children/{ids['child_id']}"
    return [
        "/sign-in/prove", "/notifications/new", f"/notifications/new?child={ids['child_id']}", "/children", f"{child}/why", child,  # noqa: E501
        "/now", "/restricted", "/restricted/review", f"{child}/restriction",
    ]  # fmt: skip


async def _planning(desk: Desk) -> Addresses:
    ids = await _own(desk)
    await approved(desk.store, UUID(ids["interview_id"]), NOW)
    plan = f"/children/{ids['child_id']}/safety-plan"
    page = await visit(desk.client, plan)
    return [plan, *sorted({link for link in page.links if "/safety-plan/actions/" in link})]


async def _interviewing(desk: Desk) -> Addresses:
    ids = await _own(desk)
    path = await _path(desk, ids)
    await path.do("allocate", by="M-1", interviewer="M-2")
    interview = f"/interviews/{ids['interview_id']}"
    commands = (
        "offer", "arrange", "hold", "decline", "not-possible", "cover", "void", "reinstate",
    )  # fmt: skip
    worker = await desk.sign_in(staff_id="W-1")
    await submit(worker, f"{interview}/card/link", await visit(worker, f"{interview}/card"))
    return [f"{interview}/card", *(f"{interview}/do/{name}" for name in commands)]


async def _held(desk: Desk, interviewer: str) -> Path:
    path = await _path(desk, await _own(desk))
    await path.do("allocate", by="M-1", interviewer=interviewer)
    await path.do("offer", by="W-1", at=LATER, how="phone", answer="accepted")
    await path.do("hold", by="W-1", held_at="2026-03-31T08:00:00Z")
    return path


async def _recording(desk: Desk) -> Addresses:
    path = await _held(desk, "M-2")
    await path.write({"account": RECORD["account"]}, based_on=await path.write(WHOLE))
    record = f"/interviews/{path.id}/record"
    return [*(f"{record}/{name}" for name in ASKED), f"{record}/check", f"{record}/versions/1"]


async def _managing(desk: Desk) -> Addresses:
    path = await _held(desk, "W-1")
    await path.do("submit", by="W-1", draft=await path.write(WHOLE))
    interview = f"/interviews/{path.id}"
    await desk.tell(
        missing(id="k1", child=KHAN, subject="NP-K"), returned(BACK, id="k2", child=KHAN, subject="NP-K")
    )
    other = next(one["id"] for one in await desk.items("/api/v1/interviews") if one["id"] != path.id)
    return [
        "/board", "/load", "/alerts", "/allocate", f"/interviews/{other}/allocate", f"{interview}/review",
        f"{interview}/ladder",
    ]  # fmt: skip


async def _screening(desk: Desk) -> Addresses:
    ids = await _own(desk)
    question, decisions = f"/screening/questions/{ids['question_id']}", "/screening/decisions"
    derby = "urn:police:derbyshire"
    await desk.tell(
        missing(id="k1", child=KHAN), returned(id="k2", child=KHAN), missing(id="d1", child=KHAN, source=derby),  # noqa: E501
        returned(BACK + timedelta(hours=5), id="d2", child=KHAN, source=derby),
    )  # fmt: skip
    await desk.tell(missing(id="k4", child={"family_name": "Khan"}, subject="NP-M"))
    [unsettled] = [one["id"] for one in await desk.items("/api/v1/episodes") if one["conflict"]]
    page = await visit(desk.client, question)
    again = await submit(desk.client, question, page, choice="new", reason="Nobody knows", preview="yes")
    await submit(desk.client, question, Page(again.text), choice="new", reason="Nobody knows", decide="yes")
    other = next(
        one["id"] for one in await desk.items("/api/v1/questions", kind="unknown_child")
        if one["id"] != ids["question_id"]
    )  # fmt: skip
    made = [link for link in (await visit(desk.client, decisions)).links if link.startswith(f"{decisions}/")]
    lists = "/screening/reconciliation"
    draft = await drafted(desk.store, row(DOB="31/02/2012", Date_Last_Seen=""), NOW)
    return [
        f"/screening/letters/{draft}", lists, f"{lists}/{ids['task_id']}",
        "/screening", f"/screening/letters/{ids['letter_id']}", f"/screening/questions/{other}",
        f"/screening/times/{unsettled}", f"/screening/children/{ids['child_id']}/split", *made,
    ]  # fmt: skip


async def _governing(desk: Desk) -> Addresses:
    await _own(desk)
    text = Policy().model_dump_json().replace('"within":"P3D"', '"within":"P2D"')
    await policies.upload(desk.store, NOTTINGHAM, text, why="Once more.", person="person:x", now=NOW)
    await desk.token("read")
    return [
        "/audit/access", "/audit/ledger", "/audit/chain", "/policy/new", "/policy/2", "/figures", "/admin/staff",  # noqa: E501
        "/admin/tokens", "/admin/people",
    ]  # fmt: skip


async def _leaving(desk: Desk) -> Addresses:
    return ["/now"]


AREAS: Final[Mapping[str, Area]] = {
    "doors": Area(
        ("POST /sign-in", "POST /answer", "POST /answer/{code}"),
        _doors,
        whole=(r"/sign-in$", "/answer"),
        browser=lambda desk, _: desk.browser(),
    ),
    "telling": Area(
        (
            "POST /notifications/new", "POST /children", "POST /children/{child_id}/why", "POST /restricted",
            "POST /restricted/review/{access_id}", "POST /children/{child_id}/restriction", "POST /sign-in/prove",  # noqa: E501
        ),
        _telling,
        whole=(r"/notifications/new$", r"/children$", r"/why$"),
    ),
    "planning": Area(
        ("POST /children/{child_id}/safety-plan/actions/{action_id}", "POST /children/{child_id}/safety-plan/review"),  # noqa: E501
        _planning,
    ),
    "interviewing": Area(
        (
            "POST /interviews/{interview_id}/do/{command}", "POST /interviews/{interview_id}/card/link",
            "POST /interviews/{interview_id}/card/link/withdraw",
        ),
        _interviewing,
        whole=("/do/offer", "/do/decline"),
        each=True,
    ),
    "recording": Area(
        (
            "POST /interviews/{interview_id}/record/check",
            "POST /interviews/{interview_id}/record/{section_name}",
        ),
        _recording,
        whole=("/record/account",),
        each=True,
    ),
    "managing": Area(
        (
            "POST /allocate", "POST /interviews/{interview_id}/allocate", "POST /interviews/{interview_id}/review",  # noqa: E501
            "POST /alerts/{alert_id}",
        ),
        _managing,
        whole=("/review$", "^/alerts/"),
    ),
    "screening": Area(
        (
            "POST /screening/letters/{letter_id}", "POST /screening/questions/{question_id}",
            "POST /screening/children/{child_id}/split", "POST /screening/times/{episode_id}",
            "POST /screening/decisions/{decision_id}", "POST /screening/reconciliation/{task_id}",
            "POST /screening/reconciliation/lists/{list_id}",
        ),
        _screening,
    ),
    "governing": Area(
        (
            "POST /policy/new", "POST /policy/{no}/accept", "POST /audit/access", "POST /audit/chain",
            "POST /admin/people/{person_id}", "POST /admin/tokens", "POST /admin/tokens/revoke", "POST /admin/staff",  # noqa: E501
        ),
        _governing,
    ),
    "leaving": Area(("POST /sign-out",), _leaving),
}  # fmt: skip
"""Every form of every page, but those that hold one button alone and are told apart in the test."""
