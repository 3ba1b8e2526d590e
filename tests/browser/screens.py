"""Pictures of the main pages into `docs/screens`, at a desktop's and a telephone's width: `make screens`.

An invented month is told and worked on as under `homeward up --demo`, at a moment that is always the same.
Each picture is what stands on the screen before anybody scrolls.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple
from uuid import UUID

import httpx
from playwright.async_api import Browser, Page, async_playwright

from casework import chase, drafts, offering
from casework.carry import Carrier
from casework.seal import seal
from cli.demo import AUTHORITY
from cli.demo.cast import Cast
from cli.demo.feed import Sender
from cli.demo.office import Office
from cli.demo.personas import PERSONAS
from cli.demo.team import Team
from schemas.commands import Answer, Hold, Offer
from schemas.policy import Policy
from schemas.record import Contact
from store.database import Store
from store.embedded import running
from store.migrate import upgrade
from streams.runner import Runner
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.pictures import small
from tests.browser.town import serving, sign_in
from tests.chasing import World
from tests.cli.test_demo_team import ENDS_AT, URL, Hands, month, posts, prepared
from tests.postgres import QUICK, database_on, open_directory
from web.app import create_app
from web.site import Site

PLACE: Final = Path(__file__).parents[2] / "docs" / "screens"
SIZES: Final[Mapping[str, tuple[int, int]]] = {"desktop": (1280, 900), "telephone": (390, 844)}
INTERVIEW: Final = (
    "SELECT id FROM interviews WHERE interviewer = 'ania' AND status = 'allocated'"
    " ORDER BY due_at DESC, id OFFSET {} LIMIT 1"
)
"""The team leaves what it gives Ania to whoever looks round."""
IDS: Final[Mapping[str, str]] = {
    "allocated": INTERVIEW.format(0),
    "offered": INTERVIEW.format(1),
    "held": INTERVIEW.format(2),
    "submitted": "SELECT id FROM interviews WHERE status = 'submitted' ORDER BY submitted_at LIMIT 1",
    "due": "SELECT id FROM interviews WHERE status = 'due' ORDER BY due_at LIMIT 1",
    "late": "SELECT interview_id FROM alerts WHERE closed_at IS NULL AND interview_id IS NOT NULL"
    " GROUP BY interview_id ORDER BY count(*) DESC, interview_id LIMIT 1",
    "child": "SELECT child_id FROM interviews WHERE status = 'approved' GROUP BY child_id"
    " ORDER BY count(*) DESC, child_id LIMIT 1",
    "question": "SELECT asked.id FROM questions asked JOIN children told ON told.id = child_id"
    " WHERE closed_at IS NULL AND kind = 'unknown_child' AND EXISTS (SELECT FROM children known WHERE"
    " NOT known.provisional AND known.facts -> 'home_address' = told.facts -> 'home_address') LIMIT 1",
    "letter": "SELECT id FROM letters WHERE outcome IS NULL ORDER BY received_at LIMIT 1",
}
"""Which of what the month left is shown, by its name in an address."""


BY: Final = "system:screens"
BEGUN: Final[Mapping[str, Mapping[str, object]]] = {
    "account": {
        "before": "“They’d all been on at me about the room again, so I put my coat on and went.”",
        "during": "“I sat at the tram stop till it got cold, then walked about. Nobody was with me.”",
        "since": "“It’s been all right. She made me tea and didn’t ask.”",
    },
    "harm": {"came_to_harm": False, "what": "“Nobody did anything. I was just cold.”", "health": "Well."},
}
"""What the worker has written so far of the record that is shown."""


class Screen(NamedTuple):
    """One page: the name of its pictures, where it is, and what one sees there."""

    name: str
    address: str
    about: str


BY_PERSONA: Final[Mapping[str, tuple[Screen, ...]]] = {
    "ania": (
        Screen("my-interviews", "/my-interviews", "A worker's interviews, the soonest deadline first"),
        Screen("interview", "/interviews/{offered}", "One interview: how long there is, and what to do next"),
        Screen("offer", "/interviews/{allocated}/do/offer", "An attempt to offer it is recorded"),
        Screen("record", "/interviews/{held}/record", "The record and how far it is"),
        Screen("section", "/interviews/{held}/record/account", "One section, saved as it is typed"),
        Screen(
            "check", "/interviews/{held}/record/check", "What the quality gate says before it is submitted"
        ),
        Screen("card", "/interviews/{allocated}/card", "The card that is shown to the child"),
    ),
    "mary": (
        Screen("board", "/board", "A manager's board: what is overdue, who has it, what was done last"),
        Screen("allocate", "/allocate", "Interviews that nobody has, with whom to give them to"),
        Screen("allocate-one", "/interviews/{due}/allocate", "Everybody ranked for one interview, and why"),
        Screen("review", "/interviews/{submitted}/review", "A record beside an earlier one, to be approved"),
        Screen("alerts", "/alerts", "What is late, who was told, and what is done about it"),
        Screen(
            "ladder", "/interviews/{late}/ladder", "The steps of one late interview, and what each changed"
        ),
        Screen("load", "/load", "How much each interviewer has in hand"),
        Screen("figures", "/figures", "Share in time, hours to the interview, where time is lost"),
        Screen("now", "/now", "Who is missing now"),
        Screen("child", "/children/{child}", "A child's line of time"),
        Screen("safety-plan", "/children/{child}/safety-plan", "The safety plan and its actions"),
    ),
    "sam": (
        Screen("screening", "/screening", "Questions about who a child is, and unreadable messages"),
        Screen("question", "/screening/questions/{question}", "The evidence, field by field"),
        Screen("letter", "/screening/letters/{letter}", "A message to be mended and taken"),
    ),
    "audrey": (
        Screen("access", "/audit/access", "Who saw which child, and why"),
        Screen("ledger", "/audit/ledger", "What was done, line by line"),
    ),
    "ade": (
        Screen("people", "/admin/people", "Who may sign in"),
        Screen("tokens", "/admin/tokens", "Forces and systems that may call"),
        Screen("policy", "/policy", "The policy in force"),
    ),
}
FOR_ANYBODY: Final = (
    Screen("sign-in", "/sign-in", "The way into the demonstration"),
    Screen("answer", "/answer/{code}", "The page on which a child answers"),
)


@asynccontextmanager
async def told_month(url: str) -> AsyncIterator[tuple[Store, Hands]]:
    """Tell of the month and let the team work on it, twice around a chase."""
    clock, policy = Hands(), Policy()
    store = Store(url)
    with TemporaryDirectory() as scratch:
        tokens = await prepared(store, Path(scratch))
    runner = Runner(Carrier(store, policy, clock), [AUTHORITY])
    app = create_app(store, Site((AUTHORITY,), policy, pages=False), clock=clock)
    async with httpx.AsyncClient(base_url=URL, transport=httpx.ASGITransport(app)) as client:
        await Sender(client, tokens).send_all(list(month()))
        await runner.drain()
        team = Team(Office(client, tokens["team"]), Cast(posts()), ENDS_AT)
        await team.round(clock.now)
        clock.now += timedelta(minutes=1)
        await chase.chase(store, AUTHORITY, policy, clock.now - chase.SETTLED)
        await team.round(clock.now)
    await seal(store, AUTHORITY, clock.now)
    yield store, clock
    await store.close()


async def ids_of(store: Store, clock: Hands) -> dict[str, str]:
    """Return what stands in addresses, once Ania has made a link and begun a record."""
    async with store.transaction(AUTHORITY, BY) as tx:
        found = {name: str(await tx.scalar(sql)) for name, sql in IDS.items()}
    code = await offering.make_link(
        store, AUTHORITY, UUID(found["allocated"]), "en",
        by="ania", person=BY, policy=Policy(), now=clock.now,
    )  # fmt: skip
    offer = Offer(by="ania", how=Contact.PHONE, answer=Answer.ACCEPTED)
    ania = World(store, now=clock.now)
    await ania.do(UUID(found["offered"]), offer)
    await ania.do(UUID(found["held"]), offer, Hold(by="ania"))
    begun = drafts.Typed(BEGUN, 0, "ania", "begun")
    await drafts.save(store, AUTHORITY, UUID(found["held"]), begun, person=BY, now=clock.now)
    return found | {"code": code}


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pages of a site; `blank` is a page on which pictures are made smaller."""

    browser: Browser
    blank: Page
    address: str
    ids: Mapping[str, str]
    whole: Path | None
    """Where whole pages are put as well, if anywhere: to look at them."""

    async def take(self, page: Page, screen: Screen) -> None:
        """Take a page at each size."""
        answer = await page.goto(self.address + screen.address.format(**self.ids))
        if answer is None or not answer.ok:
            raise SystemExit(f"{screen.name} is not there: {page.url}")
        for size, (width, height) in SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            png = await page.screenshot(animations="disabled", caret="hide")
            (PLACE / f"{screen.name}-{size}.png").write_bytes(await small(self.blank, png))
            if self.whole:
                await page.screenshot(path=self.whole / f"{screen.name}-{size}.png", full_page=True)

    async def take_all(self, clock: Hands) -> None:
        """Sign in as each persona, and take their pages."""
        for who, screens in BY_PERSONA.items():
            page = await self.browser.new_page(locale="en-GB")
            await sign_in(page, self.address, who, clock())
            for screen in screens:
                await self.take(page, screen)
            await page.close()
        page = await self.browser.new_page(locale="en-GB")
        for screen in FOR_ANYBODY:
            await self.take(page, screen)


