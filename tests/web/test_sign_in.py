"""Signing in by a real provider of OpenID Connect, and what a session may and may not."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from httpx import ASGITransport, AsyncClient, Response

from casework import signing_in
from schemas.access import Duty
from schemas.policy import Policy
from store.database import Store
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.web.conftest import Desk
from tests.web.oidc_provider import User, provider
from tests.web.reader import BROWSER, Page, submit, visit
from tests.web.records import staffed
from web.app import SignIn, create_app
from web.guard.sessions import BACKGROUND, COOKIE
from web.oidc import Client
from web.site import AT_THIS_MACHINE, Persona, Site

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:authlib", "ignore::DeprecationWarning:oidc"
)
OURS = "http://localhost:8000"
PEOPLE = (
    User(sub="ewa", claims={"name": "Ewa Nowak", "email": "EWA@example.org", "roles": ["worker"]}),
    User(sub="mary", claims={"name": "Mary \0<b>Okoro", "email": "m@example.org", "roles": ["manager"]}),
    User(sub="nobody", claims={"name": "No Duty", "email": "n@example.org", "roles": ["something"]}),
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider on a free port."""
    with provider(PEOPLE) as address:
        yield address


@pytest.fixture
async def browser(database: Database, issuer: str) -> AsyncIterator[AsyncClient]:
    """A browser at a site whose people sign in by that provider."""
    store = Store(database.app_url, pool_size=3)
    site = Site((NOTTINGHAM,), Policy(), sign_in_name="your work account")
    client = Client(issuer, "homeward", "a secret", f"{OURS}/sign-in/callback")
    app = create_app(store, site, sign_in=SignIn(client))
    async with AsyncClient(transport=ASGITransport(app), base_url=OURS) as made:
        yield made
    await store.close()


async def at_provider(address: str, sub: str) -> str:
    """Sign in at the provider as a browser does there, and return where it sends us back to."""
    async with httpx.AsyncClient() as there:
        answer = await there.post(address, data={"sub": sub})
    return str(answer.headers["location"])


async def signed_in(browser: AsyncClient, sub: str, to: str = "") -> Response:
    """Go the whole way to the provider and back."""
    away = await browser.get("/sign-in/start", params={"to": to} if to else None)
    return await browser.get(await at_provider(away.headers["location"], sub))


async def test_somebody_is_sent_to_the_provider_and_comes_back_signed_in(browser: AsyncClient) -> None:
    assert "your work account" in (await visit(browser, "/sign-in", to="/now")).words
    answer = await signed_in(browser, "ewa", "/now")
    assert (answer.status_code, answer.headers["location"]) == (303, "/now")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Ewa Nowak" in (await visit(browser, "/now")).words


async def test_what_leads_to_the_provider_has_state_nonce_and_a_hashed_verifier(browser: AsyncClient) -> None:
    away = await browser.get("/sign-in/start")
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])


async def test_a_name_is_shown_as_text_without_what_cannot_be_kept(browser: AsyncClient) -> None:
    await signed_in(browser, "mary")
    assert "Mary &lt;b&gt;Okoro" in (await browser.get("/now")).text


async def test_somebody_without_a_duty_is_not_let_in(browser: AsyncClient) -> None:
    answer = await signed_in(browser, "nobody")
    assert answer.status_code == 403
    assert "have no duty here" in answer.text
    assert COOKIE not in browser.cookies


async def test_a_sign_in_is_for_the_browser_that_began_it(browser: AsyncClient) -> None:
    away = await browser.get("/sign-in/start")
    back = await at_provider(away.headers["location"], "ewa")
    browser.cookies.clear()
    answer = await browser.get(back)
    assert answer.status_code == 403
    assert "was begun elsewhere" in answer.text


async def test_a_sign_in_is_good_once(browser: AsyncClient) -> None:
    away = await browser.get("/sign-in/start")
    back = await at_provider(away.headers["location"], "ewa")
    cookies = dict(browser.cookies)
    assert (await browser.get(back)).status_code == 303
    browser.cookies.clear()
    browser.cookies.update(cookies)
    assert (await browser.get(back)).status_code == 403


@pytest.mark.parametrize("query", ["state=x&code=y", "error=access_denied&state=x", "", "state=%00&code=%00"])
async def test_what_comes_back_wrong_lets_nobody_in(browser: AsyncClient, query: str) -> None:
    assert (await browser.get(f"/sign-in/callback?{query}")).status_code == 403


