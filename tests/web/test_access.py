"""Every page × every duty × one's own authority, another's, a restricted child: as the one table says."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from httpx import AsyncClient

from schemas.access import Duty
from tests.web.conftest import Desk
from tests.web.reader import BROWSER
from tests.web.whole import OTHER, OWN, RESTRICTED, whole
from web import access, pages
from web.guard import forms
from web.guard.sessions import COOKIE

NOBODY: Final = "nobody"
OF_A_CHILD: Final = frozenset(
    {"child_id", "interview_id", "alert_id", "question_id", "episode_id", "task_id"}
)
"""What in an address names a child, or something of one: another authority's is not found, nor a restricted
one's."""
SAME_EVERYWHERE: Final[Mapping[str, str]] = {
    "name": "in-time",
    "section_name": "outcomes",
    "command": "offer",
    "no": "1",
    "code": "KKKK-MMMM-PPPP",
}
NOT_THERE: Final = frozenset({"message_id", "action_id", "decision_id", "person_id"})
"""What the world has none of: 404 for whoever may ask, who may be asked why first."""
TO_SCRIPTS: Final = frozenset({"GET /live", "POST /session/stay"})
ENDS_THE_SESSION: Final = frozenset({"POST /sign-out"})


def routes() -> Iterator[tuple[str, str]]:
    for part in pages.PAGES:
        for route in part.router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path


def test_the_table_has_every_page_and_no_other() -> None:
    known = access.TABLE.keys() | access.PUBLIC
    assert {f"{method} {path}" for method, path in routes()} == known


def test_no_page_is_both_public_and_not() -> None:
    assert not access.TABLE.keys() & access.PUBLIC


def test_everybody_may_ask_for_the_page_on_which_they_begin() -> None:
    for duty, path in access.START_PAGES:
        assert access.may(frozenset({duty}), "GET", path)


@pytest.mark.parametrize("role", [NOBODY, *Duty])
async def test_who_may_ask_for_what_is_as_the_table_says(desk: Desk, role: str) -> None:
    ids = await whole(desk)
    wrong = []
    client, secret = await browser_of(desk, role)
    for method, path in routes():
        for world in (OWN, OTHER, RESTRICTED) if _names_a_child(path) else (OWN,):
            told = await ask(client, secret, method, _address(path, ids[world]))
            allowed = expected(role, f"{method} {path}", world)
            if told not in allowed:
                wrong.append(f"{role}: {method} {path} ({world}): {told}, not {sorted(allowed)}")
            if f"{method} {path}" in ENDS_THE_SESSION:
                client, secret = await browser_of(desk, role)
    assert not wrong, "\n".join(wrong)


ANSWERED: Final = frozenset({200, 204, 303, 307, 409, 422})
"""Done, led elsewhere, or refused for what was typed."""


def expected(role: str, route: str, world: str) -> frozenset[int]:
    """Return the statuses that the table means."""
    if route in access.PUBLIC:
        return ANSWERED | {403, 404}
    if role == NOBODY:
        return frozenset({401}) if route in TO_SCRIPTS else frozenset({303})
    if Duty(role) not in access.TABLE[route]:
        return frozenset({403})
    if world != OWN:
        return frozenset({404})
    if any(f"{{{name}}}" in route for name in NOT_THERE):
        return frozenset({404, 303})
    return ANSWERED | ({404} if route in MAY_BE_MISSING else frozenset())


MAY_BE_MISSING: Final = frozenset(
    {
        "GET /interviews/{interview_id}/record/versions/{no}",
        "POST /interviews/{interview_id}/record/versions/{no}",
        "GET /interviews/{interview_id}/invitation.ics",
        "POST /sign-in/prove",
    }
)
"""There is nothing of it yet, or nothing that could be done, in one's own world either."""


async def browser_of(desk: Desk, role: str) -> tuple[AsyncClient, str]:
    if role == NOBODY:
        return desk.browser(), ""
    client = await desk.sign_in(Duty(role), staff_id="W-1")
    return client, client.cookies[COOKIE]


async def ask(client: AsyncClient, secret: str, method: str, address: str) -> int:
    """Ask as a browser does; a form has the token of its session, and nothing else."""
    if method == "GET" and address == "/live":
        return 200 if secret else (await client.get(address)).status_code  # it never ends: test_live.py
    if method == "GET":
        return (await client.get(address)).status_code
    digest = hashlib.sha256(secret.encode()).digest()
    token = hashlib.sha256(b"form/" + digest).hexdigest()
    return (await client.post(address, data={forms.FIELD: token}, headers=BROWSER)).status_code


def _names_a_child(path: str) -> bool:
    return bool(OF_A_CHILD & set(re.findall(r"{(\w+)}", path)))


def _address(path: str, ids: Mapping[str, str]) -> str:
    known = {**SAME_EVERYWHERE, **{name: str(uuid4()) for name in NOT_THERE}, **ids}
    return re.sub(r"{(\w+)}", lambda found: known[found[1]], path)
