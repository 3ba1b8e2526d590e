"""Who may call: tokens, rates, hosts."""

from datetime import UTC, datetime

import pytest
from httpx import ASGITransport, AsyncClient

from schemas.policy import Policy
from store import tokens
from tests.messages import DERBY, NOTTINGHAM
from tests.web.conftest import Desk
from web.site import Site

LISTS = ("episodes", "interviews", "ledger", "letters", "questions")


async def test_no_token_is_asked_for_one(desk: Desk) -> None:
    answer = await desk.client.get("/api/v1/episodes")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("given", ["Bearer unknown", "Basic YTpi", "Bearer", "unknown"])
async def test_a_token_that_is_not_known_is_refused(desk: Desk, given: str) -> None:
    answer = await desk.client.get("/api/v1/episodes", headers={"Authorization": given})
    assert answer.status_code == 401


async def test_a_revoked_token_is_refused_at_once(desk: Desk) -> None:
    assert (await desk.get("/api/v1/episodes")).status_code == 200
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await tokens.revoke(tx, "read", datetime(2026, 3, 31, tzinfo=UTC))
    assert (await desk.get("/api/v1/episodes")).status_code == 401


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("scope", ["read", "work"])
async def test_readers_and_workers_may_read(desk: Desk, name: str, scope: str) -> None:
    assert (await desk.get(f"/api/v1/{name}", scope)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
async def test_a_force_may_not_read(desk: Desk, name: str) -> None:
    answer = await desk.get(f"/api/v1/{name}", "notify")
    assert answer.status_code == 403
    assert "read or work" in answer.json()["detail"]


async def test_a_token_of_an_authority_that_is_not_served_here_is_refused(desk: Desk) -> None:
    secret = await desk.token("read", authority="E06000016")
    answer = await desk.client.get("/api/v1/episodes", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
    assert "E06000016" in answer.json()["detail"]


async def test_a_call_under_a_strange_name_is_not_answered(desk: Desk) -> None:
    answer = await desk.client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "LOCALHOST", "[::1]:8000", "[::1]"])
async def test_a_call_by_a_name_of_ours_is_answered_on_any_port(desk: Desk, host: str) -> None:
    assert (await desk.client.get("/", headers={"Host": host})).status_code == 200


async def test_a_probe_may_call_by_address(desk: Desk) -> None:
    assert (await desk.client.get("/healthz", headers={"Host": "10.1.2.3:8000"})).status_code == 200


async def test_what_nobody_may_frame_or_keep_says_so(desk: Desk) -> None:
    headers = (await desk.client.get("/")).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


class TestLimits:
    @pytest.fixture
    def site(self) -> Site:
        return Site((NOTTINGHAM, DERBY), Policy(), requests_per_second=1, failed_tokens_per_minute=3)

    async def test_a_token_that_asks_too_much_waits_and_the_others_do_not(self, desk: Desk) -> None:
        answers = [await desk.get("/api/v1/episodes") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert (await desk.get("/api/v1/episodes", "work")).status_code == 200

    async def test_an_address_that_tries_tokens_is_slowed_but_a_valid_token_passes(self, desk: Desk) -> None:
        codes = [
            (await desk.client.get("/api/v1/episodes", headers={"Authorization": f"Bearer {n}"})).status_code
            for n in range(4)
        ]
        assert codes == [401, 401, 401, 429]
        assert (await desk.get("/api/v1/episodes")).status_code == 200

    async def test_another_address_is_not_slowed(self, desk: Desk) -> None:
        async def ask(client: AsyncClient) -> int:
            answer = await client.get("/api/v1/episodes", headers={"Authorization": "Bearer no"})
            return answer.status_code

        for _ in range(4):
            await ask(desk.client)
        elsewhere = ASGITransport(desk.app, client=("192.0.2.7", 1))
        async with AsyncClient(transport=elsewhere, base_url="http://localhost") as other:
            assert await ask(other) == 401
