"""The measures through the API and the command: what was asked, answered, held and recorded in a period."""

from typing import Any

import pytest

from casework.measuring import MEANS, measured
from cli.measures import lines
from tests.messages import DERBY, NOTTINGHAM
from tests.web.conftest import NOW, Desk
from tests.web.records import Path, begun, staffed
from tests.web.stories import BACK, BILAL, missing, returned

MARCH = {"from": "2026-03-01", "to": "2026-04-02"}


@pytest.fixture
async def path(desk: Desk) -> Path:
    await staffed(desk)
    await desk.tell(missing(), returned())
    return await begun(desk)


async def figures(desk: Desk, **period: str) -> dict[str, int]:
    answer = await desk.get("/api/v1/measures", **(MARCH | period))
    assert answer.status_code == 200, answer.text
    return {each["name"]: each["count"] for each in answer.json()["figures"]}


async def counted(desk: Desk, figure: str, **more: Any) -> dict[str, Any]:
    answer = await desk.get(f"/api/v1/measures/{figure}/interviews", **(MARCH | more))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_an_interview_in_hand_is_asked_held_and_submitted_once_each(desk: Desk, path: Path) -> None:
    await path.as_far_as_submitted()
    found = {name: count for name, count in (await figures(desk)).items() if count}
    assert set(found) == {
        "known", "interviews", "missing_once", "attempted", "offered", "accepted", "in_time", "covered",
        "own_conversation", "held", "submitted", "with_manager",
    }  # fmt: skip
    assert set(found.values()) == {1}


async def test_a_figure_lists_its_interviews_with_moment_and_reason(desk: Desk, path: Path) -> None:
    await path.do("allocate", by="M-1", interviewer="W-1")
    await path.do(
        "decline",
        by="W-1",
        at="2026-03-30T09:00:00Z",
        declined_by="child",
        reason="Says she has talked enough",
        also_offered="The school nurse",
        carer_said="Came home calm",
        authorised_by="M-1",
    )
    [item] = (await counted(desk, "declined_unasked"))["items"]
    assert item == {
        "id": path.id,
        "at": "2026-03-30T09:00:00+00:00",
        "reason": "Says she has talked enough",
    }
    assert (await counted(desk, "never_asked"))["items"] == []


async def test_a_figures_list_comes_in_pages(desk: Desk, path: Path) -> None:
    await desk.tell(
        missing(id="b1", subject="NP-2", child=BILAL), returned(id="b2", subject="NP-2", child=BILAL)
    )
    first = await counted(desk, "interviews", limit=1)
    then = await counted(desk, "interviews", limit=1, cursor=first["next"])
    assert len({first["items"][0]["id"], then["items"][0]["id"]}) == 2
    assert then["next"] is None


async def test_shares_and_delays_say_of_what_they_are(desk: Desk, path: Path) -> None:
    await path.as_far_as_held()
    told = (await desk.get("/api/v1/measures", **MARCH)).json()
    share = next(each for each in told["shares"] if each["name"] == "in_time_of_due")
    delay = next(each for each in told["delays"] if each["name"] == "return_to_held")
    assert (share["counts"], share["of"], share["share"]) == (1, 1, 1.0)
    assert (delay["count"], delay["median_hours"]) == (1, 49.0)
    assert sum(band["count"] for band in delay["bands"]) == 1
    assert told["questions"][0] == {
        "question": "on the list",
        "whole": "known",
        "figures": ["interviews", "voided"],
    }


async def test_a_period_is_that_of_the_deadline_and_ends_before_its_last_moment(
    desk: Desk, path: Path
) -> None:
    due = (await path.look())["due_at"]
    assert (await figures(desk, to=due))["known"] == 0
    assert (await figures(desk, **{"from": due}))["known"] == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-03-01"}, "to"),
        ({"from": "2026-04-01", "to": "2026-03-01"}, "to"),
        ({"from": "March", "to": "2026-03-01"}, "from"),
        (MARCH | {"since": "2026-03-01"}, "since"),
    ],
)
async def test_a_period_that_cannot_be_names_the_field(desk: Desk, query: dict[str, str], field: str) -> None:
    answer = await desk.get("/api/v1/measures", **query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_figure_that_is_none_is_not_found(desk: Desk) -> None:
    answer = await desk.get("/api/v1/measures/happy/interviews", **MARCH)
    assert answer.status_code == 404


async def test_another_authority_counts_none_of_it(desk: Desk, path: Path) -> None:
    secret = await desk.token("read", authority=DERBY)
    answer = await desk.client.get(
        "/api/v1/measures", params=MARCH, headers={"Authorization": f"Bearer {secret}"}
    )
    assert {each["count"] for each in answer.json()["figures"]} == {0}


async def test_the_command_prints_every_figure_with_what_it_means(desk: Desk, path: Path) -> None:
    await path.as_far_as_held()
    async with desk.store.transaction(NOTTINGHAM, "system:test") as tx:
        told = "\n".join(lines(await measured(tx, BACK, NOW.replace(month=5), NOW)))
    assert all(told.count(f"  {means}\n") >= 1 for means in MEANS.values())
    assert "in_time_of_due             100.0%  1 of 1: held within 72 hours" in told
    assert "return_to_held                49.0    49.0  of 1:" in told
