"""`homeward up`: started, found again with its data, also after a kill; stopped in good order."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from casework.intake import Sender, receive
from store.database import Store
from tests.cli.console import Console
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import open_directory
from tests.web.reader import Page

pytestmark = pytest.mark.xdist_group("up")  # one home for all, in turn
SECONDS = 180.0
SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)


def wait_for(condition: Callable[[], object], what: str) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.1)


def is_dead(process: int) -> bool:
    """Return whether a process has ended, whether or not anybody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


class Up:
    """`homeward up` in one home, started as often as a test likes."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> str:
        return (self.console.directory / "out").read_text()

    @property
    def complained(self) -> str:
        return (self.console.directory / "err").read_text()

    def start(self, *options: str) -> None:
        self._process = self.console.start("up", "--port", "0", *options)
        wait_for(lambda: "ready" in self.said or self._ended, "the line that says it is ready")
        assert not self._ended, self.complained
        self.url = re.findall(r"http://\S+", self.said)[0]

    def signal(self, number: int) -> int:
        """Send a signal, wait for the end, and return how it ended."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(SECONDS)

    def children(self) -> list[int]:
        assert self._process is not None
        found = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [int(child) for child in found]

    def clean_up(self) -> None:
        if self._process and not self._ended:
            self.signal(signal.SIGTERM)

    @property
    def _ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """An installation on its embedded default."""
    with open_directory() as directory:
        running = Up(Console(directory, {"HOMEWARD_HOME": str(directory / "home")}))
        yield running
        running.clean_up()


@pytest.fixture
def token(up: Up) -> str:
    made = up.console.run(
        "tokens", "create", f"notts {time.monotonic()}", "--scope", "notify", "--source", NOTTINGHAMSHIRE
    )
    return made.out.strip()


def postgres_runs(up: Up) -> bool:
    return (up.console.directory / "home" / "postgres" / "data" / "postmaster.pid").exists()


def post(up: Up, token: str, id: str) -> httpx.Response:  # noqa: A002
    return httpx.post(
        f"{up.url}/api/v1/notifications",
        json=message("reported", SEEN, id=id),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents+json"},
    )


def test_it_starts_says_where_and_stops_in_good_order(up: Up) -> None:
    up.start()
    assert up.said == f"Homeward is ready at {up.url} (Ctrl-C stops it)\n"
    assert httpx.get(f"{up.url}/readyz").json()["status"] == "ok"
    begun = time.monotonic()
    assert up.signal(signal.SIGTERM) == 0
    assert time.monotonic() - begun < 15
    assert up.complained == ""
    assert not postgres_runs(up)


def test_what_was_accepted_is_there_after_a_kill_of_everything(up: Up, token: str) -> None:
    up.start()
    assert post(up, token, "a").status_code == HTTPStatus.ACCEPTED
    up.signal(signal.SIGKILL)
    assert postgres_runs(up)  # nobody stopped it; the next start finds it
    up.start()
    assert post(up, token, "a").json()["status"] == "duplicate"
    wait_for(lambda: up.console.run("verify").out.startswith("E06000018: clean: 1 notifications, 0"), "it")
    assert up.signal(signal.SIGINT) == 0


def signed_in(url: str) -> dict[str, str]:
    """Sign in as whoever sits at this machine, and return the browser's cookies."""
    with httpx.Client(base_url=url, timeout=SECONDS) as browser:
        form = Page(browser.get("/sign-in").text)
        answer = browser.post("/sign-in", data=form.fields | {"persona": "local"}, headers={"Origin": url})
        assert answer.status_code == HTTPStatus.SEE_OTHER
        return dict(browser.cookies)


def test_an_open_live_page_does_not_hold_it_up(up: Up) -> None:
    up.start()
    cookies = signed_in(up.url)
    with httpx.stream("GET", f"{up.url}/live", timeout=SECONDS, cookies=cookies) as page:
        assert page.status_code == HTTPStatus.OK
        assert next(page.iter_lines()).startswith("retry")
        begun = time.monotonic()
        assert up.signal(signal.SIGTERM) == 0
    assert time.monotonic() - begun < 15


def test_a_second_one_in_the_same_home_says_so_in_one_line(up: Up) -> None:
    up.start()
    second = up.console.run("up", "--port", "0")
    assert (second.code, second.out, second.err.count("\n")) == (1, "", 1)
    assert f"already ({up.url}): stop that, or choose another home with HOMEWARD_HOME" in second.err
    other_home = str(up.console.directory / "other")
    third = up.console.run("up", "--port", up.url.rpartition(":")[2], HOMEWARD_HOME=other_home)
    assert (third.code, third.err.count("\n")) == (1, 1)
    assert "is taken: choose another with --port" in third.err
    assert not Path(other_home, "postgres").exists()
    assert f"ok    up: runs at {up.url}" in up.console.run("doctor").out
    up.signal(signal.SIGTERM)