async def test_a_code_that_the_provider_does_not_know_lets_nobody_in(browser: AsyncClient) -> None:
    away = await browser.get("/sign-in/start")
    state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]
    answer = await browser.get("/sign-in/callback", params={"state": state, "code": "made up"})
    assert answer.status_code == 403


async def test_a_provider_that_is_away_is_said_to_be_so(database: Database) -> None:
    store = Store(database.app_url)
    site = Site((NOTTINGHAM,), Policy(), sign_in_name="your work account")
    client = Client("http://127.0.0.1:1", "homeward", "a secret", f"{OURS}/sign-in/callback")
    app = create_app(store, site, sign_in=SignIn(client))
    async with AsyncClient(transport=ASGITransport(app), base_url=OURS) as browser:
        answer = await browser.get("/sign-in/start")
    await store.close()
    assert answer.status_code == 503


async def test_to_show_again_who_one_is_has_to_be_of_now_and_by_the_same_person(
    browser: AsyncClient, database: Database
) -> None:
    await signed_in(browser, "ewa")
    with connect(database.superuser_url) as superuser:
        superuser.execute("UPDATE sessions SET proved_at = now() - interval '1 day'")
        for who in ("mary", "ewa"):
            away = await browser.get("/sign-in/prove")
            asked = parse_qs(urlsplit(away.headers["location"]).query)
            assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
            answer = await browser.get(await at_provider(away.headers["location"], who))
            proved = superuser.execute(
                "SELECT proved_at > now() - interval '1 hour' FROM sessions"
            ).fetchone()
            assert (answer.status_code == 303) == (proved == (True,)) == (who == "ewa")


async def test_the_directory_says_who_somebody_is(
    browser: AsyncClient, database: Database, desk: Desk
) -> None:
    await staffed(desk)
    await signed_in(browser, "ewa")
    with connect(database.superuser_url) as superuser:
        row = superuser.execute("SELECT staff_id FROM people WHERE subject = 'ewa'").fetchone()
    assert row == ("W-1",)


PERSONAS = (Persona("ania", "Ania Kowalska", frozenset({Duty.WORKER})),)


class TestSession:
    @pytest.fixture
    def site(self) -> Site:
        return Site((NOTTINGHAM,), Policy(), demo=True, personas=PERSONAS)

    @pytest.fixture
    async def ania(self, desk: Desk) -> AsyncClient:
        """A browser in which Ania signed in, by the page."""
        browser = desk.browser()
        answer = await submit(browser, "/sign-in", await visit(browser, "/sign-in"), persona="ania")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        return browser

    async def test_it_ends_when_nobody_uses_it(self, desk: Desk, ania: AsyncClient) -> None:
        for _ in range(3):
            desk.clock.now += signing_in.IDLE - timedelta(minutes=1)
            assert (await ania.get("/now")).status_code == 200
        desk.clock.now += signing_in.IDLE + timedelta(minutes=1)
        assert (await ania.get("/now")).headers["location"] == "/sign-in?to=/now"

    async def test_it_ends_however_much_it_is_used(self, desk: Desk, ania: AsyncClient) -> None:
        for _ in range(int(signing_in.LONGEST / timedelta(minutes=20)) - 1):
            desk.clock.now += timedelta(minutes=20)
            assert (await ania.get("/session/stay")).status_code == 405
            assert (await ania.get("/sign-in")).headers["location"] == "/"
        desk.clock.now += timedelta(minutes=20)
        assert (await ania.get("/now")).status_code == 303

    async def test_whoever_signs_out_is_out_everywhere(self, desk: Desk, ania: AsyncClient) -> None:
        copied = desk.browser()
        copied.cookies.update(ania.cookies)
        await submit(ania, "/sign-out", await visit(ania, "/now"))
        assert (await copied.get("/now")).status_code == 303

    async def test_who_is_let_in_no_more_is_out_at_once(self, desk: Desk, ania: AsyncClient) -> None:
        id_ = signing_in.person_id(NOTTINGHAM, "demo", "ania")
        await signing_in.let_in_no_more(desk.store, NOTTINGHAM, id_, by="person:x", now=desk.clock())
        assert (await ania.get("/now")).status_code == 303
        form = await visit(ania, "/sign-in")
        answer = await submit(ania, "/sign-in", form, persona="ania")
        assert answer.status_code == 422
        assert "taken away your access" in answer.text

    async def test_what_was_typed_when_it_ended_is_kept_and_sent_again(
        self, desk: Desk, ania: AsyncClient
    ) -> None:
        form = await visit(ania, "/children")
        desk.clock.now += timedelta(hours=1)
        answer = await submit(ania, "/children", form, who="Amara <b>")
        assert answer.status_code == 401
        kept = Page(answer.text)
        assert kept.fields["who"] == "Amara <b>"
        await submit(ania, "/sign-in", await visit(ania, "/sign-in"), persona="ania")
        stale = await submit(ania, "/children", kept)
        assert (stale.status_code, Page(stale.text).fields["who"]) == (403, "Amara <b>")
        assert "0 children found" in (await submit(ania, "/children", Page(stale.text))).text

    async def test_another_session_s_token_is_not_taken_from_elsewhere(
        self, desk: Desk, ania: AsyncClient
    ) -> None:
        other = await visit(await desk.sign_in(), "/children")
        headers = BROWSER | {"Sec-Fetch-Site": "cross-site"}
        answer = await ania.post("/children", data=other.fields | {"who": "x"}, headers=headers)
        assert answer.status_code == 403
        assert "who" not in Page(answer.text).fields

    @pytest.mark.parametrize("to", ["//evil.example", "https://e.example", "/\\e.example", "x"])
    async def test_a_sign_in_leads_to_no_other_site(self, desk: Desk, to: str) -> None:
        browser = desk.browser()
        answer = await submit(browser, "/sign-in", await visit(browser, "/sign-in"), persona="ania", to=to)
        assert answer.headers["location"] == "/"

    async def test_nobody_is_let_in_as_somebody_who_is_no_persona(self, desk: Desk) -> None:
        browser = desk.browser()
        answer = await submit(browser, "/sign-in", await visit(browser, "/sign-in"), persona="mary")
        assert answer.status_code == 422


