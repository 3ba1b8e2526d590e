"""The site as somebody meets it who means harm: headers, cookies, limits, what addresses and logs tell."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Final

import pytest
from httpx import ASGITransport, AsyncClient, Response

from schemas.access import EVERYBODY, Duty
from schemas.policy import Policy
from store.database import Store
from tests.messages import NOTTINGHAM
from tests.postgres import Database
from tests.sessions import lasting
from tests.web.conftest import Desk
from tests.web.reader import BROWSER, Page, submit, visit
from tests.web.test_access import SAME_EVERYWHERE, _address
from tests.web.whole import OWN, RESTRICTED, WHOSE, whole
from web import access
from web.app import create_app
from web.guard import forms, sessions
from web.guard.rates import SIGN_INS_PER_MINUTE
from web.guard.uploads import MOST_BYTES
from web.site import Persona, Site

NEVER_ENDS: Final = "GET /live"
EVERYWHERE: Final[Mapping[str, str]] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
}
SHUT: Final = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
HOURS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


async def test_every_page_has_the_headers_whoever_asks_and_whatever_is_answered(desk: Desk) -> None:
    ids = dict((await whole(desk))[OWN])
    lacking = []
    for browser in (desk.client, await desk.sign_in(Duty.AUDITOR), desk.browser()):
        for route in sorted(access.TABLE.keys() | access.PUBLIC):
            if route.startswith("GET") and route != NEVER_ENDS:
                answer = await browser.get(_address(route.removeprefix("GET "), ids | {"alert_id": "x"}))
                lacking += [f"{route}: {answer.status_code} {what}" for what in lacks(answer)]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nowhere"), ("DELETE", "/now"), ("GET", "/static/nothing.js"), ("GET", "/static/homeward.css"),  # noqa: E501
        ("GET", "/healthz"), ("GET", "/api/v1/episodes"), ("GET", "/children/x"), ("POST", "/now"), ("TRACE", "/"),  # noqa: E501
    ],
)  # fmt: skip
async def test_every_refusal_has_the_headers_too(desk: Desk, method: str, path: str) -> None:
    assert lacks(await desk.client.request(method, path), static=path.endswith(".css")) == []


async def test_a_fault_of_ours_has_the_headers_and_tells_nothing_of_it(desk: Desk) -> None:
    @desk.app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("the secret of the house")

    answer = await desk.client.get("/broken")
    assert (answer.status_code, lacks(answer)) == (500, [])
    assert "secret" not in answer.text


def lacks(answer: Response, *, static: bool = False) -> list[str]:
    """Return the headers that an answer lacks."""
    wanted = dict(EVERYWHERE) | {"cache-control": "no-cache" if static else "no-store"}
    policy = answer.headers.get("content-security-policy", "")
    return [
        *(name for name, value in wanted.items() if value not in answer.headers.get(name, "")),
        *(part for part in SHUT if part not in policy),
        *(["script-src"] if "unsafe" in policy or "*" in policy else []),
        *(
            ["referrer-policy"]
            if answer.headers.get("referrer-policy") not in {"same-origin", "no-referrer"}
            else []
        ),
        *(["access-control"] if "access-control-allow-origin" in answer.headers else []),
    ]


@pytest.fixture
async def by_https(database: Database) -> AsyncIterator[AsyncClient]:
    """A browser that comes by https to a site that says so."""
    store = Store(database.app_url)
    site = Site(
        (NOTTINGHAM,), Policy(), secure=True, hosts=("homeward.example.org",),
        personas=(Persona("ewa", "Ewa Nowak", EVERYBODY),),
    )  # fmt: skip
    transport = ASGITransport(create_app(store, site))
    async with AsyncClient(transport=transport, base_url="https://homeward.example.org") as client:
        yield client
    await store.close()


async def test_under_https_cookies_are_of_this_host_by_https_and_for_no_script(by_https: AsyncClient) -> None:
    page = await by_https.get("/sign-in")
    sent = {"persona": "ewa", forms.FIELD: Page(page.text).fields[forms.FIELD]}
    entered = await by_https.post("/sign-in", data=sent, headers={"Origin": "https://homeward.example.org"})
    assert entered.status_code == 303
    cookies = [page.headers["set-cookie"], entered.headers["set-cookie"]]
    for name, cookie in zip((forms.COOKIE, sessions.COOKIE), cookies, strict=True):
        assert cookie.startswith(f"__Host-{name}=")
        told = cookie.lower()
        assert {"httponly", "secure", "path=/"} <= set(told.split("; "))
        assert "samesite=" in told
        assert "domain" not in told
    assert (await by_https.get("/now")).status_code == 200


async def test_under_https_browsers_are_told_to_come_by_it_alone(by_https: AsyncClient, desk: Desk) -> None:
    for path in ("/sign-in", "/nowhere", "/static/homeward.css", "/api/v1/episodes"):
        told = (await by_https.get(path)).headers["strict-transport-security"]
        assert told == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in (await desk.client.get("/sign-in")).headers


async def test_another_host_is_not_answered(desk: Desk) -> None:
    for host in ("evil.example.org", "localhost.evil.example.org", ""):
        assert (await desk.client.get("/now", headers={"Host": host})).status_code == 421


class TestWithLimits:
    @pytest.fixture
    def site(self, site: Site) -> Site:
        return replace(site, pages_per_minute=3, personas=(Persona("ewa", "Ewa", EVERYBODY),))

    async def test_one_session_cannot_ask_for_everything_and_loses_nothing_by_it(self, desk: Desk) -> None:
        page = await visit(desk.client, "/children")
        other = await desk.sign_in()
        for _ in range(2):
            await desk.client.get("/now")
        slowed = await submit(desk.client, "/children", page, name="Okafor")
        assert (slowed.status_code, "Retry-After" in slowed.headers) == (429, True)
        assert Page(slowed.text).fields["name"] == "Okafor"
        assert (await other.get("/now")).status_code == 200

    async def test_sign_ins_from_one_address_are_slowed_down(self, desk: Desk) -> None:
        browser = desk.browser()
        page = await visit(browser, "/sign-in")
        first = await submit(browser, "/sign-in", page, persona="nobody")
        for _ in range(SIGN_INS_PER_MINUTE - 1):
            await desk.app.state.homeward.rates.count_sign_in("127.0.0.1")
        slowed = await submit(browser, "/sign-in", page, persona="nobody")
        assert (first.status_code, slowed.status_code) == (422, 429)


async def test_a_form_that_is_too_large_is_not_read(desk: Desk) -> None:
    page = await visit(desk.client, "/policy/new")
    token = page.fields[forms.FIELD]
    large = {"file": ("policy.toml", b"x" * (MOST_BYTES + 1))}
    uploaded = await desk.client.post("/policy/new", data={forms.FIELD: token}, files=large, headers=BROWSER)
    typed = {forms.FIELD: token, "name": "x" * (3 * desk.site.max_body_bytes)}
    sent = await desk.client.post("/children", data=typed, headers=BROWSER)
    many = {forms.FIELD: token} | {f"field-{no}": "x" for no in range(forms.MOST_FIELDS)}
    crowded = await desk.client.post("/children", data=many, headers=BROWSER)
    assert (uploaded.status_code, sent.status_code, crowded.status_code) == (413, 413, 400)


@pytest.mark.parametrize("role", list(Duty))
async def test_no_address_that_leads_on_from_a_page_names_a_child(
    desk: Desk, role: Duty, capsys: pytest.CaptureFixture[str]
) -> None:
    worlds = await whole(desk)
    browser = await desk.sign_in(role, staff_id="W-1")
    named, addresses = identities(), set[str]()
    capsys.readouterr()
    for route in sorted(access.TABLE):
        if route.startswith("GET") and route != NEVER_ENDS:
            for ids in worlds.values():
                answer = await browser.get(_address(route.removeprefix("GET "), ids))
                addresses |= {*leading_on(answer.text), answer.headers.get("location", "")}
                addresses.add(answer.headers.get("content-disposition", ""))
    assert len(addresses) > 5
    told = [address for address in addresses for name in named if name in HOURS.sub("", address)]
    assert told == []
    log = capsys.readouterr().out
    assert "route=" in log
    assert [name for name in named if name in log] == []


def identities() -> list[str]:
    """Return what names the children of the whole site."""
    families = [f"Family-{world.split()[0]}" for world in WHOSE]
    return [*families, *(f"C-{number}" for number in range(len(WHOSE))), "Sam", "2011-07-02", *(RESTRICTED,)]


def leading_on(html: str) -> list[str]:
    """Return every address of a page."""
    return re.findall(r'(?:href|action|src|formaction|content)="([^"]*)"', html)


async def test_files_are_downloaded_and_not_shown(desk: Desk) -> None:
    ids = {**(await whole(desk))[OWN], **SAME_EVERYWHERE}
    for path in ("/figures/in-time.csv", "/policy/1.json", "/policy/in-force.json", "/audit/access.csv"):
        answer = await desk.client.get(_address(path, ids))
        assert answer.headers["content-disposition"].startswith("attachment"), path
        assert not answer.headers["content-type"].startswith("text/html")


async def test_a_session_of_another_authority_opens_nothing_here(desk: Desk) -> None:
    await lasting(desk.store, secret="elsewhere", authority="E06000001")
    browser = desk.browser()
    browser.cookies.set(sessions.COOKIE, "elsewhere")
    assert NOTTINGHAM in desk.site.authorities
    assert (await browser.get("/now")).headers["location"].startswith("/sign-in")
