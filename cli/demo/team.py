"""The invented team at work, through the API alone: interviews allocated, offered, held, recorded, approved.

What is to be done follows from how an interview is shown, so that a team that was stopped goes on where it
was, and leaves alone what somebody else did meanwhile. It begins when the month has been told.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import httpx
import structlog

from cli.demo.cast import Cast
from cli.demo.chasing import answer_alerts
from cli.demo.child import Child
from cli.demo.course import Course, End, course_of, in_pairs
from cli.demo.deeds import Deed, allocation, deeds_of
from cli.demo.office import Office, Said
from cli.demo.plans import keep_plan
from cli.demo.programme import programme
from cli.demo.staff import NAMES, VISITOR
from cli.demo.story import Case, Draw
from cli.demo.written import understood

log = structlog.get_logger()
Shown = Mapping[str, Any]
WITHIN: Final = timedelta(hours=72)
ROUND_SECONDS: Final = 20.0
SETTLES: Final = timedelta(seconds=10)
"""How long the last of the month may take to be applied."""
TIMEOUT_SECONDS: Final = 60.0
PATIENCE: Final = 3
"""After so many rounds with a refusal an interview is left to whoever changed it."""
ENOUGH: Final = timedelta(hours=12)
SHARE_OF_VISITOR: Final = 0.3
BEST: Final = 4
"""Among so many of the best placed one is chosen."""
OVER: Final = frozenset({"voided"})


async def work(
    url: str,
    token: str,
    ends_at: datetime,
    minutes: float = 3.0,
    *,
    every: timedelta = timedelta(seconds=30),
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Work on the interviews of the month that ended at `ends_at`, and on those after it, until cancelled.

    Raises:
        FeedError: the service knows neither the token nor the address.
    """
    begins_at = ends_at + timedelta(minutes=minutes) + SETTLES
    await asyncio.sleep(max(0.0, (begins_at - datetime.now(UTC)).total_seconds()))
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_SECONDS, transport=transport) as client:
        posts = programme(ends_at, minutes, every, ends_at)
        cast = Cast(posts, await asyncio.to_thread(lambda: list(understood(ends_at))))
        team = Team(Office(client, token), cast, ends_at)
        while True:
            await team.round(datetime.now(UTC))
            await asyncio.sleep(ROUND_SECONDS)


class Team:
    """Does what is due, round after round."""

    def __init__(self, office: Office, cast: Cast, ends_at: datetime) -> None:
        self._office = office
        self._cast = cast
        self._ends_at = ends_at
        self._left: set[str] = set()
        """Interviews with which there is nothing more to do."""
        self._refused = Counter[str]()

    async def round(self, now: datetime) -> None:
        """Do everything that was due by now and is not done yet."""
        self._cast.follow(now)
        episodes = {one["id"]: one async for one in self._office.all("episodes")}
        shown = [one async for one in self._office.all("interviews")]
        for cases in by_child(shown, episodes, self._cast, self._ends_at):
            pairs = in_pairs([(case.back_at, course) for _, case, course in cases])
            for place, (one, case, course) in enumerate(cases):
                if place not in pairs.values():
                    cover = _cover(cases, place, pairs[place]) if place in pairs else None
                    await self._go_on(one, case, course, cover, now)
        await answer_alerts(self._office)

    async def _go_on(
        self, shown: Shown, case: Case, course: Course, cover: tuple[str, datetime] | None, now: datetime
    ) -> None:
        id_ = str(shown["id"])
        if id_ in self._left or shown["status"] in OVER or shown["covered_by"]:
            return
        if course.end is End.NOT_ALLOCATED or course.allocated_at > now:
            return
        one = _Interview(self._office, shown, now)
        interviewer = shown["interviewer"] or await one.allocate(case, course)
        if interviewer is None or interviewer == VISITOR:
            return
        deeds = deeds_of(_with(case, interviewer), course, interviewer, cover)
        await one.do([deed for deed in deeds if deed.at <= now])
        self._refused[id_] += one.is_refused
        if self._refused[id_] >= PATIENCE or (not one.is_refused and deeds and deeds[-1].at <= now):
            self._left.add(id_)
            await keep_plan(self._office, str(shown["child_id"]))


