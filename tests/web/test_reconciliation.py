"""Forces' lists of missing children on the screener's pages: what differs both ways, and what is done."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.police_list import Taken, take
from casework.police_list_tasks import COMPARING, again
from casework.verify import verify
from schemas.access import Duty
from schemas.police_list import Listed, SentList, Unread
from store.views import police_lists
from tests.messages import AMARA, DERBY, NOTTINGHAM, NOTTINGHAMSHIRE
from tests.web.conftest import NOW, Desk
from tests.web.reader import Page, submit, visit
from tests.web.stories import BILAL, missing, returned

LISTS = "/screening/reconciliation"
SIX = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
SEEN = datetime(2026, 3, 30, 18, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AMARA_ROW = Listed("row 2", "NP-26-004211", "Okafor", "Amara", date(2011, 7, 2), SEEN)
BILAL_ROW = Listed("row 3", "NP-B", "Khan", "Bilal", date(2012, 2, 3), SEEN)


async def listed(
    desk: Desk,
    *rows: Listed,
    at: datetime = SIX,
    unread: Sequence[Unread] = (),
    source: str = NOTTINGHAMSHIRE,
) -> Taken:
    """Let a list come in."""
    content = f"{rows}{unread}".encode()
    sent = SentList(source, at, "today.csv", "file", "text/csv", content, rows, tuple(unread))
    return await take(desk.store, NOTTINGHAM, sent, desk.site.policy, person=COMPARING, now=desk.clock())


async def told_missing(desk: Desk, **child: Any) -> None:
    """Let Amara be missing since the evening before, told a minute later."""
    desk.clock.now = SEEN + timedelta(minutes=1)
    await desk.tell(missing(SEEN, id="a1", child=AMARA | child))
    desk.clock.now = NOW


async def tasks(desk: Desk, person: str = COMPARING) -> list[tuple[str, str]]:
    """Return what is asked, in words of ours."""
    async with desk.store.transaction(NOTTINGHAM, person) as tx:
        return sorted((one.task.kind.value, one.task.why) for one in await police_lists.asking(tx, 100))


async def task_page(desk: Desk) -> tuple[str, Page]:
    """Open the only task there is."""
    links = {link for link in (await visit(desk.client, LISTS)).links if link.startswith(f"{LISTS}/")}
    (path,) = links
    return path, await visit(desk.client, path)


async def do(desk: Desk, remedy: str, **typed: str) -> Mapping[str, Any]:
    """Do something about the only task there is, as a screener, and return the answer."""
    path, page = await task_page(desk)
    answer = await submit(desk.client, path, page, remedy=remedy, **typed)
    return {"status": answer.status_code, "to": answer.headers.get("location"), "text": answer.text}


async def test_a_child_whom_the_force_lists_and_nobody_told_of_is_recorded_by_one_button(
    desk: Desk, tmp_path: Path
) -> None:
    assert (await listed(desk, BILAL_ROW)).found.opened == 1
    done = await do(desk, "missing")
    assert (done["status"], done["to"]) == (303, f"{LISTS}?done=recorded")
    (episode,) = await desk.items("/api/v1/episodes")
    assert (episode["status"], episode["started_at"]) == ("open", "2026-03-30T18:00:00+00:00")
    assert episode["incidents"] == [{"source": NOTTINGHAMSHIRE, "subject": "NP-B"}]
    assert await tasks(desk) == []
    assert "Over: the child is recorded as missing here now" in (await desk.client.get(LISTS)).text
    assert not (await verify(desk.store, NOTTINGHAM, desk.site.policy, tmp_path)).differences


async def test_both_sides_stand_below_each_other_by_name_where_there_is_no_room_for_columns(
    desk: Desk,
) -> None:
    await listed(desk, BILAL_ROW)
    path, _ = await task_page(desk)
    html = (await desk.client.get(path)).text
    table = html[html.index("<tbody") : html.index("</tbody>")]
    for row in table.split("</tr>")[:-1]:
        assert re.findall(r'<td [^>]*data-label="([^"]*)"', row) == ["On the list", "Here"]


async def test_a_child_who_is_back_here_and_still_listed_goes_missing_anew_since_the_list(desk: Desk) -> None:
    await told_missing(desk)
    await desk.tell(returned(SEEN + 2 * HOUR, id="a2", child=AMARA))
    await listed(desk, AMARA_ROW)
    assert await tasks(desk) == [("listed", "returned")]
    await do(desk, "missing")
    episodes = await desk.items("/api/v1/episodes")
    assert sorted((one["status"], one["started_at"]) for one in episodes) == [
        ("open", "2026-03-31T06:00:00+00:00"), ("returned", "2026-03-30T18:00:00+00:00"),
    ]  # fmt: skip
    assert await tasks(desk) == []


async def test_an_episode_that_the_list_lacks_is_closed_by_nobody_but_a_person(desk: Desk) -> None:
    await told_missing(desk)
    await listed(desk, BILAL_ROW)
    assert await tasks(desk) == [("listed", "not_told"), ("open", "not_listed")]
    await listed(desk, at=SIX + HOUR, unread=[Unread("row 2", "is not understood", "NP-X;Khan")])
    assert [one["status"] for one in await desk.items("/api/v1/episodes")] == ["open"]
    await listed(desk, AMARA_ROW, at=SIX + 2 * HOUR)
    assert await tasks(desk) == []


async def only_amara_lacks(desk: Desk) -> None:
    await told_missing(desk)
    await desk.tell(missing(SEEN, id="b1", child=BILAL, subject="NP-B"))
    desk.clock.now = NOW + DAY
    await listed(desk, BILAL_ROW, at=SIX + DAY)
    assert await tasks(desk) == [("open", "not_listed")]


async def test_the_return_that_a_person_enters_starts_the_clock_and_ends_the_task(desk: Desk) -> None:
    await only_amara_lacks(desk)
    day = {"day-day": "31", "day-month": "3", "day-year": "2026"}
    early = await do(desk, "returned", **(day | {"day-day": "29"}), time="9:00")
    assert "The child went missing after that" in early["text"]
    assert 'value="29"' in early["text"]
    ahead = await do(desk, "returned", **(day | {"day-year": "2027"}), time="9:00")
    assert "That lies ahead" in ahead["text"]
    assert (await do(desk, "returned", **day, time="9:00"))["status"] == 303
    (interview,) = await desk.items("/api/v1/interviews")
    assert interview["due_at"] == "2026-04-03T08:00:00+00:00"
    assert await tasks(desk) == []


async def test_that_the_force_was_asked_is_kept_and_the_task_stays(desk: Desk) -> None:
    await only_amara_lacks(desk)
    assert "Say whom you asked" in (await do(desk, "asked", whom=" "))["text"]
    assert (await do(desk, "asked", whom="Sergeant <b>Hill</b>"))["status"] == 303
    assert await tasks(desk) == [("open", "not_listed")]
    assert (
        "The force was asked (<bdi>Sergeant &lt;b&gt;Hill&lt;/b&gt;</bdi>)"
        in (await desk.client.get(LISTS)).text
    )


@pytest.mark.parametrize("remedy", ["still_missing", "wrong"])
async def test_what_a_person_says_stands_until_the_difference_is_over(desk: Desk, remedy: str) -> None:
    if remedy == "wrong":
        rows, without = [BILAL_ROW], [AMARA_ROW]
        await told_missing(desk)
        await listed(desk, AMARA_ROW, BILAL_ROW)
        rows = [AMARA_ROW, BILAL_ROW]
    else:
        await only_amara_lacks(desk)
        rows, without = [BILAL_ROW], [AMARA_ROW, BILAL_ROW]
    assert "Say why" in (await do(desk, remedy))["text"]
    assert (await do(desk, remedy, **{f"reason-{remedy}": "They told us so."}))["status"] == 303
    desk.clock.now = NOW + 9 * DAY
    for number, now in enumerate([rows, without, rows], 2):
        await listed(desk, *now, at=SIX + number * DAY)
        assert len(await tasks(desk)) == (1 if number == 4 else 0), number


async def test_a_row_that_is_the_episode_which_is_open_here_is_asked_again_once_that_is_over(
    desk: Desk,
) -> None:
    await told_missing(desk)
    other = Listed("row 2", "NP-OTHER", "Okafor", "Amara", None)
    await listed(desk, other)
    assert await tasks(desk) == [("listed", "perhaps")]
    assert (await do(desk, "episode"))["status"] == 303
    assert await tasks(desk) == []
    await desk.tell(returned(SEEN + HOUR, id="a2", child=AMARA))
    done = await again(desk.store, NOTTINGHAM, desk.site.policy, NOW)
    assert (done[NOTTINGHAMSHIRE].opened, done[NOTTINGHAMSHIRE].ended) == (1, 1)


async def test_the_same_list_twice_and_an_older_one_change_nothing(desk: Desk) -> None:
    assert (await listed(desk, BILAL_ROW)).new
    assert not (await listed(desk, BILAL_ROW)).new
    older = await listed(desk, AMARA_ROW, at=SIX - DAY)
    assert (older.list.state, older.found.opened) == ("older", 0)
    assert await tasks(desk) == [("listed", "not_told")]


async def test_an_empty_list_is_a_doubt_and_not_a_task_for_each_child(desk: Desk) -> None:
    await told_missing(desk)
    assert (await listed(desk)).list.state == "doubted"
    assert await tasks(desk) == []
    page = await visit(desk.client, LISTS)
    (path,) = re.findall(rf'action="({LISTS}/lists/[^"]+)"', (await desk.client.get(LISTS)).text)
    assert "Say why" in (await submit(desk.client, path, page, believe="yes")).text
    assert (await submit(desk.client, path, page, believe="yes", reason="They rang.")).status_code == 303
    assert await tasks(desk) == [("open", "not_listed")]


async def test_an_empty_list_is_believed_where_nobody_of_the_force_is_missing(desk: Desk) -> None:
    await listed(desk, BILAL_ROW)
    assert (await listed(desk, at=SIX + HOUR)).list.state == "compared"
    assert await tasks(desk) == []


async def test_a_list_for_another_authority_is_not_compared_and_nothing_of_it_is_kept(desk: Desk) -> None:
    await told_missing(desk)
    derbys = Listed("row 2", "DP-1", "Lowe", "Sam", authority=DERBY)
    assert (await listed(desk, derbys)).list.state == "refused"
    async with desk.store.transaction(NOTTINGHAM) as tx:
        kept = [await tx.scalar(f"SELECT count(*) FROM {name}") for name in ("police_list_rows", "originals")]
    assert (kept, await tasks(desk)) == ([0, 0], [])
    assert "it is of another authority (E06000015)" in (await desk.client.get(LISTS)).text
    mixed = await listed(desk, derbys, AMARA_ROW, at=SIX + HOUR)
    assert (mixed.list.state, mixed.list.rows, mixed.list.others) == ("compared", 1, 1)


async def test_a_difference_about_a_restricted_child_is_seen_by_those_named_alone(desk: Desk) -> None:
    await only_amara_lacks(desk)
    path, _ = await task_page(desk)
    async with desk.store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO restrictions SELECT id, authority FROM children"
            " WHERE facts->>'family_name' = 'Okafor'"
        )
    page = (await desk.client.get(LISTS)).text
    assert "Okafor" not in page
    assert "1 more difference is about restricted children" in page
    assert (await desk.client.get(path)).status_code == 404
    async with desk.store.transaction(NOTTINGHAM, "person:x") as tx:
        assert (
            await tx.scalar("SELECT count(*) FROM police_list_rows WHERE told->>'family_name' = 'Okafor'")
            == 0
        )


async def test_a_manager_looks_and_does_not_decide(desk: Desk) -> None:
    await listed(desk, BILAL_ROW)
    path, page = await task_page(desk)
    manager = await desk.sign_in(Duty.MANAGER)
    assert "Record as missing" not in (await manager.get(path)).text
    assert (await submit(manager, path, page, remedy="missing")).status_code == 403


async def test_the_same_form_twice_records_once_and_one_that_is_too_late_says_so(desk: Desk) -> None:
    await listed(desk, BILAL_ROW)
    path, page = await task_page(desk)
    first = await submit(desk.client, path, page, remedy="missing")
    again_ = await submit(desk.client, path, page, remedy="missing")
    other = await submit(desk.client, path, page, remedy="missing", key="another")
    assert [first.status_code, again_.status_code, other.status_code] == [303, 303, 200]
    assert "it is a difference no more" in other.text
    assert len(await desk.items("/api/v1/episodes")) == 1
