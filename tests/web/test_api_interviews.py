"""GET /api/v1/interviews: the clock, its every value, and which ones are wanted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.tokens import Scope
from tests.messages import NOTTINGHAM, message
from tests.web.served import NOBODYS, Json, Served, at, child, is_problem, named

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-interviews")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
"""The night on which clocks go forward."""
HOUR = timedelta(hours=1)
FIELDS = {
    "id", "episode_id", "child_id", "status", "due_at", "provisional_due", "offered_at", "accepted",
    "held_at", "interviewer", "quality", "history", "covers",
}  # fmt: skip


def tell(who: str, kind: str, hours: float = 0, subject: str = "", **more: Any) -> Json:
    reference = f"NP-{who}{subject}"
    id_ = more.pop("id", f"{reference}-{kind}-{hours}")
    return message(kind, SATURDAY + hours * HOUR, id=id_, subject=reference, child=child(who), **more)


async def returned(served: Served, who: str, hours: float = 9) -> Json:
    """Tell of an absence and its end, and return the interview."""
    await served.tell(tell(who, "reported"), tell(who, "returned", hours))
    return await served.interview_of(who)


def due_at_of(interview: Json) -> list[datetime]:
    return [at(value["due_at"]) for value in interview["history"]]


async def test_an_interview_has_every_field_of_the_contract(served: Served) -> None:
    assert (await returned(served, "C-fields")).keys() >= FIELDS


async def test_a_return_gives_72_elapsed_hours_whatever_the_clocks_do(served: Served) -> None:
    interview = await returned(served, "C-72")
    assert at(interview["due_at"]) == SATURDAY + 9 * HOUR + timedelta(hours=72)
    assert (interview["status"], interview["provisional_due"]) == ("due", False)


async def test_nothing_is_said_of_an_interview_that_nobody_has_touched_yet(served: Served) -> None:
    interview = await returned(served, "C-untouched")
    untouched = ("offered_at", "accepted", "held_at", "interviewer", "voided_reason")
    assert [interview[name] for name in untouched] == [None] * 5
    assert (interview["quality"], interview["covers"]) == ({}, [])


async def test_one_interview_is_found_by_its_id_as_it_stands_in_the_list(served: Served) -> None:
    interview = await returned(served, "C-one")
    assert await served.one(f"interviews/{interview['id']}") == interview


async def test_no_interview_while_the_child_is_away(served: Served) -> None:
    await served.tell(
        tell("C-away", "reported"), tell("C-away", "updated", 3, missing={"risk_level": "high"})
    )
    assert await served.items("interviews", child="C-away") == []


async def test_a_located_child_has_a_provisional_deadline(served: Served) -> None:
    await served.tell(tell("C-located", "reported"), tell("C-located", "located", 4))
    interview = await served.interview_of("C-located")
    assert (interview["provisional_due"], at(interview["due_at"])) == (True, SATURDAY + 76 * HOUR)
    assert (await served.episode_of("C-located"))["status"] == "located"


async def test_a_return_corrects_the_provisional_deadline_of_the_same_interview(served: Served) -> None:
    await served.tell(tell("C-corrected", "reported"), tell("C-corrected", "located", 4))
    before = await served.interview_of("C-corrected")
    await served.tell(tell("C-corrected", "returned", 7))
    after = await served.interview_of("C-corrected")
    assert (after["id"], after["provisional_due"]) == (before["id"], False)
    assert due_at_of(after) == [SATURDAY + 76 * HOUR, SATURDAY + 79 * HOUR]


async def test_an_amended_return_moves_the_deadline_and_the_history_says_so(served: Served) -> None:
    first = await returned(served, "C-amended", 9)
    for hours in (5, 11):
        again = tell("C-amended", "returned", hours, told_at=SATURDAY + (20 + hours) * HOUR)
        await served.tell(again)
    interview = await served.interview_of("C-amended")
    assert interview["id"] == first["id"]
    assert due_at_of(interview) == [SATURDAY + hours * HOUR for hours in (72 + 9, 72 + 5, 72 + 11)]
    assert interview["due_at"] == interview["history"][-1]["due_at"]


async def test_the_history_says_when_and_how_each_value_came(served: Served) -> None:
    await returned(served, "C-when", 9)
    moved_at = served.clock.move_on()
    await served.tell(tell("C-when", "returned", 8, told_at=SATURDAY + 30 * HOUR))
    first, second = (await served.interview_of("C-when"))["history"]
    assert first.keys() >= {"at", "event", "status", "due_at", "provisional_due", "reason"}
    assert at(first["at"]) < at(second["at"]) == moved_at


async def test_a_second_arrival_adds_nothing_to_the_history(served: Served) -> None:
    first = await returned(served, "C-again")
    await served.tell(tell("C-again", "reported"), tell("C-again", "returned", 9))
    assert await served.interview_of("C-again") == first


async def test_a_cancelled_absence_voids_its_interview_with_the_reason(served: Served) -> None:
    before = await returned(served, "C-cancelled")
    await served.tell(tell("C-cancelled", "cancelled", 12, reason="Recorded in error"))
    interview = await served.interview_of("C-cancelled")
    assert (interview["id"], interview["status"], interview["voided_reason"]) == (
        before["id"], "voided", "cancelled",
    )  # fmt: skip
    assert [value["status"] for value in interview["history"]] == ["due", "voided"]
    assert (interview["history"][-1]["reason"], interview["hours_left"]) == ("cancelled", None)


async def test_the_cancelled_episode_still_names_the_interview_that_was_voided(served: Served) -> None:
    interview = await returned(served, "C-names")
    await served.tell(tell("C-names", "cancelled", 12))
    assert (await served.episode_of("C-names"))["interview_id"] == interview["id"]


async def test_a_word_after_the_cancellation_reopens_the_same_interview(served: Served) -> None:
    before = await returned(served, "C-revived")
    await served.tell(tell("C-revived", "cancelled", 12))
    await served.tell(tell("C-revived", "updated", 13, missing={"risk_level": "high"}))
    after = await served.interview_of("C-revived")
    assert (after["id"], after["status"], after["due_at"]) == (before["id"], "due", before["due_at"])
    assert [value["status"] for value in after["history"]] == ["due", "voided", "due"]


async def test_of_two_episodes_that_become_one_one_interview_stays_and_the_other_is_voided(
    served: Served,
) -> None:
    who = "C-merged"
    await served.tell(tell(who, "reported", 0, "a"), tell(who, "returned", 2, "a"))
    await served.tell(tell(who, "reported", 4, "b"), tell(who, "returned", 6, "b"))
    await served.tell(tell(who, "returned", 5, "a"))
    interviews = {one["status"]: one for one in await served.items("interviews", child=who)}
    assert {status: one["voided_reason"] for status, one in interviews.items()} == {
        "due": None,
        "voided": "merged",
    }
    assert (await served.episode_of(who))["interview_id"] == interviews["due"]["id"]


async def test_hours_left_are_counted_by_the_clock_and_go_below_nothing(served: Served) -> None:
    interview = await returned(served, "C-late")
    late = (at(interview["due_at"]) - served.clock.now) / HOUR
    assert late < 0
    assert interview["hours_left"] == pytest.approx(late, abs=0.01)


async def test_the_soonest_deadline_comes_first(served: Served) -> None:
    for number, hours in enumerate((9, 3, 6)):
        await returned(served, f"C-order-{number}", hours)
    deadlines = [at(one["due_at"]) for one in await served.items("interviews", limit=20)]
    assert deadlines == sorted(deadlines)
    assert len(deadlines) >= 3


async def test_due_before_leaves_out_what_is_due_at_that_very_moment(served: Served) -> None:
    interview = await returned(served, "C-before")
    due = at(interview["due_at"])

    async def found(before: datetime) -> list[str]:
        wanted = await served.items("interviews", child="C-before", due_before=before.isoformat())
        return [one["id"] for one in wanted]

    assert await found(due) == []
    assert await found(due + timedelta(microseconds=1)) == [interview["id"]]


async def test_due_before_understands_a_plus_that_became_a_space(served: Served) -> None:
    interview = await returned(served, "C-plus")
    due = at(interview["due_at"])
    token = await served.token("reader", Scope.READ)
    london = (due + 2 * HOUR).strftime("%Y-%m-%dT%H:%M:%S+01:00")  # an hour later than it is due
    response = await served.http.get(
        f"/api/v1/interviews?child=C-plus&due_before={london}", headers={"Authorization": f"Bearer {token}"}
    )
    assert [one["id"] for one in response.json()["items"]] == [interview["id"]]


async def test_status_chooses_and_may_be_given_more_than_once(served: Served) -> None:
    await returned(served, "C-status-1")
    await returned(served, "C-status-2")
    await served.tell(tell("C-status-2", "cancelled", 12))
    found = {
        asked: {
            one["status"]
            for who in ("C-status-1", "C-status-2")
            for one in await served.items("interviews", child=who, status=asked.split())
        }
        for asked in ("due", "voided", "held", "due voided")
    }
    assert found == {"due": {"due"}, "voided": {"voided"}, "held": set(), "due voided": {"due", "voided"}}


async def test_an_interviewer_finds_the_interviews_that_they_hold(served: Served) -> None:
    interview = await returned(served, "C-amira")
    with served.superuser() as superuser:
        superuser.execute(
            "UPDATE interviews SET interviewer = 'Amira Khan', status = 'allocated' WHERE id = %s",
            [interview["id"]],
        )
    (found,) = await served.items("interviews", interviewer="Amira Khan")
    assert (found["id"], found["interviewer"], found["status"]) == (
        interview["id"],
        "Amira Khan",
        "allocated",
    )
    assert await served.items("interviews", interviewer="amira khan") == []


async def test_an_episode_finds_its_interview(served: Served) -> None:
    interview = await returned(served, "C-by-episode")
    found = await served.items("interviews", episode=interview["episode_id"])
    assert [one["id"] for one in found] == [interview["id"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"status": "overdue"}, "status"),
        ({"status": "due,held"}, "status"),
        ({"due_before": "2026-04-01"}, "due_before"),
        ({"due_before": "2026-04-01T00:00:00"}, "due_before"),
        ({"due_before": "soon"}, "due_before"),
        ({"interviewer": "\0"}, "interviewer"),
        ({"episode": "17"}, "episode"),
        ({"limit": "1e3"}, "limit"),
        ({"cursor": "WzFd"}, "cursor"),
        ({"cursor": "WyJ4IiwieSJd"}, "cursor"),
        ({"from": "2026-04-01"}, "from"),
    ],
)
async def test_a_parameter_that_cannot_be_understood_is_named(
    served: Served, query: dict[str, str], name: str
) -> None:
    response = await served.get("interviews", **query)
    assert is_problem(response, 422)
    assert [field.split(".")[0] for field in named(response)] == [name]


@pytest.mark.parametrize("id_", [NOBODYS, "next", NOTTINGHAM])
async def test_an_id_that_is_no_interviews_is_not_found(served: Served, id_: str) -> None:
    assert is_problem(await served.get(f"interviews/{id_}"), 404)


async def test_an_episodes_id_is_no_interviews(served: Served) -> None:
    interview = await returned(served, "C-mixed-up")
    assert is_problem(await served.get(f"interviews/{interview['episode_id']}"), 404)