async def test_whoever_sits_at_this_machine_may_say_who_they_are(database: Database, desk: Desk) -> None:
    await staffed(desk)
    store = Store(database.app_url)
    app = create_app(store, Site((NOTTINGHAM,), Policy(), personas=(AT_THIS_MACHINE,)), clock=desk.clock)
    async with AsyncClient(transport=ASGITransport(app), base_url=OURS) as browser:
        form = await visit(browser, "/sign-in")
        wrong = await submit(browser, "/sign-in", form, persona="local", staff_id="W-<b>")
        assert (wrong.status_code, Page(wrong.text).fields["staff_id"]) == (422, "W-<b>")
        answer = await submit(browser, "/sign-in", form, persona="local", staff_id="W-1")
        assert answer.status_code == 303
        assert (await browser.get("/my-interviews")).status_code == 200
    await store.close()
    with connect(database.superuser_url) as superuser:
        row = superuser.execute("SELECT staff_id FROM people WHERE issuer = 'machine'").fetchone()
    assert row == ("W-1",)


async def test_a_page_that_asks_by_itself_keeps_no_session_open(desk: Desk, database: Database) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("UPDATE sessions SET seen_at = %s", [desk.clock() - timedelta(minutes=20)])
        await desk.client.get("/now", headers={BACKGROUND: "refresh"})
        before = superuser.execute("SELECT max(seen_at) FROM sessions").fetchone()
        await desk.client.get("/now")
        after = superuser.execute("SELECT max(seen_at) FROM sessions").fetchone()
    assert before == (desk.clock() - timedelta(minutes=20),)
    assert after == (desk.clock(),)


async def test_by_https_the_cookie_goes_by_it_alone(database: Database) -> None:
    store = Store(database.app_url)
    app = create_app(store, Site((NOTTINGHAM,), Policy(), personas=PERSONAS, secure=True))
    async with AsyncClient(transport=ASGITransport(app), base_url="https://localhost:8000") as browser:
        form = await visit(browser, "/sign-in")
        data = form.fields | {"persona": "ania"}
        answer = await browser.post("/sign-in", data=data, headers={"Origin": "https://localhost:8000"})
    await store.close()
    cookie = next(one for one in answer.headers.get_list("set-cookie") if "session" in one)
    assert cookie.startswith("__Host-homeward_session=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "Path=/", "SameSite=lax"))
