"""Who may do what: bearer tokens, their scopes, and how much one of them may ask."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio

from casework.tokens import Scope, create, revoke
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database
from tests.web.served import SINGLE, Served, child, is_problem, serving
from web.guard import rates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-tokens")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
LISTS = ("episodes", "interviews", "ledger", "letters", "questions")
LEICESTER = "E06000016"


def report(id_: str, **changes: Any) -> dict[str, Any]:
    return message("reported", SATURDAY, id=id_, subject=f"NP-{id_}", child=child(f"C-{id_}"), **changes)


async def ask(served: Served, method: str, path: str, *authorization: str) -> httpx.Response:
    headers = [("Content-Type", SINGLE), *(("Authorization", value) for value in authorization)]
    return await served.http.request(method, f"/api/v1/{path}", headers=headers)


@pytest.mark.parametrize(("method", "path"), [("POST", "notifications"), *(("GET", name) for name in LISTS)])
async def test_without_a_token_nothing_is_answered(served: Served, method: str, path: str) -> None:
    response = await ask(served, method, path)
    assert is_problem(response, 401)
    assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "authorization", ["Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "hw_secret", "Bearer é"]
)
async def test_what_is_no_bearer_token_is_not_let_in(served: Served, authorization: str) -> None:
    headers = {b"Authorization": authorization.encode()}
    assert is_problem(await served.http.get("/api/v1/episodes", headers=headers), 401)


async def test_a_token_that_nobody_made_is_not_let_in(served: Served) -> None:
    response = await ask(served, "GET", "episodes", "Bearer hw_0000000000000000000000000000000000000000000")
    assert is_problem(response, 401)
    assert "not known" in response.json()["detail"]


async def test_a_token_with_a_letter_missing_is_not_let_in(served: Served) -> None:
    secret = await served.token("reader", Scope.READ)
    assert is_problem(await ask(served, "GET", "episodes", f"Bearer {secret[:-1]}"), 401)


async def test_the_word_bearer_may_be_written_small(served: Served) -> None:
    secret = await served.token("reader", Scope.READ)
    assert (await ask(served, "GET", "episodes", f"bearer {secret}")).status_code == 200


@pytest.mark.parametrize("scope", Scope)
async def test_a_revoked_token_is_not_let_in_any_more(served: Served, scope: Scope) -> None:
    name = f"leaving-{scope}"
    secret = await served.token(name, scope, NOTTINGHAMSHIRE if scope is Scope.NOTIFY else None)
    before = await _use(served, scope, secret)
    await revoke(served.store, NOTTINGHAM, name, "system:test", served.clock())
    after = await _use(served, scope, secret)
    assert (before.status_code in {200, 202}, after.status_code) == (True, 401)


async def _use(served: Served, scope: Scope, secret: str) -> httpx.Response:
    if scope is Scope.NOTIFY:
        return await served.post(report("leaving"), token=secret)
    return await served.get("episodes", token=secret)


async def test_a_token_that_took_a_revoked_ones_name_is_another_token(served: Served) -> None:
    old = await served.token("renewed", Scope.READ)
    await revoke(served.store, NOTTINGHAM, "renewed", "system:test", served.clock())
    new = await create(
        served.store, NOTTINGHAM, "renewed", Scope.READ,
        served=(NOTTINGHAM,), person="system:test", now=served.clock(),
    )  # fmt: skip
    answers = [(await served.get("episodes", token=secret)).status_code for secret in (old, new)]
    assert answers == [401, 200]


async def test_a_token_to_read_may_not_send(served: Served) -> None:
    response = await served.post(report("by-reader"), token=await served.token("reader", Scope.READ))
    assert is_problem(response, 403)
    assert "notify" in response.json()["detail"]


@pytest.mark.parametrize("path", [*LISTS, *(f"{name}/{NOTTINGHAM}" for name in LISTS[:2]), "letters/1"])
async def test_a_token_to_notify_may_not_read(served: Served, path: str) -> None:
    response = await served.get(path, token=await served.token("feed", Scope.NOTIFY, NOTTINGHAMSHIRE))
    assert is_problem(response, 403)
    assert "read" in response.json()["detail"]


@pytest.mark.parametrize("path", LISTS)
async def test_a_token_to_work_may_read_everything(served: Served, path: str) -> None:
    response = await served.get(path, token=await served.token("staff", Scope.WORK))
    assert response.status_code == 200


async def test_a_token_to_work_may_not_send_as_a_force(served: Served) -> None:
    response = await served.post(report("not-police"), token=await served.token("staff", Scope.WORK))
    assert is_problem(response, 403)
    assert f"urn:authority:{NOTTINGHAM}" in response.json()["detail"]


async def test_a_token_of_an_authority_that_is_not_served_here_is_told_so(served: Served) -> None:
    token = await served.token("leicester", Scope.READ, authority=LEICESTER)
    response = await served.get("episodes", token=token)
    assert is_problem(response, 403)
    assert LEICESTER in response.json()["detail"]


async def test_a_token_of_one_authority_reads_nothing_of_another(served: Served) -> None:
    await served.tell(report("ours"))
    derby = await served.token("derby", Scope.READ, authority=DERBY)
    assert [await served.items(path, derby, child="C-ours") for path in LISTS[:3]] == [[], [], []]


async def test_no_answer_repeats_the_token(served: Served) -> None:
    response = await ask(served, "GET", "episodes", "Bearer hw_not-to-be-seen")
    assert "not-to-be-seen" not in response.text + str(response.headers)


@pytest_asyncio.fixture(loop_scope="module")
async def narrow(module_database: Database) -> AsyncIterator[Served]:
    """A site that lets little in: of each token five requests at once, of each address three wrong tokens."""
    async with serving(
        module_database, background=False, pages=False, requests_per_second=1, failed_tokens_per_minute=3
    ) as made:
        yield made


async def test_a_token_that_asks_too_much_is_told_when_to_ask_again(narrow: Served) -> None:
    token = await narrow.token("eager", Scope.READ)
    answers = [await narrow.get("episodes", token=token) for _ in range(12)]
    refused = answers[-1]
    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    assert is_problem(refused, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 10


async def test_who_waits_as_long_as_told_is_let_in(narrow: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await narrow.token("patient", Scope.READ)
    later = 0.0
    real = time.time
    for place in (time, rates):
        monkeypatch.setattr(place, "time", lambda: real() + later)
    for _ in range(4):
        while (response := await narrow.get("episodes", token=token)).status_code == 200:
            pass
        later += int(response.headers["retry-after"])
        assert (await narrow.get("episodes", token=token)).status_code == 200


async def test_a_feed_that_sends_too_much_is_told_when_to_send_again(narrow: Served) -> None:
    feed = await narrow.token("flood", Scope.NOTIFY, NOTTINGHAMSHIRE)
    answers = [await narrow.post(report(f"flood-{n}"), token=feed) for n in range(12)]
    assert is_problem(answers[-1], 429)
    assert "retry-after" in answers[-1].headers


async def test_one_who_asks_too_much_takes_nothing_from_another(narrow: Served) -> None:
    greedy, modest = await narrow.token("greedy", Scope.READ), await narrow.token("modest", Scope.READ)
    for _ in range(12):
        await narrow.get("episodes", token=greedy)
    assert (await narrow.get("episodes", token=modest)).status_code == 200


async def test_who_tries_many_tokens_is_slowed_down_and_a_right_one_is_let_in_all_the_same(
    narrow: Served,
) -> None:
    answers = [await ask(narrow, "GET", "episodes", f"Bearer hw_guess-{n}") for n in range(8)]
    right = await narrow.get("episodes", token=await narrow.token("right", Scope.READ))
    assert is_problem(answers[-1], 429)
    assert "retry-after" in answers[-1].headers
    assert right.status_code == 200
