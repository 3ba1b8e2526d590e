"""The managers' pictures: their numbers, their words and their files, for those who may see them."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from httpx import AsyncClient

from casework.measuring import measured
from casework.views import figures
from casework.views.figures import Scope, Step, Week
from schemas.access import Duty
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, visit
from web.pages.figures_period import NotAPeriod, read_period
from web.pages.figures_table import Table
from web.pages.figures_words import held_in_time, hours, percentage

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
NAMES = ("in-time", "hours-to-interview", "time-lost", "repeat-missing", "after-escalation")
YEAR = {"period": "52"}


class Past:
    """What happened, put straight into the tables: one interview of a new child, `due` before now."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def child(self) -> UUID:
        id_ = uuid4()
        self._put(
            "children", id=id_, provisional=False, indexed=False, given_keys=[], aka_keys=[], facts="{}",
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        return id_

    def message(self, id_: str, received_at: datetime, child: UUID | None = None) -> None:
        """Let a message come, and be applied to a child if it is of one."""
        self._put(
            "inbox", source="urn:police:x", id=id_, subject=id_, payload="{}", digest=b"", via="http",
            received_at=received_at, applied_at=received_at if child else None, child_id=child,
        )  # fmt: skip

    def returned(
        self, ago: timedelta, status: str = "due", *, child: UUID | None = None, **facts: Any
    ) -> UUID:
        """Let a child come back some time before now; other facts are hours after the return."""
        id_, episode, at, whose = uuid4(), uuid4(), NOW - ago, child or self.child()
        [number] = self.connection.execute(
            "SELECT number FROM children WHERE id = %s", [whose]
        ).fetchone() or [0]
        self._put(
            "episodes", id=episode, child_id=whose, child_number=number, status="returned", risk_factors=[],
            started_at=at - HOUR, returned_at=at, conflict_reasons=[], marks=[], incidents="[]",
            notifications="[]", period=f"[{at - HOUR},{at}]", superseded=False, updated_at=at,
        )  # fmt: skip
        message = str(id_)
        self.message(message, at + HOUR, whose)
        facts = {"provisional_due": False} | facts
        moments = {name: at + value * HOUR for name, value in facts.items() if name.endswith("_at")}
        others = {name: value for name, value in facts.items() if not name.endswith("_at")}
        self._put(
            "interviews", id=id_, child_id=whose, episode_id=episode, status=status, clock_started_at=at,
            due_at=at + 72 * HOUR, anchor_source="urn:police:x", anchor_id=message,
            updated_at=at, **moments, **others,
        )  # fmt: skip
        return id_

    def alert(
        self,
        interview: UUID,
        step: str,
        raised_at: datetime,
        within: timedelta = 8 * HOUR,
        *,
        over: bool = False,
    ) -> None:
        """Let an alert be raised; `over` in the same pass."""
        self._put(
            "alerts", id=uuid4(), subject_id=interview, interview_id=interview, step=step, due_at=raised_at,
            raised_at=raised_at, expected="Hold it", expected_by=raised_at + within,
            **({"closed_at": raised_at, "closed_why": "held"} if over else {}),
        )  # fmt: skip

    def restrict(self, child: UUID) -> None:
        self._put("restrictions", child_id=child)

    def staff(self, id_: str, team: str) -> None:
        self._put(
            "staff", id=id_, name=id_, roles=["interviewer"], teams=[team], languages=[], training=[],
            involved_with=[], working="{}", leave="[]", imported_at=NOW,
        )  # fmt: skip

    def _put(self, table: str, **values: Any) -> None:
        row = {"authority": NOTTINGHAM} | values
        names, places = ", ".join(row), ", ".join(["%s"] * len(row))
        self.connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})".encode(), list(row.values())
        )


@pytest.fixture
def past(database: Database) -> Iterator[Past]:
    with connect(database.superuser_url) as connection:
        made = Past(connection)
        made.message("first", NOW - 100 * DAY)
        yield made