class _Interview:
    """One interview, in one round."""

    def __init__(self, office: Office, shown: Shown, now: datetime) -> None:
        self._office, self._shown, self._now = office, shown, now
        self._id, self._version = str(shown["id"]), int(shown["version"])
        self.is_refused = False

    async def allocate(self, case: Case, course: Course) -> str | None:
        """Give it to one of those whom the product ranks best, and return whom; None if nobody may."""
        ranked = await self._office.one(f"interviews/{self._id}/candidates")
        may = [each["interviewer"] for each in ranked["candidates"] if each["may"]]
        team = [one for one in may if one != VISITOR]
        if VISITOR in may and self._is_for_visitor(case):
            team = [VISITOR]
        if not team:
            return None
        chosen = Draw(case.key, "interviewer").one(team[:BEST])
        body = allocation(_with(case, chosen), course, chosen)
        given = await self._command("allocate", f"allocate/{chosen}", body)
        return chosen if given.is_done else None

    def _is_for_visitor(self, case: Case) -> bool:
        """Whether somebody who looks round gets it: some of those for which there is time."""
        left = datetime.fromisoformat(self._shown["due_at"]) - self._now
        return left > ENOUGH and Draw(case.key, "visitor").happens(SHARE_OF_VISITOR)

    async def do(self, deeds: Sequence[Deed]) -> None:
        """Do these in their order, up to one that is refused."""
        for number, deed in enumerate(deeds):
            if deed.is_done(self._shown) or (deed.slot_at and deed.slot_at <= self._now):
                continue
            key = f"{deed.name}/{number}"
            doing = self._written(deed, key) if deed.drafts else self._command(deed.name, key, deed.body)
            if not (await doing).is_done and deed.must_pass:
                self.is_refused = True
                return

    async def _written(self, deed: Deed, key: str) -> Said:
        """Save and submit one draft after another until the gate passes one."""
        for number, write in enumerate(deed.drafts):
            of_draft = f"{key}/{number}"
            said = await self._saved(of_draft, write(), deed.body["by"])
            if said.is_done:
                body = {**deed.body, "draft": said.body["draft"]}
                said = await self._command(deed.name, f"{of_draft}/submit", body)
            if said.status != HTTPStatus.UNPROCESSABLE_ENTITY:
                break
        return said

    async def _saved(self, key: str, sections: Mapping[str, Any], by: str) -> Said:
        based_on = (await self._office.one(f"interviews/{self._id}/record"))["draft"]
        body = {"by": by, "based_on": based_on, "sections": sections}
        return await self._office.do(f"interviews/{self._id}/record", f"demo/{self._id}/{key}", body)

    async def _command(self, name: str, key: str, body: Mapping[str, Any]) -> Said:
        told = {**body, "version": self._version}
        said = await self._office.do(f"interviews/{self._id}/{name}", f"demo/{self._id}/{key}", told)
        if said.is_done and not said.body["repeated"]:
            self._version = int(said.body["version"])
        return said


Cases = list[tuple[Shown, Case, Course]]


def by_child(
    shown: Sequence[Shown], episodes: Mapping[str, Shown], cast: Cast, ends_at: datetime
) -> list[Cases]:
    """Return, child by child, the interviews of those who are known, in the order of return."""
    starts: dict[str, list[datetime]] = defaultdict(list)
    for each in episodes.values():
        if each["started_at"] and not each["superseded"]:
            starts[each["child_id"]].append(datetime.fromisoformat(each["started_at"]))
    found: dict[str, Cases] = defaultdict(list)
    for one in shown:
        episode = episodes.get(str(one["episode_id"]))
        child = cast.of(episode["notifications"]) if episode else None
        if episode and child and not one["provisional_due"]:
            case, course = _case_of(one, episode, child, ends_at, sorted(starts[one["child_id"]]))
            found[one["child_id"]].append((one, case, course))
    return [sorted(cases, key=lambda each: each[1].back_at) for cases in found.values()]


def _case_of(
    shown: Shown, episode: Shown, child: Child, ends_at: datetime, starts: Sequence[datetime]
) -> tuple[Case, Course]:
    back_at = datetime.fromisoformat(shown["due_at"]) - WITHIN
    if episode["returned_at"]:
        back_at = max(back_at, datetime.fromisoformat(episode["returned_at"]))
    began_at = datetime.fromisoformat(episode["started_at"] or back_at.isoformat())
    course = course_of(f"{child.family_name}/{child.given_names}/{back_at.isoformat()}", back_at)
    earlier = tuple(at for at in starts if at < began_at)
    today = max(ends_at, course.mended_at).date()
    return Case(child, back_at, course.offered_at, course.held_at, today, "", earlier), course


def _with(case: Case, interviewer: str) -> Case:
    return replace(case, worker=NAMES.get(interviewer, interviewer))


def _cover(cases: Cases, place: int, other: int) -> tuple[str, datetime]:
    """Return the interview that this conversation covers too, and when that is settled."""
    later_back, held_at = cases[other][1].back_at, cases[place][2].held_at
    return str(cases[other][0]["id"]), later_back + (held_at - later_back) / 3