def test_elsewhere_than_on_loopback_there_are_no_pages(up: Up) -> None:
    up.start("--host", "0.0.0.0")
    assert "there is the API alone: pages need HOMEWARD_SIGN_IN_ISSUER" in up.said
    assert httpx.get(up.url).status_code == HTTPStatus.NOT_FOUND
    assert httpx.get(f"{up.url}/healthz").status_code == HTTPStatus.OK
    up.signal(signal.SIGTERM)


def test_web_serves_beside_it_on_the_same_database(up: Up, token: str) -> None:
    web = Up(Console(up.console.directory / "home", up.console.settings))
    web._process = web.console.start("web", "--port", "0")
    try:
        wait_for(lambda: "ready" in web.said, "web")
        web.url = re.findall(r"http://\S+", web.said)[0]
        assert post(web, token, "waits").status_code == HTTPStatus.ACCEPTED
    finally:
        web.clean_up()


def test_the_demonstration_plays_and_ends_with_it_also_when_it_is_killed(up: Up) -> None:
    up.start("--demo")
    told = up.console.directory / "home" / "demo.json"
    wait_for(told.exists, "the demonstration's tokens")
    assert told.stat().st_mode & 0o777 == 0o600
    before = told.read_text()
    wait_for(up.children, "the feed")
    (feed,) = up.children()
    up.signal(signal.SIGKILL)
    wait_for(lambda: is_dead(feed), "the feed's end")
    up.start("--demo")
    wait_for(up.children, "the feed")
    assert told.read_text() == before
    (feed,) = up.children()
    assert up.signal(signal.SIGTERM) == 0
    assert is_dead(feed)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_a_host_that_is_not_ours_is_one_line(host: str, tmp_path: Path) -> None:
    said = Console(tmp_path).run("up", "--host", host, "--port", "0")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "correct --host" in said.err
    assert os.listdir(tmp_path) in ([], ["var"])


def test_a_port_that_is_taken_costs_no_start(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = Console(tmp_path).run("up", "--port", taken.getsockname()[1])
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert not (tmp_path / "var" / "postgres").exists()


async def test_no_demonstration_is_played_among_real_children(console: Console, store: Store) -> None:
    await receive(store, Sender("http", "notts", (NOTTINGHAM,)), [message("reported", SEEN, id="a")], SEEN)
    said = console.run("up", "--demo", "--port", "0")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "HOMEWARD_DATABASE_URL has data that no demonstration made" in said.err


@pytest.fixture
def with_flows() -> Iterator[Up]:
    """An installation as it comes, with Prefect and the flows beside it."""
    with open_directory() as directory:
        settings = {"HOMEWARD_HOME": str(directory / "home"), "HOMEWARD_FLOWS": "true"}
        running = Up(Console(directory, settings))
        yield running
        running.clean_up()


def prefect_of(up: Up) -> str | None:
    """Return where its Prefect says that it is."""
    said = up.console.directory / "home/logs/prefect.log"
    found = re.findall(r"http://127\.0\.0\.1:\d+/api", said.read_text()) if said.exists() else []
    return found[0] if found else None


def serves_the_flow(api: str | None) -> bool:
    path = f"{api}/deployments/name/reconcile-log/by-the-clock"
    try:
        return api is not None and httpx.get(path, timeout=5).is_success
    except httpx.HTTPError:
        return False


def test_the_page_waits_for_no_flow_and_the_flows_end_with_it(with_flows: Up) -> None:
    with_flows.start()
    assert not serves_the_flow(prefect_of(with_flows)), "Prefect was waited for"
    wait_for(lambda: serves_the_flow(prefect_of(with_flows)), "the flow to be served")
    children = with_flows.children()
    assert with_flows.signal(signal.SIGTERM) == 0
    assert [child for child in children if not is_dead(child)] == []
    assert with_flows.complained == ""


def test_a_process_beside_it_that_dies_is_started_again_and_none_outlives_it(with_flows: Up) -> None:
    with_flows.start()
    wait_for(lambda: len(with_flows.children()) == 2, "Prefect and the flows")
    first = with_flows.children()
    os.kill(first[0], signal.SIGKILL)
    wait_for(lambda: set(with_flows.children()) - set(first), "another one")
    children = with_flows.children()
    assert with_flows.signal(signal.SIGKILL) == -signal.SIGKILL
    wait_for(lambda: all(map(is_dead, children)), "the end of all that it started")