@pytest.fixture
async def manager(desk: Desk) -> AsyncClient:
    return await desk.sign_in(Duty.MANAGER)


def eventful(past: Past) -> list[UUID]:
    """Let everything happen that an interview can come to."""
    return [
        past.returned(5 * DAY, "held", held_at=20, allocated_at=3, offered_at=5, arranged_at=6),
        past.returned(5 * DAY, "approved", held_at=72, submitted_at=80, approved_at=90),
        past.returned(12 * DAY, "held", held_at=100),
        past.returned(12 * DAY, "declined", declined_at=30),
        past.returned(12 * DAY, "not_possible"),
        past.returned(12 * DAY, "allocated", allocated_at=3),
        past.returned(12 * DAY, "held", held_at=20, provisional_due=True),
        past.returned(12 * DAY, "voided", voided_reason="cancelled"),
        past.returned(1 * DAY, "held", held_at=10),
    ]


async def rows(client: AsyncClient, name: str, **query: str) -> list[dict[str, str]]:
    answer = await client.get(f"/figures/{name}.csv", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_the_share_in_time_is_the_one_of_the_measures(desk: Desk, past: Past) -> None:
    eventful(past)
    scope = Scope(NOW - 10 * WEEK, NOW)
    async with desk.store.transaction(NOTTINGHAM, "person:x") as tx:
        weeks = await figures.in_time(tx, scope, scope.from_at.date(), NOW.date())
        found = await measured(tx, scope.from_at, scope.until, NOW)
    [share] = [each for each in found.shares() if each.name == "in_time_of_due"]
    assert (sum(week.in_time for week in weeks), sum(week.due for week in weeks)) == (share.counts, share.of)
    assert (share.counts, share.of) == (2, 6)


async def test_the_page_says_each_figure_in_one_sentence(manager: AsyncClient, past: Past) -> None:
    eventful(past)
    words = (await visit(manager, "/figures")).words
    for sentence in (
        "In the last 12 weeks, 2 of 6 interviews were held in time, 33%.",
        "1 more interview is about a return that nobody confirmed: it is neither in time nor late.",
        "In the last 12 weeks, 2 of 3 interviews held were within 72 hours of the return and 1 later;"
        " 1 was declined, 1 was not possible and 1 is not held yet.",
        "9 children went missing in the 90 days up to 31 March 2026, none of them 3 times or more.",
        "In the last 12 weeks, no alert was raised about an interview.",
    ):
        assert sentence in words


async def test_where_nothing_was_the_page_says_so_without_pictures(manager: AsyncClient) -> None:
    answer = await manager.get("/figures")
    assert "app-chart" not in answer.text
    assert "In the last 12 weeks, no interview was due whose return is confirmed." in Page(answer.text).words


async def test_an_interview_at_the_end_of_its_seventy_two_hours_is_within_them(
    manager: AsyncClient, past: Past
) -> None:
    eventful(past)
    found = {
        row["Hours from return to interview"]: row["Interviews"] for row in await rows(manager, NAMES[1])
    }
    assert (found["12 to 24"], found["60 to 72"], found["Later than 72"]) == ("1", "1", "1")


async def test_each_step_of_the_path_is_measured_where_both_its_moments_are_known(
    desk: Desk, past: Past
) -> None:
    for held in (10, 20, 40):
        past.returned(5 * DAY, "held", allocated_at=3, offered_at=5, arranged_at=6, held_at=held)
    past.returned(5 * DAY, "held", arranged_at=30, held_at=20)  # agreed on afterwards: not a step
    async with desk.store.transaction(NOTTINGHAM, "person:x") as tx:
        steps = {each.name: each for each in await figures.time_lost(tx, Scope(NOW - WEEK, NOW))}
    assert steps["told"] == Step("told", 4, 1.0, 1.0, 1.0)
    assert steps["held"] == Step("held", 3, 9.0, 14.0, 24.0)
    assert list(steps) == ["told", "allocated", "offered", "arranged", "held"]


async def test_of_who_was_back_before_the_first_message_came_nobody_knows_when_it_was_told(
    desk: Desk, past: Past
) -> None:
    past.returned(101 * DAY, "approved", allocated_at=2, held_at=5, submitted_at=30, approved_at=40)
    past.returned(99 * DAY, "held", allocated_at=2, held_at=5)
    async with desk.store.transaction(NOTTINGHAM, "person:x") as tx:
        steps = await figures.time_lost(tx, Scope(NOW - 20 * WEEK, NOW))
    names = ["told", "allocated", "submitted", "approved"]
    assert [(each.name, each.interviews) for each in steps] == [(name, 1) for name in names]


async def test_a_child_with_three_episodes_is_missing_repeatedly(manager: AsyncClient, past: Past) -> None:
    child = past.child()
    for days in (10, 20, 30, 200):
        past.returned(days * DAY, child=child)
    past.returned(10 * DAY)
    words = (await visit(manager, "/figures")).words
    assert "2 children went missing in the 90 days up to 31 March 2026, 1 of them 3 times or more." in words
    assert [tuple(row.values()) for row in await rows(manager, "repeat-missing")] == [("1", "1"), ("3", "1")]


async def test_after_an_alert_what_happened_in_the_expected_time_counts_at_its_furthest(
    manager: AsyncClient, past: Past
) -> None:
    step = "not_held_at_deadline"
    at = NOW - 10 * DAY + 72 * HOUR  # the deadlines
    past.alert(past.returned(10 * DAY, "held", offered_at=73, held_at=76), step, at)
    past.alert(past.returned(10 * DAY, "held", offered_at=73, held_at=90), step, at)
    past.alert(past.returned(10 * DAY, "held", allocated_at=3, held_at=90), step, at)
    past.alert(past.returned(74 * HOUR, "allocated", allocated_at=3), step, NOW - 2 * HOUR)
    past.alert(past.returned(74 * HOUR, "held", held_at=70), step, NOW - 2 * HOUR, over=True)
    found = {row["What happened next"]: row for row in await rows(manager, "after-escalation")}
    assert {what: row["Alerts"] for what, row in found.items()} == {
        "Held": "1",
        "Offered": "1",
        "Nothing in the expected time": "1",
        "Nothing yet, and there is still time": "1",
    }
    assert (found["Held"]["Step"], found["Held"]["Median hours until then"]) == (
        "Not held at deadline",
        "4.0",
    )


async def test_restricted_children_are_not_counted_and_the_page_says_how_many(
    manager: AsyncClient, past: Past
) -> None:
    child = past.child()
    past.returned(5 * DAY, child=child)
    past.returned(5 * DAY, "held", held_at=5)
    past.restrict(child)
    words = (await visit(manager, "/figures")).words
    assert "1 child whose record is restricted to other people is not counted in what you see." in words
    assert "the one interview that was due was held in time" in words


async def test_a_team_sees_what_its_interviewers_hold(manager: AsyncClient, past: Past) -> None:
    past.staff("W-1", "North")
    past.staff("W-2", "=South")
    past.returned(5 * DAY, "held", held_at=5, interviewer="W-1")
    past.returned(5 * DAY, "allocated", interviewer="W-2")
    words = (await visit(manager, "/figures", team="North")).words
    assert "In the last 12 weeks, the one interview that was due was held in time." in words
    assert sum(int(row["Due"]) for row in await rows(manager, "in-time", team="=South")) == 1


async def test_every_picture_has_its_table_and_its_file(manager: AsyncClient, past: Past) -> None:
    past.alert(eventful(past)[0], "not_held_at_deadline", NOW - DAY)
    answer = await manager.get("/figures", params=YEAR)
    page = Page(answer.text)
    assert answer.text.count('role="img"') == answer.text.count("<caption") == len(NAMES)
    for name in NAMES:
        [link] = [each for each in page.links if each.startswith(f"/figures/{name}.csv")]
        file = await manager.get(link)
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.headers["content-disposition"] == (
            f'attachment; filename="homeward-{name}-2025-04-07-to-2026-03-31.csv"'
        )


async def test_no_identity_and_no_style_stands_on_the_page(manager: AsyncClient, past: Past) -> None:
    ids = eventful(past)
    html = (await manager.get("/figures")).text
    assert " style=" not in html
    assert not [each for each in ids if str(each) in html]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"period": "7"}, "period", "Choose a period from the list"),
        ({"period": "dates"}, "from", "First day: enter the day, the month and the year"),
        ({"team": "Nobody’s"}, "team", "Choose a team from the list"),
    ],
)
async def test_a_period_that_cannot_be_is_refused_on_its_field(
    manager: AsyncClient, query: dict[str, str], field: str, message: str
) -> None:
    answer = await manager.get("/figures", params=query)
    assert answer.status_code == 422
    assert f"#{field}" in Page(answer.text).links
    assert message in Page(answer.text).words
    assert (await manager.get("/figures/in-time.csv", params=query)).status_code == 422