def listed() -> str:
    """Return the list of the pictures."""
    names = {each.subject: each.about.partition(":")[0] for each in PERSONAS}
    parts = {names[who]: screens for who, screens in BY_PERSONA.items()} | {"Not signed in": FOR_ANYBODY}
    lines = [
        "# The main pages",
        "",
        "Made by `make screens` from the demonstration's month: every child is invented.",
        "",
    ]
    for title, screens in parts.items():
        lines += [f"## {title}", ""]
        for one in screens:
            pictures = ", ".join(f"[{size}]({one.name}-{size}.png)" for size in SIZES)
            lines.append(f"- {one.about}: {pictures}")
        lines.append("")
    return "\n".join(lines)


async def main(whole: Path | None = None) -> None:
    """Make every picture anew."""
    PLACE.mkdir(exist_ok=True)
    with (
        open_directory() as directory,
        running(directory / "home", settings=QUICK) as server,
        database_on(server) as database,
    ):
        upgrade(database.owner_url)
        async with (
            told_month(database.app_url) as (store, clock),
            serving(store, clock) as address,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            ids = await ids_of(store, clock)
            blank = await browser.new_page()
            await Camera(browser, blank, address, ids, whole).take_all(clock)
            await browser.close()
    (PLACE / "README.md").write_text(listed(), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