async def test_a_figure_that_is_none_is_not_found(manager: AsyncClient) -> None:
    assert (await manager.get("/figures/happiness.csv")).status_code == 404


@pytest.mark.parametrize(
    ("duty", "status"), [(Duty.AUDITOR, 200), (Duty.ADMINISTRATOR, 200), (Duty.WORKER, 403)]
)
async def test_who_may_see_figures(desk: Desk, duty: Duty, status: int) -> None:
    client = await desk.sign_in(duty)
    assert [(await client.get(path)).status_code for path in ("/figures", "/figures/in-time.csv")] == [
        status
    ] * 2


def test_the_weeks_begin_on_a_monday_and_end_now() -> None:
    period = read_period({"period": "4"}, (), NOW)
    assert (period.first, period.last) == (date(2026, 3, 9), date(2026, 3, 31))
    assert period.scope.until == NOW


def test_days_are_those_of_london_and_the_last_one_counts() -> None:
    typed = {f"{name}-{part}": value for name, on in (("from", "1 3 2026"), ("to", "29 3 2026"))
             for part, value in zip(("day", "month", "year"), on.split(), strict=True)}  # fmt: skip
    period = read_period({"period": "dates", **typed}, (), NOW)
    assert period.words == "From 1 March 2026 to 29 March 2026"
    assert period.scope.until == datetime(2026, 3, 29, 23, 0, tzinfo=UTC)
    for wrong in ({"to-year": "2025"}, {"from-year": "2020"}, {"from-year": "2027"}, {"from-year": "0001"}):
        with pytest.raises(NotAPeriod):
            read_period({"period": "dates", **typed, **wrong}, (), NOW)


def test_nothing_in_a_file_becomes_a_formula() -> None:
    assert Table(("Step",), [("=1+1",), ("Held",)]).csv().splitlines()[1:] == ["'=1+1", "Held"]


def test_numbers_are_said_as_people_say_them() -> None:
    assert [held_in_time(part, of) for part, of in ((0, 1), (0, 3), (3, 3), (1, 300))] == [
        "the one interview that was due was not held in time",
        "none of 3 interviews was held in time",
        "all 3 interviews that were due were held in time",
        "1 of 300 interviews was held in time, 1%",
    ]
    assert [hours(each) for each in (0.2, 1, 20.54, 120)] == ["12 minutes", "1 hour", "20.5 hours", "5 days"]
    assert percentage(999, 1000) == 99


def test_a_week_without_interviews_has_no_share() -> None:
    assert Week(date(2026, 3, 2), {"provisional": 2}).due == 0
